import { once } from 'node:events';
import type { Load } from './load.ts';
import { type BenchProcess, startProcess } from './processes.ts';
import { nextAddress, type WorldSaid } from './scenario.ts';
import { pressSoon, type UnderTest, waitForCard } from './under-test.ts';

/** The calls alone, in memory. */
export async function startBare(world: WorldSaid, load: Load): Promise<UnderTest> {
  return asUnderTest('bare', await startProcess('bare.ts', world), { load, serverPids: () => [] });
}

/** The calls in a bare workflow, on the server whose process number is given. */
export async function startBareTemporal(
  world: WorldSaid,
  load: Load,
  server: { readonly address: string; readonly pid: () => number | null },
): Promise<UnderTest> {
  const started = await startProcess('bare-temporal.ts', { world, address: server.address });
  return asUnderTest('bare Temporal', started, { load, serverPids: () => [server.pid() ?? 0] });
}

function asUnderTest(
  name: string,
  started: BenchProcess<unknown>,
  { load, serverPids }: { readonly load: Load; readonly serverPids: UnderTest['serverPids'] },
): UnderTest {
  return {
    name,
    pids: () => [started.pid],
    serverPids,
    async lookUp(chat) {
      const sent = await load.send(chat, `/ioc ${nextAddress()}`);
      await waitForCard(load, sent);
      return sent;
    },
    async investigate(chat) {
      const ip = nextAddress();
      const sent = await load.send(chat, `/ioc ${ip} block`);
      const pressedAtMs = await pressSoon(load, await waitForCard(load, sent), 'Block');
      await load.waitFor(chat, sent.id, ({ text }) => text === `blocked ${ip}`);
      return { sent, ip, pressedAtMs };
    },
    async readBlocks() {
      started.child.send('blocks');
      const [blocks] = (await once(started.child, 'message')) as [[string, number][]];
      return new Map(blocks);
    },
    stop: async () => started.stop(),
  };
}
