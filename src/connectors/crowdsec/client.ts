import type { z } from 'zod';
import { type Answer, defineEndpoint, type Endpoint, type Reading, readAs } from '#connectors/endpoint.ts';
import { nullIfNotFound } from '#connectors/errors.ts';
import type { CreateHttp, Http } from '#connectors/http.ts';
import { createSession } from '#connectors/session.ts';
import type { Secret } from '#domain/secret.ts';
import { faultOfAnswer } from './answer-fault.ts';
import { Allowlisting, type Decision, DecisionsOfAlerts, Deleted, StoredIds, Token } from './schema.ts';

const logIn = defineEndpoint({
  method: 'POST',
  path: '/v1/watchers/login',
  read: (answer) => readIf(200, answer, Token),
});

const findAlerts = defineEndpoint({
  method: 'GET',
  path: '/v1/alerts',
  read: (answer) => readIf(200, answer, DecisionsOfAlerts),
});

const addAlerts = defineEndpoint({
  method: 'POST',
  path: '/v1/alerts',
  read: (answer) => readIf(201, answer, StoredIds),
});

const endDecisions = defineEndpoint({
  method: 'DELETE',
  path: '/v1/decisions',
  read: (answer) => readIf(200, answer, Deleted),
});

const endDecision = defineEndpoint({
  method: 'DELETE',
  path: '/v1/decisions/{id}',
  placeholders: { id: /^\d{1,15}$/ },
  read: (answer) => readIf(200, answer, Deleted),
});

const checkAllowlists = defineEndpoint({
  method: 'GET',
  path: '/v1/allowlists/check/{target}',
  read: (answer) => {
    // A server before 1.6 knows no allowlists; it answers with nothing to a path that it does not know.
    if (answer.status === 404 && answer.text === '') return { result: { entry: null } };
    return readIf(200, answer, Allowlisting);
  },
});

/** Every call that this connector makes. */
export const crowdsecEndpoints = [logIn, findAlerts, addAlerts, endDecisions, endDecision, checkAllowlists];

/** Which decisions: of one origin or of any, about an address or a network (and what covers it) or about everything. */
export type Search = { readonly origin?: string; readonly ip?: string; readonly range?: string };

/**
 * Which decisions to end, by texts that must be equal. Value, scope and type are always given: a filter that is empty
 * ends every decision there is. There is deliberately no `ip`: it also ends the ranges around an address.
 */
export type ExactFilter = {
  readonly value: string;
  readonly scopes: 'Ip' | 'Range';
  readonly type: string;
  readonly origin?: string;
  readonly scenario?: string;
};

/** CrowdSec's local API as a machine sees it, call by call. */
export type CrowdSecClient = {
  /** Decisions of alerts that have one in force; some of them may be over. */
  findDecisions(search: Search, signal: AbortSignal): Promise<readonly Decision[]>;
  /** Stores one alert with its decision, and gives the ids of what was stored. */
  addAlert(alert: unknown, signal: AbortSignal): Promise<readonly string[]>;
  endDecisions(filter: ExactFilter, signal: AbortSignal): Promise<void>;
  /** Ends one decision. One that the server does not know has ended. */
  endDecision(id: number, signal: AbortSignal): Promise<void>;
  /** What keeps a target, or a part of it, off CrowdSec's lists, in the server's words; null if nothing does. */
  allowlistEntry(target: string, signal: AbortSignal): Promise<string | null>;
};

type ClientOptions = {
  readonly createHttp: CreateHttp;
  readonly baseUrl: string;
  readonly machineId: string;
  readonly password: Secret;
};

/** The server logs nobody in whose agent is not of the form `name/version`, with exactly one slash. */
const AGENT = { 'user-agent': 'SocBot/1' };

/** A token lives an hour; a restart of the server ends it sooner, and it is refused then. */
const TOKEN_MS = 3_600_000;

/** A community blocklist is one alert with tens of thousands of decisions. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Makes the client. It logs in with the first call, and anew when the server has forgotten it. */
export function createCrowdSecClient({ createHttp, baseUrl, machineId, password }: ClientOptions): CrowdSecClient {
  const open = (headers: Readonly<Record<string, string>>) =>
    createHttp({ connector: 'crowdsec', baseUrl, headers: { ...AGENT, ...headers }, maxBytes: MAX_BYTES });
  const session = createSession('crowdsec', async () => {
    const json = { machine_id: machineId, password: password.reveal() };
    return { token: await open({}).send(logIn, { json }), endsAtMs: Date.now() + TOKEN_MS };
  });
  const send = async <Result>(
    endpoint: Endpoint<Result>,
    options: NonNullable<Parameters<Http['send']>[1]> & { readonly signal: AbortSignal },
  ): Promise<Result> =>
    session.call(
      async (token) => open({ authorization: `Bearer ${token.reveal()}` }).send(endpoint, options),
      options.signal,
    );
  return {
    // Never a limit but 0: others make 1.4.6 loop for ever. Never `include_capi`: there it hides all but two origins.
    findDecisions: async (search, signal) =>
      send(findAlerts, { query: { ...search, has_active_decision: 'true', limit: '0' }, signal }),
    addAlert: async (alert, signal) => send(addAlerts, { json: [alert], signal }),
    endDecisions: async (filter, signal) => {
      await send(endDecisions, { query: { ...filter }, signal });
    },
    endDecision: async (id, signal) => {
      await nullIfNotFound(send(endDecision, { path: { id: String(id) }, signal }));
    },
    allowlistEntry: async (target, signal) => (await send(checkAllowlists, { path: { target }, signal })).entry,
  };
}

function readIf<Schema extends z.ZodType>(status: number, answer: Answer, schema: Schema): Reading<z.output<Schema>> {
  return answer.status === status ? readAs(schema, answer.json) : { fault: faultOfAnswer(answer) };
}
