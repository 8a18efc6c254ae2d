import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine; `command` is its command line with a space between the arguments. */
export type RunningProcess = { readonly pid: number; readonly command: string };

/** All processes that this user may see. Linux has `/proc`; elsewhere (macOS) `ps` is part of the system. */
export function readProcessTable(): RunningProcess[] {
  return process.platform === 'linux' ? readProc() : askPs();
}

/**
 * Whether a process has ended and given back its files and ports. On Linux a killed process first loses its command
 * line, then its main thread turns zombie, and only with the last of its other threads go its sockets.
 */
export function isGone(pid: number): boolean {
  if (process.platform === 'linux') {
    // `123 (name) S …`: the state follows the name, which may itself hold parentheses.
    const stat = readProcFile(pid, 'stat');
    const state = stat.slice(stat.lastIndexOf(')') + 2).at(0);
    return state === undefined || (state === 'Z' && countThreads(pid) <= 1);
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

function readProc(): RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => ({ pid: Number(pid), command: readProcFile(pid, 'cmdline').replaceAll('\0', ' ') }));
}

function countThreads(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

/** A file of a process, or the empty string once the process is gone. */
function readProcFile(pid: number | string, name: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function askPs(): RunningProcess[] {
  const table = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const lines = table.split('\n').map((line) => /^\s*(\d+)\s+(.*)$/.exec(line));
  return lines.flatMap((found) => (found ? [{ pid: Number(found[1]), command: found[2] ?? '' }] : []));
}
