import type { Transaction } from 'kysely';
import { parseInstant, toInstant } from './instant.ts';
import { stepsOf } from './one-time-codes.ts';
import type { SecondFactorRow, Tables } from './tables.ts';

/**
 * What a code came to. `used`: this one, or a later one, has counted already (RFC 6238, 5.2). `locked`: too many were wrong,
 * this one perhaps the last of them; while it lasts, that tells nothing about the code.
 */
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

/** What an authenticator remembers from code to code. */
type CodeState = Pick<SecondFactorRow, 'last_step' | 'failures' | 'locked_until'>;

/** An answer, and what is remembered from then on. */
type Judged = { readonly answer: CodeAnswer; readonly state: CodeState };

const MOST_FAILURES = 5;
const LOCKED_MS = 15 * 60_000;
/** Telegram offers an update again for a day at most (https://core.telegram.org/bots/api#getting-updates). */
const REMEMBERED_MS = 2 * 86_400_000;

/** Judges a code of an authenticator whose secret is opened with `open`, only where it is needed. */
export function judgeCode(row: SecondFactorRow, { code, now }: CodeProof, open: () => string): Judged {
  const nowMs = parseInstant(now);
  const { last_step, failures, locked_until } = row;
  const state = { last_step, failures, locked_until };
  if (locked_until !== null && locked_until > toInstant(nowMs)) {
    return { answer: { kind: 'locked', until: locked_until }, state };
  }
  const steps = stepsOf(code, open(), nowMs);
  if (steps.length === 0) return judgeWrong(state, nowMs);
  const fresh = steps.find((step) => step > last_step);
  if (fresh === undefined) return { answer: { kind: 'used' }, state };
  return { answer: { kind: 'right' }, state: { last_step: fresh, failures: 0, locked_until: null } };
}

function judgeWrong(state: CodeState, nowMs: number): Judged {
  const failures = state.failures + 1;
  if (failures < MOST_FAILURES) {
    return { answer: { kind: 'wrong', triesLeft: MOST_FAILURES - failures }, state: { ...state, failures } };
  }
  const until = toInstant(nowMs + LOCKED_MS);
  return { answer: { kind: 'locked', until }, state: { ...state, failures: 0, locked_until: until } };
}

/** What was answered to a proof before; null where it is new. */
export async function recallAnswer(
  trx: Transaction<Tables>,
  { person, key }: Pick<CodeProof, 'person' | 'key'>,
): Promise<CodeAnswer | null> {
  const row = await trx
    .selectFrom('second_factor_answers')
    .select('answer')
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? (JSON.parse(row.answer) as CodeAnswer) : null;
}

/** Remembers an answer for as long as the proof may come again, and forgets those of the person that are older. */
export async function rememberAnswer(
  trx: Transaction<Tables>,
  { person, key, now }: CodeProof,
  answer: CodeAnswer,
): Promise<void> {
  const nowMs = parseInstant(now);
  await trx
    .deleteFrom('second_factor_answers')
    .where('person', '=', person)
    .where('at', '<', toInstant(nowMs - REMEMBERED_MS))
    .execute();
  const row = { person, key, at: toInstant(nowMs), answer: JSON.stringify(answer) };
  await trx.insertInto('second_factor_answers').values(row).execute();
}
