import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '#temporal/free-port.ts';

async function occupyPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('finding a free port', () => {
  it('takes the first wanted one that is free', async () => {
    const taken = await occupyPort();
    const free = await findFreePort([]);

    expect(await findFreePort([taken, free])).toBe(free);
  });

  it('takes any when all the wanted ones are taken', async () => {
    const taken = await occupyPort();

    const found = await findFreePort([taken]);

    expect(found).not.toBe(taken);
    expect(found).toBeGreaterThan(0);
  });

  it('fails on an address that is not of this machine', async () => {
    await expect(findFreePort([], '192.0.2.1')).rejects.toThrow('no free port on 192.0.2.1');
  });
});
