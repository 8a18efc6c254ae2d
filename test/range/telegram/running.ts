import { Api, GrammyError } from 'grammy';
import { afterEach } from 'vitest';
import type { TelegramSimulatorOptions } from '#range/telegram/options.ts';
import { startTelegramSimulator, type TelegramSimulator } from '#range/telegram/simulator.ts';
import { createUserSide, type UserSide } from '#range/telegram/user-side.ts';

export const ANA = 1001;
export const BEN = 1002;
export const CLEO = 1003;
export const EVE = 1666;
export const GROUP = -1_002_000_000_001;

/** A simulator, its user side, and grammY's own client for it. */
export type Running = { readonly simulator: TelegramSimulator; readonly user: UserSide; readonly api: Api };

const open: TelegramSimulator[] = [];

/** Closes what the test started; happens by itself at the end of each. */
export async function closeRunning(): Promise<void> {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
}

afterEach(closeRunning);

/** Starts a simulator that is closed when the test ends. */
export async function startRunning(options: TelegramSimulatorOptions = {}): Promise<Running> {
  const simulator = await startTelegramSimulator(options);
  open.push(simulator);
  return {
    simulator,
    user: createUserSide(simulator.userSide),
    api: new Api(simulator.token, { apiRoot: simulator.url }),
  };
}

/** What Telegram answers to a call that it refuses. Throws when the call is accepted. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const outcome = await call.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  if (outcome instanceof GrammyError) return `${outcome.error_code} ${outcome.description}`;
  throw new Error(`no refusal but ${String(outcome)}`);
}
