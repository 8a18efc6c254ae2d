import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { judgeTelegramFault } from '#activities/telegram-fault.ts';

const TOKEN = '700000001:AAHsecretsecretsecretsecretsecretsec';

function answer(error_code: number, description: string, parameters = {}): GrammyError {
  return new GrammyError('Call failed', { ok: false, error_code, description, parameters }, 'sendMessage', {});
}

/** A network error as `node-fetch` makes them: the address, and so the token, stands in its message. */
function network(code?: string): HttpError {
  const cause = Object.assign(new Error(`request to https://api.telegram.org/bot${TOKEN}/sendMessage failed`), {
    code,
  });
  return new HttpError('Network request for sendMessage failed', cause);
}

describe('a call to Telegram that did not succeed', () => {
  // The words are those of tdlib/telegram-bot-api and tdlib/td.
  it.each([
    [
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same',
      'unchanged',
    ],
    [400, 'Bad Request: message to edit not found', 'gone'],
    [400, "Bad Request: message can't be edited", 'gone'],
    [400, 'Bad Request: MESSAGE_ID_INVALID', 'gone'],
    [403, 'Forbidden: bot was blocked by the user', 'closed'],
    [403, 'Forbidden: user is deactivated', 'closed'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'closed'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'closed'],
    [400, 'Bad Request: chat not found', 'closed'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'closed'],
    [400, 'Bad Request: message is too long', 'refused'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'refused'],
    [401, 'Unauthorized', 'later'],
    [404, 'Not Found', 'later'],
    [429, 'Too Many Requests: retry after 5', 'later'],
    [500, 'Internal Server Error', 'later'],
    [502, 'Bad Gateway', 'later'],
  ] as const)('%i %s is %s', (code, description, verdict) => {
    expect(judgeTelegramFault(answer(code, description)).verdict).toBe(verdict);
  });

  it('tells where a group has gone', () => {
    const fault = answer(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -1001,
    });

    expect(judgeTelegramFault(fault)).toMatchObject({ verdict: 'moved', movedTo: -1001 });
  });

  it('tells how long to wait, five seconds where Telegram does not say', () => {
    const told = judgeTelegramFault(answer(429, 'Too Many Requests', { retry_after: 13_938 }));
    const untold = judgeTelegramFault(answer(429, 'Too Many Requests'));

    expect(told).toMatchObject({ waitMs: 13_938_000, isUnsent: true, failure: { nextRetryDelay: 13_938_000 } });
    expect(untold.waitMs).toBe(5_000);
  });

  it.each([
    ['a refusal', answer(400, 'Bad Request'), true],
    ['a limit', answer(429, 'Too Many Requests'), true],
    ['a refused connection', network('ECONNREFUSED'), true],
    ['an unknown name', network('ENOTFOUND'), true],
    ['a reset', network('ECONNRESET'), false],
    ['a time-out', network('ETIMEDOUT'), false],
    ['silence', network(), false],
    ['a broken server', answer(500, 'Internal Server Error'), false],
    ['a broken gateway', answer(502, 'Bad Gateway'), false],
  ])('after %s knows whether the message surely was not sent', (_, error, isUnsent) => {
    expect(judgeTelegramFault(error).isUnsent).toBe(isUnsent);
  });

  it('finds the code however deep it is hidden, and tells nothing else of the error', () => {
    const deep = new Error('fetch failed', { cause: Object.assign(new Error(TOKEN), { code: 'ECONNREFUSED' }) });
    const { description, failure } = judgeTelegramFault(new HttpError('x', deep));

    expect(description).toBe('Telegram did not answer (ECONNREFUSED)');
    expect(failure.cause).toBeUndefined();
  });

  it.each([network('ECONNRESET'), network(), new Error(`at https://api.telegram.org/bot${TOKEN}/getMe`)])(
    'never tells the token: %#',
    (error) => {
      const { description, failure } = judgeTelegramFault(error);

      const told = `${description} ${failure.message} ${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`;
      expect(told).not.toContain('secret');
    },
  );
});
