import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { openStore, type Store } from '#store/open-store.ts';
import { createHalf, type StackProcess } from './stack-process.ts';
import { createStackTemporal, type StackTemporal } from './stack-temporal.ts';
import { CANARIES, type StackWorld, startStackWorld, type WorldOptions } from './stack-world.ts';

/**
 * All of SocBot as it is in earnest, each part a process of its own that can be killed and started again alone: the
 * Temporal server, the bot, a worker. What is outside SocBot runs in the test's process.
 */
export type Stack = StackWorld & {
  readonly dataDir: string;
  readonly temporal: StackTemporal;
  readonly bot: StackProcess;
  readonly worker: StackProcess;
  readonly client: Client;
  /** The store that the processes share, for looking at it. */
  readonly store: Store;
  /** Whatever the two halves wrote to their standard output and error. */
  readonly printed: () => string;
  /** The block list as a firewall reads it. */
  readFeed(): Promise<readonly string[]>;
  startAll(): Promise<void>;
  killAll(): Promise<void>;
};

export type StackOptions = WorldOptions & {
  /** Options for Node, of the bot and the worker. */
  readonly execArgv?: readonly string[];
};

/** Starts a stack in a directory of its own; `close` ends every process of it and removes the directory. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'socbot-stack-'));
  const [world, temporal] = await Promise.all([startStackWorld(dataDir, options), createStackTemporal(dataDir)]);
  const heard: string[] = [];
  const env = () => ({ PATH: process.env['PATH'], ...world.env, TEMPORAL_ADDRESS: temporal.address });
  const half = { hear: (text: string) => void heard.push(text), execArgv: options.execArgv ?? [] };
  const bot = createHalf('bot', env, half);
  const worker = createHalf('worker', env, half);
  const connection = Connection.lazy({ address: temporal.address });
  const store = await openStore({ file: join(dataDir, 'socbot.db') });
  const stack: Stack = {
    ...world,
    dataDir,
    temporal,
    bot,
    worker,
    client: new Client({ connection }),
    store,
    printed: () => heard.join(''),
    readFeed: async () => readFeed(world.feedUrl),
    startAll: async () => {
      await Promise.all([temporal.start(), bot.start(), worker.start()]);
    },
    killAll: async () => {
      await Promise.all([bot.kill(), worker.kill(), temporal.kill()]);
    },
    close: async () => {
      await stack.killAll();
      await Promise.all([world.close(), connection.close(), store.close()]);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await stack.startAll();
  await worker.ready();
  return stack;
}

async function readFeed(url: string): Promise<readonly string[]> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${CANARIES.feed}` } });
  if (!response.ok) throw new Error(`the feed answers ${response.status}`);
  return (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
