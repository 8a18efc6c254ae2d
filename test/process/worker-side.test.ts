import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect, inject, it, vi } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { createLog } from '#src/log.ts';
import type { Engine } from '#src/process/engine.ts';
import { startWorkerSide } from '#src/process/worker-side.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

it('says why it cannot work, and goes on trying, where it may not write', async () => {
  const dir = createScratchDirectory();
  writeFileSync(join(dir, 'data'), 'a file where a folder belongs');
  const config = loadConfig({ env: { SOCBOT_KEY: KEY, SOCBOT_DATA: join(dir, 'data') }, cwd: dir, connectors: [] });
  const store = await openStore({ file: join(dir, 'socbot.db') });
  const lines: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line) => void lines.push(line) }, secrets: [] });
  const connection = Connection.lazy({ address: inject('temporalAddress') });
  const engine: Engine = {
    client: new Client({ connection }),
    address: inject('temporalAddress'),
    namespace: 'default',
    dataConverter: {},
    connectNative: () => new Promise(() => undefined),
    close: async () => connection.close(),
  };

  const worker = startWorkerSide({ config, reload: () => config, engine, store, log });
  await vi.waitFor(() => expect(lines.filter((line) => line.includes('ENOTDIR')).length).toBeGreaterThan(1), 10_000);

  await worker.stop();
  await Promise.all([engine.close(), store.close()]);
});

const KEY = 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=';
