import { createHash } from 'node:crypto';
import type { SimulatedAnswer, SimulatedRequest, SimulatorDefinition } from '#connectors/simulator-definition.ts';
import {
  isInvalid,
  LOCKED,
  nameOf,
  rowOf,
  searchLists,
  type SimulatedEntry,
  type SimulatedLists,
  storeEntry,
} from './simulated-lists.ts';

/** What a Pi-hole knows. Times are milliseconds since 1970. */
export type PiholeState = SimulatedLists & {
  /** Null: nobody has set one, and everything is open. */
  password: string | null;
  sessions: { readonly sid: string; usedAt: number }[];
  lastSession: number;
  logins: number[];
  /** Null: it does not count them. */
  loginsPerSecond: number | null;
  blocking: { isOn: boolean; until: number | null };
};

const PASSWORD = 'simulated-pihole-password';
const SEATS = 16;
const SESSION_MS = 1_800_000;
const LONGEST_BODY = 65_535;
const TOOK = { took: 0.0003 };
const ROUTE =
  /^\/api\/(?<area>auth|dns\/blocking|search|domains)(?:\/(?<type>allow|deny))?(?:\/(?<kind>exact|regex))?(?:\/(?<item>[^/]+))?\/?$/;
const METHODS: Readonly<Record<string, readonly string[]>> = {
  auth: ['GET', 'POST', 'DELETE'],
  'dns/blocking': ['GET', 'POST'],
  search: ['GET'],
  domains: ['GET', 'POST', 'PUT', 'DELETE'],
};

/** A Pi-hole that was just set up. */
export function createPiholeState(more: Partial<PiholeState> = {}): PiholeState {
  return {
    entries: [],
    lastId: 0,
    groups: [0],
    password: PASSWORD,
    sessions: [],
    lastSession: 0,
    logins: [],
    loginsPerSecond: 3,
    blocking: { isOn: true, until: null },
    isLocked: false,
    subscribed: [],
    ...more,
  };
}

/** Pi-hole FTL 6.4.1 on loopback, as a real one was seen to behave: sessions, allow and deny lists, search, blocking. */
export const piholeSimulator: SimulatorDefinition<PiholeState> = {
  name: 'pihole',
  rateLimited: refuse(429, 'rate_limiting', 'Rate-limiting login attempts'),
  settings: (url) => ({ PIHOLE_URL: url, PIHOLE_PASSWORD: PASSWORD }),
  createState: () => createPiholeState(),
  respond: (request, _world, state) => {
    const { method, path } = request;
    if (!path.startsWith('/api/')) return { status: 404, text: 'Not Found' };
    const { area = '', type, kind, item } = ROUTE.exec(path)?.groups ?? {};
    if (METHODS[area]?.includes(method) !== true) return refuse(404, 'not_found', 'Not found', path);
    if (area === 'auth') return answerAuth(request, state);
    if (state.password !== null && !useSession(request, state)) return refuse(401, 'unauthorized', 'Unauthorized');
    const named = item === undefined ? undefined : decodeURIComponent(item);
    if (area === 'dns/blocking') return answerBlocking(request, state);
    if (area === 'search') return { status: 200, json: { search: searchLists(named ?? '', state), ...TOOK } };
    return answerDomains(request, state, { type, kind, item: named });
  },
  entries: ({ entries }) =>
    entries.map(({ domain, type, kind, comment, enabled }) => ({
      text: domain,
      detail: `${type}/${kind}${enabled ? '' : ', disabled'}: ${comment ?? 'no comment'}`,
    })),
};

function answerAuth(request: SimulatedRequest, state: PiholeState): SimulatedAnswer {
  const isOpen = state.password === null;
  if (request.method === 'POST') return logIn(request, state);
  const sid = sidOf(request);
  const isKnown = useSession(request, state);
  if (request.method === 'GET') {
    if (isOpen) return session(200, null, 'no password set');
    return isKnown ? session(200, sid, 'correct password') : session(401, null, sayUnknown(sid));
  }
  if (!isKnown) return isOpen ? session(401, null, 'no password set', true) : session(401, null, sayUnknown(sid));
  state.sessions = state.sessions.filter((one) => one.sid !== sid);
  return { status: 204, headers: { 'content-type': 'text/html' }, text: '' };
}

function logIn(request: SimulatedRequest, state: PiholeState): SimulatedAnswer {
  const json = jsonOf(request);
  if ('refusal' in json) return json.refusal;
  const { password } = json.body;
  if (typeof password !== 'string') return refuse(400, 'bad_request', 'No password found in JSON payload');
  if (state.password === null) return session(200, null, 'password incorrect', true);
  const now = Date.now();
  state.logins = state.logins.filter((at) => at > now - 1000);
  if (state.loginsPerSecond !== null && state.logins.length >= state.loginsPerSecond) {
    return refuse(429, 'rate_limiting', 'Rate-limiting login attempts');
  }
  state.logins.push(now);
  if (password !== state.password) return session(401, null, 'password incorrect');
  state.sessions = state.sessions.filter(({ usedAt }) => usedAt > now - SESSION_MS);
  if (state.sessions.length >= SEATS) {
    return refuse(429, 'api_seats_exceeded', 'API seats exceeded', 'increase webserver.api.max_sessions');
  }
  state.lastSession += 1;
  const sid = createHash('sha256').update(`session ${state.lastSession}`).digest('base64');
  state.sessions.push({ sid, usedAt: now });
  return session(200, sid, 'password correct');
}

