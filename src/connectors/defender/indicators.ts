import { faultOfOtherIndicator } from '#connectors/faults.ts';
import { writeLeaseNote } from '#connectors/lease-note.ts';
import type { Observable } from '#domain/observable.ts';
import type { ContainmentAnswer, Freeing, Held, Hold, Responder } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';
import type { DefenderClient, IndicatorRequest } from './client.ts';
import { filterFor, filterOf, isAbout, nameOf, targetOf, widerDomains } from './indicator-values.ts';
import type { Indicator } from './schema.ts';

/** Words by which an indicator stops what it names, the last one in its older form. Warn can be clicked away. */
const BLOCKING = ['Block', 'BlockAndRemediate', 'AlertAndBlock'];
const LONGEST_NAME = 64;

const DONE: ContainmentAnswer = { isDone: true };
const refuse = (why: string): ContainmentAnswer => ({ isDone: false, why });

/** Holds addresses, names and files off by custom indicators. */
export function createIndicatorResponder(client: DefenderClient): Responder {
  return {
    contain: async (hold, signal) => contain(client, hold, signal),
    release: async (freeing, signal) => release(client, freeing, signal),
    async readBack(target, signal) {
      const blocking = (await indicatorsOf(client, target, signal)).filter(blocks);
      const shown = blocking.find(({ note }) => note !== null) ?? blocking[0];
      return shown ? heldBy(shown, target) : null;
    },
    async list(signal) {
      const filter = BLOCKING.map((action) => `action eq '${action}'`).join(' or ');
      const blocking = (await client.indicators(filter, signal)).filter(blocks);
      return blocking.flatMap((indicator) => {
        const target = targetOf(indicator);
        return target ? [heldBy(indicator, target)] : [];
      });
    },
  };
}

/**
 * One value has one indicator: submitting it again changes whatever is there. So what is there is read first, and what
 * is not this lease's own stays as it is.
 */
async function contain(client: DefenderClient, hold: Hold, signal: AbortSignal): Promise<ContainmentAnswer> {
  const found = await indicatorsOf(client, hold.target, signal);
  const others = found.filter(({ note }) => note?.leaseId !== hold.leaseId);
  const objection = others.map((other) => objectionTo(other, hold)).find((why) => why !== null);
  if (objection) return refuse(objection);
  if (others.length > 0) return DONE;
  const until = new Date(hold.until).toISOString();
  if (found.some((own) => blocks(own) && isForAll(own) && own.until === until)) return DONE;
  const written = await client.submit(requestOf(hold), signal);
  if (!isAbout(written, hold.target)) throw faultOfOtherIndicator('defender');
  return blocks(written) ? DONE : refuse(`Defender made it an indicator that says ${wordOf(written)}`);
}

/** Why an indicator of somebody else does not do what is asked; null where it blocks everywhere for long enough. */
function objectionTo(other: Indicator, hold: Hold): string | null {
  if (other.note) return `another block by ${other.note.by} holds it`;
  if (!blocks(other)) return `Defender has an indicator of somebody else for it, which says ${wordOf(other)}`;
  if (!isForAll(other)) return 'somebody else’s indicator blocks it in some device groups only';
  const isShorter = other.until !== null && Date.parse(other.until) < Date.parse(hold.until);
  return isShorter ? `somebody else’s indicator blocks it, but only until ${other.until}` : null;
}

async function release(client: DefenderClient, freeing: Freeing, signal: AbortSignal): Promise<ContainmentAnswer> {
  const { target, leaseId } = freeing;
  const found = await indicatorsOf(client, target, signal);
  const ours = found.filter((one) => (leaseId === null ? blocks(one) : one.note?.leaseId === leaseId));
  for (const indicator of ours) await client.remove(indicator.id, signal);
  if (leaseId !== null) return DONE;
  const wider = await widerBlock(client, target, signal);
  return wider ? refuse(`an indicator for ${visibleText(wider.value, 253)} still covers it`) : DONE;
}

async function widerBlock(
  client: DefenderClient,
  target: Observable,
  signal: AbortSignal,
): Promise<Indicator | undefined> {
  const domains = widerDomains(target);
  if (domains.length === 0) return undefined;
  const found = await client.indicators(filterFor('DomainName', domains), signal);
  return found.find((one) => blocks(one) && domains.includes(one.value.toLowerCase()));
}

async function indicatorsOf(client: DefenderClient, target: Observable, signal: AbortSignal): Promise<Indicator[]> {
  const found = await client.indicators(filterOf(target), signal);
  if (found.some((indicator) => !isAbout(indicator, target))) throw faultOfOtherIndicator('defender');
  return [...found];
}

/**
 * Files are blocked and not remediated: remediation puts them into quarantine on every machine, and taking the indicator
 * away would not bring them back. https://learn.microsoft.com/defender-endpoint/indicators-overview
 */
function requestOf(hold: Hold): IndicatorRequest {
  const { type = '', value = '' } = nameOf(hold.target) ?? {};
  return {
    indicatorValue: value,
    indicatorType: type,
    action: 'Block',
    title: `SocBot ${hold.leaseId}`,
    description: writeLeaseNote(hold),
    expirationTime: new Date(hold.until).toISOString(),
    severity: 'Medium',
    generateAlert: true,
  };
}

function blocks({ action }: Indicator): boolean {
  return BLOCKING.includes(action);
}

function isForAll({ groups }: Indicator): boolean {
  return groups.length === 0;
}

function wordOf({ action }: Indicator): string {
  return /^\w{1,40}$/.test(action) ? action : 'something else';
}

function heldBy({ until, note, by }: Indicator, target: Observable): Held {
  const name = note?.by ?? (by === null ? null : visibleText(by, LONGEST_NAME));
  return { system: 'defender', target, until, by: name, leaseId: note?.leaseId ?? null };
}
