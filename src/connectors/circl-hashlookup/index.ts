import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { ServiceUrl, Switch } from '#connectors/settings.ts';
import { createHashlookupSource } from './activities.ts';
import { createHashlookupClient, hashlookupEndpoints } from './client.ts';

/** CIRCL hashlookup; see README.md in this folder. */
export const circlHashlookup = defineSource({
  id: 'circl-hashlookup',
  title: 'CIRCL hashlookup',
  kinds: ['md5', 'sha1', 'sha256'],
  exposure: 'hash_lookup',
  settings: z.object({
    CIRCL_HASHLOOKUP_ENABLED: Switch,
    CIRCL_HASHLOOKUP_URL: ServiceUrl.default('https://hashlookup.circl.lu'),
  }),
  switchOn: 'CIRCL_HASHLOOKUP_ENABLED',
  create: (settings, createHttp) =>
    createHashlookupSource(
      createHashlookupClient(createHttp({ connector: 'circl-hashlookup', baseUrl: settings.CIRCL_HASHLOOKUP_URL })),
    ),
  endpoints: hashlookupEndpoints,
  recordedAs: 'circl',
});
