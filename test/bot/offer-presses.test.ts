import { describe, expect, it } from 'vitest';
import { cardAfter, toastOf } from '#support/bot-presses.ts';
import { ANA, BEN, GROUP, startBotFixture } from '#support/bot.ts';

const BAD = { kind: 'ipv4', value: '203.0.113.66' };
const EVIL = { kind: 'domain', value: 'login.evil.example' };

describe('a press on an offer', () => {
  it('looks up the one observable, or all', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '203.0.113.66 and login.evil.example');

    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 2' });
    await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'Look up all 2' });

    expect(toast).toEqual({ answered: true, text: '👀 On it.', alert: false });
    expect(fixture.engine.starts.slice(1)).toMatchObject([
      { kind: 'look_up', input: { plans: [{ observable: EVIL }] } },
      { kind: 'look_up', input: { plans: [{ observable: BAD }, { observable: EVIL }] } },
    ]);
  });

  it('changes the markings step by step on the same card, keeps its warnings, and looks up under them', async () => {
    const fixture = await startBotFixture();
    const { message, start } = await cardAfter(fixture, 'tlp:clear 203.0.113.66 еvil.example');

    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'TLP → GREEN' });
    const changed = fixture.engine.starts.at(-1);

    expect(toast).toEqual({ answered: true, text: 'TLP:GREEN PAP:GREEN', alert: false });
    expect(changed).toMatchObject({
      input: { edit: message, card: { kind: 'offer', ask: start.input.ask, markings: { tlp: 'GREEN' } } },
    });
    expect(JSON.stringify(changed)).toContain('Cyrillic');
    const input = changed?.kind === 'answer' && 'card' in changed.input ? changed.input : null;
    if (input) await fixture.show({ to: ANA, card: input.card, edit: message });
    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 Look up' });
    expect(fixture.engine.starts.at(-1)).toMatchObject({ kind: 'look_up', input: { markings: { tlp: 'GREEN' } } });
  });

  it('lets anybody close a marking, and nobody open it but who brought it; a tap to open is recorded', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: GROUP, text: `@${fixture.bot.botInfo.username} 203.0.113.66 seen` });
    await fixture.deliver();
    const [start] = fixture.engine.starts;
    if (start?.kind !== 'answer' || !('card' in start.input) || start.input.card.kind !== 'offer')
      throw new Error('none');
    const red = { ...start.input.card, markings: { tlp: 'RED', pap: 'GREEN' } } as const;
    const message = await fixture.show({ to: GROUP, card: red });

    const toast = await toastOf(fixture, { from: BEN, chat: GROUP, message, button: 'TLP → CLEAR' });
    const shownMeanwhile = fixture.engine.starts.length;
    await toastOf(fixture, { from: BEN, chat: GROUP, message, button: 'PAP → AMBER' });
    await fixture.show({ to: GROUP, card: { ...red, rev: 1 }, edit: message });
    await toastOf(fixture, { from: ANA, chat: GROUP, message, button: 'TLP → CLEAR' });

    expect(toast).toMatchObject({ text: 'Only ana may open this. Anybody may close it.', alert: true });
    expect(shownMeanwhile).toBe(1);
    expect(fixture.engine.starts.slice(1)).toMatchObject([
      { input: { card: { markings: { tlp: 'RED', pap: 'AMBER' } } } },
      { input: { card: { markings: { tlp: 'CLEAR', pap: 'GREEN' } } } },
    ]);
    expect((await fixture.audit()).filter(({ action }) => action === 'mark')).toMatchObject([
      { who: 'ben', outcome: 'refused', detail: 'TLP:CLEAR PAP:GREEN' },
      { who: 'ben', outcome: 'asked' },
      { who: 'ana', outcome: 'asked' },
    ]);
  });

  it('asks once, however often one thumb taps, and once more for somebody else', async () => {
    const fixture = await startBotFixture();
    await fixture.user.send({ from: ANA, chat: GROUP, text: `@${fixture.bot.botInfo.username} 203.0.113.66 seen` });
    await fixture.deliver();
    const [start] = fixture.engine.starts;
    if (start?.kind !== 'answer' || !('card' in start.input)) throw new Error('none');
    const message = await fixture.show({ to: GROUP, card: start.input.card });
    const tap = async (from: number) => toastOf(fixture, { from, chat: GROUP, message, button: '🔎 Look up' });

    const toasts = [await tap(ANA), await tap(ANA), await tap(BEN)];

    expect(toasts.map(({ text }) => text)).toEqual(['👀 On it.', '👀 On it.', '👀 On it.']);
    const asked = fixture.engine.starts.filter(({ kind }) => kind === 'look_up');
    expect(asked.map(({ input }) => input.ask.by.name)).toEqual(['ana', 'ben']);
  });

  it('looks up under what somebody closed meanwhile, though the card shows it open', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '203.0.113.66');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'TLP → AMBER+STRICT' });
    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 Look up' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({
      kind: 'look_up',
      input: { markings: { tlp: 'AMBER+STRICT', pap: 'GREEN' } },
    });
  });

  it('keeps both closings of two presses on one card, and opens nothing from a card that is no longer true', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, 'tlp:green pap:clear 203.0.113.66');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'TLP → AMBER' });
    const both = await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'PAP → GREEN' });

    expect(both).toMatchObject({ text: 'TLP:AMBER PAP:GREEN' });
    expect(fixture.engine.starts.at(-1)).toMatchObject({
      input: { card: { markings: { tlp: 'AMBER', pap: 'GREEN' }, rev: 2 } },
    });
  });

  it('takes what it shows out of the chat when it is marked too high', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, 'tlp:amber 203.0.113.66');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: 'TLP → AMBER+STRICT' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({ input: { edit: message, card: { withheldAbove: 'AMBER' } } });
  });

  it('asks VirusTotal only where only VirusTotal was meant', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '/vt 203.0.113.66 еvil.example');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 Look up' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({
      input: { plans: [{ ask: [{ id: 'virustotal' }], notAsked: [] }] },
    });
  });

  it('of what may have been meant looks that up', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '/ioc tlp:green pap:amber еvil.example');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 Look up that one' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({
      kind: 'look_up',
      input: { markings: { tlp: 'GREEN', pap: 'AMBER' }, plans: [{ observable: { kind: 'domain' } }] },
    });
  });

  it('whose request is gone says that it is closed', async () => {
    const fixture = await startBotFixture();
    const { message } = await cardAfter(fixture, '203.0.113.66');
    fixture.engine.starts.splice(0);

    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔎 Look up' });

    expect(toast).toMatchObject({ text: 'Closed already. No effect.' });
  });
});
