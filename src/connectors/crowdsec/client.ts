import type { Endpoint } from '#connectors/endpoint.ts';
import { ConnectorError, nullIfNotFound } from '#connectors/errors.ts';
import type { CreateHttp, Http } from '#connectors/http.ts';
import { createSession } from '#connectors/session.ts';
import type { Observable } from '#domain/observable.ts';
import type { Secret } from '#domain/secret.ts';
import { ORIGIN } from './bans.ts';
import { addAlerts, checkAllowlists, deleteDecision, deleteDecisions, logIn, readAlerts } from './endpoints.ts';
import type { Alerts } from './schema.ts';

/** One alert with one decision, as it is sent. */
export type AlertRequest = Readonly<Record<string, unknown>>;

/**
 * Which decisions to lift. Scope and value are compared as text, so that an address never takes the range around it
 * along, as `ip=` would.
 */
export type DecisionFilter = {
  readonly scopes: 'Ip' | 'Range';
  readonly value: string;
  readonly type: string;
  readonly origin?: string;
  readonly scenario?: string;
};

/** CrowdSec's local API with a machine's account, call by call. */
export type CrowdsecClient = {
  /** The alerts with a decision in force for this target or a range around it, the community's lists included. */
  alertsFor(target: Observable, signal: AbortSignal): Promise<Alerts>;
  /**
   * Every alert with a decision in force, except those of the community's lists, which have tens of thousands. 1.4.6
   * takes that for "only what its agents and administrators decided", so that SocBot's own are asked for once more; what
   * it lists of other tools is not to be had. Some come twice.
   */
  alerts(signal: AbortSignal): Promise<Alerts>;
  /** The entry that keeps a target, or a part of it, off the lists, in the server's words; null if there is none. */
  allowlistEntry(target: Observable, signal: AbortSignal): Promise<string | null>;
  /** Sends one alert; the ids of what was stored. */
  add(alert: AlertRequest, signal: AbortSignal): Promise<readonly string[]>;
  /** Ends one decision; one that is not there is none to end. */
  end(id: number, signal: AbortSignal): Promise<void>;
  /** Ends every decision that the whole filter fits. */
  endAll(filter: DecisionFilter, signal: AbortSignal): Promise<void>;
};

export type CrowdsecAccess = { readonly url: string; readonly machineId: string; readonly password: Secret };

/** Exactly one slash: with none or two the server says that the password is wrong. */
const USER_AGENT = { 'user-agent': 'SocBot/1' };
/** A token lives an hour; a restart of the server ends it sooner, and it is refused then. */
const TOKEN_MS = 3_600_000;
/** Alerts come with all that led to them, and one of the community's lists with its every decision. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

/** Zero is all. In 1.4.6 a limit that exceeds what there is keeps the server busy until it is restarted. */
const ALL_ACTIVE = { has_active_decision: 'true', limit: '0' };

/** Makes the client. Its session is a token that machine id and password give. */
export function createCrowdsecClient(
  { url, machineId, password }: CrowdsecAccess,
  createHttp: CreateHttp,
): CrowdsecClient {
  const open = (headers: Readonly<Record<string, string>>): Http =>
    createHttp({
      connector: 'crowdsec',
      baseUrl: url,
      headers: { ...USER_AGENT, ...headers },
      maxBytes: LONGEST_ANSWER,
    });
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
    alertsFor: async ({ kind, value }, signal) => {
      const around = kind === 'cidr' ? { range: value } : { ip: value };
      return send(readAlerts, { query: { ...around, ...ALL_ACTIVE, include_capi: 'true' }, signal });
    },
    alerts: async (signal) => {
      const own = await send(readAlerts, { query: { ...ALL_ACTIVE, origin: ORIGIN }, signal });
      return [...own, ...(await send(readAlerts, { query: { ...ALL_ACTIVE, include_capi: 'false' }, signal }))];
    },
    allowlistEntry: async ({ value }, signal) => {
      const check = await nullIfNotFound(send(checkAllowlists, { path: { target: value }, signal }));
      return check?.reason ?? null;
    },
    add: async (alert, signal) => send(addAlerts, { json: [alert], signal }),
    end: async (id, signal) => {
      await nullIfNotFound(send(deleteDecision, { path: { id: String(id) }, signal }));
    },
    endAll: async (filter, signal) => {
      await send(deleteDecisions, { query: wholeFilter(filter), signal });
    },
  };
}

/** A filter with nothing in it would lift every block that the server holds. */
function wholeFilter(filter: DecisionFilter): DecisionFilter {
  if (Object.values(filter).every((value) => value !== '') && filter.value.trim() !== '') return filter;
  throw new ConnectorError({ kind: 'refused', connector: 'crowdsec', message: 'a filter must not be empty' });
}
