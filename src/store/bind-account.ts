import type { Transaction } from 'kysely';
import { appendInTurn } from './audit.ts';
import { toStoredInstant } from './instant.ts';
import { findInvite, inviteIdOf } from './invites.ts';
import type { InviteRow, Tables } from './tables.ts';

/** A Telegram account that is bound to somebody of `socbot.yaml`, since when, and by which invite. */
export type Account = {
  readonly telegramId: number;
  readonly person: string;
  readonly boundAt: string;
  readonly invite: string;
};

/** The wish to bind a Telegram account by the code of an invite. */
export type Bind = {
  readonly code: string;
  readonly telegramId: number;
  /** The update's id: the same one again gets the same answer. */
  readonly key: string;
  /** Names of everybody who is on the list now. */
  readonly people: readonly string[];
  /** ISO 8601, UTC. */
  readonly now: string;
};

/** What came of it. `why` is for the record: whoever sent the code learns nothing. */
export type Binding =
  | { readonly kind: 'bound'; readonly account: Account }
  | { readonly kind: 'refused'; readonly why: string };

/** Binds in a transaction of the audit's turn: an account that is bound without a record of it would be heard unseen. */
export async function bindAccount(trx: Transaction<Tables>, wish: Bind): Promise<Binding> {
  const { telegramId, key } = wish;
  const at = toStoredInstant(wish.now);
  const invite = await findInvite(trx, wish.code);
  if (!invite) return { kind: 'refused', why: 'no such invite' };
  if (invite.used_by === telegramId && invite.used_key === key) return recall(trx, wish, invite);
  const why = objectionToInvite(invite, wish.people, at) ?? (await objectionToAccount(trx, wish, invite));
  if (why !== null) return { kind: 'refused', why };
  const { person, hash } = invite;
  const account = { telegramId, person, boundAt: at, invite: inviteIdOf(invite) };
  await trx.updateTable('invites').set({ used_by: telegramId, used_key: key }).where('hash', '=', hash).execute();
  const row = { telegram_id: telegramId, person, bound_at: at, invite: account.invite };
  await trx
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.column('telegram_id').doUpdateSet(row))
    .execute();
  const who = { who: person, telegramId, chat: telegramId, request: null };
  const record = {
    at,
    ...who,
    action: 'bind',
    outcome: 'done',
    detail: `invite ${account.invite}`,
    key: `${key}/bound`,
  };
  await appendInTurn(trx, [record]);
  return { kind: 'bound', account };
}

/** What the same update came to before; an account that was unbound since stays so. */
async function recall(trx: Transaction<Tables>, { telegramId }: Bind, invite: InviteRow): Promise<Binding> {
  const id = inviteIdOf(invite);
  const row = await readAccount(trx, telegramId);
  if (row?.invite !== id) return { kind: 'refused', why: `invite ${id}: the account was unbound since` };
  return { kind: 'bound', account: { telegramId, person: row.person, boundAt: row.bound_at, invite: id } };
}

function objectionToInvite(invite: InviteRow, people: readonly string[], at: string): string | null {
  const named = `invite ${inviteIdOf(invite)} for ${invite.person}`;
  if (invite.used_by !== null) return `${named} was used already, by ${invite.used_by}`;
  if (invite.until <= at) return `${named} came too late`;
  return people.includes(invite.person) ? null : `${named}, who is not on the list any more`;
}

/** An account belongs to one person; to become another's it is unbound first. */
async function objectionToAccount(
  trx: Transaction<Tables>,
  { telegramId, people }: Bind,
  invite: InviteRow,
): Promise<string | null> {
  const bound = await readAccount(trx, telegramId);
  if (!bound || bound.person === invite.person || !people.includes(bound.person)) return null;
  return `invite ${inviteIdOf(invite)} for ${invite.person}, but the account is bound to ${bound.person}`;
}

async function readAccount(trx: Transaction<Tables>, telegramId: number) {
  return trx.selectFrom('accounts').selectAll().where('telegram_id', '=', telegramId).executeTakeFirst();
}
