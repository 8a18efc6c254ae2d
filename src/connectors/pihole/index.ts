import { z } from 'zod';
import { defineResponder } from '#connectors/responder-connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createPiholeClient, piholeEndpoints } from './client.ts';
import { createPiholeResponder } from './responder.ts';
import { createSessions } from './sessions.ts';

/** Pi-hole from version 6 on; see README.md in this folder. */
export const pihole = defineResponder({
  id: 'pihole',
  title: 'Pi-hole',
  kinds: ['domain'],
  settings: z.object({ PIHOLE_PASSWORD: SecretText, PIHOLE_URL: ServiceUrl }),
  switchOn: 'PIHOLE_PASSWORD',
  create: (settings, createHttp) => {
    const connect = (sid: string | null) =>
      createPiholeClient(
        createHttp({
          connector: 'pihole',
          baseUrl: settings.PIHOLE_URL,
          headers: sid === null ? {} : { 'x-ftl-sid': sid },
        }),
      );
    return createPiholeResponder(createSessions(connect, settings.PIHOLE_PASSWORD));
  },
  endpoints: piholeEndpoints,
});
