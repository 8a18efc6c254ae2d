import { request } from 'node:http';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveCodec } from '#temporal/codec-endpoint.ts';
import { createPayloadCodec, payloadKeyOf } from '#temporal/payload-codec.ts';

const UI = 'http://127.0.0.1:8233';
const codec = createPayloadCodec([payloadKeyOf(new Uint8Array(32).fill(1))], 'soc');

async function serve() {
  const endpoint = await serveCodec({ codec, originsOfUi: () => [UI], port: 0 });
  onTestFinished(async () => endpoint.close());
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload('203.0.113.66')]);
  const metadata = Object.fromEntries(
    Object.entries(payload?.metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  );
  const body = JSON.stringify({ payloads: [{ metadata, data: Buffer.from(payload?.data ?? []).toString('base64') }] });
  return { url: endpoint.url, body };
}

type Call = {
  readonly url: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

async function call({ url, method = 'POST', body = '', headers = {} }: Call) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    headers: Record<string, unknown>;
    text: string;
  }>();
  const asking = request(url, { method, headers: { origin: UI, ...headers } }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => void (text += part));
    response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
  });
  asking.on('error', reject).end(body);
  return promise;
}

describe('the codec endpoint', () => {
  it("decodes for the Temporal UI's own page", async () => {
    const { url, body } = await serve();

    const answer = await call({ url: `${url}/decode?preserveStorageRefs=true`, body });

    expect(answer).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': UI, 'cache-control': 'no-store' },
    });
    const { payloads } = JSON.parse(answer.text) as { payloads: { data: string }[] };
    expect(Buffer.from(payloads[0]?.data ?? '', 'base64').toString()).toBe('"203.0.113.66"');
  });

  it('lets the page ask whether it may', async () => {
    const { url } = await serve();

    const headers = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-namespace',
    };
    expect(await call({ url: `${url}/decode`, method: 'OPTIONS', headers })).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': UI },
    });
  });

  it.each([
    ['from another page', { origin: 'https://evil.example' }, 403],
    ['from a page without an origin', { origin: 'null' }, 403],
    ['under a name that was made to point here', { host: 'evil.example:80' }, 421],
  ])('answers nothing to a question %s', async (_, headers, status) => {
    const { url, body } = await serve();

    const answer = await call({ url: `${url}/decode`, body, headers });

    expect(answer).toMatchObject({ status, text: '' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers nothing where its address is not known, and encodes nothing', async () => {
    const { url, body } = await serve();

    expect(await call({ url: `${new URL(url).origin}/decode`, body })).toMatchObject({ status: 404 });
    expect(await call({ url: `${new URL(url).origin}/${'a'.repeat(32)}/decode`, body })).toMatchObject({ status: 404 });
    expect(await call({ url: `${url}/encode`, body })).toMatchObject({ status: 404 });
    expect(await call({ url: `${url}/decode`, method: 'GET' })).toMatchObject({ status: 405 });
  });

  it.each([
    '',
    '{',
    '[]',
    '{"payloads":[{"metadata":7}]}',
    '{"payloads":[{"metadata":{"encoding":"YmluYXJ5L2VuY3J5cHRlZA=="}}]}',
  ])('answers nothing to what it cannot read: %j', async (body) => {
    const { url } = await serve();

    const answer = await call({ url: `${url}/decode`, body });

    expect(answer.text).not.toContain('Error');
    expect([200, 400]).toContain(answer.status);
  });
});
