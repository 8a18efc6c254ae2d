import { join } from 'node:path';
import { createConnector, tellNextSteps } from '#connectors/new-connector.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** `socbot connector`: copies the template to a connector of that name; prints its files and what is left to do. */
export async function copyTemplate(id: string, print: (line: string) => void): Promise<void> {
  for (const file of await createConnector(PROJECT, id)) print(file);
  print(tellNextSteps(id));
}
