import { describe, expect, it } from 'vitest';
import { BUTTON_OPS, type ButtonCall, packButton } from '#domain/button-token.ts';
import { planMarkOf } from '#domain/containment.ts';
import { PLAN, postBensCard } from '#support/bot-presses.ts';
import { ANA, BEN, type BotFixture, GROUP, startBotFixture } from '#support/bot.ts';

const CALL: ButtonCall = { op: 'approve', updateId: 42, arg: 0, rev: 0, shows: planMarkOf(PLAN) };
const INVALID = { answered: true, text: 'This button is not valid any more.', alert: true };

/** Tokens that are not ours for this chat, of every kind: each by its name. */
function forgeriesFor({ deps, bot }: BotFixture): readonly (readonly [string, string])[] {
  const scope = { keys: deps.keys, botId: bot.botInfo.id, chat: BEN };
  const true_ = packButton(CALL, scope);
  const flipped = Array.from(true_, (_, at) => {
    const other = true_[at] === 'A' ? 'B' : 'A';
    return ['one character changed', true_.slice(0, at) + other + true_.slice(at + 1)] as const;
  });
  return [
    ...BUTTON_OPS.map(
      (op) => ['another key', packButton({ ...CALL, op }, { ...scope, keys: [new Uint8Array(32)] })] as const,
    ),
    ['another chat', packButton(CALL, { ...scope, chat: ANA })],
    ['a group', packButton(CALL, { ...scope, chat: GROUP })],
    ['another bot', packButton(CALL, { ...scope, botId: 700_000_002 })],
    ...flipped,
    ...Array.from(true_, (_, at) => ['cut short', true_.slice(0, at)] as const),
    ['more behind it', `${true_}A`],
    ['words', 'approve'],
    ['JSON', JSON.stringify({ op: 'approve', request: 'tg-700000001-42' })],
  ];
}

describe('a button that SocBot did not make for this chat', () => {
  it('is refused and recorded, whatever it is, and reaches no request', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: 0 });
    const forgeries = forgeriesFor(fixture).filter(([, data]) => data !== '');
    const ids: string[] = [];
    for (const [, data] of forgeries) {
      const { id } = await fixture.user.press({ from: BEN, chat: BEN, message, button: { data } });
      ids.push(id);
    }
    while ((await fixture.api.getUpdates()).length > 0) await fixture.deliver();

    for (const [at, id] of ids.entries()) {
      const { answered, text, alert } = await fixture.user.findPress(id);
      expect([forgeries[at], { answered, text, alert }]).toEqual([forgeries[at], INVALID]);
    }
    expect(fixture.engine.attempts).toEqual([]);
    const records = await fixture.store.audit.list({ limit: 200 });
    expect(records).toHaveLength(forgeries.length);
    expect(records.every(({ who, outcome }) => who === 'ben' && outcome === 'invalid button')).toBe(true);
  });

  it('is told from a true one', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: 0 });
    const data = packButton(CALL, { keys: fixture.deps.keys, botId: fixture.bot.botInfo.id, chat: BEN });

    await fixture.user.press({ from: BEN, chat: BEN, message, button: { data } });
    await fixture.deliver();

    expect(fixture.engine.presses).toMatchObject([{ requestId: 'tg-700000001-42', press: { verb: 'approve' } }]);
  });

  it('decides on no other plan than the one that stands above it, whoever had that card drawn', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: 0 });
    const wider = { ...PLAN, durationMs: 2 * PLAN.durationMs };
    fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: wider };

    const { id } = await fixture.user.press({ from: BEN, chat: BEN, message, button: '⛔ Yes, block' });
    await fixture.deliver();

    expect(await fixture.user.findPress(id)).toMatchObject(INVALID);
    expect(fixture.engine.attempts).toEqual([]);
    expect((await fixture.audit()).at(-1)).toMatchObject({ action: 'press approve', outcome: 'another plan' });
  });

  it('of an older revision is handed on as such: the request knows that its card is another by now', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture);
    const scope = { keys: fixture.deps.keys, botId: fixture.bot.botInfo.id, chat: BEN };
    const old = packButton({ ...CALL, rev: 255 }, scope);

    await fixture.user.press({ from: BEN, chat: BEN, message, button: { data: old } });
    await fixture.deliver();

    expect(fixture.engine.presses).toMatchObject([{ press: { rev: 255 } }]);
  });

  it('pressed twice is two presses with names of their own, so that neither passes for the other', async () => {
    const fixture = await startBotFixture();
    const message = await postBensCard(fixture, { page: 'confirm', choice: 0 });
    await fixture.user.press({ from: BEN, chat: BEN, message, button: '⛔ Yes, block' });
    await fixture.user.press({ from: BEN, chat: BEN, message, button: '⛔ Yes, block' });

    await fixture.deliver();

    const ids = fixture.engine.presses.map(({ press }) => press.pressId);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => id.startsWith('cq-'))).toBe(true);
  });
});
