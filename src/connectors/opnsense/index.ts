import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createOpnsenseClient, opnsenseEndpoints } from './client.ts';
import { createOpnsenseResponder } from './responder.ts';

/** OPNsense's own rule for names of aliases. */
const AliasName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,31}$/, 'must be the name of an alias: up to 32 letters, digits and underscores');

/** One alias of an OPNsense firewall; see README.md in this folder. */
export const opnsense = defineResponder({
  id: 'opnsense',
  title: 'OPNsense',
  kinds: ['ipv4', 'ipv6', 'cidr'],
  settings: z.object({
    OPNSENSE_API_KEY: SecretText,
    OPNSENSE_API_SECRET: SecretText,
    OPNSENSE_URL: ServiceUrl,
    OPNSENSE_ALIAS: AliasName.default('socbot'),
  }),
  switchOn: 'OPNSENSE_API_KEY',
  isPlainList: true,
  create: (settings, createHttp) => {
    const credentials = `${settings.OPNSENSE_API_KEY.reveal()}:${settings.OPNSENSE_API_SECRET.reveal()}`;
    const http = createHttp({
      connector: 'opnsense',
      baseUrl: settings.OPNSENSE_URL,
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    });
    const alias = settings.OPNSENSE_ALIAS;
    return createOpnsenseResponder(createOpnsenseClient(http, alias), alias);
  },
  endpoints: opnsenseEndpoints,
});
