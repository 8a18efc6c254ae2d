import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One process of a stack. All that a test does to it is by its process number. */
export type StackProcess = {
  start(): Promise<void>;
  /** Resolves when the process that was started last says that it works; rejects when it ends. Only a worker says so. */
  ready(): Promise<void>;
  /** Ends it without warning (SIGKILL), and resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end (SIGTERM), and resolves when it is gone. */
  stop(): Promise<void>;
  /** Stops it in the middle of whatever it does (SIGSTOP). */
  freeze(): void;
  thaw(): void;
  pid(): number | null;
};

export type Half = 'bot' | 'worker';

/** A half of SocBot as a process of its own. What it prints is handed to `hear`; its log is a file in the data directory. */
export function createHalf(
  half: Half,
  env: () => NodeJS.ProcessEnv,
  options: { readonly hear: (text: string) => void; readonly execArgv?: readonly string[] },
): StackProcess {
  const entry = fileURLToPath(new URL('stack-half.ts', import.meta.url));
  let child: ChildProcess | null = null;
  let ready: Promise<void> = Promise.resolve();
  const running = (): ChildProcess => {
    if (child === null) throw new Error(`the ${half} does not run`);
    return child;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const victim = child;
    child = null;
    if (victim === null || victim.exitCode !== null || victim.signalCode !== null) return;
    const gone = once(victim, 'exit');
    victim.kill(signal);
    await gone;
  };
  return {
    async start() {
      const execArgv = options.execArgv ?? [];
      const started = spawn(process.execPath, [...execArgv, entry, half], {
        env: env(),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      for (const stream of [started.stdout, started.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => options.hear(text));
      }
      ready = firstWord(half, started);
      ready.catch(() => undefined);
      await once(started, 'spawn');
      child = started;
    },
    ready: async () => ready,
    kill: async () => end('SIGKILL'),
    stop: async () => end('SIGTERM'),
    freeze: () => void running().kill('SIGSTOP'),
    thaw: () => void running().kill('SIGCONT'),
    pid: () => child?.pid ?? null,
  };
}

async function firstWord(half: Half, child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the ${half} ended with ${code ?? signal} before it was ready`);
  });
  await Promise.race([once(child, 'message'), ended]);
}
