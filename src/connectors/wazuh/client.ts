import type { Endpoint } from '#connectors/endpoint.ts';
import { ConnectorError, nullIfNotFound } from '#connectors/errors.ts';
import type { CreateHttp, Http } from '#connectors/http.ts';
import { createSession } from '#connectors/session.ts';
import type { Secret } from '#domain/secret.ts';
import { logIn, readActiveResponses, readList, readRules, reload, writeList } from './endpoints.ts';
import type { ActiveResponses, ListContent, Rules } from './schema.ts';

/** The server API of Wazuh 4, call by call. */
export type WazuhClient = {
  /**
   * The whole list. One that is not there is a fault, and never empty: while it is overwritten, Wazuh has none for a moment.
   */
  readList(filename: string, signal: AbortSignal): Promise<ListContent>;
  /** Puts this content in place of the whole list. It counts from the next reload on. */
  writeList(filename: string, content: string, signal: AbortSignal): Promise<void>;
  reload(signal: AbortSignal): Promise<void>;
  activeResponses(signal: AbortSignal): Promise<ActiveResponses>;
  rule(id: string, signal: AbortSignal): Promise<Rules>;
};

export type WazuhAccess = { readonly url: string; readonly user: string; readonly password: Secret };

/** A token lives 15 minutes unless the server was told otherwise (`auth_token_exp_timeout`); one that ended sooner is refused. */
const TOKEN_MS = 900_000;

/** Makes the client. Its session is a token that user and password give. */
export function createWazuhClient({ url, user, password }: WazuhAccess, createHttp: CreateHttp): WazuhClient {
  const session = createSession('wazuh', async () => {
    const credentials = Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64');
    const headers = { authorization: `Basic ${credentials}` };
    const token = await createHttp({ connector: 'wazuh', baseUrl: url, headers }).send(logIn);
    return { token, endsAtMs: Date.now() + TOKEN_MS };
  });
  const send = async <Result>(
    endpoint: Endpoint<Result>,
    options: NonNullable<Parameters<Http['send']>[1]> & { readonly signal: AbortSignal },
  ): Promise<Result> =>
    session.call(async (token) => {
      const headers = { authorization: `Bearer ${token.reveal()}` };
      return createHttp({ connector: 'wazuh', baseUrl: url, headers }).send(endpoint, options);
    }, options.signal);
  return {
    readList: async (filename, signal) => {
      const list = await nullIfNotFound(send(readList, { path: { filename }, signal }));
      if (list) return list;
      const message = `there is no list ${filename} now`;
      throw new ConnectorError({ kind: 'unreachable', connector: 'wazuh', message, isAnswered: true });
    },
    writeList: async (filename, octets, signal) => {
      await send(writeList, { path: { filename }, query: { overwrite: 'true' }, octets, signal });
    },
    reload: async (signal) => {
      await send(reload, { signal });
    },
    activeResponses: async (signal) => send(readActiveResponses, { signal }),
    rule: async (id, signal) => send(readRules, { query: { rule_ids: id }, signal }),
  };
}
