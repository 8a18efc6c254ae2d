import { describe, expect, it } from 'vitest';
import { EngineUnavailable } from '#bot/engine-unavailable.ts';
import type { PressResult } from '#bot/press-request.ts';
import { planMarkOf } from '#domain/containment.ts';
import type { CodeAnswer, CodeProof } from '#store/judge-code.ts';
import { codeMark, MARKS } from '#store/mark-names.ts';
import type { SecondFactors } from '#store/second-factors.ts';
import { failTimes } from '#support/bot-desk.ts';
import { PLAN, postBensCard, toastOf } from '#support/bot-presses.ts';
import { BEN, type BotFixture, CLEO, GROUP, startBotFixture } from '#support/bot.ts';

const REQUEST = 'tg-700000001-42';
const CODE = '271828';
const MINUTE = 60_000;
type Verified = CodeAnswer;
type Proof = CodeProof;

/** A bot whose second factors answer so; with Ben's card, on which he has just said yes. */
async function startAtCode(verified: Verified = { kind: 'right' }) {
  const proofs: Proof[] = [];
  const secondFactors: { verify: SecondFactors['verify'] } = {
    verify: async (proof) => {
      proofs.push(proof);
      return verified;
    },
  };
  const fixture = await startBotFixture({ secondFactors });
  const message = await postBensCard(fixture, { page: 'confirm', choice: 2 });
  fixture.engine.pressResult = { kind: 'code_needed' };
  await toastOf(fixture, { from: BEN, chat: BEN, message, button: '⛔ Yes, block' });
  fixture.engine.presses.length = 0;
  fixture.engine.pressResult = { kind: 'recorded', verb: 'approve', missing: 0 };
  return { ...fixture, fixture, message, proofs, secondFactors };
}

async function sendCode({ user, deliver }: BotFixture, text = CODE, more: { chat?: number; replyTo?: number } = {}) {
  const sent = await user.send({ from: BEN, chat: BEN, text, ...more });
  await deliver();
  return sent;
}

const notesOf = ({ engine }: BotFixture) =>
  engine.starts.flatMap(({ input }) =>
    'card' in input && input.card.kind === 'note' ? [{ to: input.ask.chat.id, ...input.card }] : [],
  );

const codeRecords = async (fixture: BotFixture) => (await fixture.audit()).filter(({ action }) => action === 'code');

describe('a code that is awaited', () => {
  it.each([CODE, '271 828', ` ${CODE} `])(
    'gives the approval that it was asked for, and is deleted at once: %j',
    async (text) => {
      const { fixture, message, proofs, engine, user } = await startAtCode();

      const { id } = await sendCode(fixture, text);

      expect(proofs).toMatchObject([{ person: 'ben', code: CODE, key: engine.attempts.at(-1)?.replace('code-', '') }]);
      expect(engine.presses).toMatchObject([
        {
          requestId: REQUEST,
          press: {
            verb: 'approve',
            arg: 2,
            rev: 0,
            withCode: true,
            by: { name: 'ben', telegramId: BEN },
            card: { chat: BEN, message },
          },
        },
      ]);
      expect((await user.messages({ chat: BEN, as: BEN })).map((shown) => shown.id)).not.toContain(id);
      expect(engine.starts).toEqual([]);
    },
  );

  it('stands in no record, no log and no request', async () => {
    const { fixture, engine, store, log, deps } = await startAtCode();

    await sendCode(fixture);

    const records = await store.audit.list({ limit: 100 });
    const mark = await deps.marks.get(`code.${BEN}`);
    expect(JSON.stringify([records, log, engine.starts, engine.presses, engine.attempts, mark])).not.toContain(CODE);
    expect(records.map(({ action, outcome }) => `${action}: ${outcome}`).toReversed()).toEqual([
      'press approve: code_needed',
      'code: right',
      'press approve: recorded',
    ]);
  });

  it('counts for one decision', async () => {
    const { fixture, engine } = await startAtCode();
    await sendCode(fixture);

    await sendCode(fixture, '314159');

    expect(engine.presses).toHaveLength(1);
    expect(notesOf(fixture)).toMatchObject([{ title: '🔑 No code is awaited' }]);
  });

  it('is not lost when the engine is away: the same message is taken again, for the same decision', async () => {
    const { fixture, engine, proofs } = await startAtCode();
    engine.fail = failTimes(1);

    await expect(sendCode(fixture)).rejects.toThrow(EngineUnavailable);
    await fixture.deliver();

    expect(engine.presses).toHaveLength(1);
    expect(new Set(proofs.map(({ key }) => key)).size).toBe(1);
    expect(notesOf(fixture)).toEqual([]);
  });

  it('says so when the approval counts only later', async () => {
    const { fixture, engine } = await startAtCode();
    engine.pressResult = { kind: 'later' };

    await sendCode(fixture);

    expect(notesOf(fixture)).toMatchObject([
      { title: '🔑 The code is right', lines: ['⏳ Received, not applied yet. The card will tell.'] },
    ]);
  });

  it.each([
    [{ kind: 'stale_card' }, 'This card was out of date. Look again.'],
    [{ kind: 'closed' }, 'Closed already. No effect.'],
  ] as const)('says why it was right and did nothing: %j', async (outcome, text) => {
    const { fixture, engine } = await startAtCode();
    engine.pressResult = outcome;

    await sendCode(fixture);

    expect(notesOf(fixture)).toMatchObject([{ tone: 'warning', title: '🔑 The code is right, but', lines: [text] }]);
  });
});

