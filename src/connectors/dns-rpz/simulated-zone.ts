import { CLASS, type DnsRecord, type Message, TYPE } from './message.ts';
import { encodeName } from './name.ts';
import { RCODE } from './rcode.ts';

/** A zone as a primary holds it: changed by UPDATE as RFC 2136 says, and as BIND 9.18 was seen to do. */
export type SimulatedZone = {
  readonly name: string;
  readonly serial: number;
  /** Without SOA and NS. */
  readonly records: readonly DnsRecord[];
};

/** A zone with nothing in it but what every zone has. */
export function createZone(name: string): SimulatedZone {
  return { name, serial: 1, records: [] };
}

/** What a transfer gives: all records between two copies of the SOA (RFC 5936, 2.2). */
export function transferOf(zone: SimulatedZone): readonly DnsRecord[] {
  const numbers = Buffer.alloc(20);
  for (const [index, value] of [zone.serial, 60, 60, 3600, 60].entries()) numbers.writeUInt32BE(value, index * 4);
  const names = [encodeName('localhost'), encodeName('root.localhost')];
  const apex = { name: zone.name, class: CLASS.IN, ttl: 60 };
  const soa = { ...apex, type: TYPE.SOA, data: Buffer.concat([...names, numbers]) };
  return [soa, { ...apex, type: TYPE.NS, data: encodeName('localhost') }, ...zone.records, soa];
}

/** Makes a change whole, or says why not. */
export function applyUpdate(
  zone: SimulatedZone,
  update: Message,
): { readonly rcode: number; readonly zone: SimulatedZone } {
  const isForeign = [...update.answers, ...update.authorities].some((record) => !isWithin(record, zone));
  if (isForeign) return { rcode: RCODE.NOTZONE, zone };
  const rcode = checkAll(update.answers, zone);
  if (rcode !== RCODE.NOERROR) return { rcode, zone };
  if (!update.authorities.every(isWellFormed)) return { rcode: RCODE.FORMERR, zone };
  let records = zone.records;
  for (const change of update.authorities) records = applyOne(records, change);
  const isSame = records.length === zone.records.length && records.every((one) => holds(zone.records, one));
  return { rcode, zone: isSame ? zone : { ...zone, serial: zone.serial + 1, records } };
}

function isWithin({ name }: DnsRecord, zone: SimulatedZone): boolean {
  return name === zone.name || name.endsWith(`.${zone.name}`);
}

/** RFC 2136, 3.2: first the prerequisites one by one, then those that name data, set by set. */
function checkAll(prerequisites: readonly DnsRecord[], { records }: SimulatedZone): number {
  for (const prerequisite of prerequisites) {
    const rcode = check(prerequisite, records);
    if (rcode !== RCODE.NOERROR) return rcode;
  }
  const exact = prerequisites.filter((one) => one.class === CLASS.IN);
  for (const set of Map.groupBy(exact, ({ name, type }) => `${name} ${type}`).values()) {
    const there = records.filter((one) => one.name === set[0]?.name && one.type === set[0].type);
    if (there.length !== set.length || !set.every((one) => holds(there, one))) return RCODE.NXRRSET;
  }
  return RCODE.NOERROR;
}

function check({ name, type, class: of, ttl, data }: DnsRecord, records: readonly DnsRecord[]): number {
  if (ttl !== 0 || (of !== CLASS.IN && data.byteLength > 0)) return RCODE.FORMERR;
  const isThere = records.some((one) => one.name === name && (type === TYPE.ANY || one.type === type));
  if (of === CLASS.ANY && !isThere) return type === TYPE.ANY ? RCODE.NXDOMAIN : RCODE.NXRRSET;
  if (of === CLASS.NONE && isThere) return type === TYPE.ANY ? RCODE.YXDOMAIN : RCODE.YXRRSET;
  return RCODE.NOERROR;
}

/** RFC 2136, 3.4.1. */
function isWellFormed({ class: of, type, ttl, data }: DnsRecord): boolean {
  if (of === CLASS.IN) return type !== TYPE.ANY && data.byteLength > 0;
  if (of === CLASS.ANY) return ttl === 0 && data.byteLength === 0;
  return of === CLASS.NONE && ttl === 0 && type !== TYPE.ANY;
}

/** RFC 2136, 3.4.2. A CNAME takes the place of another; beside other data it is passed over in silence. */
function applyOne(records: readonly DnsRecord[], change: DnsRecord): readonly DnsRecord[] {
  const { name, type } = change;
  const isNamed = (one: DnsRecord) => one.name === name && (type === TYPE.ANY || one.type === type);
  if (change.class === CLASS.ANY) return records.filter((one) => !isNamed(one));
  if (change.class === CLASS.NONE) return records.filter((one) => !(isNamed(one) && one.data.equals(change.data)));
  const node = records.filter((one) => one.name === name);
  if (node.some((one) => (one.type === TYPE.CNAME) !== (type === TYPE.CNAME))) return records;
  if (holds(node, change)) return records;
  return [...records.filter((one) => !(type === TYPE.CNAME && isNamed(one))), change];
}

function holds(records: readonly DnsRecord[], { name, type, data }: DnsRecord): boolean {
  return records.some((one) => one.name === name && one.type === type && one.data.equals(data));
}
