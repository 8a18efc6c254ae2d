import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#config/config.ts';
import { describeConfig, describeUnused } from '#config/describe.ts';
import { loadConfig } from '#config/load.ts';
import { secretsOf } from '#config/secrets.ts';
import { wholeEnvironment } from '#config/whole-environment.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { type Authenticators, openAuthenticators } from '#range/authenticators.ts';
import { startRangeFront, type RangeFront } from '#range/front.ts';
import { startRangeWorld, type RangeWorld } from '#range/range.ts';
import { keepWorkerProcess } from '#range/worker-keeper.ts';
import { createLog } from '#src/log.ts';
import { awaitStore } from '#src/process/await-store.ts';
import { buttonKeysOf } from '#src/process/bot-deps.ts';
import { startBotSide } from '#src/process/bot-side.ts';
import { startEmbeddedTemporal } from '#src/process/embedded-temporal.ts';
import { enginePlaceOf, installRuntime, openEngine } from '#src/process/engine.ts';
import { objectionToEnrolment } from '#src/process/enrolment.ts';
import { createStartWatch } from '#src/process/start-watch.ts';
import { stopSignal } from '#src/process/stop-signal.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import { startWorkerSide } from '#src/process/worker-side.ts';
import type { Store } from '#store/open-store.ts';
import { lockDataDirectory } from '#temporal/data-lock.ts';

export type StartOptions = { readonly dataDir?: string; readonly print: (line: string) => void };

/**
 * `npm start`: everything on this machine. Without a bot token it is the training range, with every outside system
 * simulated. Ends cleanly on a signal; what was open goes on at the next start.
 */
export async function runSocBot({ dataDir, print }: StartOptions): Promise<void> {
  const asked = stopSignal();
  const place = dataDir === undefined ? {} : { dataDir };
  const read = (env: NodeJS.ProcessEnv) =>
    loadConfig({ env, cwd: process.cwd(), connectors: sourceConnectors, responders: responderConnectors, ...place });
  const first = read(process.env);
  const unused = describeUnused(first);
  if (unused !== null) process.stderr.write(`${unused}\n`);
  const lock = lockDataDirectory(first.dataDir);
  const stops: (() => Promise<void> | void)[] = [() => lock.release()];
  try {
    const world =
      first.mode === 'range'
        ? await startRangeWorld(first.dataDir, wholeEnvironment(process.env, process.cwd()))
        : null;
    if (world) stops.push(async () => world.close());
    const reload = () => (world ? readRange(world) : read(process.env));
    await start(world ? reload() : first, world, { print, stops, asked, reload });
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

function readRange({ env }: RangeWorld): Config {
  return loadConfig({
    env,
    cwd: process.cwd(),
    connectors: sourceConnectors,
    responders: responderConnectors,
    files: { env: null },
  });
}

/** A start that is under way when somebody asks for the end is left alone after this long. */
const GIVE_UP_MS = 3_000;

type Running = {
  /** Reads the configuration anew. */
  readonly reload: () => Config;
  readonly print: (line: string) => void;
  readonly stops: (() => Promise<void> | void)[];
  readonly asked: Promise<NodeJS.Signals>;
};

async function start(
  config: Config,
  world: RangeWorld | null,
  { print, stops, asked, reload }: Running,
): Promise<void> {
  const { telegram } = config;
  if (!telegram) throw new Error('TELEGRAM_BOT_TOKEN is missing');
  const { log, destination } = openLog(config);
  const workerProcess = world ? keepWorkerProcess(world.env, log) : null;
  if (workerProcess) stops.push(async () => workerProcess.stop());
  const stopping = new AbortController();
  void asked.then(() => stopping.abort());
  const watch = createStartWatch((line) => process.stderr.write(`${line} More is in ${destination.file}\n`));
  stops.push(watch.end);
  const opening = awaitStore(storePlaceOf(config), { log, asked });
  watch.watch('the store', opening);
  stops.push(async () => (await opening.catch(() => null))?.close());
  const starting = config.temporal ? Promise.resolve(null) : startEmbeddedTemporal(config, log, stopping.signal);
  stops.push(async () => (await Promise.race([starting.catch(() => null), delay(GIVE_UP_MS, null)]))?.stop());
  const isAsked = asked.then(() => null);
  const opened = await Promise.race([Promise.all([starting, opening]), isAsked]);
  if (opened === null) return;
  const [server, store] = opened;
  if (store === null) return;
  const authenticators = await openSecondFactors(config, world, store);
  const engine = openEngine(enginePlaceOf(config, server?.address ?? null));
  stops.push(async () => engine.close());
  workerProcess?.setAddress(engine.address);
  const uiUrl = server?.uiUrl ?? null;

  const refused = Promise.withResolvers<never>();
  const onStop = (why: string) => refused.reject(new Error(why));
  const bot = await startBotSide({ config: { ...config, telegram }, reload, engine, store, log, onStop });
  stops.push(async () => bot.stop());
  const behind = { config, engine, store, uiUrl: uiUrl ?? '', feedUrl: bot.feedUrl };
  const front: RangeFront | null =
    world && workerProcess && authenticators
      ? await startRangeFront({ world, authenticators, worker: workerProcess, ...behind })
      : null;
  if (front) stops.push(async () => front.stop());
  const worker = front ?? startWorkerSide({ config, reload, engine, store, log });
  if (!front) stops.push(async () => worker.stop());

  watch.watch('Temporal', Promise.all([bot.speaks, worker.started]));
  watch.watch('Telegram', bot.listens);
  const ready = Promise.all([bot.speaks, bot.listens, worker.started]);
  if ((await Promise.race([ready, isAsked, refused.promise])) === null) return;
  watch.end();
  const addresses = { pageUrl: front?.pageUrl ?? null, uiUrl, feedUrl: bot.feedUrl };
  for (const line of describeStart(config, addresses)) print(line);
  log.info({ mode: config.mode }, 'started');
  const signal = await Promise.race([asked, refused.promise]);
  log.info({ signal }, 'stopping');
}

/** The log of everything on this machine, the SDK's own included. */
function openLog(config: Config) {
  const destination = { file: join(config.dataDir, 'socbot.log') };
  const log = createLog({ level: config.logLevel, destination, secrets: secretsOf(config) });
  installRuntime(log);
  return { log, destination };
}

/** In the range everybody who may approve has an authenticator; elsewhere somebody must have enrolled them. */
async function openSecondFactors(
  config: Config,
  world: RangeWorld | null,
  store: Store,
): Promise<Authenticators | null> {
  const authenticators = world ? await openAuthenticators(config.dataDir, store, buttonKeysOf(config)) : null;
  const objection = await objectionToEnrolment(config, store);
  if (objection !== null) throw new Error(objection);
  return authenticators;
}

/** Where the parts of a start are to be found; null for one that is not there. */
type Addresses = { readonly pageUrl: string | null; readonly uiUrl: string | null; readonly feedUrl: string | null };

/** What is printed once everything runs, in this order and nothing more. */
function describeStart(config: Config, { pageUrl, uiUrl, feedUrl }: Addresses): string[] {
  const mode = config.mode === 'range' ? 'training range, everything simulated' : 'Telegram';
  return [
    `Mode                ${mode}`,
    ...(pageUrl === null ? [] : [`Chat page           ${pageUrl}`]),
    `Temporal UI         ${uiUrl ?? `of the cluster at ${config.temporal?.address ?? '?'}`}`,
    `Data                ${config.dataDir}`,
    ...describeConfig(config, feedUrl),
  ];
}
