import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '#src/log.ts';
import type { WorkerView } from './view.ts';

export type WorkerKeeper = {
  /** Tells the worker, and each one after it, where Temporal is; it loads its code meanwhile. */
  setAddress(address: string): void;
  /** Calls the listener whenever the view has changed. */
  onChange(listener: () => void): void;
  readonly view: () => WorkerView;
  /** Resolves when the first worker works. */
  readonly ready: Promise<void>;
  /** Kills the worker without warning; it is started again at once. */
  kill(): void;
  stop(): Promise<void>;
};

const STOP_WITHIN_MS = 12_000;
const YOUNG_MS = 3_000;
const PAUSE_MS = 2_000;

/**
 * Runs the worker as a process of its own, so that anybody can pull its plug, and starts it again whenever it ends.
 * It ends by itself when this process does, however that dies.
 */
export function keepWorkerProcess(env: Readonly<Record<string, string | undefined>>, log: Log): WorkerKeeper {
  const address = Promise.withResolvers<string>();
  const listeners: (() => void)[] = [];
  const ready = Promise.withResolvers<void>();
  let isStopping = false;
  let restarts = -1;
  let state: WorkerView['state'] = 'starting';
  let starting: NodeJS.Timeout | null = null;
  let child: ChildProcess = start();

  function start(): ChildProcess {
    restarts += 1;
    const entry = fileURLToPath(new URL('worker-process.ts', import.meta.url));
    const bornAt = Date.now();
    const started = spawn(process.execPath, [...process.execArgv, entry], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    enter('starting');
    void address.promise.then((found) => started.connected && started.send(found));
    started.on('message', () => {
      enter('up');
      ready.resolve();
    });
    started.on('exit', (code, signal) => {
      enter('down');
      if (isStopping) return;
      log.warn({ code, signal }, 'the worker process ended; starting it again');
      // One that dies young would die again at once, and again.
      const pauseMs = Date.now() - bornAt < YOUNG_MS ? PAUSE_MS : 0;
      starting = setTimeout(() => {
        child = start();
      }, pauseMs);
    });
    return started;
  }
  function enter(next: WorkerView['state']): void {
    state = next;
    for (const listener of listeners) listener();
  }

  return {
    setAddress: address.resolve,
    onChange: (listener) => void listeners.push(listener),
    ready: ready.promise,
    view: () => ({ state, pid: state === 'down' ? null : (child.pid ?? null), restarts }),
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      isStopping = true;
      if (starting) clearTimeout(starting);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
