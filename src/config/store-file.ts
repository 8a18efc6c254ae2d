import { join } from 'node:path';

/** Where the store lies in a data directory, unless it is in PostgreSQL. */
export function storeFileIn(dataDir: string): string {
  return join(dataDir, 'socbot.db');
}
