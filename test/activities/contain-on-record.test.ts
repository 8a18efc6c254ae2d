import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createContainActivities } from '#activities/contain.ts';
import { openStore } from '#store/open-store.ts';
import { createScratchDirectory } from '#support/scratch-directory.ts';
import { actOf, KEYS, NOW } from '#support/sealed-orders.ts';
import { SILENT_LOG } from '#support/silent-log.ts';

/** A wall that says yes, and has these presses on record for the request. */
async function buildWall(presses: readonly { pressId: string; action: string; outcome: string }[]) {
  const store = await openStore({ file: join(createScratchDirectory(), 'socbot.db') });
  onTestFinished(store.close);
  const by = { at: NOW, who: 'rob', telegramId: 1, chat: 1, request: 'tg-1-1' };
  await store.audit.append(presses.map(({ pressId, ...press }) => ({ ...by, ...press, key: pressId })));
  const yes = async () => ({ isDone: true }) as const;
  const responder = { contain: yes, release: yes, readBack: async () => null, list: async () => [] };
  const guard = { own: [], allowDocumentationRanges: true };
  const deps = { audit: store.audit, guard, keys: KEYS, executionWindowMs: 900_000, now: () => NOW, log: SILENT_LOG };
  return createContainActivities('wall', responder, deps) as Record<string, (act: unknown) => Promise<unknown>>;
}

it.each([
  ['nothing yet, the press has just been made', []],
  ['the press as one that counted', [{ pressId: 'cq-1', action: 'press approve', outcome: 'recorded' }]],
  ['the press as one that was stored for later', [{ pressId: 'cq-1', action: 'press approve', outcome: 'later' }]],
])('blocks what was approved, with on record %s', async (_, presses) => {
  const wall = await buildWall(presses);

  expect(await wall['wall.contain']?.(actOf())).toEqual({ isDone: true });
});

it.each([
  ['pressed on a card that was out of date', [{ pressId: 'cq-1', action: 'press approve', outcome: 'stale_card' }]],
  ['approved and then denied', [{ pressId: 'cq-2', action: 'press deny', outcome: 'recorded' }]],
  ['withdrawn', [{ pressId: 'cq-2', action: 'press withdraw', outcome: 'recorded' }]],
])(
  'blocks nothing that was %s, though the press is sealed; what is held is let go all the same',
  async (_, presses) => {
    const wall = await buildWall(presses);

    expect(await wall['wall.contain']?.(actOf())).toMatchObject({ isDone: false });
    expect(await wall['wall.release']?.(actOf())).toEqual({ isDone: true });
  },
);
