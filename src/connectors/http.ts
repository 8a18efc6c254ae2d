import type { IncomingMessage } from 'node:http';
import type { Answer, Endpoint } from './endpoint.ts';
import { ConnectorError } from './errors.ts';
import { exchange } from './exchange.ts';
import { readCapped, UnreadableBody } from './read-capped.ts';
import { faultOfTransport } from './transport-fault.ts';

/** Where and how one vendor is called. */
type HttpOptions = {
  readonly connector: string;
  /** Scheme, host and an optional path prefix. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole call, body included; 10 s unless set. */
  readonly timeoutMs?: number;
  /** The largest body read, unpacked; 4 MiB unless set. */
  readonly maxBytes?: number;
};

/** One call's inputs. Path values and query values are escaped; at most one of `json`, `form` and `octets` is given. */
type CallOptions = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** A file's content, sent as it is (`application/octet-stream`) in UTF-8. */
  readonly octets?: string;
  readonly signal?: AbortSignal;
};

/** One vendor over HTTP: one attempt, a deadline, a size cap, no redirects. Temporal does the retrying. */
export type Http = {
  /** Makes the call and reads the answer. Throws ConnectorError, and nothing else, when there is no result. */
  send<Result>(endpoint: Endpoint<Result>, options?: CallOptions): Promise<Result>;
};

export type CreateHttp = (options: HttpOptions) => Http;

const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip', 'user-agent': 'SocBot' };

/** The one HTTP client of all connectors. */
export const createHttp: CreateHttp = (options) => ({
  async send(endpoint, call = {}) {
    const url = urlOf(options, endpoint, call);
    const answer = await fetchAnswer(options, endpoint, { ...call, url });
    const reading = endpoint.read(answer);
    if (reading.fault === undefined) return reading.result;
    const { kind, message, retryAfterMs } = reading.fault;
    throw new ConnectorError({
      kind,
      connector: options.connector,
      message: `${endpoint.method} ${endpoint.path}: ${message}`,
      isAnswered: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  },
});

async function fetchAnswer(
  options: HttpOptions,
  endpoint: Endpoint<unknown>,
  call: CallOptions & { readonly url: string },
): Promise<Answer> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  const signal = call.signal ? AbortSignal.any([deadline, call.signal]) : deadline;
  try {
    const answer = await exchange({
      method: endpoint.method,
      url: call.url,
      headers: { ...HEADERS, ...options.headers, ...contentType(call) },
      body: bodyOf(call),
      signal,
    });
    const text = await readCapped(answer, options.maxBytes ?? 4 * 1024 * 1024);
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), json: parseJson(text), text };
  } catch (error) {
    const fault =
      error instanceof UnreadableBody
        ? { ...error.fault, isUndone: false }
        : faultOfTransport(error, { deadline, caller: call.signal });
    const message = `${endpoint.method} ${endpoint.path}: ${fault.message}`;
    throw new ConnectorError({ ...fault, connector: options.connector, message });
  }
}

/** Every value in its place, escaped. A value that the endpoint does not foresee never leaves the process. */
function urlOf(options: HttpOptions, endpoint: Endpoint<unknown>, call: CallOptions): string {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = call.path?.[name] ?? '';
    // fetch would resolve `.` and `..` as folders even where they are escaped (WHATWG URL, 4.4)
    if (value === '' || /^\.{1,2}$/.test(value) || endpoint.placeholders?.[name]?.test(value) === false) {
      const message = `${endpoint.method} ${endpoint.path}: not a fit value for ${name}`;
      throw new ConnectorError({ kind: 'refused', connector: options.connector, message });
    }
    return encodeURIComponent(value);
  });
  const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
  return `${options.baseUrl.replace(/\/+$/, '')}${path}${query}`;
}

function contentType({ json, form, octets }: CallOptions): Record<string, string> {
  if (json !== undefined) return { 'content-type': 'application/json' };
  if (octets !== undefined) return { 'content-type': 'application/octet-stream' };
  return form ? { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' } : {};
}

function bodyOf({ json, form, octets }: CallOptions): string | null {
  if (json !== undefined) return JSON.stringify(json);
  return form ? new URLSearchParams(form).toString() : (octets ?? null);
}

/** One text for each name: the lists that Node makes of repeated ones joined, as `Headers` does. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
