import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { wholeEnvironment } from '#config/whole-environment.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';

it('reads .env below the environment, for those who start other processes with it', () => {
  const cwd = createScratchDirectory();
  writeFileSync(join(cwd, '.env'), 'SOCBOT_PAGE_PORT=8999\nSOCBOT_LOG_LEVEL=debug\n');

  expect(wholeEnvironment({ SOCBOT_LOG_LEVEL: 'warn' }, cwd)).toEqual({
    SOCBOT_PAGE_PORT: '8999',
    SOCBOT_LOG_LEVEL: 'warn',
  });
});

it('says that there is no socbot.yaml where one is needed, and where to take it from', () => {
  const env = { BLOCK_FEED_LISTEN: '127.0.0.1:8480' };

  expect(() => loadConfig({ env, cwd: createScratchDirectory(), connectors: [] })).toThrow(
    /^socbot\.yaml: there is none, so nobody may ask or approve; copy socbot\.example\.yaml/,
  );
});
