import { describe, expect, it } from 'vitest';
import { expireGate, type Gate, openGate, type Press, rearmGate } from '#domain/approval.ts';
import { AFTERWARDS, EXPIRES_AT, gateOfAna, OPENED_AT, PEOPLE, pressOf, takePress } from './gate-people.ts';

function applyAll(gate: Gate, presses: readonly Press[]) {
  const outcomes = [];
  for (const press of presses) {
    const applied = takePress(gate, press);
    outcomes.push(applied.outcome);
    gate = applied.gate;
  }
  return { gate, outcomes };
}

describe('a gate', () => {
  it('opens for one responder who did not ask', () => {
    const { gate, outcome } = takePress(gateOfAna(), pressOf('rob', 'approve'));

    expect(outcome).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
    expect(gate.decision).toEqual({ kind: 'approved', by: [{ by: 'rob', at: OPENED_AT }] });
  });

  it('says how many approvals are missing, and waits for another person', () => {
    const { gate, outcomes } = applyAll(gateOfAna(2), [
      pressOf('rob', 'approve'),
      pressOf('rob', 'approve'),
      pressOf('ria', 'approve'),
    ]);

    expect(outcomes).toEqual([
      { kind: 'recorded', verb: 'approve', missing: 1 },
      { kind: 'second_approver_needed' },
      { kind: 'recorded', verb: 'approve', missing: 0 },
    ]);
    expect(gate.decision).toMatchObject({ kind: 'approved', by: [{ by: 'rob' }, { by: 'ria' }] });
  });

  it('closes at the first deny, however many approvals there are', () => {
    const { gate } = applyAll(gateOfAna(3), [
      pressOf('rob', 'approve'),
      pressOf('ada', 'approve'),
      pressOf('ria', 'deny'),
    ]);

    expect(gate.decision).toEqual({ kind: 'denied', by: [{ by: 'ria', at: OPENED_AT }] });
  });

  it.each(['approve', 'deny'] as const)('does not let the requester %s, whatever role', (verb) => {
    const own = pressOf('ana', verb, { by: { ...PEOPLE.ana, role: 'admin' } });

    const { gate, outcome } = takePress(gateOfAna(), own);

    expect(outcome).toEqual({ kind: 'own_request' });
    expect(gate.decision).toBeNull();
  });

  it('knows the requester by name, also from another of their accounts', () => {
    const second = pressOf('ana', 'approve', { by: { name: 'ana', telegramId: 99, role: 'responder' } });

    expect(takePress(gateOfAna(), second).outcome).toEqual({ kind: 'own_request' });
  });

  it('knows the requester by number, also under a name that has changed since', () => {
    const renamed = pressOf('ana', 'approve', { by: { ...PEOPLE.ana, name: 'ana silva', role: 'responder' } });

    expect(takePress(gateOfAna(), renamed).outcome).toEqual({ kind: 'own_request' });
  });

  it('counts one person with two accounts once', () => {
    const { outcomes } = applyAll(gateOfAna(2), [
      pressOf('rob', 'approve'),
      pressOf('rob', 'approve', { by: { ...PEOPLE.rob, telegramId: 99 } }),
    ]);

    expect(outcomes[1]).toEqual({ kind: 'second_approver_needed' });
  });

  it.each(['vic', 'ana'] as const)('tells %s, who is no responder, what is needed', (who) => {
    const gate = { ...gateOfAna(), requester: 'somebody else', requesterId: 0 };

    expect(takePress(gate, pressOf(who, 'approve')).outcome).toEqual({ kind: 'not_permitted', needs: 'responder' });
    expect(takePress(gate, pressOf(who, 'deny')).outcome).toEqual({ kind: 'not_permitted', needs: 'responder' });
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

  it.each(['approve', 'deny'] as const)('lets nobody %s a late request that its author has not confirmed', (verb) => {
    const late = openGate({ ...gateOfAna(), isConfirmed: false });

    const { outcomes, gate } = applyAll(late, [pressOf('rob', verb), pressOf('ana', 'confirm'), pressOf('rob', verb)]);

    expect(outcomes.map(({ kind }) => kind)).toEqual(['stale_card', 'recorded', 'recorded']);
    expect(gate.decision).not.toBeNull();
  });

  it('tells who comes late what was decided', () => {
    const { outcomes, gate } = applyAll(gateOfAna(), [
      pressOf('ria', 'deny'),
      pressOf('rob', 'approve'),
      pressOf('ana', 'withdraw'),
    ]);

    const decision = { kind: 'denied', by: [{ by: 'ria', at: OPENED_AT }] };
    expect(outcomes.slice(1)).toEqual([
      { kind: 'already_decided', decision },
      { kind: 'already_decided', decision },
    ]);
    expect(gate.decision).toEqual(decision);
  });

  it('counts a press at the very end of its time and none after it', () => {
    const atTheEnd = takePress(gateOfAna(), pressOf('rob', 'approve', { at: EXPIRES_AT }));
    const after = takePress(gateOfAna(), pressOf('rob', 'approve', { at: AFTERWARDS }));

    expect(atTheEnd.gate.decision?.kind).toBe('approved');
    expect(after.gate.decision).toBeNull();
    expect(after.outcome).toEqual({ kind: 'already_decided', decision: { kind: 'expired' } });
  });

  it('gives a press that arrives twice its first answer, though the world has changed', () => {
    const early = pressOf('ana', 'approve');
    const { gate } = applyAll(gateOfAna(), [early, pressOf('rob', 'approve')]);

    const again = takePress(gate, early);

    expect(again.outcome).toEqual({ kind: 'own_request' });
    expect(again.gate).toEqual(gate);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'takes %j for a press id like any',
    (pressId) => {
      const { gate, outcome } = takePress(gateOfAna(), pressOf('rob', 'approve', { pressId }));
      const again = takePress(gate, pressOf('ria', 'deny', { pressId }));

      expect(outcome).toEqual({ kind: 'recorded', verb: 'approve', missing: 0 });
      expect(again.outcome).toEqual(outcome);
      expect(again.gate.decision?.kind).toBe('approved');
    },
  );
});

describe('expireGate', () => {
  it('closes a gate that nobody answered, and no other', () => {
    const approved = takePress(gateOfAna(), pressOf('rob', 'approve')).gate;

    expect(expireGate(gateOfAna()).decision).toEqual({ kind: 'expired' });
    expect(expireGate(approved)).toBe(approved);
  });
});

describe('rearmGate', () => {
  it('gives the lost time back and makes presses on older cards count for nothing', () => {
    const gate = rearmGate(gateOfAna(), 600_000);

    expect(gate.expiresAt).toBe('2026-03-01T12:40:00.000Z');
    expect(takePress(gate, pressOf('rob', 'approve')).outcome).toEqual({ kind: 'stale_card' });
    expect(takePress(gate, pressOf('rob', 'deny')).outcome).toEqual({ kind: 'stale_card' });
    expect(takePress(gate, pressOf('rob', 'approve', { rev: 1 })).gate.decision?.kind).toBe('approved');
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

  it('leaves a decided gate alone', () => {
    const decided = takePress(gateOfAna(), pressOf('rob', 'deny')).gate;

    expect(rearmGate(decided, 600_000)).toBe(decided);
  });
});
