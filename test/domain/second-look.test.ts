import { describe, expect, it } from 'vitest';
import { rearmGate } from '#domain/gate.ts';
import type { Press } from '#domain/press.ts';
import { applyAll, approving, gateOfAna, OPENED_AT, PEOPLE, pressOf, takePress } from './gate-people.ts';

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
