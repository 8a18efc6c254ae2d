import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Card, Posting } from '#domain/card.ts';
import { requestIdOf } from '#domain/ids.ts';
import { startMessenger } from '#support/bot-messenger.ts';
import { WAITING } from '#support/bot-presses.ts';

const ANA = 1001;
const BEN = 1002;
const CLEO = 1003;
const VIEW = { chat: ANA, as: ANA };

const noteOf = (title: string, lines: readonly string[] = ['As asked.']): Card => ({
  kind: 'note',
  tone: 'ok',
  title,
  lines,
});
const to = (chat: number, card: Card = noteOf('Done'), more: Partial<Posting> = {}): Posting => ({
  to: chat,
  card,
  isSilent: false,
  ...more,
});
/** A card with buttons. */
const ASK: Card = {
  kind: 'containment',
  reader: 'approver',
  person: 'ben',
  state: WAITING,
  ask: {
    requestId: requestIdOf(700_000_001, 42),
    by: { name: 'ana', telegramId: ANA },
    chat: { id: ANA, isPrivate: true },
    messageId: 0,
    askedAt: '2026-11-24T02:14:00.000Z',
  },
};

describe('a new card', () => {
  it('is posted as an answer, with or without a sound, and never with a preview', async () => {
    const { user, show } = await startMessenger();
    const question = await user.send({ from: ANA, chat: ANA, text: '/ioc https://evil.example/' });

    await show([to(ANA, ASK, { replyTo: question.id }), to(ANA, noteOf('Quiet'), { isSilent: true })]);

    const [, loud, quiet] = await user.messages(VIEW);
    expect(loud).toMatchObject({ replyTo: question.id, silent: false, preview: null });
    expect(loud?.keyboard.flat().map(({ text }) => text)).toEqual(['✅ Approve block…', '🚫 Deny…', '✏ Less…']);
    expect(quiet).toMatchObject({ silent: true, replyTo: null });
  });

  it('is posted although the message that it answers is gone, or never was', async () => {
    const { user, show } = await startMessenger();

    const { posted } = await show([to(ANA, ASK, { replyTo: 999 }), to(ANA, ASK, { replyTo: 0 })]);

    expect(posted).toHaveLength(2);
    expect(await user.messages(VIEW)).toHaveLength(2);
  });
});

