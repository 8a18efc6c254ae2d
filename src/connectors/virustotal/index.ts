import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { CallLimit, SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createVirusTotalSource } from './activities.ts';
import { createVirusTotalClient, virustotalEndpoints } from './client.ts';

/** VirusTotal v3; see README.md in this folder. */
export const virustotal = defineSource({
  id: 'virustotal',
  title: 'VirusTotal',
  kinds: ['ipv4', 'ipv6', 'domain', 'url', 'md5', 'sha1', 'sha256'],
  exposure: 'reputation_lookup',
  settings: z.object({
    VIRUSTOTAL_API_KEY: SecretText,
    VIRUSTOTAL_URL: ServiceUrl.default('https://www.virustotal.com'),
    VIRUSTOTAL_PER_MINUTE: CallLimit.default(4),
    VIRUSTOTAL_PER_DAY: CallLimit.default(500),
  }),
  switchOn: 'VIRUSTOTAL_API_KEY',
  quota: (settings) => ({ perMinute: settings.VIRUSTOTAL_PER_MINUTE, perDay: settings.VIRUSTOTAL_PER_DAY }),
  create: (settings, createHttp) =>
    createVirusTotalSource(
      createVirusTotalClient(
        createHttp({
          connector: 'virustotal',
          baseUrl: settings.VIRUSTOTAL_URL,
          headers: { 'x-apikey': settings.VIRUSTOTAL_API_KEY.reveal() },
        }),
      ),
    ),
  endpoints: virustotalEndpoints,
  casesOfOtherCalls: ['analysis not finished', 'same file already in analysis'],
});
