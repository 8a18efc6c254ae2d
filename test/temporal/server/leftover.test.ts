import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { findServersOn, stopLeftoverServers } from '#temporal/server/leftover.ts';

/** A process that looks like a dev server on `database` and pays no heed to a polite request to end. */
async function startStubborn(database: string) {
  const path = join(createScratchDirectory(), 'temporal');
  writeFileSync(path, "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);");
  const child = spawn(process.execPath, [path, 'server', 'start-dev', '--db-filename', database, '--ip', '127.0.0.1']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('servers that a killed SocBot left behind', () => {
  it('are found by the database in their command line, and by nothing less', async () => {
    const dir = createScratchDirectory();
    const child = await startStubborn(join(dir, 'my data', 'temporal.db'));

    expect(findServersOn(join(dir, 'my data', 'temporal.db'))).toEqual([child.pid]);
    expect(findServersOn(join(dir, 'my'))).toEqual([]);
    expect(findServersOn(join(dir, 'other.db'))).toEqual([]);
  });

  it('are ended, even stubborn ones, and that is said', async () => {
    const database = join(createScratchDirectory(), 'temporal.db');
    const child = await startStubborn(database);
    const ended = once(child, 'exit');
    const said: string[] = [];

    await stopLeftoverServers(database, { info() {}, warn: (message) => void said.push(message) });

    await ended;
    expect(said).toEqual([`Ending the Temporal server that an earlier SocBot left behind (process ${child.pid})`]);
  });

  it('do not include the servers of other data directories', async () => {
    const child = await startStubborn(join(createScratchDirectory(), 'temporal.db'));

    await stopLeftoverServers(join(createScratchDirectory(), 'temporal.db'), { info() {}, warn() {} });

    expect(child.exitCode).toBeNull();
    expect(child.signalCode).toBeNull();
  });
});
