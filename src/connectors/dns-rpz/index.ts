import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText } from '#connectors/settings.ts';
import { createDnsRpzClient } from './client.ts';
import { createDnsRpzResponder } from './responder.ts';
import { DnsName, isTsigSecret, ServerAddress } from './schema.ts';
import { TSIG_ALGORITHMS } from './tsig.ts';

/** A DNS response policy zone, changed by dynamic update; see README.md in this folder. */
export const dnsRpz = defineResponder({
  id: 'dns-rpz',
  title: 'DNS policy zone',
  kinds: ['domain'],
  settings: z
    .object({
      DNS_RPZ_SERVER: ServerAddress,
      DNS_RPZ_ZONE: DnsName,
      DNS_RPZ_KEY_NAME: DnsName,
      DNS_RPZ_KEY: SecretText,
      DNS_RPZ_KEY_ALGORITHM: z.enum(TSIG_ALGORITHMS).default('hmac-sha256'),
    })
    .refine(({ DNS_RPZ_KEY: secret }) => isTsigSecret(secret), {
      path: ['DNS_RPZ_KEY'],
      message: 'must be a TSIG secret in base64, 16 bytes or more',
    }),
  switchOn: 'DNS_RPZ_KEY',
  create: (settings) =>
    createDnsRpzResponder(
      createDnsRpzClient({
        ...settings.DNS_RPZ_SERVER,
        zone: settings.DNS_RPZ_ZONE,
        key: {
          name: settings.DNS_RPZ_KEY_NAME,
          algorithm: settings.DNS_RPZ_KEY_ALGORITHM,
          secret: settings.DNS_RPZ_KEY,
        },
      }),
      settings.DNS_RPZ_ZONE,
    ),
  endpoints: [],
});
