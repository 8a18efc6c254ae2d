import type { ZoneChange } from './client.ts';
import { CLASS, type DnsRecord, TYPE } from './message.ts';
import { encodeNote, type Note } from './schema.ts';
import { doesHold, type Entry, NONEXISTENT, nodeOf, type Zone } from './zone.ts';

/** How long others may remember an entry, in seconds. */
const TTL_S = 60;
const NOTHING = Buffer.alloc(0);

/** Puts a whole entry of ours in the place of whatever stands there, if it still stands as it was read. */
export function toHold({ place }: Entry, note: Note, zone: Zone): ZoneChange {
  return {
    prerequisites: pin(place, zone),
    changes: [
      addition(place.name, TYPE.CNAME, NONEXISTENT),
      addition(place.below, TYPE.CNAME, NONEXISTENT),
      ...deletions(nodeOf(zone, place.note)),
      addition(place.note, TYPE.TXT, encodeNote(note)),
    ],
  };
}

/** Takes away what holds, and the note with it, if all still stands as it was read. */
export function toFree({ place }: Entry, zone: Zone): ZoneChange {
  const holding = [place.name, place.below].map((owner) => nodeOf(zone, owner)).filter(doesHold);
  return { prerequisites: pin(place, zone), changes: [...holding, nodeOf(zone, place.note)].flatMap(deletions) };
}

/** Whether there is anything to take away. */
export function isEmptyChange({ changes }: ZoneChange): boolean {
  return changes.length === 0;
}

/**
 * The prerequisites that an entry is as it was read (RFC 2136, 2.4): CNAME and TXT with the same data, other types still
 * there, an owner with nothing still unused. The last also keeps out a trap: to add a CNAME beside other data is answered
 * with yes and does nothing (3.4.2.2).
 */
function pin(place: Entry['place'], zone: Zone): readonly DnsRecord[] {
  return Object.values(place).flatMap((name) => {
    const node = nodeOf(zone, name);
    if (node.length === 0) return [{ name, type: TYPE.ANY, class: CLASS.NONE, ttl: 0, data: NOTHING }];
    const exact = node.filter(({ type }) => type === TYPE.CNAME || type === TYPE.TXT);
    const others = typesOf(node.filter((record) => !exact.includes(record)));
    return [
      ...exact.map((record) => ({ ...record, ttl: 0 })),
      ...others.map((type) => ({ name, type, class: CLASS.ANY, ttl: 0, data: NOTHING })),
    ];
  });
}

/** Deletes the record sets of one owner that were read, and no others (RFC 2136, 2.5.2). */
function deletions(node: readonly DnsRecord[]): readonly DnsRecord[] {
  const [first] = node;
  if (first === undefined) return [];
  return typesOf(node).map((type) => ({ name: first.name, type, class: CLASS.ANY, ttl: 0, data: NOTHING }));
}

function addition(name: string, type: number, data: Buffer): DnsRecord {
  return { name, type, class: CLASS.IN, ttl: TTL_S, data };
}

function typesOf(node: readonly DnsRecord[]): readonly number[] {
  return [...new Set(node.map(({ type }) => type))];
}
