import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerFiles } from '#temporal/server/files.ts';
import { openOutputFile } from '#temporal/server/output-file.ts';
import type { ServerPorts } from '#temporal/server/ports.ts';

/** How a server process ended: a plain sentence, for a log line. */
export type ServerExit = string;

/** A server process, which may not answer yet. */
export type LaunchedServer = {
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<ServerExit>;
  hasExited(): boolean;
  /** The last few lines it wrote. */
  lastWords(): string[];
  /** Asks it to end, and ends it after `graceMs`; resolves when it is gone. */
  stop(graceMs?: number): Promise<void>;
};

const TRIM_INTERVAL_MS = 60_000;

/**
 * Starts the dev server's process on loopback, with its database in WAL mode and every commit forced to disk
 * (`temporal server start-dev --help`). It runs in a process group of its own: Ctrl-C in a terminal reaches
 * SocBot alone, which ends it last.
 */
export function launchServer(
  binary: string,
  files: ServerFiles,
  ports: ServerPorts,
  codecEndpoint: string | null = null,
): LaunchedServer {
  const output = openOutputFile(files.log);
  const child = spawn(binary, argumentsOf(files, ports, codecEndpoint), {
    env: environmentOf(process.env),
    stdio: ['ignore', output.fd, output.fd],
    detached: true,
  });
  const trimming = setInterval(() => output.trim(), TRIM_INTERVAL_MS).unref();
  let end: ServerExit | null = null;
  let lastWords: string[] = [];
  const stopWithUs = () => child.kill('SIGTERM');
  process.once('exit', stopWithUs);
  const exited = once(child, 'close')
    .then(([code, signal]) => (signal === null ? `ended with code ${code}` : `ended by ${signal}`))
    .catch((error: unknown) => `could not be run: ${error instanceof Error ? error.message : String(error)}`)
    .then((how: ServerExit) => {
      process.off('exit', stopWithUs);
      clearInterval(trimming);
      lastWords = output.lastLines(5);
      output.close();
      end = how;
      return how;
    });
  return {
    pid: child.pid ?? 0,
    exited,
    hasExited: () => end !== null,
    lastWords: () => (end === null ? output.lastLines(5) : lastWords),
    async stop(graceMs = 10_000) {
      child.kill('SIGTERM');
      const patience = new AbortController();
      const isGone = await Promise.race([exited, delay(graceMs, null, { signal: patience.signal })]);
      patience.abort();
      if (isGone === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * What makes its steps follow each other at once. Its own 20 looks a second into each queue are few: a step that comes
 * right after others then waits for the next twentieth of a second. And an activity that the deciding worker can take
 * itself is handed to it with the answer, without a way through the queue.
 * https://github.com/temporalio/temporal/blob/main/common/dynamicconfig/constants.go
 */
const QUICK_STEPS = [
  ...['transfer', 'timer', 'visibility'].map((queue) => `history.${queue}ProcessorMaxPollRPS=1000`),
  'system.enableActivityEagerExecution=true',
];

/** What a program needs to run here: none of SocBot's secrets, and no settings of another Temporal. */
function environmentOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'LC_ALL'];
  return Object.fromEntries(names.map((name) => [name, env[name]]));
}

function argumentsOf(files: ServerFiles, ports: ServerPorts, codecEndpoint: string | null): string[] {
  const flags = [
    ['--db-filename', files.database],
    ['--sqlite-pragma', 'journal_mode=WAL'],
    ['--sqlite-pragma', 'synchronous=FULL'],
    ['--ip', '127.0.0.1'],
    ['--port', String(ports.port)],
    ['--ui-ip', '127.0.0.1'],
    ['--ui-port', String(ports.uiPort)],
    ['--ui-disable-news-fetch'],
    ...(codecEndpoint === null ? [] : [['--ui-codec-endpoint', codecEndpoint]]),
    ['--log-level', 'error'],
    ...QUICK_STEPS.map((setting) => ['--dynamic-config-value', setting]),
  ];
  return ['server', 'start-dev', ...flags.flat()];
}
