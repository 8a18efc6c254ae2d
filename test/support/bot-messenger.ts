import { ApplicationFailure, defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Api } from 'grammy';
import { onTestFinished } from 'vitest';
import { createMessenger } from '#activities/messenger.ts';
import { createOutbox } from '#activities/outbox.ts';
import type { Posted, Posting } from '#domain/card.ts';
import { startTelegramSimulator, type TelegramSimulator } from '#range/telegram/simulator.ts';
import { createUserSide, type UserSide } from '#range/telegram/user-side.ts';

/** How one attempt ended: what was posted or why not, and what it left to the next. */
export type Attempt = {
  readonly posted: readonly Posted[] | null;
  readonly failure: ApplicationFailure | null;
  readonly left: unknown;
  /** The failure as it would lie in a history, causes included. */
  readonly written: string;
};

export type MessengerFixture = {
  readonly telegram: TelegramSimulator;
  readonly user: UserSide;
  /** Runs one attempt; the first one unless it is told which, and what the one before has left. */
  readonly show: (postings: readonly Posting[], after?: { attempt: number; left: unknown }) => Promise<Attempt>;
  /** Lets time pass for the outbox. */
  readonly wait: (ms: number) => void;
};

/** The messenger at a simulated Telegram, which is gone when the test ends. */
export async function startMessenger(
  options: Parameters<typeof startTelegramSimulator>[0] = {},
): Promise<MessengerFixture> {
  const telegram = await startTelegramSimulator(options);
  onTestFinished(() => telegram.close());
  const clock = { aheadMs: 0 };
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const botId = Number.parseInt(telegram.token, 10);
  const outbox = createOutbox(() => Date.now() + clock.aheadMs);
  const messenger = createMessenger({ api, botId, keys: [new Uint8Array(32).fill(7)], outbox });
  return {
    telegram,
    user: createUserSide(telegram.userSide),
    wait: (ms) => {
      clock.aheadMs += ms;
    },
    show: async (postings, after = { attempt: 1, left: undefined }) => {
      const environment = new MockActivityEnvironment({ attempt: after.attempt, heartbeatDetails: after.left });
      let left: unknown;
      environment.on('heartbeat', (details: unknown) => (left = details));
      const run = async (): Promise<readonly Posted[]> => messenger['telegram.show'](postings);
      try {
        const posted = await environment.run<[], readonly Posted[], typeof run>(run);
        return { posted, failure: null, left, written: '' };
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        const converted = defaultFailureConverter.errorToFailure(error, defaultPayloadConverter);
        const written = `${JSON.stringify(converted)} ${JSON.stringify(left)} ${String(error.cause)} ${error.stack}`;
        return { posted: null, failure: error, left, written };
      }
    },
  };
}
