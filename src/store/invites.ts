import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { parseInstant, toInstant, toStoredInstant } from './instant.ts';
import type { InviteRow, Tables } from './tables.ts';

/** An invite that nobody has used yet. `id` names it, and opens nothing. */
export type OpenInvite = { readonly id: string; readonly person: string; readonly until: string };

/** A new invite. The code is shown once: only its hash is kept. */
export type Invite = OpenInvite & { readonly code: string };

const LIVES_MS = 15 * 60_000;
const CODE_BYTES = 24;
const ID_LENGTH = 8;
/** For as long as an update may be offered again after the invite was used. */
const KEPT_MS = 2 * 86_400_000;

/** Makes an invite in place of an open one of the same person, and forgets those that ended long ago. */
export async function makeInvite(trx: Transaction<Tables>, person: string, now: string): Promise<Invite> {
  const nowMs = parseInstant(now);
  await trx
    .deleteFrom('invites')
    .where((where) =>
      where.or([
        where.and([where('person', '=', person), where('used_by', 'is', null)]),
        where('until', '<', toInstant(nowMs - KEPT_MS)),
      ]),
    )
    .execute();
  const code = randomBytes(CODE_BYTES).toString('base64url');
  const row = { hash: hashOf(code), person, until: toInstant(nowMs + LIVES_MS), used_by: null, used_key: null };
  await trx.insertInto('invites').values(row).execute();
  return { ...toOpenInvite(row), code };
}

/** The invites that somebody may still use, the first to end first. */
export async function listOpenInvites(db: Kysely<Tables>, now: string): Promise<readonly OpenInvite[]> {
  const rows = await db
    .selectFrom('invites')
    .selectAll()
    .where('used_by', 'is', null)
    .where('until', '>', toStoredInstant(now))
    .orderBy('until')
    .execute();
  return rows.map(toOpenInvite);
}

/** The invite of a code. */
export async function findInvite(trx: Transaction<Tables>, code: string): Promise<InviteRow | undefined> {
  return trx.selectFrom('invites').selectAll().where('hash', '=', hashOf(code)).executeTakeFirst();
}

/** Names an invite where people read of it. */
export function inviteIdOf({ hash }: Pick<InviteRow, 'hash'>): string {
  return hash.slice(0, ID_LENGTH);
}

function toOpenInvite(row: InviteRow): OpenInvite {
  return { id: inviteIdOf(row), person: row.person, until: row.until };
}

/** A code holds 192 random bits, so that its hash needs neither salt nor work. */
function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
