import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { ServiceUrl, Switch } from '#connectors/settings.ts';
import { createRdapSource } from './activities.ts';
import { createRdapClient, rdapEndpoints } from './client.ts';
import { registryOfAddress, registryOfDomain } from './registries.ts';

/** RDAP, the successor of whois; see README.md in this folder. */
export const rdap = defineSource({
  id: 'rdap',
  title: 'RDAP',
  kinds: ['ipv4', 'ipv6', 'cidr', 'domain', 'email'],
  exposure: 'reputation_lookup',
  settings: z.object({ RDAP_ENABLED: Switch, RDAP_URL: ServiceUrl.optional() }),
  switchOn: 'RDAP_ENABLED',
  create: ({ RDAP_URL: onlyServer }, createHttp) => {
    const clientOf = (registry: string | null) => {
      const baseUrl = onlyServer ?? registry;
      if (baseUrl === null) return null;
      const headers = { accept: 'application/rdap+json, application/json' };
      return createRdapClient(createHttp({ connector: 'rdap', baseUrl, headers }));
    };
    return createRdapSource({
      ofDomain: (name) => clientOf(registryOfDomain(name)),
      ofAddress: (address) => clientOf(registryOfAddress(address)),
    });
  },
  endpoints: rdapEndpoints,
});
