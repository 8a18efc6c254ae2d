import type { TelegramSimulatorOptions } from './options.ts';

/** Shaped like a real token, and plainly none. */
export const DEFAULT_TOKEN = '700000001:SIMULATED-TOKEN-simulated-token-0000';

/** An analyst, two responders of whom Cleo administers, and a stranger. */
export const DEFAULT_PEOPLE: NonNullable<TelegramSimulatorOptions['people']> = [
  { id: 1001, name: 'Ana', username: 'ana_soc' },
  { id: 1002, name: 'Ben', username: 'ben_soc' },
  { id: 1003, name: 'Cleo', username: 'cleo_soc' },
  { id: 1666, name: 'Eve', username: 'eve_outside' },
];

/** One group, with everybody in it: strangers are where they should not be. */
export const DEFAULT_GROUPS: NonNullable<TelegramSimulatorOptions['chats']> = [
  {
    id: -1_002_000_000_001,
    type: 'supergroup',
    title: 'SOC night shift',
    members: [1001, 1002, 1003, 1666],
    admins: [1003],
    bot: 'member',
  },
];
