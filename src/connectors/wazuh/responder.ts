import { faultOfUnsupportedKind } from '#connectors/faults.ts';
import type { ObservableKind } from '#domain/observable.ts';
import type { ContainmentAnswer, Freeing, Held, Hold, Responder } from '#domain/responder.ts';
import type { WazuhClient } from './client.ts';
import { addressesOn, entryFor, type ListedAddress, networkAround, toFile, without, withHold } from './list-file.ts';
import { objectionToSetUp, type SetUp } from './set-up.ts';

/** What Wazuh's rules can look up as an address, and its own responses drop. */
export const WAZUH_KINDS: readonly ObservableKind[] = ['ipv4', 'ipv6'];

const DONE: ContainmentAnswer = { isDone: true };
const refuse = (why: string): ContainmentAnswer => ({ isDone: false, why });

/**
 * Wazuh as a responder: a list of addresses, a rule that looks them up, and an active response that drops what the rule
 * sees and lets go by itself. The list is what Wazuh holds: it can be read, and an entry can be taken off.
 */
export function createWazuhResponder(client: WazuhClient, setUp: SetUp): Responder {
  const takeTurn = createTurns();
  return {
    async contain(hold, signal) {
      objectToKind(hold.target.kind);
      const rules = await client.rule(setUp.rule, signal);
      const objection = objectionToSetUp(setUp, rules, await client.activeResponses(signal));
      return objection ? refuse(objection) : takeTurn(async () => putOn(client, { setUp, hold }, signal));
    },
    async release(freeing, signal) {
      objectToKind(freeing.target.kind);
      return takeTurn(async () => takeOff(client, { setUp, freeing }, signal));
    },
    async readBack(target, signal) {
      objectToKind(target.kind);
      const entry = entryFor(await client.readList(setUp.list, signal), target);
      return entry && heldBy(entry);
    },
    async list(signal) {
      return addressesOn(await client.readList(setUp.list, signal)).map(heldBy);
    },
  };
}

/** The reload is asked for whether or not the list had to be changed: an attempt before may have died between the two. */
async function putOn(
  client: WazuhClient,
  { setUp, hold }: { readonly setUp: SetUp; readonly hold: Hold },
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  const list = await client.readList(setUp.list, signal);
  const entry = entryFor(list, hold.target);
  const isInForce = entry?.note && Date.parse(entry.note.until) > Date.now();
  if (isInForce && entry.note.leaseId !== hold.leaseId) return refuse(`another block by ${entry.note.by} holds it`);
  const isOthers = entry !== null && entry.note === null;
  const isAsWanted = entry?.note?.leaseId === hold.leaseId && entry.note.until === new Date(hold.until).toISOString();
  if (!isOthers && !isAsWanted) await client.writeList(setUp.list, toFile(withHold(list, hold)), signal);
  await client.reload(signal);
  return DONE;
}

async function takeOff(
  client: WazuhClient,
  { setUp, freeing }: { readonly setUp: SetUp; readonly freeing: Freeing },
  signal: AbortSignal,
): Promise<ContainmentAnswer> {
  const list = await client.readList(setUp.list, signal);
  const rest = without(list, freeing);
  if (rest.length < list.length) await client.writeList(setUp.list, toFile(rest), signal);
  await client.reload(signal);
  const network = freeing.leaseId === null ? networkAround(list, freeing.target) : null;
  return network === null ? DONE : refuse(`the entry ${network} for its whole network still covers it`);
}

function heldBy({ target, note }: ListedAddress): Held {
  return {
    system: 'wazuh',
    target,
    until: note?.until ?? null,
    by: note?.by ?? null,
    leaseId: note?.leaseId ?? null,
  };
}

function objectToKind(kind: ObservableKind): void {
  if (!WAZUH_KINDS.includes(kind)) throw faultOfUnsupportedKind('wazuh', kind);
}

/**
 * Makes changes one after another: the list is read and written whole, so that two at once would lose one of them. It
 * holds within one process; between two, the read-back of the loser tells.
 */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return async <Result>(change: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(change, change);
    last = mine;
    return mine;
  };
}
