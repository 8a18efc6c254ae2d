import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createThreatfoxSource } from './activities.ts';
import { createThreatfoxClient, threatfoxEndpoints } from './client.ts';

/** ThreatFox of abuse.ch; see README.md in this folder. */
export const threatfox = defineSource({
  id: 'threatfox',
  title: 'ThreatFox',
  kinds: ['ipv4', 'domain', 'url', 'md5', 'sha1', 'sha256'],
  exposure: 'reputation_lookup',
  settings: z.object({
    THREATFOX_AUTH_KEY: SecretText,
    THREATFOX_URL: ServiceUrl.default('https://threatfox-api.abuse.ch'),
  }),
  switchOn: 'THREATFOX_AUTH_KEY',
  create: (settings, createHttp) =>
    createThreatfoxSource(
      createThreatfoxClient(
        createHttp({
          connector: 'threatfox',
          baseUrl: settings.THREATFOX_URL,
          headers: { 'auth-key': settings.THREATFOX_AUTH_KEY.reveal() },
        }),
      ),
    ),
  endpoints: threatfoxEndpoints,
});
