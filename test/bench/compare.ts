import type { Load } from './load.ts';
import { runClosedLoop } from './loops.ts';
import { median, percentile } from './numbers.ts';
import { readCpuMs } from './processes.ts';
import { ANALYSTS, VENDOR_DELAY_MS } from './scenario.ts';
import type { Investigated, UnderTest } from './under-test.ts';

/** How much work is done for one row. */
export type Effort = {
  readonly warm: number;
  /** One at a time, for the latencies. */
  readonly single: number;
  /** At once, for the cost. */
  readonly many: number;
  readonly slots: number;
};

/** What one row came to; milliseconds, and work per second of CPU. */
export type Row = {
  readonly name: string;
  readonly ackMs: { readonly p50: number; readonly p99: number };
  /** From the message to the card, less the slowest look-up. */
  readonly cardMs: { readonly p50: number; readonly p99: number };
  readonly pressToBlockMs: { readonly p50: number; readonly p99: number };
  readonly investigations: Cost;
  readonly lookUps: Cost;
};

export type Cost = {
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly perCpuSecondWithServer: number;
};

/** Measures one row: latencies of one at a time, then the cost of many at once. */
export async function measureRow(system: UnderTest, load: Load, effort: Effort): Promise<Row> {
  const chatOf = (slot: number): number => ANALYSTS[slot % ANALYSTS.length]?.id ?? 0;
  const investigate = async (slot: number) => system.investigate(chatOf(slot));
  await runClosedLoop({ count: effort.warm, slots: 4 }, investigate);
  await load.newCalls();
  const singles = await runClosedLoop({ count: effort.single, slots: 1 }, investigate);
  const latencies = await readLatencies(system, load, singles);
  const many = { count: effort.many, slots: effort.slots };
  const investigations = await measureCost(system, many.count, async () => runClosedLoop(many, investigate));
  const lookUps = await measureCost(system, many.count, async () =>
    runClosedLoop(many, async (slot) => system.lookUp(chatOf(slot))),
  );
  return { name: system.name, ...latencies, investigations, lookUps };
}

/** Reads the moments from the ledgers of the simulators and of the block list: no poll of ours blurs them. */
async function readLatencies(system: UnderTest, load: Load, singles: readonly Investigated[]) {
  const calls = await load.newCalls();
  const blocks = await system.readBlocks();
  const atOf = (method: string, { sent }: Investigated): number => {
    const call = calls.find(({ method: name, chat, parameters }) => {
      const about = method === 'sendMessage' ? parameters['reply_parameters'] : parameters;
      return name === method && chat === sent.chat && messageIdOf(about) === sent.id;
    });
    return Date.parse(call?.at ?? '') - sent.sentAtMs;
  };
  const spread = (values: readonly number[]) => ({ p50: median(values), p99: percentile(values, 0.99) });
  return {
    ackMs: spread(singles.map((one) => atOf('setMessageReaction', one))),
    cardMs: spread(singles.map((one) => atOf('sendMessage', one) - VENDOR_DELAY_MS)),
    pressToBlockMs: spread(singles.map(({ ip, pressedAtMs }) => (blocks.get(ip) ?? Number.NaN) - pressedAtMs)),
  };
}

function messageIdOf(parameters: unknown): unknown {
  return typeof parameters === 'object' && parameters !== null && 'message_id' in parameters
    ? parameters.message_id
    : undefined;
}

async function measureCost(system: UnderTest, count: number, work: () => Promise<unknown>): Promise<Cost> {
  const used = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + readCpuMs(pid), 0);
  const [own, server] = [used(system.pids()), used(system.serverPids())];
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const ownSeconds = (used(system.pids()) - own) / 1000;
  const serverSeconds = (used(system.serverPids()) - server) / 1000;
  return {
    perSecond: count / seconds,
    perCpuSecond: count / ownSeconds,
    perCpuSecondWithServer: count / (ownSeconds + serverSeconds),
  };
}

/** The row of the medians of several runs. */
export function medianRow(rows: readonly Row[]): Row {
  const of = (read: (row: Row) => number): number => median(rows.map(read));
  const spread = (read: (row: Row) => Row['ackMs']) => ({
    p50: of((row) => read(row).p50),
    p99: of((row) => read(row).p99),
  });
  const cost = (read: (row: Row) => Cost): Cost => ({
    perSecond: of((row) => read(row).perSecond),
    perCpuSecond: of((row) => read(row).perCpuSecond),
    perCpuSecondWithServer: of((row) => read(row).perCpuSecondWithServer),
  });
  return {
    name: rows[0]?.name ?? '',
    ackMs: spread((row) => row.ackMs),
    cardMs: spread((row) => row.cardMs),
    pressToBlockMs: spread((row) => row.pressToBlockMs),
    investigations: cost((row) => row.investigations),
    lookUps: cost((row) => row.lookUps),
  };
}
