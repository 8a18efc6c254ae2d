import type { Transaction } from 'kysely';
import { Secret as TotpSecret, TOTP } from 'otpauth';
import type { Database } from './database.ts';
import { parseInstant, toInstant, toStoredInstant } from './instant.ts';
import { openValue, sealValue } from './sealed-value.ts';
import type { SecondFactorRow, Tables } from './tables.ts';

/** What a code came to. `used`: this one, or a later one, has counted already (RFC 6238, 5.2). */
export type CodeAnswer =
  | { readonly kind: 'right' | 'used' | 'not_enrolled' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly until: string };

/** A code that somebody sent. `key` is the update's id: the same one again gets the same answer, and uses nothing up. */
export type CodeProof = {
  readonly person: string;
  readonly code: string;
  readonly key: string;
  /** ISO 8601, UTC. */
  readonly now: string;
};

/** People's authenticators, by the names of `socbot.yaml`. */
export type SecondFactors = {
  /** Keeps a secret (base32), encrypted. Replaces one that was there, and says so. */
  readonly enrol: (person: string, secret: string, now: string) => Promise<{ readonly isReplaced: boolean }>;
  /** Takes a person's authenticator away; false where there was none. */
  readonly remove: (person: string) => Promise<boolean>;
  readonly listEnrolled: () => Promise<readonly { readonly person: string; readonly enrolledAt: string }[]>;
  /** Checks a code in one turn: no two processes take one code twice. */
  readonly verify: (proof: CodeProof) => Promise<CodeAnswer>;
};

const TURN = 'second-factors';
const PERIOD_S = 30;
/** Clocks of phones may be a step off (RFC 6238, 6). */
const WINDOW = 1;
const MOST_FAILURES = 5;
const LOCKED_MS = 15 * 60_000;

/** Creates the authenticators over an open database; `keys` encrypt the secrets, the first one seals. */
export function createSecondFactors(database: Database, keys: readonly Uint8Array[]): SecondFactors {
  return {
    enrol: async (person, secret, now) => {
      const row: SecondFactorRow = {
        person,
        secret: sealValue(secret, keys, contextOf(person)),
        enrolled_at: toStoredInstant(now),
        last_step: 0,
        failures: 0,
        locked_until: null,
        last_key: null,
        last_answer: null,
      };
      return database.takeTurn(TURN, async (trx) => {
        const known = await readRow(trx, person);
        await trx
          .insertInto('second_factors')
          .values(row)
          .onConflict((conflict) => conflict.column('person').doUpdateSet(row))
          .execute();
        return { isReplaced: known !== undefined };
      });
    },
    remove: async (person) =>
      database.takeTurn(TURN, async (trx) => {
        const gone = await trx.deleteFrom('second_factors').where('person', '=', person).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
    listEnrolled: async () => {
      const rows = await database.query(async (db) =>
        db.selectFrom('second_factors').select(['person', 'enrolled_at']).orderBy('person').execute(),
      );
      return rows.map(({ person, enrolled_at: enrolledAt }) => ({ person, enrolledAt }));
    },
    verify: async (proof) => database.takeTurn(TURN, async (trx) => verify(trx, proof, keys)),
  };
}

async function verify(trx: Transaction<Tables>, proof: CodeProof, keys: readonly Uint8Array[]): Promise<CodeAnswer> {
  const row = await readRow(trx, proof.person);
  if (!row) return { kind: 'not_enrolled' };
  if (row.last_key === proof.key && row.last_answer !== null) return JSON.parse(row.last_answer) as CodeAnswer;
  const { answer, change } = judge(row, proof, keys);
  await trx
    .updateTable('second_factors')
    .set({ ...change, last_key: proof.key, last_answer: JSON.stringify(answer) })
    .where('person', '=', proof.person)
    .execute();
  return answer;
}

type Judged = { readonly answer: CodeAnswer; readonly change: Partial<SecondFactorRow> };

function judge(row: SecondFactorRow, { person, code, now }: CodeProof, keys: readonly Uint8Array[]): Judged {
  const nowMs = parseInstant(now);
  if (row.locked_until !== null && row.locked_until > toStoredInstant(now)) {
    return { answer: { kind: 'locked', until: row.locked_until }, change: {} };
  }
  const secret = openValue(row.secret, keys, contextOf(person));
  if (secret === null)
    throw new Error(`the authenticator of ${person} was enrolled under another SOCBOT_KEY: enrol again`);
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: WINDOW });
  if (delta === null) return judgeWrong(row.failures + 1, nowMs);
  const step = Math.floor(nowMs / 1000 / PERIOD_S) + delta;
  if (step <= row.last_step) return { answer: { kind: 'used' }, change: {} };
  return { answer: { kind: 'right' }, change: { last_step: step, failures: 0, locked_until: null } };
}

function judgeWrong(failures: number, nowMs: number): Judged {
  if (failures < MOST_FAILURES) {
    return { answer: { kind: 'wrong', triesLeft: MOST_FAILURES - failures }, change: { failures } };
  }
  const until = toInstant(nowMs + LOCKED_MS);
  return { answer: { kind: 'locked', until }, change: { failures: 0, locked_until: until } };
}

/** The codes of a secret (base32), as every authenticator makes them: six digits, thirty seconds, SHA-1 (RFC 6238). */
export function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'SocBot', label, secret: TotpSecret.fromBase32(secret), period: PERIOD_S });
}

/** A new secret of 160 bits, as RFC 4226 recommends; base32. */
export function newTotpSecret(): string {
  return new TotpSecret({ size: 20 }).base32;
}

/** A secret that is moved to another person's row opens nothing. */
function contextOf(person: string): string {
  return `second factor of ${person}`;
}

async function readRow(trx: Transaction<Tables>, person: string): Promise<SecondFactorRow | undefined> {
  return trx.selectFrom('second_factors').selectAll().where('person', '=', person).executeTakeFirst();
}
