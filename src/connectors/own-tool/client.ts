import type { Endpoint } from '#connectors/endpoint.ts';
import type { Http } from '#connectors/http.ts';
import type { Observable } from '#domain/observable.ts';
import type { Hold } from '#domain/responder.ts';
import { endpointsOf } from './endpoints.ts';
import { type Entry, markOf } from './entry.ts';
import type { Tool } from './schema.ts';
import { fillJson, fillText, type JsonTemplate, type Values } from './template.ts';

/** One tool, call by call. */
export type ToolClient = {
  /** `held` is the entry to make longer, if there is one. */
  contain(hold: Hold, held: Entry | null, signal: AbortSignal): Promise<void>;
  release(target: Observable, held: Entry, signal: AbortSignal): Promise<void>;
  readBack(target: Observable, signal: AbortSignal): Promise<readonly Entry[]>;
  list(signal: AbortSignal): Promise<readonly Entry[]>;
};

type Call = {
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly json?: JsonTemplate | undefined;
};

/** Makes the client; `http` carries the secrets. */
export function createToolClient(tool: Tool, http: Http): ToolClient {
  const endpoints = endpointsOf(tool);
  const send = async <Result>(endpoint: Endpoint<Result>, call: Call, values: Values, signal: AbortSignal) =>
    http.send(endpoint, {
      path: textsOf(values),
      ...(call.query ? { query: queryOf(call.query, values) } : {}),
      ...(call.json === undefined ? {} : { json: fillJson(call.json, values) }),
      signal,
    });
  return {
    async contain(hold, held, signal) {
      const verb = held === null ? 'contain' : 'extend';
      await send(endpoints[verb], tool[verb] ?? tool.contain, { ...valuesOf(hold), ...idOf(held) }, signal);
    },
    async release(target, held, signal) {
      await send(endpoints.release, tool.release, { ...namesOf(target), ...idOf(held) }, signal);
    },
    readBack: async (target, signal) => send(endpoints.readBack, tool.readBack, namesOf(target), signal),
    list: async (signal) => send(endpoints.list, tool.list, {}, signal),
  };
}

function namesOf({ kind, value }: Observable): Values {
  return { kind, target: value };
}

function idOf(entry: Entry | null): Values {
  return entry?.id == null ? {} : { id: entry.id };
}

function valuesOf(hold: Hold): Values {
  const endMs = Date.parse(hold.until);
  return {
    ...namesOf(hold.target),
    lease: hold.leaseId,
    by: hold.by,
    digest: hold.digest,
    mark: markOf(hold),
    until: hold.until,
    untilSeconds: Math.ceil(endMs / 1000),
    secondsLeft: Math.max(1, Math.ceil((endMs - Date.now()) / 1000)),
  };
}

function textsOf(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function queryOf(query: Readonly<Record<string, string>>, values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, template]) => [name, fillText(template, values)]));
}
