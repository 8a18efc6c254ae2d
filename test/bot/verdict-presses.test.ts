import { describe, expect, it } from 'vitest';
import type { LookUpState } from '#domain/investigation.ts';
import { cardAfter, toastOf } from '#support/bot-presses.ts';
import { ANA, BEN, startBotFixture, VIC } from '#support/bot.ts';

const BAD = { kind: 'ipv4', value: '203.0.113.66' };

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
        plan: {
          action: 'block',
          steps: [{ target: BAD }],
          durationMs: 86_400_000,
          markings: { tlp: 'GREEN', pap: 'GREEN' },
        },
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
