import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A training range that runs as a user would start it. */
export type WholeRange = {
  /** The chat page, with a slash at its end. */
  readonly pageUrl: string;
  /** The Temporal UI, without one. */
  readonly uiUrl: string;
  /** Everything it printed once it ran, line by line. */
  readonly printed: readonly string[];
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
};

const ENTRY = join(import.meta.dirname, '../../bin/socbot.js');
/** What it prints last. */
const LAST_LINE = /^Block feed .*\n/m;

/**
 * Runs `socbot start` in a directory, with no setting but its own and the server's binary: neither an `.env` of the project nor the
 * environment reaches it. Throws with what it wrote when it ends before it is ready.
 */
export async function startWholeRange(dir: string): Promise<WholeRange> {
  const { PATH, HOME, TEMPORAL_CLI } = process.env;
  const child = spawn(process.execPath, [ENTRY, 'start', '--data', join(dir, 'data')], {
    cwd: dir,
    env: { PATH, HOME, ...(TEMPORAL_CLI === undefined ? {} : { TEMPORAL_CLI }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  let text = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => void (errors += piece));
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (LAST_LINE.test(text)) resolve();
    });
  });
  await Promise.race([ready, gone]);
  const printed = text.split('\n').filter((line) => line !== '');
  const valueOf = (name: string) =>
    printed
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim();
  const pageUrl = valueOf('Chat page');
  const uiUrl = valueOf('Temporal UI');
  if (pageUrl === undefined || uiUrl === undefined) throw new Error(`the range did not start: ${errors}`);
  return {
    pageUrl,
    uiUrl: uiUrl.replace(/\/$/, ''),
    printed,
    stop: async () => {
      child.kill('SIGINT');
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
