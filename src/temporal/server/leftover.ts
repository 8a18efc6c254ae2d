import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '#temporal/server/log.ts';
import { isGone, readProcessTable } from '#temporal/server/process-table.ts';

/**
 * Ends the dev servers that still run on `database`: a SocBot that was killed could not end its own. Recognised by
 * their command line, so a reused process number is never mistaken for one. The caller holds the data directory's
 * lock, so nobody else's server can be among them. Ended outright: every commit is on disk already, and whoever starts
 * after a crash should not wait. Rejects when one cannot be ended.
 */
export async function stopLeftoverServers(database: string, log: Log): Promise<void> {
  const found = findServersOn(database);
  if (found.length === 0) return;
  log.warn(`Ending the Temporal server that an earlier SocBot left behind (process ${found.join(', ')})`);
  found.forEach(killProcess);
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    if (found.every(isGone)) return;
    await delay(20);
  }
  throw new Error(`A Temporal server (process ${found.join(', ')}) holds ${database} and does not end.`);
}

/** The process numbers of the dev servers that `launchServer` started on `database`, an absolute path. */
export function findServersOn(database: string): number[] {
  // The path may hold spaces; that another flag follows it marks its end.
  const onIt = ` start-dev --db-filename ${database} --`;
  return readProcessTable().flatMap(({ pid, command }) => (command.includes(onIt) ? [pid] : []));
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone in the meantime is what was wanted.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
    throw new Error(`The Temporal server left behind as process ${pid} cannot be ended`, { cause: error });
  }
}
