import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expireGate, type Gate, type GateVerb, type Press, rearmGate } from '#domain/approval.ts';
import { ROLES } from '#domain/person.ts';
import { FUZZ_RUNS } from './fuzz.ts';
import { AFTERWARDS, EXPIRES_AT, gateOfAna, OPENED_AT, PEOPLE, pressOf, takePress } from './gate-people.ts';

type Step = Press | 'expire' | 'rearm';

const VERBS: readonly GateVerb[] = ['approve', 'deny', 'withdraw', 'confirm'];

/** Takes a step and checks what must hold of every step, whatever came before. */
function take(gate: Gate, step: Step): Gate {
  if (step === 'rearm') return rearmGate(gate, 1_000);
  const next = step === 'expire' ? expireGate(gate) : applyChecked(gate, step);
  if (gate.decision) expectSame(next.decision, gate.decision);
  if (next.decision?.kind === 'approved') expectEnoughOthers(next);
  return next;
}

function applyChecked(gate: Gate, press: Press): Gate {
  const { gate: next, outcome } = takePress(gate, press);
  const again = takePress(next, press);
  expectSame(again, { gate: next, outcome });
  expectSame(typeof outcome.kind, 'string');
  const isFresh = !Object.hasOwn(gate.answered, press.pressId);
  if (outcome.kind !== 'recorded' || !isFresh) {
    expectSame({ ...next, answered: null }, { ...gate, answered: null });
  } else {
    expectSame(gate.decision, null);
    if (press.verb === 'approve' || press.verb === 'deny') {
      expectSame(press.by.name === gate.requester, false);
      expectSame(press.by.role === 'responder' || press.by.role === 'admin', true);
      expectSame([press.rev, press.at <= gate.expiresAt], [gate.rev, true]);
    }
    if (press.verb === 'deny') expectSame(next.decision?.kind, 'denied');
  }
  return next;
}

function expectEnoughOthers(gate: Gate): void {
  const names = new Set(gate.approvals.map((approval) => approval.by.name));
  if (names.size < gate.approvalsNeeded || names.has(gate.requester))
    throw new Error(`approved by ${[...names].join()}`);
}

/** Plain comparison: a matcher of the test runner costs too much a million times. */
function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
  }
}

const anyPress: fc.Arbitrary<Press> = fc
  .record({
    pressId: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '__proto__', 'valueOf'),
    verb: fc.constantFrom(...VERBS),
    rev: fc.constantFrom(0, 0, 0, 1, 2),
    who: fc.constantFrom('ana', 'rob', 'ria', 'vic', 'ada' as const),
    role: fc.option(fc.constantFrom(...ROLES)),
    at: fc.constantFrom(OPENED_AT, OPENED_AT, EXPIRES_AT, AFTERWARDS),
  })
  .map(({ who, role, ...press }) => ({
    ...press,
    seal: 'sealed',
    by: { ...PEOPLE[who as 'ana'], ...(role ? { role } : {}) },
  }));

const anySteps = fc.array(fc.oneof({ weight: 8, arbitrary: anyPress }, fc.constantFrom('expire', 'rearm' as const)), {
  maxLength: 12,
}) as fc.Arbitrary<Step[]>;

describe('applyPress, whatever happens in whatever order', () => {
  it('approves only with enough distinct responders who did not ask, and never changes a decision', () => {
    const kinds = new Set<string | undefined>();
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 3 }), (steps, needed) => {
        kinds.add(steps.reduce(take, gateOfAna(needed)).decision?.kind);
      }),
      { numRuns: FUZZ_RUNS },
    );

    // The random steps reach every end, so the checks had something to check.
    expect(kinds).toEqual(new Set(['approved', 'denied', 'expired', 'withdrawn', undefined]));
  });

  it.each([1, 2])('holds for every sequence of five presses by three people, %d needed', (needed) => {
    const presses = (['ana', 'rob', 'ria'] as const).flatMap((who) =>
      (['approve', 'deny', 'withdraw'] as const).map((verb) => pressOf(who, verb)),
    );
    let sequences = 0;
    const goOn = (gate: Gate, left: number): void => {
      sequences += 1;
      if (left > 0) for (const press of presses) goOn(take(gate, press), left - 1);
    };

    goOn(gateOfAna(needed), 5);

    expect(sequences).toBe(1 + 9 + 9 ** 2 + 9 ** 3 + 9 ** 4 + 9 ** 5);
  });
});
