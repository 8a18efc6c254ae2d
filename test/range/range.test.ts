import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { sourceConnectors } from '#connectors/registry.ts';
import { startRangeWorld } from '#range/range.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

it('knows of no real service, whatever is set around it: no cluster, no database, no key', async () => {
  const real = {
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    TEMPORAL_NAMESPACE: 'soc',
    TEMPORAL_CLI: '/opt/temporal',
    DATABASE_URL: 'postgres://socbot:secret@db.example/socbot',
    VIRUSTOTAL_API_KEY: 'f'.repeat(64),
    SOCBOT_LOG_LEVEL: 'debug',
  };

  const world = await startRangeWorld(createScratchDirectory(), real);
  onTestFinished(async () => world.close());
  const config = loadConfig({
    env: world.env,
    cwd: createScratchDirectory(),
    connectors: sourceConnectors,
    files: { env: null },
  });

  expect(config.temporal).toBeNull();
  expect(config.databaseUrl).toBeNull();
  expect(JSON.stringify(world.env)).not.toMatch(/temporal\.example|db\.example|f{64}/);
  expect(config.logLevel).toBe('debug');
  expect(config.binary.path).toBe('/opt/temporal');
});
