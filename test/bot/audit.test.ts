import { describe, expect, it } from 'vitest';
import type { Person, Role } from '#domain/person.ts';
import { ANA, BEN, GROUP, PEOPLE, startBotFixture } from '#support/bot.ts';

describe('/audit', () => {
  it('asks for the records that are meant, and is on record itself', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    await user.send({ from: BEN, chat: BEN, text: '/audit @ANA' });

    await deliver();

    const asked = { typed: '@ANA', query: { by: { name: 'ana', telegramIds: [ANA] } } };
    expect(engine.starts).toMatchObject([
      { kind: 'answer', input: { read: { what: 'audit', asked, page: 0 } }, memo: { audit: asked } },
    ]);
    expect(await audit()).toMatchObject([
      { who: 'ben', telegramId: BEN, action: 'audit', outcome: 'asked', detail: '@ANA' },
    ]);
  });

  it('is refused in a group, on record, whoever asks', async () => {
    const { user, deliver, engine, audit } = await startBotFixture();
    await user.send({ from: BEN, chat: GROUP, text: '/audit@socbot_range_bot' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { kind: 'note', title: 'Not in a group' } } }]);
    expect(await audit()).toMatchObject([{ who: 'ben', action: 'audit', outcome: 'refused', detail: 'in a group' }]);
  });

  it('is refused to analysts', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: ANA, chat: ANA, text: '/audit' });

    await deliver();

    expect(engine.starts).toMatchObject([{ input: { card: { title: 'Not allowed' } } }]);
  });

  it('says what can be asked for', async () => {
    const { user, deliver, engine } = await startBotFixture();
    await user.send({ from: BEN, chat: BEN, text: '/audit everything' });

    await deliver();

    expect(engine.starts).toMatchObject([
      { input: { card: { title: 'Which records?', quoted: 'everything', example: '/audit @ana' } } },
    ]);
  });
});

describe('a press for another page', () => {
  /** A card with the first page of the audit, as Ben asked for it. */
  async function showPage(people: readonly Person[] = PEOPLE) {
    const fixture = await startBotFixture({ access: { people, groups: new Set() } });
    const { user, deliver, engine } = fixture;
    await user.send({ from: BEN, chat: BEN, text: '/audit' });
    await deliver();
    const start = engine.starts[0];
    const requestId = start?.input.ask.requestId ?? '';
    const card = { kind: 'audit', requestId, typed: '', page: 0, lines: [], hasMore: true } as const;
    const message = await fixture.show({ to: BEN, card });
    return { ...fixture, requestId, message };
  }

  it('shows it on the same card, of the records that there were when it was asked for', async () => {
    const { user, deliver, engine, requestId, message } = await showPage();
    await user.press({ from: BEN, chat: BEN, message, button: 'Older ▸' });

    await deliver();

    expect(engine.starts.at(-1)).toMatchObject({
      input: {
        edit: message,
        read: { what: 'audit', requestId, page: 1, asked: engine.starts[0]?.memo.audit },
      },
    });
  });

  it('counts only from a responder', async () => {
    const people = [{ name: 'ben', role: 'responder' as Role, telegramIds: [BEN] }];
    const { user, deliver, engine, message } = await showPage(people);
    people.splice(0, 1, { name: 'ben', role: 'analyst', telegramIds: [BEN] });
    await user.press({ from: BEN, chat: BEN, message, button: 'Older ▸' });

    await deliver();

    expect(engine.starts).toHaveLength(1);
  });
});

describe('/cancel', () => {
  it('is on record with what came of it', async () => {
    const { user, deliver, engine, audit, store } = await startBotFixture();
    engine.running = () => ['tg-700000001-5'];
    await user.send({ from: ANA, chat: ANA, text: '/cancel' });

    await deliver();

    expect(await audit()).toMatchObject([
      { who: 'ana', telegramId: ANA, action: 'press withdraw', outcome: 'recorded' },
    ]);
    expect(await store.audit.list({ request: 'tg-700000001-5', limit: 5 })).toHaveLength(1);
  });
});
