import type { Database } from './database.ts';

const open = new Map<string, { readonly database: Database; users: number }>();

/**
 * One connection per file and process. Two would wait for each other: a statement that waits for the file's lock stops
 * the whole process, and with it the transaction that holds the lock. Closed when its last user closes it.
 */
export function shareDatabase(file: string, create: (file: string) => Database): Database {
  const shared = open.get(file) ?? { database: create(file), users: 0 };
  open.set(file, shared);
  shared.users += 1;
  let isClosed = false;
  return {
    ...shared.database,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      shared.users -= 1;
      if (shared.users > 0) return;
      open.delete(file);
      await shared.database.close();
    },
  };
}