describe('a slow Telegram', () => {
  afterEach(() => void vi.useRealTimers());

  it('is no dead sender: what was posted so far is told while the rest is on its way', async () => {
    const { user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', kind: 'delay', delayMs: 1_000, times: 1, chat: BEN });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });

    const shown = show([to(ANA), to(BEN)]);
    await user.waitFor(VIEW, () => true);
    await user.messages(VIEW);
    vi.advanceTimersByTime(3_000);

    const { posted, left } = await shown;
    expect(posted).toHaveLength(2);
    expect(left).toEqual({ attempt: 1, posted: [posted?.[0], null], isRestUnsent: false });
  });
});

describe('an edit', () => {
  it('changes the card in place', async () => {
    const { user, show } = await startMessenger();
    const { posted } = await show([to(ANA, ASK)]);
    const message = posted?.[0]?.unreachable === undefined ? posted?.[0]?.message : undefined;

    await show([to(ANA, noteOf('Over'), { edit: message ?? 0 })]);

    expect(await user.messages(VIEW)).toMatchObject([{ id: message, text: '✅ Over\nAs asked.', keyboard: [] }]);
  });

  it('that changes nothing is done', async () => {
    const { show } = await startMessenger();
    await show([to(ANA)]);

    const { posted } = await show([to(ANA, noteOf('Done'), { edit: 1 })]);

    expect(posted).toEqual([{ chat: ANA, message: 1 }]);
  });

  it('of a message that is gone becomes a new card', async () => {
    const { user, show } = await startMessenger();
    await user.send({ from: ANA, chat: ANA, text: 'hello' });

    const { posted } = await show([to(ANA, noteOf('Done'), { edit: 77 })]);

    const [, card] = await user.messages(VIEW);
    expect(posted).toEqual([{ chat: ANA, message: card?.id }]);
  });
});

describe('a chat that cannot be written to', () => {
  it('is told as unreachable, and does not keep the others from their cards', async () => {
    const { user, show } = await startMessenger();
    await user.block(BEN);

    const { posted } = await show([to(ANA), to(BEN), to(CLEO), to(4040)]);

    expect(posted).toMatchObject([
      { chat: ANA, message: 1 },
      { chat: BEN, unreachable: 'Forbidden: bot was blocked by the user' },
      { chat: CLEO },
      { chat: 4040, unreachable: 'Bad Request: chat not found' },
    ]);
  });

  it('that became a supergroup gets its card under the new id, with buttons that are valid there', async () => {
    const group = { id: -4_000_001, type: 'group' as const, title: 'Small', members: [ANA, BEN] };
    const { user, show } = await startMessenger({ chats: [group] });
    const moved = await user.migrate(group.id);

    const { posted } = await show([to(group.id, ASK), to(group.id, noteOf('Edited'), { edit: 1 })]);

    expect(posted).toMatchObject([{ chat: moved.id }, { chat: moved.id }]);
    const texts = (await user.messages({ chat: moved.id, as: ANA })).map(({ text }) => text.split('\n')[0]);
    expect(texts).toContain('✅ Edited');
    expect(texts).toContain('🟠 APPROVAL  block 203.0.113[.]66');
  });
});

describe('a card that Telegram refuses', () => {
  const refusal = { kind: 'status', status: 400, description: "Bad Request: can't parse entities" } as const;

  it('is replaced by its first line, in which nothing can be refused', async () => {
    const { user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', ...refusal, times: 1 });

    const { posted } = await show([to(ANA, ASK)]);

    expect(posted).toEqual([{ chat: ANA, message: 1 }]);
    expect(await user.messages(VIEW)).toMatchObject([
      { text: expect.stringMatching(/^🟠 APPROVAL {2}block 203\.0\.113\[\.\]66\nTelegram refused/), keyboard: [] },
    ]);
  });

  it('ends there when the repeat finds the plain card in place', async () => {
    const { user, show } = await startMessenger();
    await show([to(ANA, noteOf('Before'))]);
    await user.setFault({ method: 'editMessageText', ...refusal, times: 1 });
    await show([to(ANA, ASK, { edit: 1 })]);
    await user.setFault({ method: 'editMessageText', ...refusal, times: 1 });

    const { posted } = await show([to(ANA, ASK, { edit: 1 })], { attempt: 2, left: undefined });

    expect(posted).toEqual([{ chat: ANA, message: 1 }]);
  });

  it('is given up when not even its first line is taken: trying for days helps nobody', async () => {
    const { user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', ...refusal });

    const { posted } = await show([to(ANA, ASK)]);

    expect(posted).toEqual([{ chat: ANA, unreachable: "Bad Request: can't parse entities" }]);
    expect(await user.calls({ method: 'sendMessage' })).toHaveLength(2);
  });
});

describe('a limit', () => {
  it('is Telegram’s to set: the attempt ends, says when to come back, and the chat is left alone till then', async () => {
    const { user, show, wait } = await startMessenger();
    await user.setFault({ method: 'sendMessage', kind: 'status', retryAfter: 13_938, times: 1, chat: ANA });

    const first = await show([to(ANA), to(BEN)]);
    const second = await show([to(ANA), to(BEN)], { attempt: 2, left: first.left });
    wait(13_939_000);
    const third = await show([to(ANA), to(BEN)], { attempt: 3, left: second.left });

    expect(first.failure).toMatchObject({ type: 'telegram.rate_limited', nextRetryDelay: 13_938_000 });
    expect(second.failure).toMatchObject({ type: 'telegram.held' });
    expect(Number(second.failure?.nextRetryDelay)).toBeGreaterThan(13_900_000);
    expect(third.posted).toMatchObject([{ chat: ANA }, { chat: BEN }]);
    expect(await user.calls({ method: 'sendMessage' })).toHaveLength(3);
    expect(await user.messages({ chat: BEN, as: BEN })).toHaveLength(1);
    expect((await user.messages(VIEW)).map(({ text }) => text)).toEqual(['✅ Done\nAs asked.']);
  });
});

describe('a batch of which one fails', () => {
  it('sends only that one again', async () => {
    const { user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', kind: 'status', status: 500, times: 1, chat: BEN });

    const first = await show([to(ANA), to(BEN), to(CLEO)]);
    const second = await show([to(ANA), to(BEN), to(CLEO)], { attempt: 2, left: first.left });

    expect(first.failure).toMatchObject({ type: 'telegram.unreachable' });
    expect(second.posted).toMatchObject([{ chat: ANA }, { chat: BEN }, { chat: CLEO }]);
    for (const chat of [ANA, BEN, CLEO]) expect(await user.messages({ chat, as: chat })).toHaveLength(1);
  });

  it('says on a card that may be there twice that it may be, and on no other', async () => {
    const { user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', kind: 'drop_after', times: 1, chat: BEN });

    const first = await show([to(ANA), to(BEN), to(CLEO)]);
    await show([to(ANA), to(BEN), to(CLEO)], { attempt: 2, left: first.left });

    const texts = (await user.messages({ chat: BEN, as: BEN })).map(({ text }) => text);
    expect(texts).toEqual(['✅ Done\nAs asked.', expect.stringContaining('possibly repeated')]);
    for (const chat of [ANA, CLEO]) expect(await user.messages({ chat, as: chat })).toHaveLength(1);
  });

  it('says so however long the card is', async () => {
    const { user, show } = await startMessenger();
    const long = noteOf(
      'Long',
      Array.from({ length: 60 }, (_, at) => `${at} ${'x'.repeat(200)}`),
    );

    const { posted } = await show([to(ANA, long)], { attempt: 2, left: undefined });

    expect(posted).toHaveLength(1);
    const [message] = await user.messages(VIEW);
    expect(message?.text).toMatch(/^✅ Long\n0 x/);
    expect(message?.text).toContain('possibly repeated');
    expect(message?.text.length).toBeLessThanOrEqual(4096);
  });
});

describe('what a failure tells', () => {
  const faults = [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 401, description: 'Unauthorized' },
    { kind: 'status', retryAfter: 5 },
    { kind: 'drop_before' },
    { kind: 'drop_after' },
  ] as const;

  it.each(faults)('is never the token: %j', async (fault) => {
    const { telegram, user, show } = await startMessenger();
    await user.setFault({ method: 'sendMessage', ...fault });

    const { failure, written } = await show([to(ANA)]);

    expect(failure?.type).toMatch(/^telegram\./);
    expect(written).not.toContain(telegram.token.split(':')[1]);
    expect(written).not.toContain(telegram.url);
  });

  it('is never the token when there is no server at all', async () => {
    const { telegram, show } = await startMessenger();
    await telegram.close();

    const { failure, written } = await show([to(ANA)]);

    expect(failure?.message).toBe('Telegram did not answer (ECONNREFUSED)');
    expect(written).not.toContain(telegram.token.split(':')[1]);
  });

  it('is our own mistake where a card cannot be drawn, not Telegram’s silence', async () => {
    const { show } = await startMessenger();
    const broken = { kind: 'requests', title: 'pending' } as unknown as Card;

    const { failure } = await show([to(ANA, broken)]);

    expect(failure).toMatchObject({ type: 'telegram.broken', message: expect.stringContaining('TypeError') });
  });
});
