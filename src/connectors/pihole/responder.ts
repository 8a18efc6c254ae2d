import { ConnectorError, nullIfNotFound } from '#connectors/errors.ts';
import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import type { Observable } from '#domain/observable.ts';
import { isUnderstood } from '#domain/parsed.ts';
import { parseDomain } from '#domain/parsers/domain.ts';
import type { Held, Hold, Responder } from '#domain/responder.ts';
import type { PiholeClient } from './client.ts';
import { composeComment, parseComment } from './comment.ts';
import type { DomainEntry, Processed, Search } from './schema.ts';
import type { WithinSession } from './sessions.ts';
import { coverOf, denialOf, isAtWork, isInForce, objectionToRemoval, obstacleTo, stepFor } from './standing.ts';

/** A Pi-hole as a responder: entries of its deny list for exact names, each with its lease in the comment. */
export function createPiholeResponder(within: WithinSession): Responder {
  return {
    async contain(hold, signal) {
      const domain = domainOf(hold.target);
      const comment = commentOf(hold);
      return within(async (client) => {
        const blocking = await client.getBlocking(signal);
        const found = await search(client, domain, signal);
        const obstacle = obstacleTo(found, blocking);
        if (obstacle !== null) return { isDone: false, why: obstacle };
        const step = stepFor(hold, denialOf(found), Date.now());
        if (step.kind === 'refuse') return { isDone: false, why: step.why };
        if (step.kind === 'add') checkStored(await client.add(domain, comment, signal), domain, comment);
        if (step.kind === 'replace') {
          const entry = { comment, groups: [...step.groups] };
          checkStored(await client.replace(domain, entry, signal), domain, comment);
        }
        return { isDone: true };
      }, signal);
    },
    async release({ target, leaseId }, signal) {
      const domain = domainOf(target);
      return within(async (client) => {
        const found = await search(client, domain, signal);
        const denial = denialOf(found);
        const objection = denial ? objectionToRemoval(denial, leaseId) : null;
        if (denial && objection === null) await nullIfNotFound(client.remove(domain, signal));
        const why = (denial && isAtWork(denial) ? objection : null) ?? coverOf(found);
        return why === null ? { isDone: true } : { isDone: false, why };
      }, signal);
    },
    async readBack(target, signal) {
      const domain = domainOf(target);
      return within(async (client) => {
        const blocking = await client.getBlocking(signal);
        const found = await search(client, domain, signal);
        const denial = denialOf(found);
        const isHeld = denial && isInForce(denial) && obstacleTo(found, blocking) === null;
        return isHeld ? toHeld(target, denial) : null;
      }, signal);
    },
    async list(signal) {
      return within(async (client) => {
        const blocking = await client.getBlocking(signal);
        const entries = await client.list(signal);
        return blocking === 'enabled' ? heldAmong(entries) : [];
      }, signal);
    },
  };
}

function domainOf({ kind, value }: Observable): string {
  if (kind !== 'domain') throw faultOfUnsupportedKind('pihole', kind);
  return value;
}

/** A comment that could not be read back would make an entry that nobody lifts. */
function commentOf(hold: Hold): string {
  const comment = composeComment(hold);
  if (parseComment(comment)?.leaseId === hold.leaseId) return comment;
  const message = 'the lease does not fit into a comment';
  throw new ConnectorError({ kind: 'refused', connector: 'pihole', message });
}

/** Names are compared letter for letter there; an answer about another one is no evidence. */
async function search(client: PiholeClient, domain: string, signal: AbortSignal): Promise<Search> {
  const found = await client.search(domain, signal);
  const isOther = found.entries.some((entry) => entry.kind === 'exact' && entry.domain !== domain);
  if (isOther) throw faultOfOtherIndicator('pihole');
  return found;
}

/** Status 201 does not mean stored. Throws unless the entry is there as it was sent, and in force. */
function checkStored({ entries, stored, errors }: Processed, domain: string, comment: string): void {
  const isSent = entries.some((entry) => entry.domain === domain && entry.comment === comment && isInForce(entry));
  if (stored.includes(domain) && isSent) return;
  const fault = { connector: 'pihole', isAnswered: true } as const;
  const isLocked = errors.some((error) => /database (?:table )?is locked/.test(error));
  if (isLocked) {
    const message = 'not stored: the database of the Pi-hole is locked';
    throw new ConnectorError({ ...fault, kind: 'unreachable', message, isUndone: true });
  }
  if (errors.some((error) => error.startsWith('UNIQUE constraint failed'))) {
    const message = 'not stored: somebody else has just added the name';
    throw new ConnectorError({ ...fault, kind: 'unreachable', message, isUndone: true });
  }
  if (errors.length > 0) {
    throw new ConnectorError({ ...fault, kind: 'unreachable', message: 'the Pi-hole did not store all of the entry' });
  }
  throw new ConnectorError({ ...fault, kind: 'malformed_response', message: 'the Pi-hole stored another entry' });
}

/** What is in force, without names on the allow list, and without what is no public domain name, such as `localhost`. */
function heldAmong(entries: readonly DomainEntry[]): readonly Held[] {
  const exact = entries.filter(({ kind }) => kind === 'exact');
  const allowed = new Set(
    exact.filter((entry) => entry.type === 'allow' && isAtWork(entry)).map(({ domain }) => domain),
  );
  const denials = exact.filter((entry) => entry.type === 'deny' && isInForce(entry) && !allowed.has(entry.domain));
  return denials.flatMap((entry) => {
    const parsed = parseDomain(entry.domain, true);
    const isCanonical = isUnderstood(parsed) && parsed.observable.value === entry.domain;
    return isCanonical ? [toHeld(parsed.observable, entry)] : [];
  });
}

function toHeld(target: Observable, { comment }: DomainEntry): Held {
  const lease = parseComment(comment);
  return {
    system: 'pihole',
    target,
    until: lease?.until ?? null,
    by: lease?.by ?? null,
    leaseId: lease?.leaseId ?? null,
  };
}
