import { AUDIT_TURN } from './audit.ts';
import { type Account, type Bind, bindAccount, type Binding } from './bind-account.ts';
import type { Database } from './database.ts';
import { type Invite, listOpenInvites, makeInvite, type OpenInvite } from './invites.ts';

/** Invites, and the accounts that they have bound. */
export type Accounts = {
  /** Makes an invite for a person, which counts once and for a quarter of an hour. One that is still open counts no more. */
  readonly invite: (person: string, now: string) => Promise<Invite>;
  readonly listOpenInvites: (now: string) => Promise<readonly OpenInvite[]>;
  /** Binds an account by the code of an invite, and records it in the same commit. */
  readonly bind: (wish: Bind) => Promise<Binding>;
  /** All accounts, by person, for each the oldest first. */
  readonly list: () => Promise<readonly Account[]>;
  /** Takes an account away; false where it was bound to nobody. */
  readonly unbind: (telegramId: number) => Promise<boolean>;
};

/** Creates the accounts over an open database. */
export function createAccounts(database: Database): Accounts {
  return {
    invite: async (person, now) => database.takeTurn(AUDIT_TURN, async (trx) => makeInvite(trx, person, now)),
    listOpenInvites: async (now) => database.query(async (db) => listOpenInvites(db, now)),
    bind: async (wish) => database.takeTurn(AUDIT_TURN, async (trx) => bindAccount(trx, wish)),
    list: async () => {
      const rows = await database.query(async (db) =>
        db.selectFrom('accounts').selectAll().orderBy('person').orderBy('bound_at').execute(),
      );
      return rows.map(({ telegram_id: telegramId, person, bound_at: boundAt, invite }) => ({
        telegramId,
        person,
        boundAt,
        invite,
      }));
    },
    unbind: async (telegramId) => {
      const gone = await database.query(async (db) =>
        db.deleteFrom('accounts').where('telegram_id', '=', telegramId).executeTakeFirst(),
      );
      return gone.numDeletedRows > 0n;
    },
  };
}
