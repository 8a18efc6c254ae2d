import { z } from 'zod';
import { defineSource } from '#connectors/connector.ts';
import { SecretText, ServiceUrl } from '#connectors/settings.ts';
import { createTemplateSource } from './activities.ts';
import { createTemplateClient, templateEndpoints } from './client.ts';

/** A list of domains kept by an in-house tool; see README.md in this folder. */
export const template = defineSource({
  id: 'template',
  title: 'Template',
  kinds: ['domain'],
  exposure: 'own',
  settings: z.object({
    TEMPLATE_API_KEY: SecretText,
    TEMPLATE_URL: ServiceUrl.default('https://template.example'),
  }),
  switchOn: 'TEMPLATE_API_KEY',
  create: (settings, createHttp) =>
    createTemplateSource(
      createTemplateClient(
        createHttp({
          connector: 'template',
          baseUrl: settings.TEMPLATE_URL,
          headers: { 'x-api-key': settings.TEMPLATE_API_KEY.reveal() },
        }),
      ),
    ),
  endpoints: templateEndpoints,
});
