import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPageServer } from '#range/page-server.ts';
import type { PageServer } from '#range/page-server.ts';
import { startTelegramSimulator } from '#range/telegram/simulator.ts';
import type { TelegramSimulator } from '#range/telegram/simulator.ts';
import { createFakeRange, NIGHT } from './page/fake-range.ts';
import type { FakeRange } from './page/fake-range.ts';
import { ANA } from './page/stage.ts';

let telegram: TelegramSimulator;
let range: FakeRange;
let server: PageServer;
beforeAll(async () => {
  telegram = await startTelegramSimulator();
  range = createFakeRange(NIGHT);
  server = await startPageServer({ telegram, controls: range });
});
afterAll(async () => {
  await server.close();
  await telegram.close();
});

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** A request with headers that `fetch` would not let a test set, and a path that it would tidy up. */
async function send(path: string, method = 'GET', headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = new URL(server.url);
  const outgoing = request({ hostname, port, path, method, headers, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
  });
  outgoing.on('error', reject).end(body);
  return promise;
}

describe('the page’s server', () => {
  it('keeps to loopback and serves the page under a policy that lets nothing else in', async () => {
    const { status, headers, text } = await send('/');

    expect(status).toBe(200);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
    expect(text).not.toMatch(/https?:\/\//);
  });

  it('strips the types of its modules and says nothing at the terminal about it', async () => {
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));

    const { headers, text } = await send('/page/store.ts');

    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(text).not.toContain('export type');
    expect(warnings).toEqual([]);
  });

  it.each([
    '/page/../page-server.ts',
    '/page/..%2fpage-server.ts',
    '/page/chat/../../view.ts',
    '/page/tsconfig.json',
    '/lib/../../../package.json',
    '/fonts/inter/../package.json',
    '/fonts/other/x.woff2',
    '/page/none.ts',
    '//etc/passwd',
  ])('serves no other file: %s', async (path) => {
    expect((await send(path)).status).toBe(404);
  });
});

describe('who may ask', () => {
  const plug = (headers: Record<string, string>): Promise<Answer> => send('/range/plug', 'POST', headers);

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a page on another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
    ['an old browser’s page of another site', { origin: 'https://evil.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a rebound DNS name', { host: 'evil.example' }],
    ['a rebound DNS name with the right port', { host: 'evil.example:PORT' }],
  ])('not %s', async (_, headers) => {
    range.asked.length = 0;

    const host = 'host' in headers ? { host: headers.host.replace('PORT', new URL(server.url).port) } : {};
    const answer = await plug({ ...headers, ...host });

    expect(answer.status).toBe(403);
    expect(range.asked).toEqual([]);
  });

  it('a script without a browser, and the page itself', async () => {
    range.asked.length = 0;
    const origin = new URL(server.url).origin;

    await plug({});
    await plug({ 'sec-fetch-site': 'same-origin', origin });

    expect(range.asked).toEqual(['plug', 'plug']);
  });

  it('anyone who follows a link to the page, but to nothing behind it', async () => {
    const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

    expect((await send('/', 'GET', visit)).status).toBe(200);
    expect((await send('/range/state', 'GET', visit)).status).toBe(403);
    expect((await send('/user', 'GET', visit)).status).toBe(403);
  });
});

describe('the controls', () => {
  it('give the range’s state', async () => {
    expect(JSON.parse((await send('/range/state')).text)).toMatchObject({ temporalUi: NIGHT.temporalUi });
  });

  it.each(['', '{', 'null', '[]', '{"system":1,"fault":null}', '{"system":"x"}', `{"pad":"${'x'.repeat(9000)}"}`])(
    'refuse an unreadable change of a fault: %.30s',
    async (body) => {
      const { status, text } = await send('/range/faults', 'PUT', {}, body);

      expect([status, JSON.parse(text)]).toEqual([400, { error: expect.stringContaining('Send') }]);
    },
  );

  it('give the range’s own words when it refuses', async () => {
    const { status, text } = await send('/range/faults', 'PUT', {}, '{"system":"none","fault":"slow"}');

    expect([status, JSON.parse(text)]).toEqual([400, { error: 'There is no such system.' }]);
  });

  it('know nothing else', async () => {
    expect((await send('/range/plug')).status).toBe(404);
    expect((await send('/range/other', 'POST')).status).toBe(404);
  });
});

describe('the way to the simulated Telegram', () => {
  it('carries bytes both ways, and hands files out so that no browser runs them', async () => {
    const html = '<script>1</script>';
    const path = `/user/files?from=${ANA}&chat=${ANA}&name=evil.html`;
    const { text } = await send(path, 'POST', { 'content-type': 'text/html' }, html);
    const { message } = JSON.parse(text) as { message: { document: { fileId: string } } };

    const file = await send(`/user/files/${message.document.fileId}`);

    expect(file.text).toBe(html);
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': `default-src 'none'; sandbox`,
      'x-content-type-options': 'nosniff',
    });
    expect(file.headers['content-disposition']).toMatch(/^attachment/);
  });

  it('streams the events of both sides whole, and the view at once and whenever it changes', async () => {
    const stopper = new AbortController();
    const response = await fetch(`${server.url}events`, { signal: stopper.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const readUntil = async (pattern: RegExp): Promise<string> => {
      let text = '';
      while (!pattern.test(text)) text += (await reader?.read())?.value ?? '';
      return text;
    };

    const first = await readUntil(/event: range\ndata: .*\n\n/);
    range.change({ worker: { state: 'down', pid: null, restarts: 7 } });
    const second = await readUntil(/event: range\ndata: .*"restarts":7.*\n\n/);
    await send(
      '/user/messages',
      'POST',
      { 'content-type': 'application/json' },
      JSON.stringify({ from: ANA, chat: ANA, text: 'x' }),
    );
    const third = await readUntil(/event: message\ndata: .*\n\n/);

    expect([first, second, third].join('')).toContain(`"chat":${ANA}`);
    stopper.abort();
  });

  it('says so in words when the simulator is away, and ends the event stream', async () => {
    const away = createServer();
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
    const { port } = away.address() as AddressInfo;
    await new Promise((resolve) => away.close(resolve));
    const lonely = await startPageServer({ telegram: { userSide: `http://127.0.0.1:${port}/user` }, controls: range });

    const answer = await fetch(`${lonely.url}user`);
    const events = await fetch(`${lonely.url}events`);
    await events.text();

    expect([answer.status, await answer.json()]).toEqual([502, { error: 'The simulated Telegram does not answer.' }]);
    await lonely.close();
  });

  it('closes at once although somebody listens', async () => {
    const other = await startPageServer({ telegram, controls: range });
    const listening = await fetch(`${other.url}range/events`);

    await other.close();

    await expect(listening.text()).rejects.toThrow();
  });
});
