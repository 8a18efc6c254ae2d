import type { z } from 'zod';
import type { Answer, Endpoint, Reading } from '#connectors/endpoint.ts';
import { defineEndpoint, faultOfStatus, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { Http } from '#connectors/http.ts';
import { DomainRecord, NetworkRecord, RdapError } from './schema.ts';

const ADDRESS = /^[0-9a-f.:]+$/;

const domain = defineQuery('/domain/{name}', { name: /^[^/]+$/ }, DomainRecord);
const address = defineQuery('/ip/{address}', { address: ADDRESS }, NetworkRecord);
const network = defineQuery('/ip/{address}/{length}', { address: ADDRESS, length: /^\d{1,3}$/ }, NetworkRecord);

function defineQuery<Schema extends z.ZodType>(
  path: string,
  placeholders: Readonly<Record<string, RegExp>>,
  schema: Schema,
): Endpoint<z.output<Schema>> {
  return defineEndpoint({ method: 'GET', path, placeholders, read: (answer) => readRecord(answer, schema) });
}

function readRecord<Schema extends z.ZodType>(answer: Answer, schema: Schema): Reading<z.output<Schema>> {
  if (answer.status === 404 && isRdap(answer)) return { fault: { kind: 'not_found', message: 'not registered' } };
  return answer.status === 200 ? readAs(schema, answer.json) : { fault: faultOfStatus(answer) };
}

/** A registry need not fill the body of a 404 (RFC 7480, 5.3), but then it says by its content type that it speaks RDAP. */
function isRdap(answer: Answer): boolean {
  const parsed = RdapError.safeParse(answer.json);
  if (parsed.success) return parsed.data.errorCode === 404;
  return (answer.headers['content-type'] ?? '').startsWith('application/rdap+json');
}

/** Every call that this connector makes. */
export const rdapEndpoints = [domain, address, network];

/** One registry, call by call; null where nothing is registered. */
export type RdapClient = {
  getDomain(name: string, signal: AbortSignal): Promise<DomainRecord | null>;
  getAddress(address: string, signal: AbortSignal): Promise<NetworkRecord | null>;
  getNetwork(network: string, signal: AbortSignal): Promise<NetworkRecord | null>;
};

/** Makes the client of the registry that `http` calls. */
export function createRdapClient(http: Http): RdapClient {
  return {
    getDomain: (name, signal) => nullIfNotFound(http.send(domain, { path: { name }, signal })),
    getAddress: (value, signal) => nullIfNotFound(http.send(address, { path: { address: value }, signal })),
    getNetwork: (value, signal) => {
      const [first = '', length = ''] = value.split('/', 2);
      return nullIfNotFound(http.send(network, { path: { address: first, length }, signal }));
    },
  };
}
