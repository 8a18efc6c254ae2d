import type { Answer, Endpoint } from './endpoint.ts';
import { ConnectorError } from './errors.ts';

/** Where and how one vendor is called. */
export type HttpOptions = {
  readonly connector: string;
  /** Scheme, host and an optional path prefix. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole call, body included; 10 s unless set. */
  readonly timeoutMs?: number;
  /** The largest body read; 4 MiB unless set. */
  readonly maxBytes?: number;
};

/** One call's inputs. Path values and query values are escaped; at most one of `json` and `form` is given. */
export type CallOptions = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** One vendor over HTTP: one attempt, a deadline, a size cap, no redirects. Temporal does the retrying. */
export type Http = {
  /** Makes the call and reads the answer. Throws ConnectorError, and nothing else, when there is no result. */
  send<Result>(endpoint: Endpoint<Result>, options?: CallOptions): Promise<Result>;
};

export type CreateHttp = (options: HttpOptions) => Http;

const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The one HTTP client of all connectors. */
export const createHttp: CreateHttp = (options) => ({
  async send(endpoint, call = {}) {
    const answer = await fetchAnswer(options, endpoint, call);
    const reading = endpoint.read(answer);
    if (reading.fault === undefined) return reading.result;
    const { kind, message, retryAfterMs } = reading.fault;
    throw new ConnectorError({
      kind,
      connector: options.connector,
      message: `${endpoint.method} ${endpoint.path}: ${message}`,
      isUndone: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  },
});

async function fetchAnswer(options: HttpOptions, endpoint: Endpoint<unknown>, call: CallOptions): Promise<Answer> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  const signal = call.signal ? AbortSignal.any([deadline, call.signal]) : deadline;
  try {
    const response = await fetch(urlOf(options.baseUrl, endpoint.path, call), {
      method: endpoint.method,
      redirect: 'manual',
      headers: { accept: 'application/json', ...options.headers, ...contentType(call) },
      body: bodyOf(call),
      signal,
    });
    const text = await readCapped(response, options.maxBytes ?? 4 * 1024 * 1024);
    return { status: response.status, headers: Object.fromEntries(response.headers), json: parseJson(text), text };
  } catch (error) {
    throw faultOf(error, options.connector, endpoint, deadline.aborted);
  }
}

function urlOf(baseUrl: string, template: string, call: CallOptions): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? ''));
  const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
  return `${baseUrl.replace(/\/+$/, '')}${path}${query}`;
}

function contentType(call: CallOptions): Record<string, string> {
  return call.json === undefined ? {} : { 'content-type': 'application/json' };
}

function bodyOf(call: CallOptions): string | URLSearchParams | null {
  if (call.json !== undefined) return JSON.stringify(call.json);
  return call.form ? new URLSearchParams(call.form) : null;
}

class BodyTooLarge extends Error {}

async function readCapped(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown, connector: string, endpoint: Endpoint<unknown>, isTimeout: boolean): ConnectorError {
  const call = `${endpoint.method} ${endpoint.path}`;
  if (error instanceof BodyTooLarge) {
    return new ConnectorError({ kind: 'malformed_response', connector, message: `${call}: the answer is too large` });
  }
  if (isTimeout) {
    return new ConnectorError({ kind: 'unreachable', connector, message: `${call}: no answer in time` });
  }
  const code = codeOf(error);
  return new ConnectorError({
    kind: 'unreachable',
    connector,
    message: `${call}: ${code ?? 'the connection failed'}`,
    isUndone: code !== undefined && NOT_SENT.has(code),
  });
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const candidate of [error, cause]) {
    if (candidate instanceof Error && 'code' in candidate && typeof candidate.code === 'string') return candidate.code;
  }
  return undefined;
}
