import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMessenger } from '#activities/messenger.ts';
import { createOutbox } from '#activities/outbox.ts';
import type { Posting } from '#domain/card.ts';

const NOTE: Posting = {
  to: 1001,
  card: { kind: 'note', tone: 'ok', title: 'Done', lines: ['As asked.'] },
  isSilent: false,
};

/** What one attempt may conclude from the attempts before it, where only the last one has left word. */
describe('a message that may have been sent already', () => {
  let server: Server;
  let texts: string[];
  let answer: 'ok' | 'limited' | 'drop';

  beforeEach(async () => {
    texts = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (answer === 'drop') {
          response.destroy();
          return;
        }
        if (answer === 'ok') texts.push(String(JSON.parse(body).text));
        const failure = {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests',
          parameters: { retry_after: 1 },
        };
        const success = { ok: true, result: { message_id: 7, date: 0, chat: { id: 1001, type: 'private' } } };
        response.end(JSON.stringify(answer === 'ok' ? success : failure));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Runs one attempt; gives what it left to the next. */
  async function attempt(number: number, before: unknown, how: typeof answer): Promise<unknown> {
    answer = how;
    const { port } = server.address() as AddressInfo;
    const api = new Api('700000001:token-of-a-test', { apiRoot: `http://127.0.0.1:${port}` });
    const messenger = createMessenger({ api, botId: 700000001, keys: [new Uint8Array(32)], outbox: createOutbox() });
    const environment = new MockActivityEnvironment({ attempt: number, heartbeatDetails: before });
    let left: unknown = before;
    environment.on('heartbeat', (details: unknown) => (left = details));
    await environment.run(messenger['telegram.show'], [NOTE]).catch(() => undefined);
    return left;
  }

  it('is sent again without a word when Telegram refused it the time before', async () => {
    await attempt(2, await attempt(1, undefined, 'limited'), 'ok');

    expect(texts).toEqual([expect.not.stringContaining('repeated')]);
  });

  it('says that it may be a repeat when the attempt before left no word, whatever an older one left', async () => {
    const left = await attempt(1, undefined, 'limited');

    await attempt(3, left, 'ok');

    expect(texts).toEqual([expect.stringContaining('possibly repeated')]);
  });

  it('stays in doubt when a refusal follows an unknown outcome', async () => {
    const dropped = await attempt(1, undefined, 'drop');
    const refused = await attempt(2, dropped, 'limited');

    await attempt(3, refused, 'ok');

    expect(texts).toEqual([expect.stringContaining('possibly repeated')]);
  });
});
