import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '#temporal/server/log.ts';

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
    if (findServersOn(database).length === 0) return;
    await delay(20);
  }
  throw new Error(`A Temporal server (process ${found.join(', ')}) holds ${database} and does not end.`);
}

/** The process numbers of the dev servers that were started on `database`, an absolute path. */
export function findServersOn(database: string): number[] {
  const lines = process.platform === 'linux' ? readProcessTable() : askPs();
  return lines.filter(({ command }) => isServerOn(command, database)).map(({ pid }) => pid);
}

function isServerOn(command: string, database: string): boolean {
  return command.includes(' start-dev ') && `${command} `.includes(` --db-filename ${database} `);
}

type RunningProcess = { readonly pid: number; readonly command: string };

function readProcessTable(): RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => ({ pid: Number(pid), command: readCommand(pid) }));
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Where there is no `/proc` (macOS), `ps` is part of the system. */
function askPs(): RunningProcess[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return table
    .split('\n')
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }));
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
