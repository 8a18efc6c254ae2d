import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createUrlhausSource } from './activities.ts';
import { createUrlhausClient, urlhausEndpoints } from './client.ts';

/** URLhaus of abuse.ch; see README.md in this folder. */
export const urlhaus = defineSource({
  id: 'urlhaus',
  title: 'URLhaus',
  kinds: ['ipv4', 'domain', 'url', 'md5', 'sha256'],
  exposure: 'reputation_lookup',
  settings: z.object({
    URLHAUS_AUTH_KEY: SecretText,
    URLHAUS_URL: ServiceUrl.default('https://urlhaus-api.abuse.ch'),
  }),
  switchOn: 'URLHAUS_AUTH_KEY',
  create: (settings, createHttp) =>
    createUrlhausSource(
      createUrlhausClient(
        createHttp({
          connector: 'urlhaus',
          baseUrl: settings.URLHAUS_URL,
          headers: { 'auth-key': settings.URLHAUS_AUTH_KEY.reveal() },
        }),
      ),
    ),
  endpoints: urlhausEndpoints,
});
