import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** One half of SocBot in a process of its own, started by the same command as in docker-compose.yml. */
export type RunningHalf = {
  readonly half: 'bot' | 'worker';
  readonly pid: number;
  /** Resolves when it says that it is ready; rejects with what it wrote when it ends before. */
  readonly ready: Promise<void>;
  /** Everything it wrote so far, standard output and error. */
  readonly written: () => string;
  readonly isRunning: () => boolean;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Asks it to end as a container's end does; gives the exit code and how long it took. */
  terminate(): Promise<{ readonly code: number | null; readonly tookMs: number }>;
};

const COMMAND = fileURLToPath(new URL('../../../bin/socbot.js', import.meta.url));

/** Starts a half with exactly this environment. */
export function startHalf(half: 'bot' | 'worker', env: NodeJS.ProcessEnv, cwd: string): RunningHalf {
  const child = spawn(process.execPath, [COMMAND, half], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`the ${half} cannot be started`);
  const chunks: string[] = [];
  const ready = Promise.withResolvers<void>();
  // Nobody may be waiting when a half is killed before it was ready.
  ready.promise.catch(() => undefined);
  const hear = (text: string): void => {
    chunks.push(text);
    if (chunks.join('').includes(`"${half} ready"`)) ready.resolve();
  };
  for (const stream of [child.stdout, child.stderr]) listen(stream, hear);
  child.once('exit', () => ready.reject(new Error(`the ${half} ended before it was ready:\n${chunks.join('')}`)));
  return {
    half,
    pid,
    ready: ready.promise,
    written: () => chunks.join(''),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: async () => void (await end(child, 'SIGKILL')),
    terminate: async () => {
      const startedAt = performance.now();
      const code = await end(child, 'SIGTERM');
      return { code, tookMs: Math.round(performance.now() - startedAt) };
    },
  };
}

function listen(stream: Readable, hear: (text: string) => void): void {
  stream.setEncoding('utf8').on('data', hear);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
}

/** Runs one subcommand to its end, e.g. a health check; gives its exit code and what it said. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [COMMAND, ...args], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) listen(stream, (text) => void chunks.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: chunks.join('').trim() };
}