/** Whether the call comes with a session that is known. One whose time is up is taken until a login frees its seat. */
function useSession(request: SimulatedRequest, state: PiholeState): boolean {
  const found = state.sessions.find(({ sid }) => sid === sidOf(request));
  if (found) found.usedAt = Date.now();
  return found !== undefined;
}

function sidOf({ headers, query }: SimulatedRequest): string | null {
  const sent = headers['x-ftl-sid'] ?? headers['sid'];
  return (typeof sent === 'string' ? sent : null) ?? query.get('sid');
}

function sayUnknown(sid: string | null): string {
  return sid === null ? 'no SID provided' : 'session unknown';
}

function session(status: number, sid: string | null, message: string, isValid = status === 200): SimulatedAnswer {
  const shared = { valid: isValid, totp: false, sid };
  const ticket = sid === null ? { validity: -1 } : { csrf: 'c2ltdWxhdGVk', validity: SESSION_MS / 1000 };
  return { status, json: { session: { ...shared, ...ticket, message }, ...TOOK } };
}

function answerBlocking(request: SimulatedRequest, state: PiholeState): SimulatedAnswer {
  const now = Date.now();
  if (request.method === 'POST') {
    const json = jsonOf(request);
    if ('refusal' in json) return json.refusal;
    const { blocking, timer } = json.body;
    if (typeof blocking !== 'boolean') return refuse(400, 'body_error', 'No "blocking" boolean in body data');
    const isTimed = typeof timer === 'number' && timer > 0;
    state.blocking = { isOn: blocking, until: isTimed ? now + timer * 1000 : null };
  }
  const { isOn, until } = state.blocking;
  if (until !== null && until <= now) state.blocking = { isOn: !isOn, until: null };
  const timer = state.blocking.until === null ? null : (state.blocking.until - now) / 1000;
  return { status: 200, json: { blocking: state.blocking.isOn ? 'enabled' : 'disabled', timer, ...TOOK } };
}

type Place = {
  readonly type: string | undefined;
  readonly kind: string | undefined;
  readonly item: string | undefined;
};

function answerDomains(request: SimulatedRequest, state: PiholeState, place: Place): SimulatedAnswer {
  const { type, kind, item } = place;
  // Names are compared letter for letter here: another spelling of one that is there finds nothing
  const found = state.entries.filter(
    (entry) =>
      (type === undefined || entry.type === type) &&
      (kind === undefined || entry.kind === kind) &&
      (item === undefined || entry.domain === item),
  );
  if (request.method === 'GET') return { status: 200, json: { domains: found.map(rowOf), ...TOOK } };
  if (type === undefined || kind === undefined) {
    return refuse(400, 'uri_error', 'Invalid request: Specify list to modify more precisely', request.path);
  }
  if (request.method === 'DELETE') return removeAll(found, state);
  const isNew = request.method === 'POST';
  if (isNew !== (item === undefined)) return refuse(400, 'uri_error', 'Invalid request: Specify item in URI', item);
  const json = jsonOf(request);
  if ('refusal' in json) return json.refusal;
  const names = isNew ? [json.body['domain']].flat() : [item];
  const domains = names.flatMap((name) => (typeof name === 'string' && name !== '' ? [nameOf(name, kind)] : []));
  if (domains.length < names.length) return refuse(400, 'bad_request', 'Invalid request: No valid "domain" in payload');
  if (kind === 'exact' && domains.some(isInvalid))
    return refuse(400, 'bad_request', 'Invalid domain', String(names[0]));
  const outcomes = domains.map((domain) => storeEntry(state, { type, kind, domain, isNew, body: json.body }));
  const errors = outcomes.flatMap(({ item: name, error }) => (error === null ? [] : [{ item: name, error }]));
  const success = outcomes.flatMap(({ item: name, error }) => (error === null ? [{ item: name }] : []));
  const last = state.entries.find((one) => one.type === type && one.kind === kind && one.domain === domains.at(-1));
  const location = `/api/domains/${type}/${kind}/${domains.at(-1) ?? ''}`;
  const processed = { errors, success };
  const body = { domains: last ? [rowOf(last)] : [], processed, ...TOOK };
  return { status: isNew ? 201 : 200, headers: { location }, json: body };
}

function removeAll(found: readonly SimulatedEntry[], state: PiholeState): SimulatedAnswer {
  if (state.isLocked) return refuse(400, 'database_error', 'Could not remove entries from table', LOCKED);
  if (found.length === 0) return { status: 404, json: TOOK };
  state.entries = state.entries.filter((entry) => !found.includes(entry));
  return { status: 204, headers: { 'content-type': 'text/html' }, text: '' };
}

function jsonOf({ body }: SimulatedRequest): { body: Record<string, unknown> } | { refusal: SimulatedAnswer } {
  if (body === '' || body.length > LONGEST_BODY) {
    return { refusal: refuse(400, 'bad_request', 'No request body data') };
  }
  try {
    const json: unknown = JSON.parse(body);
    return { body: typeof json === 'object' && json !== null ? { ...json } : {} };
  } catch {
    const message = 'Invalid request body data (no valid JSON), error at hint';
    return { refusal: refuse(400, 'bad_request', message, body) };
  }
}

function refuse(status: number, key: string, message: string, hint: string | null = null): SimulatedAnswer {
  return { status, json: { error: { key, message, hint }, ...TOOK } };
}
