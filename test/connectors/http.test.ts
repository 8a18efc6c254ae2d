import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, defineEndpoint, faultOfStatus, readAs, retryAfterOf } from '#connectors/endpoint.ts';
import { ConnectorError, nullIfNotFound } from '#connectors/errors.ts';
import { createHttp } from '#connectors/http.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const Thing = z.object({ url: z.string() });
const thing = defineEndpoint({
  method: 'POST',
  path: '/things/{id}',
  placeholders: { id: /^[^!]+$/ },
  read: (answer) => (answer.status === 200 ? readAs(Thing, answer.json) : { fault: faultOfStatus(answer) }),
});

const echoUrl: RequestListener = (request, response) => response.end(JSON.stringify({ url: request.url }));

function answerWith(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, json: undefined, text: '' };
}

describe('a call of a vendor', () => {
  it('escapes every value and keeps the prefix of the address', async () => {
    const http = createHttp({ connector: 'vendor', baseUrl: `${await serve(echoUrl)}/prefix/` });

    const { url } = await http.send(thing, { path: { id: 'a/b?c#d e' }, query: { q: 'x&y=1' } });

    expect(url).toBe('/prefix/things/a%2Fb%3Fc%23d%20e?q=x%26y%3D1');
  });

  it.each(['', '.', '..', 'not!fit'])('does not send the value %j', async (id) => {
    const http = createHttp({ connector: 'vendor', baseUrl: 'http://127.0.0.1:9' });

    await expect(http.send(thing, { path: { id } })).rejects.toMatchObject({
      kind: 'refused',
      isUndone: true,
      message: 'POST /things/{id}: not a fit value for id',
    });
  });

  it.each([
    [{ json: { a: 1 } }, 'application/json', '{"a":1}'],
    [{ form: { a: '1 2' } }, 'application/x-www-form-urlencoded;charset=UTF-8', 'a=1+2'],
  ])('sends %j as %s', async (body, type, text) => {
    const url = await serve((request, response) => {
      void request.toArray().then((chunks) => {
        const received = `${request.headers['content-type']}|${Buffer.concat(chunks).toString()}`;
        return response.end(JSON.stringify({ url: received }));
      });
    });

    const result = await createHttp({ connector: 'vendor', baseUrl: url }).send(thing, { path: { id: '1' }, ...body });

    expect(result.url).toBe(`${type}|${text}`);
  });

  it('reads a body up to its cap, and no further', async () => {
    const body = JSON.stringify({ url: 'x'.repeat(100) });
    const baseUrl = await serve((_, response) => response.end(body));
    const send = (maxBytes: number) =>
      createHttp({ connector: 'vendor', baseUrl, maxBytes }).send(thing, { path: { id: '1' } });

    expect(await send(body.length)).toEqual({ url: 'x'.repeat(100) });
    await expect(send(body.length - 1)).rejects.toMatchObject({
      kind: 'malformed_response',
      message: 'POST /things/{id}: the answer is too large',
    });
  });

  it('unpacks what it asked for, to its cap, and nothing else', async () => {
    const body = JSON.stringify({ url: 'x'.repeat(100_000) });
    const send = async (coding: string, packed: Buffer | string, maxBytes = 1_000_000) => {
      const baseUrl = await serve((_, response) => {
        response.writeHead(200, { 'content-encoding': coding }).end(packed);
      });
      return createHttp({ connector: 'vendor', baseUrl, maxBytes }).send(thing, { path: { id: '1' } });
    };

    expect((await send('gzip', gzipSync(body))).url).toHaveLength(100_000);
    expect((await send('identity', body)).url).toHaveLength(100_000);
    await expect(send('gzip', gzipSync(body), 50_000)).rejects.toThrow(/too large/);
    await expect(send('gzip', 'not packed')).rejects.toMatchObject({ kind: 'malformed_response' });
    await expect(send('br', brotliCompressSync(body))).rejects.toThrow(/not asked for/);
    await expect(send('gzip, gzip', gzipSync(gzipSync(body)))).rejects.toThrow(/not asked for/);
  });

  it('outlives an answer that is packed a hundred times over, also when its time is up', async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': Array.from({ length: 100 }, () => 'gzip').join(', ') });
      response.end(randomBytes(300_000));
    });
    const http = createHttp({ connector: 'vendor', baseUrl, timeoutMs: 100 });

    await expect(http.send(thing, { path: { id: '1' } })).rejects.toMatchObject({ kind: 'malformed_response' });
    // The moment at which its time is up has to go by.
    await delay(200);
  });

  it('gives up an answer that drips, and one that switches to another protocol', async () => {
    const dripping = await serve((_, response) => {
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    });
    const switching = await serve((request) =>
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'),
    );
    const send = async (baseUrl: string) =>
      createHttp({ connector: 'vendor', baseUrl, timeoutMs: 300 }).send(thing, { path: { id: '1' } });

    await expect(send(dripping)).rejects.toThrow(/no answer in time/);
    await expect(send(switching)).rejects.toBeInstanceOf(ConnectorError);
  });

  it('tells nothing of its headers when a key does not fit into one', async () => {
    const options = { connector: 'vendor', baseUrl: await serve(echoUrl), headers: { key: 'secret\nvalue' } };

    const failure = await createHttp(options)
      .send(thing, { path: { id: '1' } })
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ConnectorError);
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain('secret');
  });

  it('reads headers beyond all measure as a broken answer', async () => {
    const url = await serve((_, response) => {
      for (let index = 0; index < 1000; index += 1) response.setHeader(`x-${index}`, 'y'.repeat(100));
      response.end('{}');
    });

    const sent = createHttp({ connector: 'vendor', baseUrl: url }).send(thing, { path: { id: '1' } });

    await expect(sent).rejects.toMatchObject({ kind: 'malformed_response', isUndone: false });
  });

  it('knows that a name which does not exist was not called', async () => {
    const http = createHttp({ connector: 'vendor', baseUrl: 'http://nowhere.invalid' });

    await expect(http.send(thing, { path: { id: '1' } })).rejects.toMatchObject({
      kind: 'unreachable',
      isUndone: true,
    });
  });
});

