import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '#connectors/simulator.ts';
import { serveSimulator } from '#connectors/simulator.ts';
import { simulators } from '#connectors/simulators.ts';
import type { Observable } from '#domain/observable.ts';
import type { Role } from '#domain/person.ts';
import { startTelegramSimulator } from '#range/telegram/simulator.ts';
import { createUserSide, type UserSide } from '#range/telegram/user-side.ts';
import { findQuietPort } from './free-port.ts';

/** Somebody of the simulated world; without a role a stranger. */
export type Actor = { readonly id: number; readonly name: string; readonly role?: Role };

export type WorldOptions = {
  readonly actors: readonly Actor[];
  /** Ids of the vendors that are on; all unless set. */
  readonly vendors?: readonly string[];
  /** More lines for `socbot.yaml`. */
  readonly settings?: string;
  /** More environment; wins over the world's own. */
  readonly env?: Readonly<Record<string, string>>;
};

/** Everything outside SocBot, in the test's own process, so that its ledgers survive every kill. */
export type StackWorld = {
  readonly people: UserSide;
  readonly vendors: ReadonlyMap<string, Simulator>;
  readonly env: Readonly<Record<string, string>>;
  readonly feedUrl: string;
  /** How often a vendor was asked about an observable, answered or not. */
  countCalls(vendor: string, observable: Observable): number;
  close(): Promise<void>;
};

/** Every secret that SocBot is given here. None of them may ever be seen again. */
export const CANARIES = {
  token: '700000001:CANARY-bot-token-CANARY-bot-token-00',
  key: Buffer.from('CANARY-signing-key-0123456789-ab').toString('base64'),
  feed: 'CANARY-feed-token-0123456789',
} as const;

/** The group that all actors are in. */
export const GROUP = -1_002_000_000_001;

/** Starts the simulated Telegram and the simulated vendors, and writes the settings that point SocBot to them. */
export async function startStackWorld(dataDir: string, options: WorldOptions): Promise<StackWorld> {
  const { actors } = options;
  const chats = [
    { id: GROUP, type: 'supergroup' as const, title: 'SOC night shift', members: actors.map(({ id }) => id) },
  ];
  const telegram = await startTelegramSimulator({ token: CANARIES.token, people: actors, chats });
  const wanted = simulators.filter(({ name }) => options.vendors?.includes(name) ?? true);
  const served = await Promise.all(wanted.map(async (definition) => serveSimulator(definition)));
  const vendors = new Map(served.map((vendor) => [vendor.name, vendor]));
  const settings = join(dataDir, 'socbot.yaml');
  writeFileSync(settings, renderSettings(options));
  const feedPort = await findQuietPort();
  return {
    people: createUserSide(telegram.userSide),
    vendors,
    feedUrl: `http://127.0.0.1:${feedPort}/blocklist.txt`,
    env: {
      SOCBOT_RANGE: 'true',
      SOCBOT_DATA: dataDir,
      SOCBOT_SETTINGS: settings,
      SOCBOT_KEY: CANARIES.key,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      BLOCK_FEED_LISTEN: `127.0.0.1:${feedPort}`,
      BLOCK_FEED_TOKEN: CANARIES.feed,
      VIRUSTOTAL_PER_MINUTE: '100000',
      VIRUSTOTAL_PER_DAY: '1000000',
      ABUSEIPDB_PER_MINUTE: '100000',
      ABUSEIPDB_PER_DAY: '1000000',
      ...Object.assign({}, ...served.map((vendor) => vendor.settings)),
      ...options.env,
    },
    countCalls: (vendor, { value }) =>
      vendors
        .get(vendor)
        ?.ledger()
        .filter(({ path, query, body }) => `${path} ${query} ${body}`.includes(value)).length ?? 0,
    close: async () => {
      await Promise.all([telegram.close(), ...served.map(async (vendor) => vendor.close())]);
    },
  };
}

/** Nobody in the simulated world has an authenticator, and they ask for more in an hour than a team does. */
const POLICY = [
  'policy:',
  '  approvalLife: 24h',
  '  rules: { unblock: { usual: { code: false } } }',
  '  limits: { perPerson: 1000, inAll: 10000 }',
].join('\n');

function renderSettings({ actors, settings }: WorldOptions): string {
  const people = actors.flatMap(({ id, name, role }) =>
    role === undefined ? [] : [`  ${name}: { role: ${role}, telegram: ${id} }`],
  );
  return ['people:', ...people, 'groups:', `  night: ${GROUP}`, POLICY, settings ?? '', ''].join('\n');
}
