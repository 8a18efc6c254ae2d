import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Api, type Bot } from 'grammy';
import type { Update } from 'grammy/types';
import { onTestFinished } from 'vitest';
import { createMessenger } from '#activities/messenger.ts';
import { createOutbox } from '#activities/outbox.ts';
import { createAccept } from '#bot/accept.ts';
import { createBusyGauge } from '#bot/busy-gauge.ts';
import type { SocContext } from '#bot/context.ts';
import { createBot } from '#bot/create-bot.ts';
import type { BotDeps } from '#bot/deps.ts';
import type { Posted, Posting } from '#domain/card.ts';
import type { Guard } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import { OBSERVABLE_KINDS } from '#domain/observable.ts';
import type { Person } from '#domain/person.ts';
import { DEFAULT_LIMITS, DEFAULT_RULES } from '#domain/policy.ts';
import type { ResponderProfile } from '#domain/responder.ts';
import { Secret } from '#domain/secret.ts';
import type { SourceProfile } from '#domain/source.ts';
import { startTelegramSimulator, type TelegramSimulator } from '#range/telegram/simulator.ts';
import { createUserSide, type UserSide } from '#range/telegram/user-side.ts';
import { createLog } from '#src/log.ts';
import { createPeople } from '#src/process/people.ts';
import type { AuditRecord } from '#store/audit-record.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { createFakeDesk, type Engine } from './bot-desk.ts';
import { createScratchDirectory } from './scratch-directory.ts';

export const ANA = 1001;
export const BEN = 1002;
export const CLEO = 1003;
export const VIC = 1004;
export const EVE = 1666;
export const GROUP = -1_002_000_000_001;

/** One person per role; Eve is on no list. */
export const PEOPLE: readonly Person[] = [
  { name: 'ana', role: 'analyst', telegramIds: [ANA] },
  { name: 'ben', role: 'responder', telegramIds: [BEN] },
  { name: 'cleo', role: 'admin', telegramIds: [CLEO] },
  { name: 'vic', role: 'viewer', telegramIds: [VIC] },
];

const SOURCES: readonly SourceProfile[] = [
  {
    id: 'virustotal',
    title: 'VirusTotal',
    kinds: ['ipv4', 'ipv6', 'domain', 'url', 'md5', 'sha1', 'sha256'],
    exposure: 'reputation_lookup',
  },
  { id: 'abuseipdb', title: 'AbuseIPDB', kinds: ['ipv4', 'ipv6'], exposure: 'reputation_lookup' },
];

const KINDS = OBSERVABLE_KINDS.filter((kind) => kind !== 'email' && kind !== 'host');
const PROFILE = { isBlind: false, isDryRun: false, isPlainList: false, kinds: KINDS };
const RESPONDERS: readonly ResponderProfile[] = [
  { ...PROFILE, id: 'allow-list', title: 'allow list' },
  { ...PROFILE, id: 'block-feed', title: 'block feed' },
  { ...PROFILE, id: 'defender', title: 'Microsoft Defender', kinds: ['host'] },
];

const HOSTS: BotDeps['hosts'] = [
  { name: 'ws-114', tier: 'workstation', addresses: [], owner: 'Front desk' },
  { name: 'ws-115', tier: 'workstation', addresses: [], owner: null },
  { name: 'dc1', tier: 'critical', addresses: [], owner: 'Directory team' },
];

const GUARD: Guard = {
  ownNetworks: ['198.51.100.0/24'],
  ownDomains: [],
  lifelines: [],
  hosts: HOSTS,
  allowDocumentationRanges: true,
  lists: { find: () => [] },
};

const SETTINGS: BotDeps['settings'] = {
  firstCardMs: 1_500,
  rules: DEFAULT_RULES,
  limits: DEFAULT_LIMITS,
  defaultBlockMs: 86_400_000,
  defaultIsolationMs: 86_400_000,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
  telegramMaxTlp: 'AMBER',
};

type AuditLine = Pick<AuditRecord, 'who' | 'telegramId' | 'action' | 'outcome' | 'detail'>;

