import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createWazuhClient } from './client.ts';
import { wazuhEndpoints } from './endpoints.ts';
import { createWazuhResponder, WAZUH_KINDS } from './responder.ts';

/** Wazuh 4.13 or later; see README.md in this folder. */
export const wazuh = defineResponder({
  id: 'wazuh',
  title: 'Wazuh',
  kinds: WAZUH_KINDS,
  settings: z.object({
    WAZUH_URL: ServiceUrl,
    WAZUH_USER: z.string().regex(/^[^\p{Cc}:]{1,64}$/u, 'must be a name without a colon'),
    WAZUH_PASSWORD: SecretText,
    WAZUH_LIST: z
      .string()
      .regex(/^[\w-][\w.-]{0,99}$/, 'must be the name of a file in etc/lists')
      .default('socbot-blocked'),
    WAZUH_RULE: z
      .string()
      .regex(/^[1-9]\d{0,8}$/, 'must be the number of a rule')
      .default('100900'),
  }),
  switchOn: 'WAZUH_PASSWORD',
  create: (settings, createHttp) => {
    const access = { url: settings.WAZUH_URL, user: settings.WAZUH_USER, password: settings.WAZUH_PASSWORD };
    const setUp = { list: settings.WAZUH_LIST, rule: settings.WAZUH_RULE };
    return createWazuhResponder(createWazuhClient(access, createHttp), setUp);
  },
  endpoints: wazuhEndpoints,
  // An active response sent to an agent can neither be read back nor be taken back: SocBot sends none.
  casesOfOtherCalls: ['active response sent', 'some agents failed', 'no agent reached'],
});
