import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { writeLeaseNote } from '#connectors/lease-note.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';
import type { ContainmentAnswer, Freeing, Held, Hold, Responder } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';
import { type Ban, bansIn, exactly, objectToOthers, ORIGIN, widerThan } from './bans.ts';
import type { AlertRequest, CrowdsecClient, DecisionFilter } from './client.ts';

/** What CrowdSec's bouncers can hold off. */
export const CROWDSEC_KINDS: readonly ObservableKind[] = ['ipv4', 'ipv6', 'cidr'];

/** How far the server's clock and ours may be apart. */
const CLOCKS_MS = 300_000;
const LONGEST_REASON = 120;

const DONE: ContainmentAnswer = { isDone: true };
const refuse = (why: string): ContainmentAnswer => ({ isDone: false, why });

/** CrowdSec as a responder: decisions that its bouncers fetch and enforce, each in an alert that says whose it is. */
export function createCrowdsecResponder(client: CrowdsecClient): Responder {
  return {
    async contain(hold, signal) {
      objectToKind(hold.target.kind);
      return contain(client, hold, signal);
    },
    async release(freeing, signal) {
      objectToKind(freeing.target.kind);
      return release(client, freeing, signal);
    },
    async readBack(target, signal) {
      objectToKind(target.kind);
      const bans = exactly(target, await bansOver(client, target, signal));
      const own = bans.filter(({ leaseId }) => leaseId !== null);
      const shown = longest(own.length > 0 ? own : bans);
      return shown ? heldBy(shown) : null;
    },
    async list(signal) {
      const bans = bansIn(await client.alerts(signal), Date.now());
      const groups = Map.groupBy(bans, ({ target, leaseId, by }) => JSON.stringify([target.value, leaseId, by]));
      return [...groups.values()].flatMap((group) => {
        const shown = longest(group);
        return shown ? [heldBy(shown)] : [];
      });
    },
  };
}

/**
 * The server takes the same decision any number of times, so what is there is read first. A longer one is put beside the
 * one before, which goes afterwards: bouncers miss neither the new end nor a moment of the block.
 */
async function contain(client: CrowdsecClient, hold: Hold, signal: AbortSignal): Promise<ContainmentAnswer> {
  const leftMs = Date.parse(hold.until) - Date.now();
  if (!(leftMs > 0)) return refuse('its time is over already');
  const allowed = await client.allowlistEntry(hold.target, signal);
  if (allowed !== null)
    return refuse(`an allowlist of CrowdSec’s keeps it off: ${visibleText(allowed, LONGEST_REASON)}`);
  const bans = exactly(hold.target, await bansOver(client, hold.target, signal));
  const other = bans.find(({ leaseId }) => leaseId !== null && leaseId !== hold.leaseId);
  if (other) return refuse(`another block by ${other.by} holds it`);
  const own = bans.filter(({ leaseId }) => leaseId === hold.leaseId);
  if (own.some((ban) => endsLater(ban, hold)))
    return refuse('CrowdSec holds it for longer, and cannot make that shorter');
  const wanted = own.find((ban) => isAsWanted(ban, hold));
  if (!wanted) {
    const [stored, another] = await client.add(alertOf(hold), signal);
    if (stored === undefined) return refuse('CrowdSec took it and stored nothing');
    if (another !== undefined) throw faultOfOtherIndicator('crowdsec');
  }
  for (const ban of own) if (ban !== wanted) await client.end(ban.id, signal);
  return DONE;
}

/**
 * A lease's own are lifted by a filter, not by what was read: where an error has left a decision without its alert, no
 * list shows it.
 */
async function release(client: CrowdsecClient, freeing: Freeing, signal: AbortSignal): Promise<ContainmentAnswer> {
  const { target, leaseId } = freeing;
  if (leaseId !== null) {
    await client.endAll({ ...filterOf(target), origin: ORIGIN, scenario: `${ORIGIN}/${leaseId}` }, signal);
    return DONE;
  }
  const bans = await bansOver(client, target, signal);
  const spellings = exactly(target, bans).map(({ spelling }) => ({ ...spelling, type: 'ban' }));
  const filters = new Map([filterOf(target), ...spellings].map((filter) => [JSON.stringify(filter), filter]));
  for (const filter of filters.values()) await client.endAll(filter, signal);
  const wider = widerThan(target, bans);
  return wider ? refuse(`a block of the range ${wider.target.value} still covers it`) : DONE;
}

async function bansOver(client: CrowdsecClient, target: Observable, signal: AbortSignal): Promise<Ban[]> {
  const alerts = await client.alertsFor(target, signal);
  objectToOthers(alerts, target);
  return bansIn(alerts, Date.now());
}

function filterOf({ kind, value }: Observable): DecisionFilter {
  return { scopes: scopeOf(kind), value, type: 'ban' };
}

function scopeOf(kind: ObservableKind): 'Ip' | 'Range' {
  return kind === 'cidr' ? 'Range' : 'Ip';
}

function endsLater({ untilMs, note }: Ban, { until }: Hold): boolean {
  return Date.parse(note?.until ?? '') > Date.parse(until) || untilMs > Date.parse(until) + CLOCKS_MS;
}

function isAsWanted({ untilMs, note }: Ban, { until }: Hold): boolean {
  return note?.until === new Date(until).toISOString() && Math.abs(untilMs - Date.parse(until)) <= CLOCKS_MS;
}

/** A decision ends at `stop_at` and its duration, not so long after it was sent; `stop_at` knows whole seconds. */
function alertOf(hold: Hold): AlertRequest {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const now = new Date(nowSeconds * 1000).toISOString().replace('.000Z', 'Z');
  const scenario = `${ORIGIN}/${hold.leaseId}`;
  const { value } = hold.target;
  const scope = scopeOf(hold.target.kind);
  const duration = durationOf(Math.ceil(Date.parse(hold.until) / 1000) - nowSeconds);
  return {
    capacity: 0,
    decisions: [{ duration, origin: ORIGIN, scenario, scope, type: 'ban', value }],
    events: [],
    events_count: 1,
    leakspeed: '0',
    message: writeLeaseNote(hold),
    scenario,
    scenario_hash: '',
    scenario_version: '',
    simulated: false,
    source: scope === 'Ip' ? { scope, value, ip: value } : { scope, value },
    start_at: now,
    stop_at: now,
  };
}

/** In hours, minutes and seconds: days are refused by older servers. */
function durationOf(seconds: number): string {
  return `${Math.floor(seconds / 3600)}h${Math.floor(seconds / 60) % 60}m${seconds % 60}s`;
}

function longest(bans: readonly Ban[]): Ban | undefined {
  return bans.toSorted((one, other) => other.untilMs - one.untilMs)[0];
}

function heldBy({ target, untilMs, by, leaseId }: Ban): Held {
  return { system: 'crowdsec', target, until: new Date(untilMs).toISOString(), by, leaseId };
}

function objectToKind(kind: ObservableKind): void {
  if (!CROWDSEC_KINDS.includes(kind)) throw faultOfUnsupportedKind('crowdsec', kind);
}
