import type { Held } from '#domain/responder.ts';
import { DNS_RPZ, faultOf } from './fault.ts';
import { type DnsRecord, TYPE } from './message.ts';
import { encodeName } from './name.ts';
import { decodeNote, type Note } from './schema.ts';

/** The zone as read at one instant: its records by owner. */
export type Zone = { readonly name: string; readonly nodes: ReadonlyMap<string, readonly DnsRecord[]> };

/** The three owners that hold one domain off: the name, all names below it, and whose entry it is. */
type Place = { readonly name: string; readonly below: string; readonly note: string };

/** What the zone says of exactly one domain. `holder` is null where nothing holds it; `foreign` where SocBot does not. */
export type Entry = {
  readonly domain: string;
  readonly place: Place;
  readonly note: Note | null;
  readonly holder: Note | 'foreign' | null;
  /** Both the name and those below it do not exist for clients. */
  readonly isWhole: boolean;
};

/** Apart from every name of the world: no top-level domain begins with `_`. */
const NOTES = '_socbot';

/** What a signed zone adds to every owner (RFC 4034): no policy. */
const SIGNING_TYPES: ReadonlySet<number> = new Set([46, 47, 50, 51]);

/** Where CNAMEs point that let a name pass (draft-vixie-dnsop-dns-rpz, section 3). */
const PASSING = ['rpz-passthru', 'rpz-tcp-only'].map(encodeName);

/** Where a CNAME points whose name does not exist for clients (section 3.1). */
export const NONEXISTENT = encodeName('');

/** Sorts the records of a zone by owner. */
export function toZone(name: string, records: readonly DnsRecord[]): Zone {
  const policies = records.filter(({ type }) => !SIGNING_TYPES.has(type));
  return { name, nodes: Map.groupBy(policies, (record) => record.name) };
}

/** The records of one owner. */
export function nodeOf(zone: Zone, owner: string): readonly DnsRecord[] {
  return zone.nodes.get(owner) ?? [];
}

function placeOf(domain: string, zone: string): Place {
  return { name: `${domain}.${zone}`, below: `*.${domain}.${zone}`, note: `${domain}.${NOTES}.${zone}` };
}

/**
 * Gives a domain back that the zone can hold. Refuses what is no plain name, what does not fit into the zone, and what the
 * zone would take for another trigger than a name (`rpz-ip` and its like, section 4 of the draft).
 */
export function checkDomain(domain: string, zone: string): string {
  if (!isPlainDomain(domain)) throw faultOf('refused', 'not a domain that the zone can hold', true);
  for (const owner of Object.values(placeOf(domain, zone))) encodeName(owner);
  return domain;
}

function isPlainDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label)) && !/^(?:_|rpz-)/.test(labels.at(-1) ?? '');
}

/** What the zone says of a domain. */
export function entryOf(domain: string, zone: Zone): Entry {
  const place = placeOf(domain, zone.name);
  const nodes = [nodeOf(zone, place.name), nodeOf(zone, place.below)];
  const note = noteIn(nodeOf(zone, place.note));
  const holding = nodes.filter((node) => doesHold(node));
  const isOurs = note !== null && holding.every((node) => isNonexistent(node));
  const holder = holding.length === 0 ? null : isOurs ? note : 'foreign';
  return { domain, place, note, holder, isWhole: nodes.every((node) => isNonexistent(node)) };
}

function noteIn(node: readonly DnsRecord[]): Note | null {
  const [record, ...others] = node;
  return record?.type === TYPE.TXT && others.length === 0 ? decodeNote(record.data) : null;
}

/** Whether an owner keeps clients off: it answers anything but the truth. */
export function doesHold(node: readonly DnsRecord[]): boolean {
  return node.length > 0 && !doesLetPass(node);
}

/** Whether an owner lets its name pass. */
export function doesLetPass(node: readonly DnsRecord[]): boolean {
  const [record] = node;
  return record?.type === TYPE.CNAME && PASSING.some((target) => record.data.equals(target));
}

function isNonexistent(node: readonly DnsRecord[]): boolean {
  const [record] = node;
  return node.length === 1 && record?.type === TYPE.CNAME && record.data.equals(NONEXISTENT);
}

/** The nearest wider entry that keeps clients off a domain, as people write it; null if there is none. */
export function coverOf(domain: string, zone: Zone): string | null {
  const labels = domain.split('.');
  for (let depth = 1; depth <= labels.length; depth += 1) {
    const pattern = ['*', ...labels.slice(depth)].join('.');
    const node = nodeOf(zone, `${pattern}.${zone.name}`);
    if (node.length > 0) return doesHold(node) ? pattern : null;
  }
  return null;
}

/** Everything that the zone holds, in the order of the zone; names that are no plain domains are left out. */
export function listHeld(zone: Zone): readonly Held[] {
  const suffix = `.${zone.name}`;
  const domains = Array.from(zone.nodes.keys(), (owner) => owner.slice(0, -suffix.length).replace(/^\*\./, ''));
  return [...new Set(domains)].filter(isPlainDomain).flatMap((domain) => heldOf(entryOf(domain, zone)) ?? []);
}

/** An entry in the domain's words. One of ours that a person has changed is nobody's: it is not what was approved. */
export function heldOf({ domain, holder, isWhole }: Entry): Held | null {
  if (holder === null) return null;
  const { until, by, leaseId } = holder !== 'foreign' && isWhole ? holder : { until: null, by: null, leaseId: null };
  return { system: DNS_RPZ, target: { kind: 'domain', value: domain }, until, by, leaseId };
}
