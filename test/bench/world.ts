import { startStackWorld } from '#support/stack-world.ts';
import { readInput } from './processes.ts';
import { ANALYSTS, RESPONDER, SOURCES, VENDOR_DELAY_MS, type WorldSaid } from './scenario.ts';

// The simulated Telegram and the simulated vendors, in a process of their own.
const { dataDir } = readInput() as { dataDir: string };
const world = await startStackWorld(dataDir, {
  actors: [RESPONDER, ...ANALYSTS],
  vendors: SOURCES,
  settings: 'lookUps: { reuse: 1s }',
});
for (const vendor of world.vendors.values()) vendor.setFaults([{ fault: 'slow', delayMs: VENDOR_DELAY_MS }]);
const vendors = Object.fromEntries([...world.vendors].map(([name, { url, key }]) => [name, { url, key: key ?? '' }]));
process.send?.({ env: world.env, vendors, feedUrl: world.feedUrl } satisfies WorldSaid);
