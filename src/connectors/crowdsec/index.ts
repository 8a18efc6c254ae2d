import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createCrowdsecClient } from './client.ts';
import { crowdsecEndpoints } from './endpoints.ts';
import { createCrowdsecResponder, CROWDSEC_KINDS } from './responder.ts';

/** CrowdSec's local API, 1.4.6 or later; see README.md in this folder. */
export const crowdsec = defineResponder({
  id: 'crowdsec',
  title: 'CrowdSec',
  kinds: CROWDSEC_KINDS,
  settings: z.object({
    CROWDSEC_URL: ServiceUrl.default('http://127.0.0.1:8080'),
    CROWDSEC_MACHINE_ID: z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'must be the name of a machine'),
    CROWDSEC_PASSWORD: SecretText,
  }),
  switchOn: 'CROWDSEC_PASSWORD',
  create: (settings, createHttp) => {
    const { CROWDSEC_URL: url, CROWDSEC_MACHINE_ID: machineId, CROWDSEC_PASSWORD: password } = settings;
    return createCrowdsecResponder(createCrowdsecClient({ url, machineId, password }, createHttp));
  },
  endpoints: crowdsecEndpoints,
});
