import { z } from 'zod';
import { type Answer, defineEndpoint, readAs } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import { faultOfPihole } from './faults.ts';
import { Blocking, DomainEntries, type DomainEntry, Processed, Search, Session } from './schema.ts';

const readWhen =
  <Schema extends z.ZodType>(status: number, schema: Schema) =>
  (answer: Answer) =>
    answer.status === status ? readAs(schema, answer.json) : { fault: faultOfPihole(answer) };

const logIn = defineEndpoint({ method: 'POST', path: '/api/auth', read: readWhen(200, Session) });

const logOut = defineEndpoint<true>({
  method: 'DELETE',
  path: '/api/auth',
  read: (answer) => (answer.status === 204 ? { result: true } : { fault: faultOfPihole(answer) }),
});

const getBlocking = defineEndpoint({ method: 'GET', path: '/api/dns/blocking', read: readWhen(200, Blocking) });

const search = defineEndpoint({ method: 'GET', path: '/api/search/{domain}', read: readWhen(200, Search) });

const list = defineEndpoint({ method: 'GET', path: '/api/domains', read: readWhen(200, DomainEntries) });

const add = defineEndpoint({ method: 'POST', path: '/api/domains/deny/exact', read: readWhen(201, Processed) });

const replace = defineEndpoint({
  method: 'PUT',
  path: '/api/domains/deny/exact/{domain}',
  read: readWhen(200, Processed),
});

/** A 404 that holds the time it took and nothing else. With an error in it, the call itself is not known. */
const NothingThere = z.strictObject({ took: z.number() });

const remove = defineEndpoint<true>({
  method: 'DELETE',
  path: '/api/domains/deny/exact/{domain}',
  read: (answer) => {
    if (answer.status === 204) return { result: true };
    const isMissing = answer.status === 404 && NothingThere.safeParse(answer.json).success;
    return { fault: isMissing ? { kind: 'not_found', message: 'no such entry' } : faultOfPihole(answer) };
  },
});

/** Every call that this connector makes. */
export const piholeEndpoints = [logIn, logOut, getBlocking, search, list, add, replace, remove];

/** Pi-hole's interface, call by call. Names are given as they are kept: in lower case and punycode, without a last dot. */
export type PiholeClient = {
  logIn(password: string, signal: AbortSignal): Promise<Session>;
  logOut(signal: AbortSignal): Promise<true>;
  getBlocking(signal: AbortSignal): Promise<Blocking>;
  search(domain: string, signal: AbortSignal): Promise<Search>;
  list(signal: AbortSignal): Promise<readonly DomainEntry[]>;
  /** Adds an entry to the deny list; leaves one that is there as it is. */
  add(domain: string, comment: string, signal: AbortSignal): Promise<Processed>;
  /** Writes over the entry of the deny list, or makes it: in force, in these groups. */
  replace(domain: string, entry: Pick<DomainEntry, 'comment' | 'groups'>, signal: AbortSignal): Promise<Processed>;
  /** The fault `not_found` where there is none. */
  remove(domain: string, signal: AbortSignal): Promise<true>;
};

/** The group of everybody who is in no other. */
export const DEFAULT_GROUP = 0;

/** More entries about one name than anybody has; the most that Pi-hole takes. */
const MOST_FOUND = '10000';

/** Makes the client; `http` carries the session, where there is one. */
export function createPiholeClient(http: Http): PiholeClient {
  return {
    logIn: (password, signal) => http.send(logIn, { json: { password }, signal }),
    logOut: (signal) => http.send(logOut, { signal }),
    getBlocking: (signal) => http.send(getBlocking, { signal }),
    search: (domain, signal) => http.send(search, { path: { domain }, query: { N: MOST_FOUND }, signal }),
    list: (signal) => http.send(list, { signal }),
    add: (domain, comment, signal) =>
      http.send(add, { json: { domain, comment, groups: [DEFAULT_GROUP], enabled: true }, signal }),
    replace: (domain, { comment, groups }, signal) =>
      http.send(replace, { path: { domain }, json: { comment, groups, enabled: true }, signal }),
    remove: (domain, signal) => http.send(remove, { path: { domain }, signal }),
  };
}
