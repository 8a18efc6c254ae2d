import { describe, expect, it } from 'vitest';
import { openGate } from '#domain/gate.ts';
import type { Press } from '#domain/press.ts';
import {
  AFTERWARDS,
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
