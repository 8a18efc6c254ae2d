import type { Answer, Reading } from '#connectors/endpoint.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { Http } from '#connectors/http.ts';
import { ListedDomain, NotListed } from './schema.ts';

const domain = defineEndpoint({ method: 'GET', path: '/v1/domains/{name}', read: readDomain });

/** Status 400 and above is always a fault. 404 is `not_found` only in the tool's own words: a wrong address says 404 too. */
function readDomain(answer: Answer): Reading<ListedDomain> {
  if (answer.status === 404 && NotListed.safeParse(answer.json).success) {
    return { fault: { kind: 'not_found', message: 'not listed' } };
  }
  return answer.status === 200 ? readAs(ListedDomain, answer.json) : { fault: faultOfStatus(answer) };
}

/** Every call that this connector makes. */
export const templateEndpoints = [domain];

/** The tool, call by call; null where it knows nothing. */
export type TemplateClient = {
  getDomain(name: string, signal: AbortSignal): Promise<ListedDomain | null>;
};

/** Makes the client; `http` carries the key. */
export function createTemplateClient(http: Http): TemplateClient {
  return { getDomain: (name, signal) => nullIfNotFound(http.send(domain, { path: { name }, signal })) };
}
