import { readAbuseCh } from '#connectors/abuse-ch.ts';
import { defineEndpoint } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import type { Entry } from './schema.ts';
import { Entries } from './schema.ts';

const search = defineEndpoint({
  method: 'POST',
  path: '/api/v1/',
  read: (answer) => readAbuseCh(answer, Entries, ['no_result', 'no_results']),
});

/** Every call that this connector makes. */
export const threatfoxEndpoints = [search];

/** What to search for; an exact search misses addresses, which ThreatFox keeps together with a port. */
export type Search = { readonly term: string; readonly isExact: boolean };

/** ThreatFox, call by call; null where it knows nothing. */
export type ThreatfoxClient = {
  searchIoc(search: Search, signal: AbortSignal): Promise<readonly Entry[] | null>;
};

/** Makes the client; `http` carries the key. */
export function createThreatfoxClient(http: Http): ThreatfoxClient {
  return {
    searchIoc: ({ term, isExact }, signal) =>
      http.send(search, { json: { query: 'search_ioc', search_term: term, exact_match: isExact }, signal }),
  };
}
