import { describe, expect, it } from 'vitest';
import type { PressOutcome } from '#domain/approval.ts';
import type { LookUpState } from '#domain/investigation.ts';
import { cardAfter, postBlankCard, toastOf } from '#support/bot-presses.ts';
import { ANA, BEN, GROUP, startBotFixture, VIC } from '#support/bot.ts';

const BAD = { kind: 'ipv4', value: '203.0.113.66' };

describe('a press on a gate', () => {
  const decided = { kind: 'approved', by: [{ by: 'cleo', at: '2026-11-24T02:15:00Z' }] } as const;
  const outcomes: readonly (readonly [PressOutcome | { kind: 'later' } | { kind: 'closed' }, string, boolean])[] = [
    [{ kind: 'recorded', verb: 'approve', missing: 0 }, 'Approved.', false],
    [{ kind: 'recorded', verb: 'approve', missing: 1 }, 'Recorded. One more approver is needed.', false],
    [{ kind: 'recorded', verb: 'deny', missing: 0 }, 'Denied.', false],
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
    [{ kind: 'later' }, '⏳ Received, not applied yet. The card will tell.', false],
    [{ kind: 'closed' }, 'Closed already. No effect.', true],
  ];

  it.each(outcomes)('tells what it came to: %j', async (outcome, text, alert) => {
    const fixture = await startBotFixture();
    fixture.engine.pressResult = outcome;
    const message = await postBlankCard(fixture, GROUP, 'approver');

    const toast = await toastOf(fixture, { from: BEN, chat: GROUP, message, button: '✅ Approve block' });

    expect(toast).toEqual({ answered: true, text, alert });
    expect(await fixture.audit()).toMatchObject([{ who: 'ben', action: 'press approve', outcome: outcome.kind }]);
  });

  it('hands on who pressed, what, and on which revision of the card; never what the message says', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP, 'approver');

    await toastOf(fixture, { from: VIC, chat: GROUP, message, button: '🚫 Deny' });

    expect(fixture.engine.presses).toMatchObject([
      {
        requestId: 'tg-700000001-42',
        press: { verb: 'deny', rev: 0, by: { name: 'vic', telegramId: VIC, role: 'viewer' } },
      },
    ]);
  });

  it('counts although Telegram no longer takes the answer', async () => {
    const fixture = await startBotFixture();
    const message = await postBlankCard(fixture, GROUP, 'approver');
    const { id } = await fixture.user.press({ from: BEN, chat: GROUP, message, button: '🚫 Deny', agoMs: 60_000 });

    await fixture.deliver();

    expect(fixture.engine.presses).toHaveLength(1);
    expect(await fixture.user.findPress(id)).toMatchObject({ answered: false });
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
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, planHash: '' };

    await toastOf(fixture, { from, chat: from, message, button: '✅ Approve block' });

    expect(fixture.engine.presses[0]?.press.by).toMatchObject({ name: 'ana', telegramId: from });
  });
});

