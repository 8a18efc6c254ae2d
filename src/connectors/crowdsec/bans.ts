import ipaddr from 'ipaddr.js';
import { faultOfOtherIndicator } from '#connectors/faults.ts';
import { isWithin, type Network, readNetwork, toAddressObservable } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import type { Held } from '#domain/responder.ts';
import { visibleText } from '#domain/visible-text.ts';
import type { Decision } from './schema.ts';

/** The origin of every decision that SocBot makes. */
export const ORIGIN = 'socbot';

/** The one kind of decision that keeps an address off. Others (`captcha`, words of one's own) let it through. */
export const BAN = 'ban';

/** One decision in force that keeps an address or a network off. */
export type Ban = {
  readonly id: number;
  readonly network: Network;
  readonly origin: string;
  readonly leaseId: string | null;
  /** Who asked for it; of another's, the origin, which is CrowdSec's word for where a decision came from. */
  readonly by: string | null;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
};

const SCENARIO = /^socbot\/([A-Za-z0-9-]{1,64})$/;

const LONGEST_NAME = 64;
/** How far the server's clock and ours may be apart. */
const CLOCKS_MS = 300_000;

/** The scenario that names a lease, so that the lease can be read back; null for an id that does not fit. */
export function scenarioOf(leaseId: string): string | null {
  const scenario = `${ORIGIN}/${leaseId}`;
  return SCENARIO.test(scenario) ? scenario : null;
}

/**
 * The decisions that firewalls act on. They know neither a scope nor a type in another spelling, and are not told of
 * simulated ones. A value that is no address is for others than firewalls.
 */
export function bansOf(decisions: readonly Decision[], now: number): readonly Ban[] {
  return decisions.flatMap(({ id, scope, type, value, origin, scenario, requester, restMs, isSimulated, notedEnd }) => {
    const isInForce = restMs > 0 && !isSimulated && type === BAN && (scope === 'Ip' || scope === 'Range');
    const network = isInForce ? networkOf(value) : null;
    if (network === null) return [];
    const leaseId = origin === ORIGIN ? (SCENARIO.exec(scenario)?.[1] ?? null) : null;
    const toldEnd = now + restMs;
    // A server ends it at that instant by its own clock; what it says is left is off by what the clocks are apart.
    const isAsNoted = leaseId !== null && notedEnd !== null && Math.abs(notedEnd - toldEnd) <= CLOCKS_MS;
    const by = leaseId === null ? readableOrigin(origin) : requester ? visibleText(requester, LONGEST_NAME) : null;
    return [{ id, network, origin, leaseId, by, endsAt: isAsNoted ? notedEnd : toldEnd }];
  });
}

/** Origins are outside text. */
function readableOrigin(origin: string): string | null {
  return /^[\w.-]{1,40}$/.test(origin) ? origin : null;
}

/**
 * Throws where an answer about one target brings a decision about another: it says nothing of the target. An alert with
 * several may come without any that fits: the server compares the lowest start and the highest end of all of them.
 */
export function objectToOthers(decisions: readonly Decision[], target: Network): void {
  for (const { isAlone, value } of decisions) {
    const network = isAlone ? networkOf(value) : null;
    if (network !== null && !isCovering({ network }, target)) throw faultOfOtherIndicator('crowdsec');
  }
}

/** An address or a network in any spelling; null for other text. A mapped address is the IPv4 address to CrowdSec too. */
export function networkOf(text: string): Network | null {
  const network = readNetwork(text);
  if (network === null || !(network.start instanceof ipaddr.IPv6) || !network.start.isIPv4MappedAddress())
    return network;
  return network.prefix < 96 ? network : { start: network.start.toIPv4Address(), prefix: network.prefix - 96 };
}

/** Whether a ban is for exactly this network. */
export function isExactly({ network }: Pick<Ban, 'network'>, target: Network): boolean {
  return network.prefix === target.prefix && isWithin(target.start, network);
}

/** Whether a ban holds the whole of this network, perhaps with more around it. */
export function isCovering({ network }: Pick<Ban, 'network'>, target: Network): boolean {
  return network.prefix <= target.prefix && isWithin(target.start, network);
}

/** The network as SocBot writes it, a single address without a prefix. */
export function observableOf({ start, prefix }: Network): Observable {
  if (prefix === (start.kind() === 'ipv4' ? 32 : 128)) return toAddressObservable(start);
  return { kind: 'cidr', value: `${start.toString()}/${prefix}` };
}

/** The one that ends last is the first. */
export function longestFirst(bans: readonly Ban[]): readonly Ban[] {
  return bans.toSorted((one, other) => other.endsAt - one.endsAt);
}

/** One entry for each lease and target: until an extension has ended the shorter decision, there are two of one lease. */
export function withoutShorter(bans: readonly Ban[]): readonly Ban[] {
  const groups = Map.groupBy(bans, ({ network, origin, leaseId }) =>
    JSON.stringify([observableOf(network).value, origin, leaseId]),
  );
  return [...groups.values()].flatMap((group) => longestFirst(group).slice(0, 1));
}

/** A ban in the words of every responder. */
export function heldOf({ network, leaseId, by, endsAt }: Ban): Held {
  return { system: 'crowdsec', target: observableOf(network), until: new Date(endsAt).toISOString(), by, leaseId };
}
