import type { Ask } from '#domain/ask.ts';
import type { GateVerb } from '#domain/press.ts';
import { codeMark } from '#store/mark-names.ts';
import type { BotDeps } from '../deps.ts';

/** The decision that waits for a code: the latest one of this account. */
export type AwaitedCode = {
  readonly requestId: string;
  readonly verb: GateVerb;
  readonly rev: number;
  readonly arg: number;
  readonly message: number;
  readonly shows?: string;
};

/** A code that comes later than this is for nothing that anybody remembers; milliseconds. */
const AWAITED_MS = 10 * 60_000;

/** Remembers what the next code of this account is for, over restarts. */
export async function awaitCode({ by }: Ask, awaited: AwaitedCode, { marks, now }: BotDeps): Promise<void> {
  const { requestId, verb, rev, arg, message, shows } = awaited;
  await marks.set(codeMark(by.telegramId), JSON.stringify({ requestId, verb, rev, arg, message, shows }), now());
}

/** What a code of this account is for; null where none is awaited, or not any more. */
export async function awaitedCode({ by }: Ask, { marks, now }: BotDeps): Promise<AwaitedCode | null> {
  const mark = await marks.get(codeMark(by.telegramId));
  if (!mark || Date.parse(now()) - Date.parse(mark.at) > AWAITED_MS) return null;
  return JSON.parse(mark.value) as AwaitedCode | null;
}

/** The code has come. */
export async function forgetCode({ by }: Ask, { marks, now }: BotDeps): Promise<void> {
  await marks.set(codeMark(by.telegramId), 'null', now());
}
