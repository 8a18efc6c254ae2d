import { ConnectorError } from '#connectors/errors.ts';
import type { Observable } from '#domain/observable.ts';
import type { ContainmentAnswer, Responder } from '#domain/responder.ts';
import { isEmptyChange, toFree, toHold } from './change.ts';
import type { DnsRpzClient, ZoneChange } from './client.ts';
import { DNS_RPZ, faultOf } from './fault.ts';
import { encodeNote, type Note } from './schema.ts';
import {
  checkDomain,
  coverOf,
  doesLetPass,
  type Entry,
  entryOf,
  heldOf,
  listHeld,
  nodeOf,
  toZone,
  type Zone,
} from './zone.ts';

/**
 * Holds domains off by entries in a response policy zone. Every call reads the whole zone: a query for one name would be
 * answered from a wider `*` as if the name had an entry of its own.
 */
export function createDnsRpzResponder(client: DnsRpzClient, zoneName: string): Responder {
  const readZone = async (signal: AbortSignal) => toZone(zoneName, await client.readZone(signal));
  const make = async (change: ZoneChange, signal: AbortSignal): Promise<void> => {
    if ((await client.change(change, signal)) === 'made') return;
    const message = 'the entry was changed by somebody else meanwhile';
    throw new ConnectorError({ kind: 'unreachable', connector: DNS_RPZ, message, isAnswered: true, isUndone: true });
  };
  return {
    async contain(hold, signal) {
      const domain = domainOf(hold.target, zoneName);
      const note = noteOf(hold);
      const zone = await readZone(signal);
      const entry = entryOf(domain, zone);
      const why = objectionToHold(entry, note, zone);
      if (why !== null) return { isDone: false, why };
      if (!isHeldSo(entry, note)) await make(toHold(entry, note, zone), signal);
      return { isDone: true };
    },
    async release({ target, leaseId }, signal) {
      const domain = domainOf(target, zoneName);
      const zone = await readZone(signal);
      const entry = entryOf(domain, zone);
      const { holder, note } = entry;
      const isNamed = leaseId === null || note?.leaseId === leaseId;
      if (holder !== null && (!isNamed || (holder === 'foreign' && leaseId !== null)))
        return { isDone: false, why: tellHolder(holder) };
      const change = toFree(entry, zone);
      if (isNamed && !isEmptyChange(change)) await make(change, signal);
      return answerOf(coverOf(domain, zone));
    },
    async readBack(target, signal) {
      const domain = domainOf(target, zoneName);
      return heldOf(entryOf(domain, await readZone(signal)));
    },
    async list(signal) {
      return listHeld(await readZone(signal));
    },
  };
}

/** The domain to hold; refuses before anything is sent. */
function domainOf({ kind, value }: Observable, zone: string): string {
  if (kind !== 'domain') throw faultOf('refused', `cannot hold ${kind}`, true);
  return checkDomain(value, zone);
}

function noteOf({ leaseId, until, by, digest }: Note): Note {
  const isFit =
    /^[A-Za-z0-9-]{1,64}$/.test(leaseId) && !Number.isNaN(Date.parse(until)) && Buffer.byteLength(digest) <= 200;
  if (!isFit) throw faultOf('refused', 'not a lease that the zone can note', true);
  return { leaseId, until: new Date(until).toISOString(), by, digest };
}

/** Why this lease cannot hold the domain now; null where it can. What a person has put there stays as it is. */
function objectionToHold({ place, holder }: Entry, { leaseId }: Note, zone: Zone): string | null {
  const isPassing = [place.name, place.below].some((owner) => doesLetPass(nodeOf(zone, owner)));
  if (isPassing) return 'the zone says that this name is to pass';
  return holder === null || (holder !== 'foreign' && holder.leaseId === leaseId) ? null : tellHolder(holder);
}

function isHeldSo({ holder, isWhole }: Entry, note: Note): boolean {
  return isWhole && holder !== null && holder !== 'foreign' && encodeNote(holder).equals(encodeNote(note));
}

function tellHolder(holder: Note | 'foreign'): string {
  return holder === 'foreign' ? 'an entry that SocBot did not make holds it' : `another block by ${holder.by} holds it`;
}

function answerOf(cover: string | null): ContainmentAnswer {
  return cover === null ? { isDone: true } : { isDone: false, why: `the wider entry ${cover} still holds it` };
}
