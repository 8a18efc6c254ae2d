import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createDefenderClient } from './client.ts';
import { defenderEndpoints } from './endpoints.ts';
import { createDefenderResponder, DEFENDER_KINDS } from './responder.ts';

const Name = z.string().regex(/^[\w.-]{1,100}$/, 'must be an id, or a domain of the tenant');

/** Microsoft Defender for Endpoint; see README.md in this folder. */
export const defender = defineResponder({
  id: 'defender',
  title: 'Microsoft Defender',
  kinds: DEFENDER_KINDS,
  settings: z.object({
    DEFENDER_TENANT_ID: Name,
    DEFENDER_CLIENT_ID: Name,
    DEFENDER_CLIENT_SECRET: SecretText,
    DEFENDER_URL: ServiceUrl.default('https://api.securitycenter.microsoft.com'),
    DEFENDER_LOGIN_URL: ServiceUrl.default('https://login.microsoftonline.com'),
  }),
  switchOn: 'DEFENDER_CLIENT_SECRET',
  create: (settings, createHttp) => {
    const access = {
      tenant: settings.DEFENDER_TENANT_ID,
      clientId: settings.DEFENDER_CLIENT_ID,
      secret: settings.DEFENDER_CLIENT_SECRET,
      loginUrl: settings.DEFENDER_LOGIN_URL,
      apiUrl: settings.DEFENDER_URL,
    };
    return createDefenderResponder(createDefenderClient(access, createHttp));
  },
  endpoints: defenderEndpoints,
});