export type BotFixture = {
  readonly telegram: TelegramSimulator;
  readonly user: UserSide;
  readonly api: Api;
  readonly bot: Bot<SocContext>;
  readonly deps: BotDeps;
  readonly engine: Engine;
  readonly store: Store;
  /** What was logged, one JSON text a line. */
  readonly log: string[];
  readonly accept: (update: Update) => Promise<void>;
  /** Takes everything that waits at Telegram, has the bot accept it in order, and confirms it. */
  readonly deliver: () => Promise<void>;
  /** Has the messenger show a card; throws where Telegram refuses it. */
  readonly show: (posting: Pick<Posting, 'to' | 'card'> & Partial<Posting>) => Promise<number>;
  /** Moves the clock of Telegram and of SocBot. */
  readonly advance: (ms: number) => Promise<void>;
  /** The records of the audit, the oldest first, without what is the same in all. */
  readonly audit: () => Promise<AuditLine[]>;
};

/** A bot at a simulated Telegram, with a store in an empty directory and an engine in memory; all gone when the test ends. */
export async function startBotFixture(changes: Partial<BotDeps> = {}): Promise<BotFixture> {
  const telegram = await startTelegramSimulator({
    people: [...PEOPLE.map(({ name, telegramIds }) => ({ id: telegramIds[0] ?? 0, name })), { id: EVE, name: 'Eve' }],
    chats: [
      { id: GROUP, type: 'supergroup', title: 'Night shift', members: [ANA, BEN, CLEO, VIC, EVE], bot: 'member' },
    ],
  });
  onTestFinished(() => telegram.close());
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(() => store.close());
  const { desk, engine } = createFakeDesk();
  const log: string[] = [];
  const clock = { aheadMs: 0 };
  const write = (line: string) => void log.push(line);
  const logged = createLog({ level: 'info', destination: { write }, secrets: [telegram.token] });
  const deps: BotDeps = {
    desk,
    audit: store.audit,
    marks: store.marks,
    log: logged,
    people: changes.access
      ? async () => changes.access?.people ?? []
      : createPeople(
          { people: PEOPLE, file: null, reload: () => PEOPLE, accounts: store.accounts.list, log: logged },
          () => Date.now() + clock.aheadMs,
        ),
    accounts: store.accounts,
    access: { people: PEOPLE, groups: new Set([GROUP]) },
    sources: SOURCES,
    secondFactors: { verify: async () => ({ kind: 'not_enrolled' }) },
    leases: store.leases,
    responders: RESPONDERS,
    judge: (target) => judgeTarget(target, GUARD),
    hosts: HOSTS,
    guard: { own: ['198.51.100.0/24'], allowDocumentationRanges: true },
    keys: [new Uint8Array(32).fill(7)],
    busy: createBusyGauge(null),
    settings: SETTINGS,
    now: () => new Date(Date.now() + clock.aheadMs).toISOString(),
    ...changes,
  };
  const user = createUserSide(telegram.userSide);
  const bot = createBot({ token: new Secret(telegram.token), apiRoot: telegram.url }, deps);
  await bot.init();
  const accept = createAccept(bot, deps);
  const speaker = new Api(telegram.token, { apiRoot: telegram.url });
  const messenger = createMessenger({ api: speaker, botId: bot.botInfo.id, keys: deps.keys, outbox: createOutbox() });
  return {
    telegram,
    user,
    api: speaker,
    bot,
    deps,
    engine,
    store,
    log,
    accept,
    deliver: async () => {
      const updates = await speaker.getUpdates();
      for (const update of updates) await accept(update);
      const last = updates.at(-1);
      if (last) await speaker.getUpdates({ offset: last.update_id + 1 });
    },
    show: async (posting) => {
      const show = messenger['telegram.show'];
      const run = async (): Promise<readonly Posted[]> => show([{ isSilent: false, ...posting }]);
      const posted = await new MockActivityEnvironment().run(run);
      const [one] = posted as readonly Posted[];
      if (!one || one.unreachable !== undefined) throw new Error(`not posted: ${one?.unreachable ?? 'nothing'}`);
      return one.message;
    },
    advance: async (ms) => {
      clock.aheadMs += ms;
      await user.advanceClock(ms);
    },
    audit: async () => {
      const records = (await store.audit.list({ limit: 100 })).toReversed();
      return records.map(({ who, telegramId, action, outcome, detail }) => ({
        who,
        telegramId,
        action,
        outcome,
        ...(detail === undefined ? {} : { detail }),
      }));
    },
  };
}
