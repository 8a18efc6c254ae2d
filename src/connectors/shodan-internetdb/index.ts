import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { ServiceUrl, Switch } from '#connectors/settings.ts';
import { createInternetdbSource } from './activities.ts';
import { createInternetdbClient, internetdbEndpoints } from './client.ts';

/** Shodan InternetDB; see README.md in this folder. */
export const shodanInternetdb = defineSource({
  id: 'shodan-internetdb',
  title: 'Shodan InternetDB',
  kinds: ['ipv4'],
  exposure: 'reputation_lookup',
  settings: z.object({
    SHODAN_INTERNETDB_ENABLED: Switch,
    SHODAN_INTERNETDB_URL: ServiceUrl.default('https://internetdb.shodan.io'),
  }),
  switchOn: 'SHODAN_INTERNETDB_ENABLED',
  create: (settings, createHttp) =>
    createInternetdbSource(
      createInternetdbClient(createHttp({ connector: 'shodan-internetdb', baseUrl: settings.SHODAN_INTERNETDB_URL })),
    ),
  endpoints: internetdbEndpoints,
});