describe('a status', () => {
  it.each([
    [204, 'malformed_response'],
    [302, 'malformed_response'],
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'malformed_response'],
    [408, 'unreachable'],
    [409, 'refused'],
    [410, 'malformed_response'],
    [425, 'unreachable'],
    [429, 'rate_limited'],
    [500, 'unreachable'],
    [599, 'unreachable'],
  ])('%s without words is %s', (status, kind) => {
    expect(faultOfStatus(answerWith(status)).kind).toBe(kind);
  });

  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['7', 7000],
    ['29241', 29_241_000],
    [' 1 ', 1000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['0', undefined],
    ['-1', undefined],
    ['1000000000', undefined],
    ['Sun, 06 Nov 1994 08:49:37 GMT', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('waits as Retry-After: %j says, if that makes sense', (header, waitMs) => {
    expect(retryAfterOf(answerWith(429, { 'retry-after': header }), now)).toBe(waitMs);
  });
});

describe('a failure', () => {
  it.each([
    ['rate_limited', true],
    ['unauthorized', true],
    ['not_found', true],
    ['refused', true],
    ['unreachable', false],
    ['malformed_response', false],
  ] as const)('of kind %s leaves the call undone: %s', (kind, isUndone) => {
    expect(new ConnectorError({ kind, connector: 'vendor', message: 'no' }).isUndone).toBe(isUndone);
  });

  it('is null only where the vendor does not know the thing', async () => {
    const notFound = new ConnectorError({ kind: 'not_found', connector: 'vendor', message: 'no' });
    const refused = new ConnectorError({ kind: 'refused', connector: 'vendor', message: 'no' });

    expect(await nullIfNotFound(Promise.resolve(5))).toBe(5);
    expect(await nullIfNotFound(Promise.reject(notFound))).toBeNull();
    await expect(nullIfNotFound(Promise.reject(refused))).rejects.toBe(refused);
    await expect(nullIfNotFound(Promise.reject(new Error('bug')))).rejects.toThrow('bug');
  });
});
