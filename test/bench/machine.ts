import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

/** What the figures depend on besides SocBot. */
export type Machine = {
  readonly at: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  readonly temporal: string;
  readonly sdk: string;
  /** Load average over one minute, before the first and after the last measurement. */
  readonly load: readonly number[];
};

export function readMachine(temporalBinary: string): Machine {
  const sdk = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  return {
    at: new Date().toISOString(),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    temporal: execFileSync(temporalBinary, ['--version'], { encoding: 'utf8' }).trim(),
    sdk: (JSON.parse(readFileSync(sdk, 'utf8')) as { version: string }).version,
    load: [loadavg()[0] ?? Number.NaN],
  };
}
