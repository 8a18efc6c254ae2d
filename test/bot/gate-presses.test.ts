import { describe, expect, it } from 'vitest';
import type { PressResult } from '#bot/press-request.ts';
import { planHashOf } from '#domain/containment.ts';
import { formatFreeze } from '#domain/freeze.ts';
import type { Review } from '#domain/gate.ts';
import { changedPlan } from '#domain/plan-change.ts';
import { isSealed } from '#domain/press-seal.ts';
import type { Press } from '#domain/press.ts';
import { MARKS } from '#store/mark-names.ts';
import { PLAN, postBensCard, postBlankCard, toastOf, WAITING } from '#support/bot-presses.ts';
import { ANA, BEN, type BotFixture, CLEO, GROUP, startBotFixture } from '#support/bot.ts';

const CONFIRM: Review = { page: 'confirm', choice: 0 };
const REQUEST = 'tg-700000001-42';
/** Four hours. */
const SMALLER = 2;
const FREEZE = formatFreeze({ by: 'cleo', at: '2026-11-24T02:00:00.000Z', reason: null, thaw: [] });

const byBen = { from: BEN, chat: BEN };

describe('a press on a gate', () => {
  const decided = { kind: 'approved', by: [{ by: 'cleo', at: '2026-11-24T02:15:00Z' }] } as const;
  const outcomes: readonly (readonly [PressResult, string | null, boolean])[] = [
    [{ kind: 'recorded', verb: 'approve', missing: 0 }, 'Approved.', false],
    [{ kind: 'recorded', verb: 'approve', missing: 1 }, 'Recorded. One more approver is needed.', false],
    [{ kind: 'recorded', verb: 'approve', missing: 2 }, 'Recorded. 2 more approvers are needed.', false],
    [{ kind: 'recorded', verb: 'deny', missing: 0 }, 'Denied.', false],
    [{ kind: 'recorded', verb: 'emergency', missing: 0 }, 'Approved, alone. All admins are told.', false],
    [{ kind: 'already_decided', decision: decided }, 'Already approved by cleo.', true],
    [{ kind: 'already_decided', decision: { kind: 'expired' } }, 'Too late: it expired and was not executed.', true],
    [{ kind: 'own_request' }, 'You asked for this one; somebody else must decide.', true],
    [
      { kind: 'not_permitted', needs: 'responder' },
      'Not allowed: only a responder may do this. It was recorded.',
      true,
    ],
    [
      { kind: 'not_permitted', needs: 'requester' },
      'Not allowed: only the requester may do this. It was recorded.',
      true,
    ],
    [{ kind: 'second_approver_needed' }, 'You approved already; a second person must.', true],
    [{ kind: 'stale_card' }, 'This card was out of date. Look again.', true],
    [{ kind: 'turned' }, null, false],
    [{ kind: 'code_needed' }, '🔑 Send me your six digits in our private chat.', false],
    [{ kind: 'frozen' }, 'Everything is frozen: nothing is approved now. You can still deny.', true],
    [{ kind: 'later' }, '⏳ Received, not applied yet. The card will tell.', false],
    [{ kind: 'closed' }, 'Closed already. No effect.', true],
    [{ kind: 'full' }, 'Too many presses on this card: it takes no more of yours. Ask again.', true],
  ];

  it.each(outcomes)('tells what it came to: %j', async (outcome, text, alert) => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, CONFIRM);
    fixture.engine.pressResult = outcome;

    const toast = await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, block' });

    expect(toast).toEqual({ answered: true, text, alert });
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', action: 'press approve', outcome: outcome.kind }]);
  });

  const buttons: readonly (readonly [string, Review | undefined, Partial<Press>])[] = [
    ['✅ Approve block…', undefined, { verb: 'review', arg: 0 }],
    ['🚫 Deny…', undefined, { verb: 'refuse', arg: 0 }],
    ['✏ Less…', undefined, { verb: 'choose', arg: 0 }],
    ['4h', { page: 'choose', choice: 0 }, { verb: 'change', arg: SMALLER }],
    ['⛔ Yes, block', CONFIRM, { verb: 'approve', arg: 0 }],
    ['⛔ Yes, block', { page: 'confirm', choice: SMALLER }, { verb: 'approve', arg: SMALLER }],
    ['🚫 False positive', { page: 'refuse', choice: 0 }, { verb: 'deny', arg: 1 }],
    ['🚫 No reason', { page: 'refuse', choice: 0 }, { verb: 'deny', arg: 0 }],
    ['↩ Back', { page: 'code', choice: 0 }, { verb: 'back', arg: 0 }],
  ];

  it.each(buttons)('says what is meant: %s', async (button, review, press) => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, review);

    await toastOf(fixture, { ...byBen, message, button });

    const by = { name: 'ben', telegramId: BEN, role: 'responder' };
    expect(fixture.engine.presses).toMatchObject([
      { requestId: REQUEST, press: { ...press, rev: 0, by, card: { chat: BEN, message } } },
    ]);
  });

  it('hands on who pressed, whoever the card is of; never what the message says', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP, 'requester');

    await toastOf(fixture, { from: CLEO, chat: GROUP, message, button: '✖ Withdraw' });

    expect(fixture.engine.presses).toMatchObject([
      { requestId: REQUEST, press: { verb: 'withdraw', by: { name: 'cleo', telegramId: CLEO, role: 'admin' } } },
    ]);
  });

  it('counts although Telegram no longer takes the answer', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, CONFIRM);
    const { id } = await fixture.user.press({ ...byBen, message, button: '⛔ Yes, block', agoMs: 60_000 });

    await fixture.deliver();

    expect(fixture.engine.presses).toHaveLength(1);
    expect(await fixture.user.findPress(id)).toMatchObject({ answered: false });
  });
});

