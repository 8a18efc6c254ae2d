import { describe, expect, it } from 'vitest';
import type { HeldCard } from '#domain/card.ts';
import type { ContainmentPlan } from '#domain/containment.ts';
import { requestIdOf } from '#domain/ids.ts';
import { observableKey } from '#domain/observable.ts';
import { postBlankCard, toastOf, WAITING } from '#support/bot-presses.ts';
import { ANA, BEN, type BotFixture, startBotFixture, VIC } from '#support/bot.ts';

const BAD = { kind: 'ipv4', value: '203.0.113.66' } as const;
const WORSE = { kind: 'ipv4', value: '203.0.113.67' } as const;
const AT = '2026-11-24T02:14:00.000Z';

/** Has Ana ask for something; gives the id of the request. */
async function ask(fixture: BotFixture, text: string): Promise<string> {
  await fixture.user.send({ from: ANA, chat: ANA, text });
  await fixture.deliver();
  return fixture.engine.starts.at(-1)?.input.ask.requestId ?? '';
}

/** Shows Ben the list of what these requests hold. */
async function showHeld({ show }: BotFixture, held: HeldCard['held']): Promise<number> {
  const by = { name: 'ben', telegramId: BEN };
  const asked = { requestId: 'tg-700000001-9', by, chat: { id: BEN, isPrivate: true }, messageId: 0, askedAt: AT };
  const places = Object.fromEntries(held.map(({ leaseId, target }, at) => [`${leaseId} ${observableKey(target)}`, at]));
  return show({ to: BEN, card: { kind: 'held', ask: asked, held, query: null, unread: [], places } });
}

const heldBy = (leaseId: string, target: HeldCard['held'][number]['target']): HeldCard['held'][number] => ({
  system: 'block-feed',
  target,
  until: null,
  by: 'ana',
  leaseId,
});

/** Shows the card of a request that is over, with its buttons. */
async function postEnded(fixture: BotFixture, plan: ContainmentPlan, outcome: 'done' | 'failed'): Promise<number> {
  const done = { outcome: 'done', until: AT, verifiedAt: AT } as const;
  const steps = plan.steps.map((step) => ({
    ...step,
    outcome: outcome === 'done' ? done : ({ outcome, why: 'no answer' } as const),
  }));
  const decision = { kind: 'approved', by: [{ by: 'ben', at: AT }] } as const;
  const phase = outcome === 'done' ? 'done' : 'not_done';
  return postBlankCard(fixture, ANA, 'requester', { ...WAITING, asked: plan, plan, phase, decision, steps });
}

