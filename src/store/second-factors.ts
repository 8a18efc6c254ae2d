import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database.ts';
import { toStoredInstant } from './instant.ts';
import { type CodeAnswer, type CodeProof, judgeCode, recallAnswer, rememberAnswer } from './judge-code.ts';
import { openValue, sealValue } from './sealed-value.ts';
import type { SecondFactorRow, Tables } from './tables.ts';

/** A person's authenticator, without its secret. */
type Enrolled = {
  readonly person: string;
  readonly enrolledAt: string;
  /** Until when no code counts; may be past. Null where too many were never wrong. */
  readonly lockedUntil: string | null;
  /** Whether one of the keys opens it; one that is not readable has to be enrolled again. */
  readonly isReadable: boolean;
};

/** People's authenticators, by the names of `socbot.yaml`. */
export type SecondFactors = {
  /**
   * Keeps a secret (base32), encrypted. Replaces one that was there, its lock as well, and says so. `confirmedStep` is the
   * step whose code proved that the authenticator works: it counts no more.
   */
  readonly enrol: (
    person: string,
    secret: string,
    now: string,
    confirmedStep?: number,
  ) => Promise<{ readonly isReplaced: boolean }>;
  /** Takes a person's authenticator away; false where there was none. */
  readonly remove: (person: string) => Promise<boolean>;
  readonly isEnrolled: (person: string) => Promise<boolean>;
  readonly listEnrolled: () => Promise<readonly Enrolled[]>;
  /** Checks a code in one turn: no two processes take one code twice. Throws in words where no key opens the secret. */
  readonly verify: (proof: CodeProof) => Promise<CodeAnswer>;
};

const TURN = 'second-factors';

/** Creates the authenticators over an open database; `keys` encrypt the secrets, the first one seals. */
export function createSecondFactors(database: Database, keys: readonly Uint8Array[]): SecondFactors {
  return {
    enrol: async (person, secret, now, confirmedStep = 0) => {
      const row: SecondFactorRow = {
        person,
        secret: sealValue(secret, keys, contextOf(person)),
        enrolled_at: toStoredInstant(now),
        last_step: confirmedStep,
        failures: 0,
        locked_until: null,
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
    isEnrolled: async (person) => (await database.query(async (db) => readRow(db, person))) !== undefined,
    listEnrolled: async () => {
      const rows = await database.query(async (db) =>
        db.selectFrom('second_factors').selectAll().orderBy('person').execute(),
      );
      return rows.map((row) => toEnrolled(row, keys));
    },
    verify: async (proof) => database.takeTurn(TURN, async (trx) => verify(trx, proof, keys)),
  };
}

async function verify(trx: Transaction<Tables>, proof: CodeProof, keys: readonly Uint8Array[]): Promise<CodeAnswer> {
  const { person } = proof;
  const known = await recallAnswer(trx, proof);
  if (known) return known;
  const row = await readRow(trx, person);
  if (!row) return { kind: 'not_enrolled' };
  const { answer, state } = judgeCode(row, proof, () => openSecret(row, keys));
  // A secret under an older key comes under the first one, so that in time the older one can go.
  const resealed = answer.kind === 'right' ? { secret: sealValue(openSecret(row, keys), keys, contextOf(person)) } : {};
  await trx
    .updateTable('second_factors')
    .set({ ...state, ...resealed })
    .where('person', '=', person)
    .execute();
  await rememberAnswer(trx, proof, answer);
  return answer;
}

function openSecret({ person, secret }: SecondFactorRow, keys: readonly Uint8Array[]): string {
  const opened = openValue(secret, keys, contextOf(person));
  if (opened !== null) return opened;
  throw new Error(`the authenticator of ${person} was enrolled under another SOCBOT_KEY: enrol again`);
}

function toEnrolled(row: SecondFactorRow, keys: readonly Uint8Array[]): Enrolled {
  return {
    person: row.person,
    enrolledAt: row.enrolled_at,
    lockedUntil: row.locked_until,
    isReadable: openValue(row.secret, keys, contextOf(row.person)) !== null,
  };
}

/** A secret that is moved to another person's row opens nothing. */
function contextOf(person: string): string {
  return `second factor of ${person}`;
}

async function readRow(db: Kysely<Tables>, person: string): Promise<SecondFactorRow | undefined> {
  return db.selectFrom('second_factors').selectAll().where('person', '=', person).executeTakeFirst();
}
