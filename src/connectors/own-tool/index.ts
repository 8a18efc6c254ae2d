import { z } from 'zod';
import type { ResponderConnector } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { Secret } from '#domain/secret.ts';
import { createToolClient } from './client.ts';
import { endpointsOf } from './endpoints.ts';
import { createOwnToolResponder, tellsLease } from './responder.ts';
import type { Tool, ToolSettings } from './schema.ts';
import { prefixOf } from './tool-names.ts';
import { objectionToUrl } from './tool-url.ts';

export { ToolSettings } from './schema.ts';

/**
 * Every tool that is described, as a responder beside the built-in ones. Its settings in the environment are its secrets, and
 * `<NAME>_URL`, which wins over the `url` of the description. A tool that is described is on: its settings are always read.
 */
export function createToolConnectors(tools: ToolSettings): readonly ResponderConnector[] {
  return Object.entries(tools).map(([id, tool]) => connectorOf(id, tool));
}

function connectorOf(id: string, tool: Tool): ResponderConnector {
  const urlName = `${prefixOf(id)}URL`;
  const secrets = Object.values(tool.headers).map(({ variable }) => variable);
  const Url = ServiceUrl.superRefine((url, context) => {
    const objection = objectionToUrl({ url, unencrypted: tool.unencrypted });
    if (objection !== null) context.addIssue(objection);
  }).default(tool.url);
  return {
    id,
    title: tool.title ?? id,
    kinds: tool.kinds,
    settings: z.object({ [urlName]: Url, ...Object.fromEntries(secrets.map((name) => [name, SecretText])) }),
    switchOn: urlName,
    ...(tellsLease(tool) ? {} : { isPlainList: true as const }),
    create: (settings, createHttp) => {
      const http = createHttp({
        connector: id,
        baseUrl: String(settings[urlName]),
        headers: headersOf(tool, settings),
      });
      return createOwnToolResponder(id, tool, createToolClient(tool, http));
    },
    endpoints: Object.values(endpointsOf(tool)),
  };
}

function headersOf({ headers }: Tool, settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([header, { scheme, variable }]) => {
      const secret = settings[variable];
      const value = secret instanceof Secret ? secret.reveal() : '';
      return [header.toLowerCase(), scheme === null ? value : `${scheme} ${value}`];
    }),
  );
}
