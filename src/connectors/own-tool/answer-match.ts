import { z } from 'zod';
import type { Answer } from '#connectors/endpoint.ts';
import { type Pointer, readPointer, valueAt } from './pointer.ts';

type Scalar = string | number | boolean | null;

/** One answer that means something: its status, and what its body says at some places. */
export type AnswerMatch = {
  readonly status: number;
  readonly says: readonly { readonly at: Pointer; readonly is: Scalar }[];
};

/**
 * Answers as a setting has them: `404`, `[200, 204]`, or with the body's own words `{ status: 200, /found: false }`.
 * `statuses` are those that can mean it: what a proxy or a broken server says never does.
 */
export function answerMatches(statuses: readonly number[]) {
  return z.unknown().transform((value, context): readonly AnswerMatch[] => {
    const given = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const matches = given.map((one) => readMatch(one, statuses));
    if (given.length > 0 && matches.every((match) => match !== null)) return matches;
    context.addIssue(
      `is not an answer that can mean this; write a status (${statuses.join(', ')}), or with what the body says { status: ${statuses[0]}, /place: value }`,
    );
    return z.NEVER;
  });
}

function readMatch(value: unknown, statuses: readonly number[]): AnswerMatch | null {
  const { status, ...places } =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { status: value };
  if (typeof status !== 'number' || !statuses.includes(status)) return null;
  const says = Object.entries(places).map(([place, is]) => ({ at: readPointer(place), is }));
  const isFit = says.every(({ at, is }) => at !== null && at.length > 0 && isScalar(is));
  return isFit && !(status === 204 && says.length > 0) ? { status, says: says as AnswerMatch['says'] } : null;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Whether an answer has the status and says in its body what is asked for. */
export function isMatch(answer: Answer, { status, says }: AnswerMatch): boolean {
  return answer.status === status && says.every(({ at, is }) => valueAt(answer.json, at) === is);
}

/**
 * Whether the body is the tool's own: JSON, or nothing at all where the status says that it was done. A web page is not, and
 * neither is an empty "not found": a proxy and a wrong address say that too.
 */
export function isOwnBody({ status, json, text }: Answer): boolean {
  return json !== undefined || (status < 300 && text.trim() === '');
}

/** Whether no answer can be both: with the same status, they say something else at the same place. */
export function areApart(some: readonly AnswerMatch[], others: readonly AnswerMatch[]): boolean {
  return some.every((one) => others.every((other) => one.status !== other.status || contradict(one, other)));
}

function contradict(one: AnswerMatch, other: AnswerMatch): boolean {
  return one.says.some(({ at, is }) => other.says.some((said) => said.at.join('/') === at.join('/') && said.is !== is));
}
