import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { findQuietPort } from '#support/free-port.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { startDevServer } from '#temporal/dev-server.ts';
import type { DevServer, DevServerOptions } from '#temporal/dev-server.ts';
import { findFreePort } from '#temporal/free-port.ts';
import { serverFilesIn } from '#temporal/server/files.ts';
import { launchServer } from '#temporal/server/launch.ts';
import { findServersOn, stopLeftoverServers } from '#temporal/server/leftover.ts';

const BINARY = inject('temporalBinary');

async function createOptions(more: Partial<DevServerOptions> = {}): Promise<DevServerOptions & { warned: string[] }> {
  const warned: string[] = [];
  const dataDir = createScratchDirectory();
  // Before the directory goes: a test that failed has not ended its server.
  onTestFinished(() => stopLeftoverServers(join(realpathSync(dataDir), 'temporal.db'), { info() {}, warn() {} }));
  return {
    binary: BINARY,
    dataDir,
    port: await findQuietPort(),
    uiPort: await findQuietPort(),
    searchAttributes: {},
    log: { info() {}, warn: (message) => void warned.push(message) },
    warned,
    ...more,
  };
}

/** Ends a server outright: tests that are not about a polite end need not wait for one. */
async function kill(server: DevServer): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
}

function outsideAddresses() {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
}

async function connectTo(server: DevServer): Promise<Connection> {
  const connection = await Connection.connect({ address: server.address });
  onTestFinished(() => connection.close());
  return connection;
}

