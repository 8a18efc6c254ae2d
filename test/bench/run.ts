import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { createStackTemporal, type StackTemporal } from '#support/stack-temporal.ts';
import { findTemporalBinary } from '#temporal/binary.ts';
import { startBare, startBareTemporal } from './bare-systems.ts';
import { findCeiling } from './ceiling.ts';
import { type Effort, measureRow, medianRow, type Row } from './compare.ts';
import { judge, type Measured } from './gates.ts';
import { measureGroupCalls } from './group-calls.ts';
import { type Load, openLoad } from './load.ts';
import { readMachine } from './machine.ts';
import { startProcess } from './processes.ts';
import { renderReport } from './report.ts';
import type { WorldSaid } from './scenario.ts';
import { measureSharing } from './sharing.ts';
import { type SocBotUnderTest, startSocBot } from './socbot-system.ts';
import { measureStartUp } from './start-up.ts';
import type { UnderTest } from './under-test.ts';
import { measureWaiting } from './waiting.ts';

type Options = {
  readonly quick: boolean;
  readonly runs: string;
  readonly waiting: string;
  readonly out: string;
  readonly profile?: string;
};

const program = new Command('bench')
  .description('measures SocBot beside the bare calls and beside bare Temporal; Linux only')
  .option('--quick', 'a tenth of the work, for a first look', false)
  .option('--runs <number>', 'how often each row is measured; the medians count', '3')
  .option(
    '--waiting <number>',
    'how many approvals wait at once (10000 for the release; takes a quarter of an hour)',
    '500',
  )
  .option('--out <file>', 'where the figures go as JSON', 'bench.json')
  .option('--profile <dir>', "CPU profiles of SocBot's two halves; they make it slower")
  .parse();
const options = program.opts<Options>();
const effort: Effort = options.quick
  ? { warm: 4, single: 10, many: 20, slots: 10 }
  : { warm: 20, single: 60, many: 120, slots: 20 };
const RATES = [2, 4, 6, 8, 10, 12, 15, 18, 22, 26, 30];

const dataDir = mkdtempSync(join(tmpdir(), 'socbot-bench-'));
const machine = readMachine(await findTemporalBinary({ env: process.env }));
const world = await startProcess<WorldSaid>('world.ts', { dataDir });
const load = await openLoad(`${world.said.env['TELEGRAM_API_ROOT']}/user`);
const temporal = await createStackTemporal(dataDir);
const started: UnderTest[] = [];
try {
  await temporal.start();
  const measured = await measureAll(load, temporal);
  const end = { ...machine, load: [...machine.load, loadavg()[0] ?? Number.NaN] };
  const gates = judge(measured);
  const { bare, bareTemporal, socbot } = measured;
  process.stdout.write(`${renderReport(end, [bare, bareTemporal, socbot], gates)}\n`);
  writeFileSync(options.out, `${JSON.stringify({ machine: end, effort, measured, gates }, null, 2)}\n`);
  process.exitCode = gates.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  for (const system of started) await system.stop();
  load.close();
  await Promise.all([temporal.stop(), world.stop()]);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
}
process.exit();

/** One system after the other, so that none disturbs another; the shared Temporal server stays up. */
async function measureAll(over: Load, server: StackTemporal): Promise<Measured> {
  const bare = await measureOnce('the bare calls', startBare(world.said, over));
  const bareTemporal = await measureOnce('bare Temporal', startBareTemporal(world.said, over, server));
  const place = { world: world.said, load: over, temporal: server, dataDir };
  const profile = options.profile === undefined ? {} : { profileDir: options.profile };
  const socbot = await measureOnce('SocBot', startSocBot({ ...place, ...profile }));
  const parts = await measureParts(await startSocBot(place), over);
  return {
    bare: bare.row,
    bareTemporal: bareTemporal.row,
    socbot: socbot.row,
    ceiling: { bareTemporal: bareTemporal.ceiling, socbot: socbot.ceiling },
    ...parts,
  };
}

async function measureOnce(what: string, starting: Promise<UnderTest>) {
  const system = await starting;
  started.push(system);
  const rows: Row[] = [];
  for (let run = 1; run <= (options.quick ? 1 : Number(options.runs)); run += 1) {
    say(`${what}: run ${run}`);
    rows.push(await measureRow(system, load, effort));
  }
  say(`${what}: the highest rate of look-ups`);
  const rates = system.name === 'bare' ? [] : options.quick ? RATES.slice(0, 2) : RATES;
  const ceiling = await findCeiling(system, load, { rates, seconds: options.quick ? 4 : 12 });
  await stop(system);
  return { row: medianRow(rows), ceiling };
}

async function measureParts(system: SocBotUnderTest, over: Load) {
  started.push(system);
  say('calls to Telegram in a group');
  const groupCalls = await measureGroupCalls(over);
  const count = options.quick ? 50 : Number(options.waiting);
  say(`${count} approvals waiting, then a kill of everything`);
  const waiting = await measureWaiting(system, over, { count, restMs: options.quick ? 5_000 : 60_000, presses: 100 });
  await stop(system);
  say('everybody asks the same');
  const sharing = await measureSharing();
  say('npm start');
  return { groupCalls, waiting, sharing, startUp: await measureStartUp() };
}

async function stop(system: UnderTest): Promise<void> {
  started.splice(started.indexOf(system), 1);
  await system.stop();
}

function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
}
