import type { Answer, Reading } from '#connectors/endpoint.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { HashKind } from '#connectors/hash-kinds.ts';
import type { Http } from '#connectors/http.ts';
import { KnownFile, MissingFile } from './schema.ts';

const lookup = defineEndpoint({
  method: 'GET',
  path: '/lookup/{kind}/{hash}',
  placeholders: { hash: /^[0-9a-f]{32,64}$/ },
  read: readLookup,
});

function readLookup(answer: Answer): Reading<KnownFile> {
  if (answer.status === 404 && readAs(MissingFile, answer.json).fault === undefined) {
    return { fault: { kind: 'not_found', message: 'in none of the known sets' } };
  }
  return answer.status === 200 ? readAs(KnownFile, answer.json) : { fault: faultOfStatus(answer) };
}

/** Every call that this connector makes. */
export const hashlookupEndpoints = [lookup];

/** CIRCL hashlookup, call by call; null where the file is in none of its sets. */
export type HashlookupClient = {
  getFile(kind: HashKind, hash: string, signal: AbortSignal): Promise<KnownFile | null>;
};

/** Makes the client; the service asks for no key. */
export function createHashlookupClient(http: Http): HashlookupClient {
  return {
    getFile: (kind, hash, signal) => nullIfNotFound(http.send(lookup, { path: { kind, hash }, signal })),
  };
}
