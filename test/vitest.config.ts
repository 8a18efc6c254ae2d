import { defineConfig } from 'vitest/config';

/** Folders whose tests talk to a Temporal server; all others start without one. */
const ON_TEMPORAL = ['activities', 'bot', 'histories', 'journeys', 'process', 'temporal', 'workflows'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: ON_TEMPORAL },
      },
      {
        extends: true,
        test: { name: 'temporal', include: ON_TEMPORAL, globalSetup: ['test/support/global-setup.ts'] },
      },
    ],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
