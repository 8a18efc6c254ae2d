import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { findQuietPort } from '#support/free-port.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import type { DevServerOptions } from '#temporal/dev-server.ts';
import { serverFilesIn } from '#temporal/server/files.ts';
import { findServersOn } from '#temporal/server/leftover.ts';
import { superviseDevServer } from '#temporal/supervised-server.ts';

async function createOptions(): Promise<DevServerOptions & { said: string[] }> {
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  return {
    binary: inject('temporalBinary'),
    dataDir: createScratchDirectory(),
    port: await findQuietPort(),
    uiPort: await findQuietPort(),
    searchAttributes: {},
    log: { info: say, warn: say },
    said,
  };
}

describe('the supervised Temporal server', () => {
  it('comes back on the same address after a kill, with everything that was open', async () => {
    const options = await createOptions();
    const server = await superviseDevServer(options);
    onTestFinished(() => server.stop());
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection });
    await client.workflow.start('anything', { taskQueue: 'nobody', workflowId: 'kept' });
    const killed = server.pid() ?? 0;

    process.kill(killed, 'SIGKILL');

    await expect.poll(() => server.pid(), { timeout: 15_000 }).not.toBe(killed);
    await expect.poll(() => server.pid(), { timeout: 15_000 }).not.toBeNull();
    const kept = await client.workflow.getHandle('kept').describe();
    expect(kept.status.name).toBe('RUNNING');
    expect(options.said).toEqual([
      'The Temporal server ended by SIGKILL; starting it again',
      `The Temporal server runs again (process ${server.pid()})`,
    ]);
    await connection.close();
    await server.stop();
  });

  it('stays down once it was stopped, without a word', async () => {
    const options = await createOptions();
    const server = await superviseDevServer(options);
    onTestFinished(() => server.stop());

    await server.stop();

    expect(server.pid()).toBeNull();
    expect(findServersOn(serverFilesIn(options.dataDir).database)).toEqual([]);
    expect(options.said).toEqual([]);
  });

  it('can be stopped while it is coming back', async () => {
    const options = await createOptions();
    const server = await superviseDevServer(options);
    onTestFinished(() => server.stop());
    process.kill(server.pid() ?? 0, 'SIGKILL');
    await expect.poll(() => options.said.length).toBeGreaterThan(0);

    await server.stop();

    expect(findServersOn(serverFilesIn(options.dataDir).database)).toEqual([]);
  });
});