describe('a press on the list of what is blocked', () => {
  it('asks to lift the one target beside it, and not the others of its request', async () => {
    const fixture = await startBotFixture();
    const leaseId = await ask(fixture, '/block 203.0.113.66 203.0.113.67');
    const message = await showHeld(fixture, [heldBy(leaseId, BAD), heldBy(leaseId, WORSE)]);

    const toast = await toastOf(fixture, { from: BEN, chat: BEN, message, button: '♻ 2' });

    expect(toast).toMatchObject({ text: '👀 On it.' });
    expect(fixture.engine.starts.at(-1)).toMatchObject({
      kind: 'containment',
      input: {
        ask: { by: { name: 'ben' } },
        plan: { action: 'unblock', steps: [{ system: 'block-feed', target: WORSE }], durationMs: null },
      },
    });
  });

  it('asks to take an allowance back by taking it off the allow list alone', async () => {
    const fixture = await startBotFixture();
    const leaseId = await ask(fixture, '/allow 203.0.113.66 7d');
    const message = await showHeld(fixture, [{ ...heldBy(leaseId, BAD), system: 'allow-list' }]);

    await toastOf(fixture, { from: BEN, chat: BEN, message, button: '♻ 1' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({
      input: { plan: { action: 'unblock', steps: [{ system: 'allow-list', target: BAD }] } },
    });
  });

  it('is closed where the request is forgotten', async () => {
    const fixture = await startBotFixture();
    const message = await showHeld(fixture, [heldBy('tg-700000001-5', BAD)]);

    const toast = await toastOf(fixture, { from: BEN, chat: BEN, message, button: '♻ 1' });

    expect(toast).toMatchObject({ text: 'Closed already. No effect.' });
    expect(fixture.engine.starts).toEqual([]);
  });

  it('by a viewer asks for nothing', async () => {
    const fixture = await startBotFixture();
    const leaseId = await ask(fixture, '/block 203.0.113.66');
    const asked = { requestId: 'tg-700000001-9', by: { name: 'vic', telegramId: VIC }, messageId: 0, askedAt: AT };
    const held = [heldBy(leaseId, BAD)];
    const places = { [`${leaseId} ${observableKey(BAD)}`]: 0 };
    const card = { kind: 'held', held, query: null, unread: [], places } as const;
    const message = await fixture.show({
      to: VIC,
      card: { ...card, ask: { ...asked, chat: { id: VIC, isPrivate: true } } },
    });

    const toast = await toastOf(fixture, { from: VIC, chat: VIC, message, button: '♻ 1' });

    expect(toast).toMatchObject({ text: 'Asking for this needs the role analyst.', alert: true });
    expect(fixture.engine.starts).toHaveLength(1);
  });
});

describe('a press on the card of a request', () => {
  /** The memo of the request that `postBlankCard` draws, as its start would have written it. */
  function remember({ engine, bot }: BotFixture, plan: ContainmentPlan): void {
    const [first] = engine.starts;
    if (first?.kind !== 'containment') throw new Error('nothing was asked');
    const requestId = requestIdOf(bot.botInfo.id, 42);
    engine.starts.push({
      kind: 'containment',
      input: { ...first.input, ask: { ...first.input.ask, requestId }, plan },
      memo: { ask: { ...first.input.ask, requestId }, title: '', plan },
    });
  }

  /** What is asked after a press on the ended card of what this command asks. */
  async function askedBy(command: string, button: string, outcome: 'done' | 'failed') {
    const fixture = await startBotFixture();
    await ask(fixture, command);
    const [start] = fixture.engine.starts;
    if (start?.kind !== 'containment') throw new Error(JSON.stringify(start));
    remember(fixture, start.input.plan);
    fixture.engine.containmentState = { ...WAITING, reason: 'C2, 3 hosts', basis: 'malicious, 3 of 4 sources' };
    const message = await postEnded(fixture, start.input.plan, outcome);
    const toast = await toastOf(fixture, { from: ANA, chat: ANA, message, button });
    const [, , asked] = fixture.engine.starts;
    return { toast, asked, plan: start.input.plan };
  }

  it('asks to lift all of its targets', async () => {
    const { toast, asked } = await askedBy('/block 203.0.113.66 evil.example', '♻ Unblock all…', 'done');

    expect(toast).toMatchObject({ text: '👀 On it.' });
    expect(asked).toMatchObject({
      input: { plan: { action: 'unblock', steps: [{ target: BAD }, { target: { value: 'evil.example' } }] } },
    });
  });

  it('asks to release what was isolated', async () => {
    const { asked } = await askedBy('/isolate ws-114 beaconing', '♻ Release…', 'done');

    expect(asked).toMatchObject({ input: { plan: { action: 'release', steps: [{ system: 'defender' }] } } });
  });

  it('asks for the same again, with the same reason, as a request of its own', async () => {
    const { asked, plan } = await askedBy('/block 203.0.113.66 2h C2', '🔁 Ask again', 'failed');

    expect(asked).toMatchObject({ input: { plan, reason: 'C2, 3 hosts', basis: 'malicious, 3 of 4 sources' } });
  });

  it('asks again of the same systems and no others', async () => {
    const fixture = await startBotFixture();
    const plan = {
      action: 'unblock',
      steps: [{ system: 'allow-list', target: BAD }],
      durationMs: null,
      markings: { tlp: 'AMBER', pap: 'GREEN' },
    } as const;
    await ask(fixture, '/block 203.0.113.66');
    remember(fixture, plan);
    const message = await postEnded(fixture, plan, 'failed');

    await toastOf(fixture, { from: ANA, chat: ANA, message, button: '🔁 Ask again' });

    expect(fixture.engine.starts.at(-1)).toMatchObject({ input: { plan: { steps: plan.steps } } });
  });
});
