import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** CPU time that a process has used so far, all its threads together, in milliseconds (proc(5), `/proc/pid/stat`). */
export function readCpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}

/** Memory that a process holds, in MiB. */
export function readRssMb(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

/** A process of the bench. It says what it has to say in its first message, and goes with the bench. */
export type BenchProcess<Said> = {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly said: Said;
  stop(): Promise<void>;
};

/** Starts a file of this folder as a process, and waits for its first message. */
export async function startProcess<Said>(file: string, input: unknown): Promise<BenchProcess<Said>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(input)], { stdio: 'inherit' });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code} before it was ready`);
  });
  const [said] = (await Promise.race([once(child, 'message'), ended])) as [Said];
  ended.catch(() => undefined);
  return {
    child,
    pid: child.pid ?? 0,
    said,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** What `startProcess` handed to this process. */
export function readInput(): unknown {
  process.on('disconnect', () => process.exit(0));
  return JSON.parse(process.argv[2] ?? 'null');
}
