import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defang } from '#domain/defang.ts';
import { openStore, type Store } from '#store/open-store.ts';
import { hasButton, YES } from '#support/journey-phone.ts';
import { createHalf, type StackProcess } from '#support/stack-process.ts';
import type { StackTemporal } from '#support/stack-temporal.ts';
import type { Load } from './load.ts';
import { nextAddress, RESPONDER, type WorldSaid } from './scenario.ts';
import { lookTwice, pressNow, pressSoon, type UnderTest, waitForCard } from './under-test.ts';

/** SocBot, its bot and its worker as processes of their own. */
export type SocBotUnderTest = UnderTest & {
  readonly bot: StackProcess;
  readonly worker: StackProcess;
  readonly temporal: StackTemporal;
  readonly store: Store;
};

export type SocBotPlace = {
  readonly world: WorldSaid;
  readonly load: Load;
  readonly temporal: StackTemporal;
  readonly dataDir: string;
  /** Where Node writes CPU profiles of both halves, if anywhere. */
  readonly profileDir?: string;
};

/** As `npm run bot` and `npm run worker` start Node. */
const AS_SCRIPTED = ['--max-semi-space-size=8'];

const UNPACED = fileURLToPath(new URL('unpaced.ts', import.meta.url));

export async function startSocBot({
  world,
  load,
  temporal,
  dataDir,
  profileDir,
}: SocBotPlace): Promise<SocBotUnderTest> {
  const env = () => ({ PATH: process.env['PATH'], ...world.env, TEMPORAL_ADDRESS: temporal.address });
  const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const hear = (text: string): void => void process.stderr.write(text);
  const half = { hear, execArgv: [...AS_SCRIPTED, '--import', UNPACED, ...profiling] };
  const bot = createHalf('bot', env, half);
  const worker = createHalf('worker', env, half);
  const store = await openStore({ file: join(dataDir, 'socbot.db') });
  await Promise.all([bot.start(), worker.start()]);
  await worker.ready();
  return {
    ...createAsking(load),
    name: 'SocBot',
    bot,
    worker,
    temporal,
    store,
    pids: () => [bot.pid(), worker.pid()].filter((pid) => pid !== null),
    serverPids: () => [temporal.pid() ?? 0],
    async readBlocks() {
      const effects = await store.blockList.listEffects();
      const added = effects.filter(({ act }) => act === 'added');
      return new Map(added.map(({ target, at }) => [target.slice(target.indexOf(':') + 1), Date.parse(at)]));
    },
    async stop() {
      await Promise.all([bot.stop(), worker.stop()]);
      await store.close();
    },
  };
}

/** What people do with SocBot: the block is asked for by one and approved by another. */
function createAsking(load: Load): Pick<UnderTest, 'lookUp' | 'investigate'> {
  let seenByResponder = 0;
  return {
    async lookUp(chat) {
      const sent = await load.send(chat, `/ioc ${nextAddress()}`);
      await waitForCard(load, sent);
      return sent;
    },
    async investigate(chat) {
      const ip = nextAddress();
      const shown = defang({ kind: 'ipv4', value: ip });
      const sent = await load.send(chat, `/ioc ${ip}`);
      const verdict = await waitForCard(load, sent);
      await pressSoon(load, verdict, 'Block');
      const gate = await load.waitFor(
        RESPONDER.id,
        seenByResponder,
        (card) => card.text.includes(shown) && hasButton('Approve')(card),
      );
      seenByResponder = Math.max(seenByResponder, gate.id - 200);
      const pressedAtMs = await pressNow(load, await lookTwice(load, gate), YES);
      // The verdict is answered by the card of the block, and that by the message that says how it ended.
      const card = await load.waitFor(chat, verdict.id, ({ replyTo }) => replyTo === verdict.id);
      await load.waitFor(chat, card.id, ({ replyTo }) => replyTo === card.id);
      return { sent, ip, pressedAtMs };
    },
  };
}
