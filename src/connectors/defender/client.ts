import type { Endpoint } from '#connectors/endpoint.ts';
import { ConnectorError, nullIfNotFound } from '#connectors/errors.ts';
import type { CreateHttp, Http } from '#connectors/http.ts';
import { createSession } from '#connectors/session.ts';
import type { Secret } from '#domain/secret.ts';
import {
  cancelAction,
  deleteIndicator,
  getAction,
  isolateMachine,
  listActions,
  listIndicators,
  listMachines,
  logIn,
  submitIndicator,
  unisolateMachine,
} from './endpoints.ts';
import type { Indicator, Machine, MachineAction } from './schema.ts';

/** What is sent to make or change an indicator: https://learn.microsoft.com/defender-endpoint/api/post-ti-indicator */
export type IndicatorRequest = {
  readonly indicatorValue: string;
  readonly indicatorType: string;
  readonly action: string;
  readonly title: string;
  readonly description: string;
  readonly expirationTime: string;
  readonly severity: string;
  readonly generateAlert: boolean;
};

/** Microsoft Defender for Endpoint, call by call. Filters are OData; lists come whole, page by page. */
export type DefenderClient = {
  indicators(filter: string, signal: AbortSignal): Promise<readonly Indicator[]>;
  submit(indicator: IndicatorRequest, signal: AbortSignal): Promise<Indicator>;
  /** Null where it is gone already. */
  remove(id: string, signal: AbortSignal): Promise<true | null>;
  machines(filter: string, signal: AbortSignal): Promise<readonly Machine[]>;
  actions(filter: string, signal: AbortSignal): Promise<readonly MachineAction[]>;
  action(id: string, signal: AbortSignal): Promise<MachineAction>;
  isolate(machineId: string, comment: string, signal: AbortSignal): Promise<MachineAction>;
  unisolate(machineId: string, comment: string, signal: AbortSignal): Promise<MachineAction>;
  cancel(actionId: string, comment: string, signal: AbortSignal): Promise<MachineAction>;
};

export type DefenderAccess = {
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: Secret;
  readonly loginUrl: string;
  readonly apiUrl: string;
};

/** The name of the interface in a token, whichever of its regional hosts is called. */
const SCOPE = 'https://api.securitycenter.microsoft.com/.default';
const PAGE = 2000;
/** 15,000 indicators are the most that a tenant can have. */
const MOST_PAGES = 10;

type Send = <Result>(
  endpoint: Endpoint<Result>,
  options: NonNullable<Parameters<Http['send']>[1]> & { readonly signal: AbortSignal },
) => Promise<Result>;

/** Makes the client. Its session is a token for the application (OAuth 2.0 client credentials). */
export function createDefenderClient(access: DefenderAccess, createHttp: CreateHttp): DefenderClient {
  const send = createSender(access, createHttp);
  const comment = (text: string) => ({ Comment: text });
  return {
    indicators: async (filter, signal) => readPages(send, listIndicators, { filter, signal }),
    submit: async (json, signal) => send(submitIndicator, { json, signal }),
    remove: async (id, signal) => nullIfNotFound(send(deleteIndicator, { path: { id }, signal })),
    // A tenant without any machine answers 404 instead of an empty list.
    machines: async (filter, signal) => (await nullIfNotFound(readPages(send, listMachines, { filter, signal }))) ?? [],
    actions: async (filter, signal) => readPages(send, listActions, { filter, signal }),
    action: async (id, signal) => send(getAction, { path: { id }, signal }),
    isolate: async (id, text, signal) =>
      send(isolateMachine, { path: { id }, json: { ...comment(text), IsolationType: 'Full' }, signal }),
    unisolate: async (id, text, signal) => send(unisolateMachine, { path: { id }, json: comment(text), signal }),
    cancel: async (id, text, signal) => send(cancelAction, { path: { id }, json: comment(text), signal }),
  };
}

function createSender({ tenant, clientId, secret, loginUrl, apiUrl }: DefenderAccess, createHttp: CreateHttp): Send {
  const session = createSession('defender', async () => {
    const form = { grant_type: 'client_credentials', client_id: clientId, scope: SCOPE };
    const http = createHttp({ connector: 'defender', baseUrl: loginUrl });
    return http.send(logIn, { path: { tenant }, form: { ...form, client_secret: secret.reveal() } });
  });
  return async (endpoint, options) =>
    session.call(async (token) => {
      const headers = { authorization: `Bearer ${token.reveal()}` };
      return createHttp({ connector: 'defender', baseUrl: apiUrl, headers }).send(endpoint, options);
    }, options.signal);
}

type Page<Item> = { readonly items: readonly Item[]; readonly hasMore: boolean };

/** Reads a list to its end. One that does not end is a fault: a part of it would pass for the whole. */
async function readPages<Item>(
  send: Send,
  endpoint: Endpoint<Page<Item>>,
  { filter, signal }: { readonly filter: string; readonly signal: AbortSignal },
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { $filter: filter, $top: String(PAGE), $skip: String(items.length) };
    const found = await send(endpoint, { query, signal });
    items.push(...found.items);
    if (found.items.length === 0 || (found.items.length < PAGE && !found.hasMore)) return items;
  }
  const message = `${endpoint.method} ${endpoint.path}: the list does not end`;
  throw new ConnectorError({ kind: 'malformed_response', connector: 'defender', message, isAnswered: true });
}