describe('a code for acting alone', () => {
  /** Ben's emergency waits for his code, and comes to this. */
  async function actAlone(pressResult: PressResult, onCall = 'ben') {
    const verify: SecondFactors['verify'] = async () => ({ kind: 'right' });
    const fixture = await startBotFixture({ secondFactors: { verify } });
    const { marks, now } = fixture.deps;
    const awaited = { requestId: REQUEST, verb: 'emergency', rev: 0, arg: 0, message: 5, shows: planMarkOf(PLAN) };
    await marks.set(MARKS.onCall, onCall, now());
    await marks.set(codeMark(BEN), JSON.stringify(awaited), now());
    fixture.engine.planned = { requester: 'ben', requesterId: BEN, plan: PLAN };
    fixture.engine.pressResult = pressResult;
    await sendCode(fixture);
    return fixture;
  }

  it.each<PressResult>([{ kind: 'recorded', verb: 'emergency', missing: 0 }, { kind: 'later' }])(
    'is told to all admins, at once or later: %j',
    async (result) => {
      const fixture = await actAlone(result);

      expect(fixture.engine.presses).toMatchObject([{ press: { verb: 'emergency', withCode: true } }]);
      expect(notesOf(fixture).filter(({ to }) => to === CLEO)).toMatchObject([{ title: 'Emergency: block' }]);
    },
  );

  it('counts only for whoever is on call when it comes', async () => {
    const fixture = await actAlone({ kind: 'recorded', verb: 'emergency', missing: 0 }, 'cleo');

    expect(fixture.engine.presses).toEqual([]);
    expect(notesOf(fixture)).toMatchObject([{ to: BEN, title: '🔑 The code is right, but' }]);
  });
});

