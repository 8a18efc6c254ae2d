import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Folders whose tests talk to a Temporal server; all others start without one. */
const ON_TEMPORAL = ['activities', 'histories', 'journeys', 'process', 'temporal', 'workflows'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: ON_TEMPORAL, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'temporal',
          include: ON_TEMPORAL,
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/quiet-runtime.ts'],
          isolate: false,
        },
      },
    ],
    pool: 'forks',
    // Most of the time is spent waiting for processes, so more files than cores may be under way.
    maxWorkers: Math.max(4, availableParallelism()),
    // Processes that tests start need not compile everything anew.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'socbot-test-compile-cache') },
    // Only a broken test waits that long.
    testTimeout: 60_000,
    // One second is not much on a machine that does something else as well.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
