import { describe, expect, it } from 'vitest';
import { expireGate, freezeGate, type Gate, openGate, rearmGate, withdrawGate } from '#domain/gate.ts';
import { type Press, type PressOutcome } from '#domain/press.ts';
import { AFTERWARDS, approving, EXPIRES_AT, gateOfAna, OPENED_AT, PEOPLE, pressOf, takePress } from './gate-people.ts';

function applyAll(gate: Gate, presses: readonly Press[]) {
  const outcomes: PressOutcome[] = [];
  for (const press of presses) {
    const applied = takePress(gate, press);
    outcomes.push(applied.outcome);
    gate = applied.gate;
  }
  return { gate, outcomes, last: outcomes.at(-1) };
}

const denying = (who: keyof typeof PEOPLE, arg = 0) => [pressOf(who, 'refuse'), pressOf(who, 'deny', { arg })];

describe('a gate', () => {
  it('opens for one responder who did not ask', () => {
    const { gate, last } = applyAll(gateOfAna(), approving('rob'));

    expect(last).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
    expect(gate.decision).toEqual({ kind: 'approved', by: [{ by: 'rob', at: OPENED_AT }] });
  });

  it('says how many approvals are missing, and waits for another person', () => {
    const presses = [...approving('rob'), ...approving('rob'), ...approving('ria')];
    const { gate, outcomes } = applyAll(gateOfAna({ approvals: 2 }), presses);

    expect(outcomes.filter(({ kind }) => kind !== 'turned')).toEqual([
      { kind: 'recorded', verb: 'approve', missing: 1 },
      { kind: 'second_approver_needed' },
      { kind: 'recorded', verb: 'approve', missing: 0 },
    ]);
    expect(gate.decision).toMatchObject({ kind: 'approved', by: [{ by: 'rob' }, { by: 'ria' }] });
  });

  it('closes at the first deny, however many approvals there are, with the reason that was chosen', () => {
    const presses = [...approving('rob'), ...approving('ada'), ...denying('ria', 2)];
    const { gate } = applyAll(gateOfAna({ approvals: 3 }), presses);

    expect(gate.decision).toEqual({ kind: 'denied', by: [{ by: 'ria', at: OPENED_AT }], why: 'business impact' });
  });

  it.each([-1, 4, 1.5, 65_535])('takes a deny whose reason %d nobody knows as one without a reason', (arg) => {
    expect(applyAll(gateOfAna(), denying('ria', arg)).gate.decision).toMatchObject({ kind: 'denied', why: '' });
  });

  it.each(['approve', 'deny', 'review', 'choose', 'change', 'refuse', 'emergency'] as const)(
    'does not let the requester %s, whatever role',
    (verb) => {
      const own = pressOf('ana', verb, { by: { ...PEOPLE.ana, role: 'admin' } });

      const { gate, outcome } = takePress(gateOfAna(), own);

      expect(outcome).toEqual({ kind: 'own_request' });
      expect(gate).toMatchObject({ decision: null, reviews: {} });
    },
  );

  it('knows the requester by name, also from another of their accounts', () => {
    const second = { name: 'ana', telegramId: 99, role: 'responder' } as const;

    expect(applyAll(gateOfAna(), approving('ana', { by: second })).last).toEqual({ kind: 'own_request' });
  });

  it('knows the requester by number, also under a name that has changed since', () => {
    const renamed = { ...PEOPLE.ana, name: 'ana silva', role: 'responder' } as const;

    expect(applyAll(gateOfAna(), approving('ana', { by: renamed })).last).toEqual({ kind: 'own_request' });
  });

  it.each([
    ['from another account', { ...PEOPLE.rob, telegramId: 99 }],
    ['under another name', { ...PEOPLE.rob, name: 'robert' }],
  ])('counts one person once, also %s', (_, by) => {
    const { last, gate } = applyAll(gateOfAna({ approvals: 2 }), [...approving('rob'), ...approving('rob', { by })]);

    expect(last).toEqual({ kind: 'second_approver_needed' });
    expect(gate.decision).toBeNull();
  });

  it.each(['vic', 'ana'] as const)('tells %s, who is no responder, what is needed', (who) => {
    const gate = { ...gateOfAna(), requester: 'somebody else', requesterId: 0 };

    for (const verb of ['review', 'approve', 'refuse', 'deny'] as const)
      expect(takePress(gate, pressOf(who, verb)).outcome).toEqual({ kind: 'not_permitted', needs: 'responder' });
  });

  it('goes by the role that the rule asks for', () => {
    const gate = gateOfAna({ approve: 'admin' });

    expect(applyAll(gate, approving('rob')).last).toEqual({ kind: 'not_permitted', needs: 'admin' });
    expect(applyAll(gate, approving('ada')).gate.decision?.kind).toBe('approved');
  });

  it('goes by the role at the moment of the press: who had the page open and lost the role decides nothing', () => {
    const [open, decide] = approving('rob');
    const demoted = { ...decide, by: { ...PEOPLE.rob, role: 'analyst' as const } } as Press;

    expect(applyAll(gateOfAna(), [open as Press, demoted]).last).toEqual({ kind: 'not_permitted', needs: 'responder' });
  });

  it.each(['withdraw', 'confirm'] as const)('lets the requester and an admin %s, and nobody else', (verb) => {
    const outcomes = (['ana', 'ada', 'rob', 'vic'] as const).map(
      (who) => takePress(gateOfAna(), pressOf(who, verb)).outcome,
    );

    expect(outcomes).toEqual([
      { kind: 'recorded', verb, missing: 0 },
      { kind: 'recorded', verb, missing: 0 },
      { kind: 'not_permitted', needs: 'requester' },
      { kind: 'not_permitted', needs: 'requester' },
    ]);
  });

  it('takes a confirmation without deciding anything', () => {
    expect(takePress(gateOfAna(), pressOf('ana', 'confirm')).gate.decision).toBeNull();
  });

  it.each([approving, denying])(
    'lets nobody decide on a late request that its author has not confirmed',
    (deciding) => {
      const late = openGate({ ...gateOfAna(), isConfirmed: false });

      const early = applyAll(late, deciding('rob'));
      const after = applyAll(early.gate, [pressOf('ana', 'confirm'), ...deciding('rob')]);

      expect(early.outcomes.map(({ kind }) => kind)).toEqual(['stale_card', 'stale_card']);
      expect(after.last?.kind).toBe('recorded');
      expect(after.gate.decision).not.toBeNull();
    },
  );

  it('tells who comes late what was decided', () => {
    const late = [...approving('rob'), pressOf('ana', 'withdraw'), pressOf('rob', 'review')];
    const { gate } = applyAll(gateOfAna(), denying('ria'));

    const after = applyAll(gate, late);

    const decision = { kind: 'denied', by: [{ by: 'ria', at: OPENED_AT }], why: '' };
    expect(after.outcomes).toEqual(late.map(() => ({ kind: 'already_decided', decision })));
    expect(after.gate.decision).toEqual(decision);
  });

  it('counts a press at the very end of its time and none after it', () => {
    const atTheEnd = applyAll(gateOfAna(), approving('rob', { at: EXPIRES_AT }));
    const after = applyAll(gateOfAna(), approving('rob', { at: AFTERWARDS }));

    expect(atTheEnd.gate.decision?.kind).toBe('approved');
    expect(after.gate.decision).toBeNull();
    expect(after.last).toEqual({ kind: 'already_decided', decision: { kind: 'expired' } });
  });

  it('gives a press that arrives twice its first answer, though the world has changed', () => {
    const early = pressOf('ana', 'approve');
    const { gate } = applyAll(gateOfAna(), [early, ...approving('rob')]);

    const again = takePress(gate, early);

    expect(again.outcome).toEqual({ kind: 'own_request' });
    expect(again.gate).toEqual(gate);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'takes %j for a press id like any',
    (pressId) => {
      const opened = takePress(gateOfAna(), pressOf('rob', 'review')).gate;
      const { gate, outcome } = takePress(opened, pressOf('rob', 'approve', { pressId }));
      const again = takePress(gate, pressOf('ria', 'deny', { pressId }));

      expect(outcome).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
      expect(again.outcome).toEqual(outcome);
      expect(again.gate.decision?.kind).toBe('approved');
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])('takes %j for a name like any', (name) => {
    const by = { ...PEOPLE.rob, name };

    expect(takePress(gateOfAna(), pressOf('rob', 'approve', { by })).outcome).toEqual({ kind: 'stale_card' });
    expect(takePress(gateOfAna(), pressOf('rob', 'deny', { by })).outcome).toEqual({ kind: 'stale_card' });
    expect(applyAll(gateOfAna(), approving('rob', { by })).gate.decision).toMatchObject({ by: [{ by: name }] });
  });
});

describe('the second look', () => {
  it('is asked of each person alone, and decides nothing', () => {
    const { gate, last } = applyAll(gateOfAna(), [pressOf('rob', 'review')]);

    expect(last).toEqual({ kind: 'turned' });
    expect(gate).toMatchObject({ reviews: { rob: { page: 'confirm', choice: 0 } }, decision: null, rev: 0 });
    expect(takePress(gate, pressOf('ria', 'approve')).outcome).toEqual({ kind: 'stale_card' });
  });

  it.each(['approve', 'deny'] as const)('must come before a %s', (verb) => {
    expect(takePress(gateOfAna(), pressOf('rob', verb)).outcome).toEqual({ kind: 'stale_card' });
  });

  it.each([
    ['deny', 'review'],
    ['deny', 'choose'],
    ['approve', 'refuse'],
    ['approve', 'choose'],
    ['approve', 'back'],
    ['deny', 'back'],
  ] as const)('does not count for a %s when the card showed what "%s" opens', (verb, page) => {
    const turned = [pressOf('rob', 'review'), pressOf('rob', page), pressOf('rob', verb)];

    expect(applyAll(gateOfAna(), turned).last).toEqual({ kind: 'stale_card' });
  });

  it('counts for the scope that it showed and no other', () => {
    const shown = applyAll(gateOfAna(), [pressOf('rob', 'choose'), pressOf('rob', 'change', { arg: 2 })]).gate;

    expect(takePress(shown, pressOf('rob', 'approve', { arg: 0 })).outcome).toEqual({ kind: 'stale_card' });
    expect(takePress(shown, pressOf('rob', 'approve', { arg: 1 })).outcome).toEqual({ kind: 'stale_card' });
    expect(takePress(shown, pressOf('rob', 'approve', { arg: 2 })).gate).toMatchObject({
      choice: 2,
      decision: { kind: 'approved' },
    });
  });

  it.each([99, -1, 0.5, Number.NaN])('is not opened for the scope %d, which what was asked has no room for', (arg) => {
    const { gate, last } = applyAll(gateOfAna(), [pressOf('rob', 'change', { arg })]);

    expect(last).toEqual({ kind: 'stale_card' });
    expect(gate.reviews).toEqual({});
  });

  it('is gone when the card is drawn anew', () => {
    const gate = rearmGate(applyAll(gateOfAna(), [pressOf('rob', 'review')]).gate, 1_000);

    expect(takePress(gate, pressOf('rob', 'approve', { rev: 1 })).outcome).toEqual({ kind: 'stale_card' });
    expect(applyAll(gate, approving('rob', { rev: 1 })).gate.decision?.kind).toBe('approved');
  });
});

describe('a narrower scope', () => {
  const narrowing = (who: keyof typeof PEOPLE, arg: number, rest: Partial<Press> = {}) => [
    pressOf(who, 'change', { arg, ...rest }),
    pressOf(who, 'approve', { arg, ...rest }),
  ];

  it('is a new proposal: what others approved counts no more, and cards of before are stale', () => {
    const { gate, last } = applyAll(gateOfAna({ approvals: 2 }), [...approving('rob'), ...narrowing('ria', 1)]);

    expect(last).toEqual({ kind: 'recorded', verb: 'approve', missing: 1 });
    expect(gate).toMatchObject({ choice: 1, rev: 1, approvals: [{ by: PEOPLE.ria }], decision: null });
    expect(takePress(gate, pressOf('rob', 'review')).outcome).toEqual({ kind: 'stale_card' });
  });

  it('takes the second looks of everybody away, so that nobody approves what they have not seen', () => {
    const before = applyAll(gateOfAna({ approvals: 2 }), [pressOf('ada', 'review'), ...narrowing('ria', 1)]).gate;

    expect(before.reviews).toEqual({});
    expect(takePress(before, pressOf('ada', 'approve', { rev: 1, arg: 1 })).outcome).toEqual({ kind: 'stale_card' });
  });

  it('never adds up with another one', () => {
    const presses = [...narrowing('rob', 1), ...narrowing('ria', 2, { rev: 1 }), ...narrowing('ada', 3, { rev: 2 })];
    const { gate } = applyAll(gateOfAna({ approvals: 2 }), presses);

    expect(gate).toMatchObject({ choice: 3, rev: 3, approvals: [{ by: PEOPLE.ada }], decision: null });
  });

  it('is approved by two who have seen the same one', () => {
    const presses = [...narrowing('rob', 2), ...approving('ria', { rev: 1, arg: 2 })];
    const { gate } = applyAll(gateOfAna({ approvals: 2 }), presses);

    expect(gate).toMatchObject({ choice: 2, decision: { kind: 'approved', by: [{ by: 'rob' }, { by: 'ria' }] } });
  });

  it('may be proposed by one who has approved the wider one, and counts once then', () => {
    const { gate, last } = applyAll(gateOfAna({ approvals: 2 }), [...approving('rob'), ...narrowing('rob', 1)]);

    expect(last).toEqual({ kind: 'recorded', verb: 'approve', missing: 1 });
    expect(gate.approvals).toHaveLength(1);
  });
});

describe('a rule with a code', () => {
  it('asks for it after the second look, and decides nothing before', () => {
    const { gate, last } = applyAll(gateOfAna({ code: true }), approving('rob'));

    expect(last).toEqual({ kind: 'code_needed' });
    expect(gate).toMatchObject({ decision: null, approvals: [], reviews: { rob: { page: 'code', choice: 0 } } });
  });

  it('counts the approval with the code, for the scope whose page asked for it', () => {
    const waiting = applyAll(gateOfAna({ code: true }), [
      pressOf('rob', 'change', { arg: 1 }),
      pressOf('rob', 'approve', { arg: 1 }),
    ]).gate;
    const withCode = (arg: number) => takePress(waiting, pressOf('rob', 'approve', { arg, withCode: true }));

    expect(withCode(0).outcome).toEqual({ kind: 'stale_card' });
    expect(withCode(1).gate).toMatchObject({
      choice: 1,
      decision: { kind: 'approved' },
      approvals: [{ withCode: true }],
    });
  });

  it('does not take the code of one person for the approval of another', () => {
    const waiting = applyAll(gateOfAna({ code: true }), approving('rob')).gate;

    expect(takePress(waiting, pressOf('ria', 'approve', { withCode: true })).outcome).toEqual({ kind: 'stale_card' });
  });

  it('asks each of two for theirs', () => {
    const gate = gateOfAna({ code: true, approvals: 2 });
    const withCode = { withCode: true } as const;
    const presses = [...approving('rob', withCode), ...approving('ria')];

    const { gate: waiting, last } = applyAll(gate, presses);

    expect(last).toEqual({ kind: 'code_needed' });
    expect(applyAll(waiting, [pressOf('ria', 'approve', withCode)]).gate.decision?.kind).toBe('approved');
  });

  it('counts no code that comes after the card was drawn anew', () => {
    const waiting = rearmGate(applyAll(gateOfAna({ code: true }), approving('rob')).gate, 1_000);

    expect(takePress(waiting, pressOf('rob', 'approve', { rev: 1, withCode: true })).outcome).toEqual({
      kind: 'stale_card',
    });
  });
});

describe('an emergency', () => {
  const ANA = { ...PEOPLE.ana, role: 'responder' } as const;
  const own = (verb: Press['verb'], rest: Partial<Press> = {}) => pressOf('ana', verb, { by: ANA, ...rest });
  const alone = gateOfAna({ approvals: 2 }, { mayActAlone: true });

  it('lets the requester decide alone with a code, and says so', () => {
    const first = applyAll(alone, [own('review'), own('emergency')]);
    const { gate, last } = applyAll(first.gate, [own('emergency', { withCode: true })]);

    expect(first.last).toEqual({ kind: 'code_needed' });
    expect(last).toEqual({ kind: 'recorded', verb: 'emergency', missing: 0 });
    expect(gate.decision).toEqual({ kind: 'approved', by: [{ by: 'ana', at: OPENED_AT }], isAlone: true });
  });

  it.each(['approve', 'deny', 'refuse', 'choose', 'change'] as const)(
    'lets the requester %s no more than ever',
    (verb) => {
      expect(applyAll(alone, [own('review'), own(verb, { withCode: true })]).last).toEqual({ kind: 'own_request' });
    },
  );

  it('stands alone, also where somebody else has approved already', () => {
    const presses = [...approving('rob'), own('review'), own('emergency', { withCode: true })];

    expect(applyAll(alone, presses).gate).toMatchObject({
      approvals: [{ by: ANA }],
      decision: { by: [{ by: 'ana' }], isAlone: true },
    });
  });

  it('is nobody else’s, and not for whom the role is missing', () => {
    const other = applyAll(alone, [pressOf('rob', 'review'), pressOf('rob', 'emergency', { withCode: true })]);
    const analyst = applyAll(alone, [pressOf('ana', 'review'), pressOf('ana', 'emergency', { withCode: true })]);

    expect(other.last).toEqual({ kind: 'own_request' });
    expect(analyst.last).toEqual({ kind: 'not_permitted', needs: 'responder' });
  });

  it('needs the second look, like any decision', () => {
    expect(takePress(alone, own('emergency', { withCode: true })).outcome).toEqual({ kind: 'stale_card' });
  });
});

describe('expireGate and withdrawGate', () => {
  it('close a gate that nobody answered, and no other', () => {
    const approved = applyAll(gateOfAna(), approving('rob')).gate;

    expect(expireGate(gateOfAna()).decision).toEqual({ kind: 'expired' });
    expect(withdrawGate(gateOfAna(), 'an engineer', OPENED_AT).decision).toEqual({
      kind: 'withdrawn',
      by: [{ by: 'an engineer', at: OPENED_AT }],
    });
    expect(expireGate(approved)).toBe(approved);
    expect(withdrawGate(approved, 'an engineer', OPENED_AT)).toBe(approved);
  });
});

describe('freezeGate', () => {
  it('stops every approval, and neither a deny nor a withdrawal', () => {
    const frozen = freezeGate(gateOfAna(), true);

    expect(applyAll(frozen, approving('rob')).last).toEqual({ kind: 'frozen' });
    expect(applyAll(frozen, approving('rob', { withCode: true })).last).toEqual({ kind: 'frozen' });
    expect(applyAll(frozen, denying('rob')).gate.decision?.kind).toBe('denied');
    expect(takePress(frozen, pressOf('ana', 'withdraw')).gate.decision?.kind).toBe('withdrawn');
  });

  it('lets the emergency not through either', () => {
    const by = { ...PEOPLE.ana, role: 'responder' } as const;
    const frozen = freezeGate(gateOfAna({}, { mayActAlone: true }), true);
    const presses = [pressOf('ana', 'review', { by }), pressOf('ana', 'emergency', { by, withCode: true })];

    expect(applyAll(frozen, presses).last).toEqual({ kind: 'frozen' });
  });

  it('lets go on, with what was approved before', () => {
    const one = applyAll(gateOfAna({ approvals: 2 }), approving('rob')).gate;
    const thawed = freezeGate(freezeGate(one, true), false);

    expect(applyAll(thawed, approving('ria')).gate.decision).toMatchObject({ by: [{ by: 'rob' }, { by: 'ria' }] });
  });

  it('leaves a decided gate alone', () => {
    const decided = applyAll(gateOfAna(), denying('rob')).gate;

    expect(freezeGate(decided, true)).toBe(decided);
  });
});

describe('rearmGate', () => {
  it('gives the lost time back and makes presses on older cards count for nothing', () => {
    const gate = rearmGate(gateOfAna(), 600_000);

    expect(gate.expiresAt).toBe('2026-03-01T12:40:00.000Z');
    expect(applyAll(gate, approving('rob')).last).toEqual({ kind: 'stale_card' });
    expect(applyAll(gate, denying('rob')).last).toEqual({ kind: 'stale_card' });
    expect(applyAll(gate, approving('rob', { rev: 1 })).gate.decision?.kind).toBe('approved');
  });

  it('lets the requester withdraw from an older card', () => {
    const gate = rearmGate(gateOfAna(), 600_000);

    expect(takePress(gate, pressOf('ana', 'withdraw')).gate.decision?.kind).toBe('withdrawn');
  });

  it('keeps the revision within a byte of the button', () => {
    let gate = gateOfAna();
    for (let times = 0; times < 256; times += 1) gate = rearmGate(gate, 1);

    expect(gate.rev).toBe(0);
    expect(gate.expiresAt).toBe('2026-03-01T12:30:00.256Z');
  });

  it.each([-600_000, Number.NaN, Number.POSITIVE_INFINITY])(
    'never takes time away, nor breaks, for a gap of %d ms',
    (lostMs) => {
      expect(rearmGate(gateOfAna(), lostMs).expiresAt).toBe(EXPIRES_AT);
    },
  );

  it.each([8.64e15, Number.MAX_VALUE])('does not break for a gap of %d ms', (lostMs) => {
    expect(Date.parse(rearmGate(gateOfAna(), lostMs).expiresAt)).toBeGreaterThan(Date.parse(EXPIRES_AT));
  });

  it('leaves a decided gate alone', () => {
    const decided = applyAll(gateOfAna(), denying('rob')).gate;

    expect(rearmGate(decided, 600_000)).toBe(decided);
  });
});