describe('the seal of a press', () => {
  /** Whether the bot vouches for this press on exactly this plan. */
  const vouches = ({ engine, deps }: BotFixture, plan: Parameters<typeof planHashOf>[0] | null, withCode = false) => {
    const [sent] = engine.presses;
    if (!sent || !plan) throw new Error('no press, or no such scope');
    const { pressId, verb, by, at, seal } = sent.press;
    const facts = { requester: 'ana', requesterId: ANA, planHash: planHashOf(plan), at, verb, pressId, by, withCode };
    return isSealed({ requestId: sent.requestId, ...facts }, seal, deps.keys);
  };

  it('is for exactly the smaller scope that the card shows, and for no other', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: SMALLER });

    await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, block' });

    expect(vouches(fixture, changedPlan(PLAN, SMALLER))).toBe(true);
    expect(vouches(fixture, PLAN)).toBe(false);
    expect(vouches(fixture, changedPlan(PLAN, 1))).toBe(false);
    expect(vouches(fixture, changedPlan(PLAN, SMALLER), true)).toBe(false);
  });

  it('is for all that was asked where nothing smaller is chosen', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, CONFIRM);

    await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, block' });

    expect(vouches(fixture, PLAN)).toBe(true);
  });

  it('is not made for a scope that the request has no room for', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: SMALLER });
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: { ...PLAN, durationMs: 3_600_000 } };

    const toast = await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, block' });

    expect(toast).toMatchObject({ text: 'This button is not valid any more.', alert: true });
    expect(fixture.engine.presses).toEqual([]);
  });
});

describe('a press of whoever asked', () => {
  it.each([
    ['renamed since', { name: 'ana silva', role: 'responder', telegramIds: [ANA] }, ANA],
    ['from another account', { name: 'ana', role: 'responder', telegramIds: [ANA, BEN] }, BEN],
    ['renamed, from another account', { name: 'ana silva', role: 'responder', telegramIds: [ANA, BEN] }, BEN],
  ] as const)('is theirs, %s', async (_, person, from) => {
    const fixture = await startBotFixture({ access: { people: [person], groups: new Set() } });
    const message = await postBlankCard(fixture, from, 'approver');
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: PLAN };

    await toastOf(fixture, { from, chat: from, message, button: '✅ Approve block…' });

    expect(fixture.engine.presses[0]?.press.by).toMatchObject({ name: 'ana', telegramId: from });
  });
});

describe('while everything is frozen', () => {
  it('an approval of a block is not even handed on', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, CONFIRM);
    await fixture.store.marks.set(MARKS.freeze, FREEZE, fixture.deps.now());

    const toast = await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, block' });

    expect(toast).toMatchObject({ text: 'Everything is frozen: nothing is approved now. You can still deny.' });
    expect(fixture.engine.presses).toEqual([]);
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', action: 'press approve', outcome: 'frozen' }]);
  });

  it('a no and the approval of a release are', async () => {
    const fixture = await startBotFixture();
    await fixture.store.marks.set(MARKS.freeze, FREEZE, fixture.deps.now());
    const refusal = await postBensCard(fixture, { page: 'refuse', choice: 0 });
    await toastOf(fixture, { ...byBen, message: refusal, button: '🚫 No reason' });
    const plan = { ...PLAN, action: 'release', durationMs: null } as const;
    const state = { ...WAITING, asked: plan, plan, reviews: { ben: CONFIRM } };
    const message = await postBlankCard(fixture, BEN, 'approver', state);
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan };

    await toastOf(fixture, { ...byBen, message, button: '⛔ Yes, release' });

    expect(fixture.engine.presses.map(({ press }) => press.verb)).toEqual(['deny', 'approve']);
  });
});

