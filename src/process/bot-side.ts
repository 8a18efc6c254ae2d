import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { Api, type Bot } from 'grammy';
import { createMessenger } from '#activities/messenger.ts';
import { createOutbox } from '#activities/outbox.ts';
import { createAccept } from '#bot/accept.ts';
import { createAwayNotice } from '#bot/away.ts';
import type { SocContext } from '#bot/context.ts';
import { createBot } from '#bot/create-bot.ts';
import type { BotDeps } from '#bot/deps.ts';
import { startIntake } from '#bot/intake.ts';
import { showMenus } from '#bot/menu.ts';
import { createRecovery } from '#bot/recovery.ts';
import { checkSetUp } from '#bot/self-check.ts';
import type { Config } from '#config/config.ts';
import { type FeedOptions, serveBlockFeed } from '#connectors/block-feed/index.ts';
import type { Log } from '#src/log.ts';
import { MARKS } from '#store/mark-names.ts';
import type { Store } from '#store/open-store.ts';
import { TELEGRAM_TASK_QUEUE } from '#workflows/messages.ts';
import { botDepsOf, buttonKeysOf } from './bot-deps.ts';
import type { Engine } from './engine.ts';
import { identityOf } from './identity.ts';
import { type KeptWorker, keepWorking } from './keep-working.ts';

export type BotSideOptions = {
  readonly config: Config & { readonly telegram: NonNullable<Config['telegram']> };
  /** Reads the configuration anew. */
  readonly reload: () => Config;
  readonly engine: Engine;
  readonly store: Store;
  readonly log: Log;
  /** Told why nothing can go on until a person has changed something. */
  readonly onStop: (why: string) => void;
};

export type BotSide = {
  /** Where firewalls poll the block feed; null when it is off. */
  readonly feedUrl: string | null;
  /** Resolves when SocBot can speak: Temporal answers. */
  readonly speaks: Promise<void>;
  /** Resolves when SocBot listens: Telegram answers. */
  readonly listens: Promise<void>;
  stop(): Promise<void>;
};

const TOKEN_REFUSED = 'Telegram refuses the bot token: check TELEGRAM_BOT_TOKEN';

/** Telegram's limit over all chats (https://core.telegram.org/bots/faq). */
const CALLS_PER_SECOND = 25;
const RETRY_MS = 1_000;

/** The half of SocBot that listens and speaks. Telegram takes one of them; it also serves the block feed. */
export async function startBotSide(options: BotSideOptions): Promise<BotSide> {
  const { config, store } = options;
  const deps = botDepsOf(options);
  const stopping = new AbortController();
  const feed = await startFeed(config, { blockList: store.blockList, now: deps.now });
  const sender = startSender(options);
  const listening = listen(options, deps, stopping.signal);
  return {
    feedUrl: feed?.url ?? null,
    speaks: sender.started,
    listens: listening.then(() => undefined),
    stop: async () => {
      stopping.abort();
      const intake = await listening;
      await intake?.stop();
      await Promise.all([sender.stop(), feed?.close()]);
    },
  };
}

/** Serves the block feed where it is switched on. In the range another one may have been quicker; any port will do there. */
async function startFeed({ blockFeed, mode }: Config, rest: Pick<FeedOptions, 'blockList' | 'now'>) {
  if (!blockFeed) return null;
  try {
    return await serveBlockFeed({ ...blockFeed, ...rest });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    if (mode !== 'range')
      throw new Error(`BLOCK_FEED_LISTEN: port ${blockFeed.port} is taken; free it or name another`, { cause: error });
    return serveBlockFeed({ ...blockFeed, port: 0, ...rest });
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** The one worker that speaks to Telegram. */
function startSender({ config, engine, log }: BotSideOptions): KeptWorker {
  const { token, apiRoot } = config.telegram;
  const api = new Api(token.reveal(), { apiRoot, timeoutSeconds: 20 });
  const botId = Number.parseInt(token.reveal(), 10);
  const activities = createMessenger({ api, botId, keys: buttonKeysOf(config), outbox: createOutbox() });
  return keepWorking(async () => {
    const connection = await engine.connectNative();
    return Worker.create({
      connection,
      namespace: engine.namespace,
      dataConverter: engine.dataConverter,
      taskQueue: TELEGRAM_TASK_QUEUE,
      identity: identityOf('sender'),
      activities,
      shutdownGraceTime: '10s',
      maxTaskQueueActivitiesPerSecond: CALLS_PER_SECOND,
    });
  }, log);
}

/** Begins to listen as soon as Telegram tells who we are. Null when stopped before. */
async function listen(options: BotSideOptions, deps: BotDeps, signal: AbortSignal) {
  const { config, log, onStop } = options;
  const bot = createBot(config.telegram, deps);
  if (!(await introduce(bot, options, signal))) return null;
  const now = deps.now;
  const intake = startIntake({
    api: bot.api,
    log,
    accept: createAccept(bot, deps),
    onPoll: createRecovery(deps, bot.botInfo.id),
    onWaiting: createAwayNotice(bot, deps),
    onConflict: async () => deps.marks.set(MARKS.secondPoller, 'seen', now()),
    onUnauthorized: () => onStop(TOKEN_REFUSED),
  });
  void deps
    .people()
    .then(async (people) => showMenus(bot.api, people))
    .catch((error: unknown) => log.warn({ err: error }, 'menus not set'));
  return intake;
}

/** Asks Telegram who we are, for as long as it takes. False when stopped, or when the bot must not run as it is set up. */
async function introduce(bot: Bot<SocContext>, { log, onStop }: BotSideOptions, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await bot.init(signal as never);
      const { stops, warnings } = await checkSetUp(bot.api, bot.botInfo);
      for (const warning of warnings) log.warn(`set-up: ${warning}`);
      for (const stop of stops) log.error(`set-up: ${stop}`);
      const [stop] = stops;
      if (stop === undefined) return true;
      onStop(`The bot cannot run as it is set up: ${stop}`);
    } catch (error) {
      if (error instanceof Error && 'error_code' in error && error.error_code === 401) onStop(TOKEN_REFUSED);
      log.warn({ err: error }, 'Telegram does not answer; trying again');
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