describe('the embedded Temporal server', () => {
  it('answers on the address and the UI address it names, and only on loopback', async () => {
    const options = await createOptions();
    const server = await startDevServer(options);

    const page = await fetch(server.uiUrl);
    await page.text();

    expect(server.address).toBe(`127.0.0.1:${options.port}`);
    expect(server.uiUrl).toBe(`http://127.0.0.1:${options.uiPort}`);
    expect(page.ok).toBe(true);
    for (const { address } of outsideAddresses()) {
      await expect(findFreePort([server.ports.port], address)).resolves.toBe(server.ports.port);
      await expect(findFreePort([server.ports.uiPort], address)).resolves.toBe(server.ports.uiPort);
    }
    expect(readdirSync(options.dataDir)).toContain('temporal.db-wal');
    await kill(server);
  });

  it('remembers workflows over a polite end and over a kill, and registers attributes that were added later', async () => {
    const options = await createOptions({ searchAttributes: { SocVerdict: 'Keyword' } });
    const first = await startDevServer(options);
    const client = new Client({ connection: await connectTo(first) });
    await client.workflow.start('anything', { taskQueue: 'nobody', workflowId: 'kept' });
    await first.stop();
    const second = await startDevServer(options);
    await kill(second);

    const grown = { SocVerdict: 'Keyword', SocSeverity: 'Int' } as const;
    const third = await startDevServer({ ...options, searchAttributes: grown, retentionDays: 60 });

    const connection = await connectTo(third);
    const kept = await new Client({ connection }).workflow.getHandle('kept').describe();
    const attributes = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(kept.status.name).toBe('RUNNING');
    expect(attributes.customAttributes).toEqual({ SocVerdict: 2, SocSeverity: 3 });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(60 * 86_400);
    await kill(third);
  });

  it('refuses an attribute that exists with another type', async () => {
    const options = await createOptions({ searchAttributes: { SocSeverity: 'Keyword' } });
    await kill(await startDevServer(options));

    const starting = startDevServer({ ...options, searchAttributes: { SocSeverity: 'Int' } });

    await expect(starting).rejects.toThrow('The search attribute SocSeverity of namespace default is not of type Int');
    expect(findServersOn(serverFilesIn(options.dataDir).database)).toEqual([]);
  });

  it('finds other ports when its own are taken', async () => {
    const options = await createOptions();
    await using squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(options.port, '127.0.0.1', resolve));

    const server = await startDevServer(options);

    expect(server.ports.port).not.toBe(options.port);
    expect(server.ports.uiPort).toBe(options.uiPort);
    await kill(server);
  });

  it('keeps two servers apart that want the same ports at the same moment', async () => {
    const options = await createOptions();
    const others = { ...options, dataDir: createScratchDirectory() };

    const [one, two] = await Promise.all([startDevServer(options), startDevServer(others)]);

    const ids = await Promise.all(
      [one, two].map(async (server) => {
        const { namespaceInfo } = await (
          await connectTo(server)
        ).workflowService.describeNamespace({ namespace: 'default' });
        return namespaceInfo?.id;
      }),
    );
    expect(one.address).not.toBe(two.address);
    expect(ids[0]).not.toBe(ids[1]);
    await Promise.all([kill(one), kill(two)]);
  });

  it('ends the server that a killed SocBot left behind, and comes up on the same ports', async () => {
    const options = await createOptions();
    const program = `
      import { startDevServer } from '#temporal/dev-server.ts';
      const log = { info() {}, warn() {} };
      await startDevServer({ ...${JSON.stringify(options)}, log });
      process.stdout.write('up');
    `;
    const socbot = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(socbot.stdout, 'data');
    const ended = once(socbot, 'exit');
    socbot.kill('SIGKILL');
    await ended;
    const [left] = findServersOn(serverFilesIn(options.dataDir).database);

    const server = await startDevServer(options);

    expect(left).toBeGreaterThan(0);
    expect(options.warned).toEqual([`Ending the Temporal server that an earlier SocBot left behind (process ${left})`]);
    expect(server.ports).toEqual({ port: options.port, uiPort: options.uiPort });
    expect(findServersOn(serverFilesIn(options.dataDir).database)).toEqual([server.pid]);
    await kill(server);
  });

  it('ends with its SocBot when that ends in any way but a kill', async () => {
    const options = await createOptions();
    const program = `
      import { startDevServer } from '#temporal/dev-server.ts';
      const server = await startDevServer({ ...${JSON.stringify(options)}, log: { info() {}, warn() {} } });
      process.stdout.write(String(server.pid), () => { throw new Error('a bug'); });
    `;
    const socbot = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(socbot.stdout, 'data');
    await once(socbot, 'exit');

    const { database } = serverFilesIn(options.dataDir);
    await expect.poll(() => findServersOn(database), { timeout: 10_000 }).toEqual([]);
  });

  it('comes up after being killed at any moment of its very first start', { timeout: 60_000 }, async () => {
    for (const momentMs of [0, 10, 30, 60, 120]) {
      const options = await createOptions();
      const ports = { port: options.port ?? 0, uiPort: options.uiPort ?? 0 };
      const files = serverFilesIn(options.dataDir);
      const launched = launchServer(BINARY, files, ports);
      await expect.poll(() => existsSync(files.database), { interval: 1, timeout: 15_000 }).toBe(true);
      await delay(momentMs);
      process.kill(launched.pid, 'SIGKILL');
      await launched.exited;

      const server = await startDevServer(options);

      expect(server.ports, `killed ${momentMs} ms after the file was there`).toEqual(ports);
      await kill(server);
    }
  });

  it('says what the server said when it does not start', async () => {
    const broken = join(createScratchDirectory(), 'temporal');
    writeFileSync(broken, '#!/bin/sh\necho "the disk is on fire" >&2\nexit 7\n', { mode: 0o755 });
    const options = await createOptions({ binary: broken });

    const starting = startDevServer(options);

    await expect(starting).rejects.toThrow(
      /^The Temporal server did not start: it ended with code 7\. It said:\n {2}the disk is on fire\n Its log: .*temporal\.log$/,
    );
    expect(readFileSync(join(options.dataDir, 'temporal.log'), 'utf8')).toContain('the disk is on fire');
  });

  it('says so when the binary cannot be run', async () => {
    const options = await createOptions({ binary: '/does/not/exist' });

    await expect(startDevServer(options)).rejects.toThrow('it could not be run: spawn /does/not/exist ENOENT');
  });

  it('gives up a start when told to, and leaves no process behind', async () => {
    const silent = join(createScratchDirectory(), 'temporal');
    writeFileSync(silent, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const stopping = new AbortController();
    const options = await createOptions({ binary: silent, signal: stopping.signal });
    const starting = startDevServer(options);

    stopping.abort();

    await expect(starting).rejects.toThrow('it did not answer');
    expect(findServersOn(serverFilesIn(options.dataDir).database)).toEqual([]);
  });
});