describe('a press in an emergency', () => {
  const asked = { ...WAITING, requester: 'ben', mayActAlone: true, reviews: { ben: CONFIRM } };

  /** Ben's own request, on his own second look. */
  async function postAlone(fixture: BotFixture) {
    fixture.engine.planned = { requester: 'ben', requesterId: BEN, plan: PLAN };
    fixture.engine.pressResult = { kind: 'recorded', verb: 'emergency', missing: 0 };
    const ask = { requestId: REQUEST, by: { name: 'ben', telegramId: BEN }, messageId: 0, askedAt: '' };
    const chat = { id: BEN, isPrivate: true };
    const card = {
      kind: 'containment',
      reader: 'requester',
      person: 'ben',
      ask: { ...ask, chat },
      state: asked,
    } as const;
    return fixture.show({ to: BEN, card });
  }

  it('is refused to whoever is not on call', async () => {
    const fixture = await startBotFixture();
    await fixture.store.marks.set(MARKS.onCall, 'cleo', fixture.deps.now());
    const message = await postAlone(fixture);

    const toast = await toastOf(fixture, { ...byBen, message, button: '🚨 Yes, block alone' });

    expect(toast).toMatchObject({ text: 'Only the responder on call may decide alone: /oncall take', alert: true });
    expect(fixture.engine.presses).toEqual([]);
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', action: 'press emergency', outcome: 'not on call' }]);
  });

  it('is told to all admins', async () => {
    const fixture = await startBotFixture();
    await fixture.store.marks.set(MARKS.onCall, 'ben', fixture.deps.now());
    const message = await postAlone(fixture);

    await toastOf(fixture, { ...byBen, message, button: '🚨 Yes, block alone' });

    expect(fixture.engine.presses).toMatchObject([{ press: { verb: 'emergency' } }]);
    expect(fixture.engine.starts).toMatchObject([
      { input: { ask: { chat: { id: CLEO } }, card: { tone: 'warning', title: 'Emergency: block' } } },
    ]);
    expect(JSON.stringify(fixture.engine.starts)).toContain('ben is on call and approved their own request');
  });

  it('that still waits for a code is told to nobody yet', async () => {
    const fixture = await startBotFixture();
    await fixture.store.marks.set(MARKS.onCall, 'ben', fixture.deps.now());
    const message = await postAlone(fixture);
    fixture.engine.pressResult = { kind: 'code_needed' };

    await toastOf(fixture, { ...byBen, message, button: '🚨 Yes, block alone' });

    expect(fixture.engine.starts).toEqual([]);
  });
});

describe('Decide… in a group', () => {
  /** Who presses it on Ana's card in the group, and what it says to them. */
  async function decideAs(from: number, isRunning = true) {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP);
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: PLAN };
    if (!isRunning) fixture.deps.desk.bringCard = async () => false;
    return { fixture, toast: await toastOf(fixture, { from, chat: GROUP, message, button: '⚖ Decide…' }) };
  }

  it('brings the card to the presser’s own chat, and decides nothing', async () => {
    const { fixture, toast } = await decideAs(BEN);

    expect(toast).toMatchObject({ text: 'Your card is at the end of our private chat: decide there.', alert: true });
    expect(fixture.engine.brought).toEqual([{ requestId: REQUEST, reader: { name: 'ben', telegramId: BEN } }]);
    expect(fixture.engine.presses).toEqual([]);
  });

  it('is not for whoever asked', async () => {
    const people = [{ name: 'ana', role: 'responder', telegramIds: [CLEO, ANA] }] as const;
    const fixture = await startBotFixture({ access: { people, groups: new Set([GROUP]) } });
    const message = await postBlankCard(fixture, GROUP);
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: PLAN };

    const toast = await toastOf(fixture, { from: CLEO, chat: GROUP, message, button: '⚖ Decide…' });

    expect(toast).toMatchObject({ text: 'You asked for this one; somebody else must decide.' });
    expect(fixture.engine.brought).toEqual([]);
  });

  it('is not for people without the right, and keeps a record', async () => {
    const { fixture, toast } = await decideAs(1004);

    expect(toast).toMatchObject({ text: 'Not allowed: only a responder may do this. It was recorded.', alert: true });
    expect(fixture.engine.brought).toEqual([]);
    expect(await fixture.audit()).toMatchObject([{ who: 'vic', action: 'press decide', outcome: 'not_permitted' }]);
  });

  it('says so when the request has ended', async () => {
    expect((await decideAs(BEN, false)).toast).toMatchObject({ text: 'Closed already. No effect.' });
  });
});
