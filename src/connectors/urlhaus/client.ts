import { readAbuseCh } from '#connectors/abuse-ch.ts';
import { defineEndpoint } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import { ListedHost, ListedUrl, Payload } from './schema.ts';

const NOTHING = ['no_results'];

const url = defineEndpoint({
  method: 'POST',
  path: '/v1/url/',
  read: (answer) => readAbuseCh(answer, ListedUrl, NOTHING),
});

const host = defineEndpoint({
  method: 'POST',
  path: '/v1/host/',
  read: (answer) => readAbuseCh(answer, ListedHost, NOTHING),
});

const payload = defineEndpoint({
  method: 'POST',
  path: '/v1/payload/',
  read: (answer) => readAbuseCh(answer, Payload, NOTHING),
});

/** Every call that this connector makes. */
export const urlhausEndpoints = [url, host, payload];

/** URLhaus, call by call; null where it knows nothing. */
export type UrlhausClient = {
  getUrl(url: string, signal: AbortSignal): Promise<ListedUrl | null>;
  getHost(host: string, signal: AbortSignal): Promise<ListedHost | null>;
  getPayload(kind: 'md5' | 'sha256', hash: string, signal: AbortSignal): Promise<Payload | null>;
};

/** Makes the client; `http` carries the key. */
export function createUrlhausClient(http: Http): UrlhausClient {
  return {
    getUrl: (value, signal) => http.send(url, { form: { url: value }, signal }),
    getHost: (value, signal) => http.send(host, { form: { host: value }, signal }),
    getPayload: (kind, value, signal) => http.send(payload, { form: { [`${kind}_hash`]: value }, signal }),
  };
}
