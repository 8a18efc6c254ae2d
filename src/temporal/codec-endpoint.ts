import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

export type CodecEndpointOptions = {
  readonly codec: PayloadCodec;
  /** The origins of the Temporal UI, e.g. `http://127.0.0.1:8233`; asked at each call, since the UI comes up later. */
  readonly originsOfUi: () => readonly string[];
  /** 0 takes a free port. */
  readonly port: number;
};

export type CodecEndpoint = {
  /** What the UI is given (`--ui-codec-endpoint`). Holds a secret: without it nothing is decoded. */
  readonly url: string;
  close(): Promise<void>;
};

/** A page of the UI's history view, many times over. */
const MOST_BYTES = 32 * 1024 * 1024;
const TOKEN_BYTES = 24;

const { Payloads } = proto.temporal.api.common.v1;

/**
 * Decodes payloads for the Temporal UI, whose page in a browser asks it (https://docs.temporal.io/codec-server). It hears
 * loopback alone, under an address that only the UI was given, from the UI's own page: another page cannot read the
 * answer (CORS), cannot ask under another name (Host, against DNS rebinding), and cannot guess the address. It encodes nothing.
 */
export async function serveCodec(options: CodecEndpointOptions): Promise<CodecEndpoint> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const server = createServer((request, response) => {
    answer(request, response, { ...options, token }).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${token}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { codec, originsOfUi, token }: CodecEndpointOptions & { readonly token: string },
): Promise<void> {
  const { method, url, headers } = request;
  const refuse = (status: number): void => void response.writeHead(status).end();
  if (!/^127\.0\.0\.1:\d+$/.test(headers.host ?? '')) return refuse(421);
  const { origin } = headers;
  if (origin === undefined || !originsOfUi().includes(origin)) return refuse(403);
  // The UI of 2026 asks with `?preserveStorageRefs=true`, which is about payloads that lie elsewhere: SocBot has none.
  if (url?.split('?')[0] !== `/${token}/decode`) return refuse(404);
  const allowed = {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type, x-namespace, authorization',
    vary: 'origin',
    'cache-control': 'no-store',
  };
  if (method === 'OPTIONS') return void response.writeHead(204, allowed).end();
  if (method !== 'POST') return refuse(405);
  const { payloads } = Payloads.fromObject(JSON.parse(await readBody(request)) as Record<string, unknown>);
  const decoded = Payloads.create({ payloads: await codec.decode(payloads) });
  const body = JSON.stringify(Payloads.toObject(decoded, { bytes: String }));
  response.writeHead(200, { ...allowed, 'content-type': 'application/json' }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error('too much at once');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
