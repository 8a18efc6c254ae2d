import { expect, it } from 'vitest';
import { actDesk, openTestStore } from '#support/act-desk.ts';
import { createFakeResponder } from '#support/fake-responder.ts';
import { actOf, NOW, UNBLOCK } from '#support/sealed-orders.ts';

type OnRecord = { readonly pressId: string; readonly action: string; readonly outcome: string };

/** A wall that says yes, and has these presses on record for the request. */
async function buildWall(presses: readonly OnRecord[]) {
  const store = await openTestStore();
  const by = { at: NOW, who: 'rob', telegramId: 1, chat: 1, request: 'tg-1-1' };
  await store.audit.append(presses.map(({ pressId, ...press }) => ({ ...by, ...press, key: pressId })));
  const wall = createFakeResponder();
  return { ...actDesk(store, wall), wall };
}

const approve = { pressId: 'cq-1', action: 'press approve' };
it.each<[string, readonly OnRecord[]]>([
  ['nothing yet, the press has just been made', []],
  ['the press as one that counted', [{ ...approve, outcome: 'recorded' }]],
  ['the press as one that was stored for later', [{ ...approve, outcome: 'later' }]],
  ['another press of theirs that counted for nothing', [{ ...approve, pressId: 'cq-2', outcome: 'code_needed' }]],
  ['a no that came too late', [{ pressId: 'cq-2', action: 'press deny', outcome: 'already_decided' }]],
])('blocks what was approved, with on record %s', async (_, presses) => {
  const { contain } = await buildWall(presses);

  expect(await contain(actOf())).toEqual({ isDone: true });
});

it.each<[string, readonly OnRecord[]]>([
  ['pressed on a card that was out of date', [{ ...approve, outcome: 'stale_card' }]],
  ['approved while everything was frozen', [{ ...approve, outcome: 'frozen' }]],
  ['approved by whoever asked', [{ ...approve, outcome: 'own_request' }]],
  ['approved by somebody who still owed a code', [{ ...approve, outcome: 'code_needed' }]],
  ['approved and then denied', [{ pressId: 'cq-2', action: 'press deny', outcome: 'recorded' }]],
  ['withdrawn', [{ pressId: 'cq-2', action: 'press withdraw', outcome: 'recorded' }]],
])('does nothing that was %s, though the press is sealed; what is held is let go all the same', async (_, presses) => {
  const { contain, release, wall } = await buildWall(presses);

  expect(await contain(actOf())).toMatchObject({ isDone: false });
  expect(await release(actOf({ plan: UNBLOCK }))).toMatchObject({ isDone: false });
  expect(wall.calls).toEqual([]);

  expect(await release(actOf())).toEqual({ isDone: true });
});
