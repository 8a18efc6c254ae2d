import { describe, expect, it } from 'vitest';
import { expireGate, freezeGate, rearmGate, withdrawGate } from '#domain/gate.ts';
import {
  applyAll,
  approving,
  denying,
  EXPIRES_AT,
  gateOfAna,
  OPENED_AT,
  PEOPLE,
  pressOf,
  takePress,
} from './gate-people.ts';

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
