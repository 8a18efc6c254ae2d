import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { isWithin, readNetwork } from '#domain/address.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';
import type { ContainmentAnswer, Held, Responder } from '#domain/responder.ts';
import type { ToolClient } from './client.ts';
import { type Entry, isAbout, observableOf } from './entry.ts';
import type { Tool } from './schema.ts';
import { ENDS, placeholdersIn } from './template.ts';

/** What a tool rounds off an end. */
const ROUNDING_MS = 1000;

/** Whether the tool's entries say which lease of SocBot's they are of. */
export function tellsLease({ entry }: Pick<Tool, 'entry'>): boolean {
  return Boolean(entry.lease ?? entry.mark);
}

/** A tool of one's own as a responder. Everything that acts is read first: what somebody else put there is left alone. */
export function createOwnToolResponder(id: string, tool: Tool, client: ToolClient): Responder {
  const isTold = tellsLease(tool);
  const kinds: readonly ObservableKind[] = tool.kinds;
  const entriesOf = async (target: Observable, signal: AbortSignal): Promise<readonly Entry[]> => {
    if (!kinds.includes(target.kind)) throw faultOfUnsupportedKind(id, target.kind);
    const entries = await client.readBack(target, signal);
    const about = entries.filter((entry) => isAbout(entry, target, kinds));
    if (!tool.readBack.items && about.length < entries.length) throw faultOfOtherIndicator(id);
    return about;
  };
  const heldAs = (target: Observable, { until, by, leaseId }: Entry): Held => ({
    system: id,
    target,
    until,
    by,
    leaseId,
  });
  return {
    async contain(hold, signal) {
      const entries = await entriesOf(hold.target, signal);
      const held = longestOf(entries.filter(({ leaseId }) => !isTold || leaseId === hold.leaseId));
      if (held === null && entries.length > 0) return no('it holds this target already, and not for this request');
      if (held === null || isShorter(held, hold.until, tool)) await client.contain(hold, held, signal);
      return { isDone: true };
    },
    async release({ target, leaseId }, signal) {
      const entries = await entriesOf(target, signal);
      const others = entries.filter((entry) => isTold && leaseId !== null && entry.leaseId !== leaseId);
      const cover = await coverOf(target, tool, async () => client.list(signal));
      for (const entry of entries) if (!others.includes(entry)) await client.release(target, entry, signal);
      if (others.length > 0) return no('another entry holds this target, and stays');
      return cover === null ? { isDone: true } : no(`${cover} holds it, too`);
    },
    async readBack(target, signal) {
      const entries = await entriesOf(target, signal);
      const longest = longestOf(entries);
      return longest && heldAs(target, longest);
    },
    async list(signal) {
      const entries = await client.list(signal);
      return entries.flatMap((entry) => {
        const target = observableOf(entry.text, kinds);
        return target ? [heldAs(target, entry)] : [];
      });
    },
  };
}

function no(why: string): ContainmentAnswer {
  return { isDone: false, why };
}

/** Never, where the tool is told no ends. An entry without an end is given one. */
function isShorter(held: Entry, until: string, { contain: { path, query, json } }: Tool): boolean {
  const sent = [path, query, json].flatMap((template) => placeholdersIn(template));
  if (!sent.some((name) => ENDS.includes(name))) return false;
  return held.until === null || endOf(held) < Date.parse(until) - ROUNDING_MS;
}

function longestOf(entries: readonly Entry[]): Entry | null {
  return [...entries].sort((one, other) => (endOf(one) < endOf(other) ? 1 : -1))[0] ?? null;
}

function endOf({ until }: Entry): number {
  return until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
}

/** A wider network that the tool holds and that this address or network lies in. */
async function coverOf(
  target: Observable,
  { kinds }: Tool,
  list: () => Promise<readonly Entry[]>,
): Promise<string | null> {
  const inner = ['ipv4', 'ipv6', 'cidr'].includes(target.kind) ? readNetwork(target.value) : null;
  if (!inner || !kinds.includes('cidr')) return null;
  const networks = (await list()).map(({ text }) => observableOf(text, kinds)).filter((one) => one?.kind === 'cidr');
  const cover = networks.find((network) => {
    const outer = network && readNetwork(network.value);
    return outer && outer.prefix < inner.prefix && isWithin(inner.start, outer);
  });
  return cover?.value ?? null;
}
