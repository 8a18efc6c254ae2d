import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { CallLimit, SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createAbuseIpdbSource } from './activities.ts';
import { abuseipdbEndpoints, createAbuseIpdbClient } from './client.ts';

/** AbuseIPDB v2; see README.md in this folder. */
export const abuseipdb = defineSource({
  id: 'abuseipdb',
  title: 'AbuseIPDB',
  kinds: ['ipv4', 'ipv6'],
  exposure: 'reputation_lookup',
  settings: z.object({
    ABUSEIPDB_API_KEY: SecretText,
    ABUSEIPDB_URL: ServiceUrl.default('https://api.abuseipdb.com'),
    ABUSEIPDB_PER_MINUTE: CallLimit.default(60),
    ABUSEIPDB_PER_DAY: CallLimit.default(1000),
  }),
  switchOn: 'ABUSEIPDB_API_KEY',
  quota: (settings) => ({ perMinute: settings.ABUSEIPDB_PER_MINUTE, perDay: settings.ABUSEIPDB_PER_DAY }),
  create: (settings, createHttp) =>
    createAbuseIpdbSource(
      createAbuseIpdbClient(
        createHttp({
          connector: 'abuseipdb',
          baseUrl: settings.ABUSEIPDB_URL,
          headers: { key: settings.ABUSEIPDB_API_KEY.reveal() },
        }),
      ),
    ),
  endpoints: abuseipdbEndpoints,
});
