import { loadConfig } from '#config/load.ts';
import { secretsOf } from '#config/secrets.ts';
import { responderConnectors, sourceConnectors } from '#connectors/registry.ts';
import { createLog } from '#src/log.ts';
import { awaitStore } from '#src/process/await-store.ts';
import { startBotSide } from '#src/process/bot-side.ts';
import { enginePlaceOf, installRuntime, openEngine } from '#src/process/engine.ts';
import { objectionToEnrolment } from '#src/process/enrolment.ts';
import { stopSignal } from '#src/process/stop-signal.ts';
import { storePlaceOf } from '#src/process/store-place.ts';
import type { ProcessOptions } from '#src/worker.ts';

/**
 * `npm run bot`: the half that listens and speaks, as a process of its own. Ends on a signal; fails when the bot is not set
 * up so that it can run.
 */
export async function runBot({ needs, logTo, dataDir }: ProcessOptions): Promise<void> {
  const place = dataDir === undefined ? {} : { dataDir };
  const reload = () =>
    loadConfig({
      env: process.env,
      cwd: process.cwd(),
      connectors: sourceConnectors,
      responders: responderConnectors,
      needs,
      ...place,
    });
  const config = reload();
  const { telegram } = config;
  if (!telegram) throw new Error('TELEGRAM_BOT_TOKEN is missing');
  const log = createLog({ level: config.logLevel, destination: logTo, secrets: secretsOf(config) });
  installRuntime(log);
  const refused = Promise.withResolvers<Error>();
  const asked = stopSignal();
  const store = await awaitStore(storePlaceOf(config), { log, asked });
  if (!store) return;
  const objection = await objectionToEnrolment(config, store);
  if (objection !== null) throw new Error(objection);
  const engine = openEngine(enginePlaceOf(config, null));
  const bot = await startBotSide({
    config: { ...config, telegram },
    reload,
    engine,
    store,
    log,
    onStop: (why) => refused.resolve(new Error(why)),
  });
  void Promise.all([bot.speaks, bot.listens]).then(() => log.info({ feed: bot.feedUrl }, 'bot ready'));
  const end = await Promise.race([asked, refused.promise]);
  await bot.stop();
  await engine.close();
  await store.close();
  log.info('bot stopped');
  if (end instanceof Error) throw end;
}
