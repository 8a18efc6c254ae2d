import { expect, it } from 'vitest';
import { startContainRig } from '#support/contain-rig.ts';
import { actOf, NOW } from '#support/sealed-orders.ts';

/** A wall that says yes, and has these presses on record for the request. */
async function buildWall(presses: readonly { pressId: string; action: string; outcome: string }[]) {
  const rig = await startContainRig();
  const by = { at: NOW, who: 'rob', telegramId: 1, chat: 1, request: 'tg-1-1' };
  await rig.store.audit.append(presses.map(({ pressId, ...press }) => ({ ...by, ...press, key: pressId })));
  return rig;
}

it.each([
  ['nothing yet, the press has just been made', []],
  ['the press as one that counted', [{ pressId: 'cq-1', action: 'press approve', outcome: 'recorded' }]],
  ['the press as one that was stored for later', [{ pressId: 'cq-1', action: 'press approve', outcome: 'later' }]],
])('blocks what was approved, with on record %s', async (_, presses) => {
  const wall = await buildWall(presses);

  expect(await wall.contain(actOf())).toEqual({ isDone: true });
});

it.each([
  ['pressed on a card that was out of date', [{ pressId: 'cq-1', action: 'press approve', outcome: 'stale_card' }]],
  ['approved and then denied', [{ pressId: 'cq-2', action: 'press deny', outcome: 'recorded' }]],
  ['withdrawn', [{ pressId: 'cq-2', action: 'press withdraw', outcome: 'recorded' }]],
])(
  'blocks nothing that was %s, though the press is sealed; what is held is let go all the same',
  async (_, presses) => {
    const wall = await buildWall(presses);

    expect(await wall.contain(actOf())).toMatchObject({ isDone: false });
    expect(await wall.release(actOf())).toEqual({ isDone: true });
  },
);