describe('a press on a verdict card', () => {
  it('unfolds and folds the sources on the card that was pressed', async () => {
    const fixture = await startBotFixture();
    const { message, start } = await cardAfter(fixture, '/ioc 203.0.113.66');

    const toast = await toastOf(fixture, { from: BEN, chat: ANA, message, button: '🔎 More' }).catch(String);
    const own = await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 More' });

    expect(toast).toContain('Error');
    expect(own).toEqual({ answered: true, text: null, alert: false });
    const read = { what: 'look_up', requestId: start.input.ask.requestId, view: 'full' };
    expect(fixture.engine.starts.at(-1)).toMatchObject({ input: { edit: message, read } });
  });

  it('keeps the verdict on a card whose request is forgotten', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '/ioc 203.0.113.66');
    fixture.engine.starts.splice(0);

    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 More' });

    expect(toast).toMatchObject({ text: 'Too old to unfold: its history is gone. Look it up again.', alert: true });
    expect(fixture.engine.attempts.filter((id) => id !== 'tg-700000001-731000001')).toEqual([]);
  });

  it('asks for a block with the verdict as its basis', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '/ioc tlp:green 203.0.113.66');
    const sources = [
      {
        id: 'a',
        title: 'A',
        state: 'answered',
        report: { level: 'malicious', summary: 'C2', facts: [] },
        answeredAt: '',
      },
      { id: 'b', title: 'B', state: 'silent', why: 'late', detail: '' },
      {
        id: 'c',
        title: 'C',
        state: 'answered',
        report: { level: 'suspicious', summary: 'odd', facts: [] },
        answeredAt: '',
      },
      { id: 'd', title: 'D', state: 'asking' },
    ] as const;
    const investigations = [
      { observable: { kind: 'ipv4', value: BAD.value }, notes: [], isBlockable: true, sources },
    ] as const;
    fixture.engine.lookUpState = { phase: 'done', markings: { tlp: 'GREEN', pap: 'GREEN' }, investigations };

    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button: '⛔ Block…' });

    expect(toast).toEqual({ answered: true, text: '👀 On it.', alert: false });
    expect(fixture.engine.starts.at(-1)).toMatchObject({
      kind: 'containment',
      input: {
        plan: { action: 'block', target: BAD, durationMs: 86_400_000, markings: { tlp: 'GREEN', pap: 'GREEN' } },
        basis: 'malicious, 1 of 2 sources, 1 suspicious, 1 silent, 1 still open',
        isStale: false,
      },
    });
  });

  it('asks for a block without a basis when nobody can tell the verdict now', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '/ioc 203.0.113.66');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '⛔ Block…' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({ kind: 'containment', input: { basis: null } });
  });

  it('by a viewer asks for nothing', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: VIC, chat: VIC, text: '/ioc 203.0.113.66' });
    await fixture.deliver();
    const [start] = fixture.engine.starts;
    if (start?.kind !== 'look_up') throw new Error('no look-up');
    const state: LookUpState = {
      phase: 'done',
      markings: start.input.markings,
      investigations: [{ observable: { kind: 'ipv4', value: BAD.value }, notes: [], isBlockable: true, sources: [] }],
    };
    const card = { kind: 'look_up', ask: start.input.ask, state, view: 'short' } as const;
    const message = await fixture.show({ to: VIC, card });

    const toast = await toastOf(fixture, { from: VIC, chat: VIC, message, button: '⛔ Block…' });

    expect(toast).toMatchObject({ text: 'Asking for this needs the role analyst.', alert: true });
    expect(fixture.engine.starts).toHaveLength(1);
  });
});

describe('a press on the list of what is blocked', () => {
  it('asks to lift what that block was about', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: ANA, text: '/block 203.0.113.66' });
    await fixture.deliver();
    const [start] = fixture.engine.starts;
    const leaseId = start?.input.ask.requestId ?? '';
    const target = { kind: 'ipv4', value: BAD.value } as const;
    const held = [{ system: 'block-feed', target, until: null, by: 'ana', leaseId }];
    const ask = {
      requestId: 'tg-700000001-9',
      by: { name: 'ben', telegramId: BEN },
      chat: { id: BEN, isPrivate: true },
    };
    const card = { kind: 'held', held, query: null, unread: [] } as const;
    const message = await fixture.show({ to: BEN, card: { ...card, ask: { ...ask, messageId: 0, askedAt: '' } } });

    const toast = await toastOf(fixture, { from: BEN, chat: BEN, message, button: '♻ 1' });

    expect(toast).toMatchObject({ text: '👀 On it.' });
    expect(fixture.engine.starts.at(-1)).toMatchObject({
      kind: 'containment',
      input: { ask: { by: { name: 'ben' } }, plan: { action: 'unblock', target: BAD, durationMs: null } },
    });
  });
});
