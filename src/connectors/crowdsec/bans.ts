import type ipaddr from 'ipaddr.js';
import { faultOfOtherIndicator } from '#connectors/faults.ts';
import { type LeaseNote, readLeaseNote } from '#connectors/lease-note.ts';
import { embeddedIpv4, isWithin, type Network, readNetwork, toAddressObservable } from '#domain/address.ts';
import type { Observable } from '#domain/observable.ts';
import { visibleText } from '#domain/visible-text.ts';
import type { Alerts } from './schema.ts';

/** The origin of SocBot's own decisions, and the beginning of their scenarios: `socbot/<lease>`. */
export const ORIGIN = 'socbot';
const SCENARIO = /^socbot\/([A-Za-z0-9-]{1,64})$/;
const LONGEST_NAME = 64;
/** A mapped address takes up the last 32 of 128 bits: `::ffff:0:0/96` (RFC 4291, 2.5.5.2). */
const MAPPED_PREFIX = 96;

/** One decision in force that bans an address or a range. */
export type Ban = {
  readonly id: number;
  readonly target: Observable;
  readonly network: Network;
  /** As it is written at the server, which compares it as text. */
  readonly spelling: { readonly scopes: 'Ip' | 'Range'; readonly value: string };
  /** By this machine's clock. */
  readonly untilMs: number;
  /** Who made it: the requester's name, or the vendor's word for where a decision came from. */
  readonly by: string;
  readonly leaseId: string | null;
  readonly note: LeaseNote | null;
};

type Decision = Alerts[number]['decisions'][number];

/**
 * The bans in force among some alerts. Scopes and types are free words to the server, but only these very words are
 * enforced: an `ip` or a `BAN` is shown, and nothing stops.
 */
export function bansIn(alerts: Alerts, now: number): Ban[] {
  return alerts
    .filter(({ simulated }) => !simulated)
    .flatMap(({ decisions, message }) =>
      decisions
        .filter(({ type, duration }) => type === 'ban' && duration > 0)
        .flatMap((decision) => toBan(decision, message, now) ?? []),
    );
}

function toBan(decision: Decision, message: string | null | undefined, now: number): Ban | null {
  const { id, origin, scenario, scope, value, duration } = decision;
  const network = networkOf(value);
  if (!network || (scope !== 'Ip' && scope !== 'Range')) return null;
  const leaseId = origin === ORIGIN ? (SCENARIO.exec(scenario)?.[1] ?? null) : null;
  const written = leaseId === null ? null : readLeaseNote(message);
  const note = written?.leaseId === leaseId ? written : null;
  return {
    id,
    target: targetOf(network),
    network,
    spelling: { scopes: scope, value },
    untilMs: now + duration,
    by: note?.by ?? visibleText(origin, LONGEST_NAME),
    leaseId,
    note,
  };
}

/** The bans of exactly this target, however it is spelt. */
export function exactly(target: Observable, bans: readonly Ban[]): Ban[] {
  return bans.filter((ban) => ban.target.kind === target.kind && ban.target.value === target.value);
}

/** A ban of a range around the target; undefined if there is none. */
export function widerThan(target: Observable, bans: readonly Ban[]): Ban | undefined {
  const own = readNetwork(target.value);
  return own ? bans.find(({ network }) => network.prefix < own.prefix && isWithin(own.start, network)) : undefined;
}

/**
 * Throws where an answer about one target brings an alert about another. One with several decisions may come without
 * any that fits: the server compares the lowest start and the highest end of all of them.
 */
export function objectToOthers(alerts: Alerts, target: Observable): void {
  const own = readNetwork(target.value);
  for (const { decisions } of alerts) {
    const [decision, another] = decisions;
    const network = decision && !another ? networkOf(decision.value) : null;
    if (own && network && !(network.prefix <= own.prefix && isWithin(own.start, network)))
      throw faultOfOtherIndicator('crowdsec');
  }
}

/** The network that a value names to the server, to which a mapped IPv4 address is an IPv4 address. */
function networkOf(value: string): Network | null {
  const network = readNetwork(value);
  if (network?.start.kind() !== 'ipv6' || network.prefix < MAPPED_PREFIX) return network;
  const embedded = embeddedIpv4(network.start as ipaddr.IPv6);
  if (embedded?.form !== 'IPv4-mapped IPv6') return network;
  return readNetwork(`${embedded.address.value}/${network.prefix - MAPPED_PREFIX}`);
}

function targetOf({ start, prefix }: Network): Observable {
  if (prefix === (start.kind() === 'ipv4' ? 32 : 128)) return toAddressObservable(start);
  return { kind: 'cidr', value: `${start.toString()}/${prefix}` };
}
