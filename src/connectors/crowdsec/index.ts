import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createCrowdSecClient, crowdsecEndpoints } from './client.ts';
import { createCrowdSecResponder } from './responder.ts';

/** CrowdSec's local API, 1.4.6 or later; see README.md in this folder. */
export const crowdsec = defineResponder({
  id: 'crowdsec',
  title: 'CrowdSec',
  kinds: ['ipv4', 'ipv6', 'cidr'],
  settings: z.object({
    CROWDSEC_PASSWORD: SecretText,
    CROWDSEC_MACHINE_ID: z
      .string()
      .regex(/^[^\p{Cc}]{1,200}$/u, 'must be the name of a machine')
      .default('socbot'),
    CROWDSEC_URL: ServiceUrl.default('http://127.0.0.1:8080'),
  }),
  switchOn: 'CROWDSEC_PASSWORD',
  create: (settings, createHttp) =>
    createCrowdSecResponder(
      createCrowdSecClient({
        createHttp,
        baseUrl: settings.CROWDSEC_URL,
        machineId: settings.CROWDSEC_MACHINE_ID,
        password: settings.CROWDSEC_PASSWORD,
      }),
    ),
  endpoints: crowdsecEndpoints,
});
