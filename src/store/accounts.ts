import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import { parseInstant, toInstant, toStoredInstant } from './instant.ts';
import type { Tables } from './tables.ts';

/** A Telegram account that is bound to somebody of `socbot.yaml`. */
export type Account = { readonly telegramId: number; readonly person: string; readonly boundAt: string };

/** Invites, and the accounts that they have bound. Only the hash of an invite is kept. */
export type Accounts = {
  /** Makes an invite for a person; gives its code, which counts once and for a quarter of an hour. */
  readonly invite: (person: string, now: string) => Promise<string>;
  /** Binds an account by the code of an invite. Null for a code that is wrong, used or too late: nobody learns which. */
  readonly bind: (bound: { code: string; telegramId: number; now: string }) => Promise<Account | null>;
  readonly list: () => Promise<readonly Account[]>;
  /** Takes an account away; false where it was bound to nobody. */
  readonly unbind: (telegramId: number) => Promise<boolean>;
};

const TURN = 'accounts';
const LIVES_MS = 15 * 60_000;
const CODE_BYTES = 24;

/** Creates the accounts over an open database. */
export function createAccounts(database: Database): Accounts {
  return {
    invite: async (person, now) => {
      const code = randomBytes(CODE_BYTES).toString('base64url');
      const until = toInstant(parseInstant(now) + LIVES_MS);
      await database.query(async (db) =>
        db
          .insertInto('invites')
          .values({ hash: hashOf(code), person, until, used_at: null })
          .execute(),
      );
      return code;
    },
    bind: async (bound) => database.takeTurn(TURN, async (trx) => bind(trx, bound)),
    list: async () => {
      const rows = await database.query(async (db) =>
        db.selectFrom('accounts').selectAll().orderBy('person').execute(),
      );
      return rows.map((one) => ({ telegramId: one.telegram_id, person: one.person, boundAt: one.bound_at }));
    },
    unbind: async (telegramId) => {
      const gone = await database.query(async (db) =>
        db.deleteFrom('accounts').where('telegram_id', '=', telegramId).executeTakeFirst(),
      );
      return gone.numDeletedRows > 0n;
    },
  };
}

async function bind(
  trx: Transaction<Tables>,
  { code, telegramId, now }: { code: string; telegramId: number; now: string },
): Promise<Account | null> {
  const hash = hashOf(code);
  const at = toStoredInstant(now);
  const invite = await trx.selectFrom('invites').selectAll().where('hash', '=', hash).executeTakeFirst();
  if (!invite || invite.used_at !== null || invite.until < at) return null;
  await trx.updateTable('invites').set({ used_at: at }).where('hash', '=', hash).execute();
  const row = { telegram_id: telegramId, person: invite.person, bound_at: at };
  await trx
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.column('telegram_id').doUpdateSet(row))
    .execute();
  return { telegramId, person: invite.person, boundAt: at };
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
