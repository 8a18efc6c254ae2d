import { expect, it } from 'vitest';
import { createBlockFeedResponder } from '#connectors/block-feed/index.ts';
import type { Observable } from '#domain/observable.ts';
import { openTestStore } from '#support/act-desk.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const address: Observable = { kind: 'ipv4', value: '203.0.113.130' };
const network: Observable = { kind: 'cidr', value: '203.0.113.128/25' };
const { signal } = new AbortController();

it('an address is not called free while a network around it is on the list, unless only its own block was to end', async () => {
  const { blockList } = await openTestStore();
  const feed = createBlockFeedResponder(blockList, () => NOW);
  const hold = { until: '2026-11-24T16:00:00.000Z', by: 'ana', digest: 'dddd 0000' };
  await feed.contain({ ...hold, target: network, leaseId: 'tg-1-1' }, signal);
  await feed.contain({ ...hold, target: address, leaseId: 'tg-1-2' }, signal);

  expect(await feed.release({ target: address, leaseId: 'tg-1-2' }, signal)).toEqual({ isDone: true });
  expect(await feed.release({ target: address, leaseId: null }, signal)).toEqual({
    isDone: false,
    why: 'a block of 203.0.113.128/25 by ana still holds it',
  });
  expect(await feed.release({ target: network, leaseId: null }, signal)).toEqual({ isDone: true });
  expect(await feed.release({ target: address, leaseId: null }, signal)).toEqual({ isDone: true });
});