describe('a code that does not count', () => {
  it.each<[Verified, string, string]>([
    [{ kind: 'wrong', triesLeft: 4 }, '🔑 Wrong code', '4 tries left.'],
    [{ kind: 'wrong', triesLeft: 1 }, '🔑 Wrong code', '1 try left.'],
    [{ kind: 'used' }, '🔑 Used already', 'Every code counts once. Wait for the next one.'],
    [{ kind: 'not_enrolled' }, '🔑 No authenticator', 'You have none here yet. Ask whoever runs SocBot to enrol you.'],
  ])('says so, keeps a record, and decides nothing: %j', async (verified, title, line) => {
    const { fixture, engine, user } = await startAtCode(verified);

    const { id } = await sendCode(fixture);

    expect(notesOf(fixture)).toMatchObject([{ to: BEN, tone: 'error', title, lines: [line] }]);
    expect(engine.presses).toEqual([]);
    expect(await codeRecords(fixture)).toMatchObject([{ who: 'ben', outcome: verified.kind }]);
    expect((await user.messages({ chat: BEN, as: BEN })).map((shown) => shown.id)).not.toContain(id);
    expect(JSON.stringify([fixture.engine.starts, fixture.log])).not.toContain(CODE);
  });

  it('locks after too many, and all admins hear of it once', async () => {
    const until = new Date(Date.now() + 15 * MINUTE).toISOString();
    const { fixture } = await startAtCode({ kind: 'locked', until });

    await sendCode(fixture);
    await sendCode(fixture);

    const notes = notesOf(fixture);
    expect(notes.filter(({ to }) => to === BEN)).toMatchObject([{ title: '🔑 Locked' }, { title: '🔑 Locked' }]);
    expect(notes.filter(({ to }) => to !== BEN)).toMatchObject([
      {
        to: CLEO,
        title: '🔑 Codes locked',
        lines: [`ben (${BEN}) sent too many wrong codes. Is it them? Ask them by voice.`],
      },
    ]);
    expect(notes.find(({ to }) => to === BEN)?.lines.join()).toMatch(/Try again in 1[45]m/);
  });

  it('is still awaited after a wrong one', async () => {
    const answers: Verified[] = [{ kind: 'wrong', triesLeft: 4 }, { kind: 'right' }];
    const { fixture, engine, secondFactors } = await startAtCode();
    secondFactors.verify = async () => answers.shift() ?? { kind: 'used' };

    await sendCode(fixture, '000000');
    await sendCode(fixture);

    expect(engine.presses).toMatchObject([{ press: { withCode: true } }]);
  });

  it('comes too late: what it was for is forgotten after ten minutes', async () => {
    const { fixture, proofs, advance } = await startAtCode();
    await advance(10 * MINUTE + 1_000);

    await sendCode(fixture);

    expect(proofs).toEqual([]);
    expect(notesOf(fixture)).toMatchObject([{ title: '🔑 No code is awaited' }]);
  });

  it('was for nothing: it is deleted, and not even looked at', async () => {
    const proofs: Proof[] = [];
    const verify: SecondFactors['verify'] = async (proof) => {
      proofs.push(proof);
      return { kind: 'right' };
    };
    const fixture = await startBotFixture({ secondFactors: { verify } });

    const { id } = await sendCode(fixture);

    expect(proofs).toEqual([]);
    expect(notesOf(fixture)).toMatchObject([{ tone: 'question', title: '🔑 No code is awaited' }]);
    expect((await fixture.user.messages({ chat: BEN, as: BEN })).map((shown) => shown.id)).not.toContain(id);
    expect(JSON.stringify([fixture.engine.starts, fixture.log, await fixture.audit()])).not.toContain(CODE);
  });

  it('was forwarded: somebody else’s words decide nothing', async () => {
    const { fixture, engine, proofs, user, deliver } = await startAtCode();
    const { id } = await user.send({ from: BEN, chat: BEN, text: CODE, forwardOf: { name: 'Somebody' } });

    await deliver();

    expect([proofs, engine.presses]).toEqual([[], []]);
    expect(notesOf(fixture)).toMatchObject([{ title: '🔑 Not taken' }]);
    expect((await user.messages({ chat: BEN, as: BEN })).map((shown) => shown.id)).not.toContain(id);
  });

  it('stands in a group, be it as an answer to SocBot', async () => {
    const { fixture, engine, proofs } = await startAtCode();
    const card = await fixture.show({
      to: GROUP,
      card: { kind: 'note', tone: 'ok', title: 'Something', lines: [] },
    });

    await sendCode(fixture, CODE, { chat: GROUP });
    await sendCode(fixture, CODE, { chat: GROUP, replyTo: card });
    await sendCode(fixture, `@${fixture.bot.botInfo.username} ${CODE}`, { chat: GROUP });

    expect([proofs, engine.presses]).toEqual([[], []]);
    expect(notesOf(fixture)).toMatchObject([
      { to: GROUP, title: '🔑 Not here' },
      { to: GROUP, title: '🔑 Not here' },
    ]);
    expect(JSON.stringify([engine.starts, fixture.log, await fixture.audit()])).not.toContain(CODE);
  });

  it('is somebody else’s: each waits for their own', async () => {
    const { fixture, engine, proofs, user, deliver } = await startAtCode();
    await user.send({ from: CLEO, chat: CLEO, text: CODE });

    await deliver();

    expect([proofs, engine.presses]).toEqual([[], []]);
    expect(notesOf(fixture)).toMatchObject([{ to: CLEO, title: '🔑 No code is awaited' }]);
  });
});
