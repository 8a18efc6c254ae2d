import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type BareAsk, createBareTelegram } from './bare-telegram.ts';
import { readInput } from './processes.ts';
import { type BenchSource, SOURCES, type WorldSaid } from './scenario.ts';
import { callVendor } from './vendor-calls.ts';

export type BareInput = { readonly ask: BareAsk; readonly presses: boolean; readonly sources: readonly BenchSource[] };

export type BareActivities = {
  lookUp(source: BenchSource, ip: string): Promise<unknown>;
  post(ask: BareAsk, presses: boolean): Promise<number>;
  block(ip: string): Promise<void>;
  edit(chat: number, message: number, text: string): Promise<void>;
};

// The same calls in a workflow of twenty lines: no store, no cards, no checks. The engine's floor.
const { world, address } = readInput() as { world: WorldSaid; address: string };
const taskQueue = 'bare';
const telegram = createBareTelegram(world);
const blockedAt = new Map<string, number>();
const activities: BareActivities = {
  lookUp: async (source, ip) => callVendor(world.vendors, source, ip),
  post: async (ask, presses) => telegram.post(ask, presses),
  block: async (ip) => void blockedAt.set(ip, Date.now()),
  edit: async (chat, message, text) => telegram.edit(chat, message, text),
};
const nothing = (): void => undefined;
const logger = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
const connection = await NativeConnection.connect({ address });
const workflowsPath = fileURLToPath(new URL('bare-workflow.ts', import.meta.url));
const worker = await Worker.create({ connection, taskQueue, workflowsPath, activities, maxCachedWorkflows: 400 });
const client = new Client({ connection: Connection.lazy({ address }) });
void worker.run();
telegram.listen({
  ask: (ask, presses) =>
    void client.workflow.start('investigate', {
      workflowId: `bare-${ask.id}`,
      taskQueue,
      args: [{ ask, presses, sources: SOURCES }],
    }),
  press: (query, data) => {
    const [id = ''] = data.split(' ');
    void client.workflow
      .getHandle(`bare-${id}`)
      .executeUpdate('press', { updateId: query })
      .then(async () => telegram.call('answerCallbackQuery', { callback_query_id: query }));
  },
});
process.on('message', () => process.send?.([...blockedAt]));
process.send?.('ready');
