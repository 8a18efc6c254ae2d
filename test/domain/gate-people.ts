import { applyPress } from '#domain/approval.ts';
import type { ContainmentPlan } from '#domain/containment.ts';
import { type Gate, type GateOpening, openGate } from '#domain/gate.ts';
import type { Role } from '#domain/person.ts';
import type { GateVerb, Press, PressOutcome } from '#domain/press.ts';

export const OPENED_AT = '2026-03-01T12:00:00.000Z';
export const EXPIRES_AT = '2026-03-01T12:30:00.000Z';
export const AFTERWARDS = '2026-03-01T12:30:00.001Z';

/** Ana asks; Rob and Ria may decide; Vic may only look; Ada runs the house. */
export const PEOPLE = {
  ana: { name: 'ana', telegramId: 11, role: 'analyst' },
  rob: { name: 'rob', telegramId: 22, role: 'responder' },
  ria: { name: 'ria', telegramId: 33, role: 'responder' },
  vic: { name: 'vic', telegramId: 44, role: 'viewer' },
  ada: { name: 'ada', telegramId: 55, role: 'admin' },
} as const satisfies Record<string, { name: string; telegramId: number; role: Role }>;

/** What Ana wants: an address off two systems for two days. */
export const ASKED: ContainmentPlan = {
  action: 'block',
  steps: ['wall', 'moat'].map((system) => ({ system, target: { kind: 'ipv4', value: '203.0.113.66' } })),
  durationMs: 2 * 86_400_000,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
};

/** A gate of Ana's that has been opened just now; one approval suffices, without a code, unless it is said otherwise. */
export function gateOfAna(rule: Partial<Gate['rule']> = {}, rest: Partial<GateOpening> = {}): Gate {
  return openGate({
    requester: 'ana',
    requesterId: PEOPLE.ana.telegramId,
    asked: ASKED,
    rule: { approve: 'responder', approvals: 1, code: false, ...rule },
    expiresAt: EXPIRES_AT,
    ...rest,
  });
}

/** Applies a press at the very moment it names. */
export function takePress(gate: Gate, press: Press): ReturnType<typeof applyPress> {
  return applyPress(gate, press, press.at);
}

let pressed = 0;

/** A press that nobody has made before, on the first revision of the card, in time. */
export function pressOf(who: keyof typeof PEOPLE, verb: GateVerb, rest: Partial<Press> = {}): Press {
  pressed += 1;
  return { pressId: `cq-${pressed}`, verb, rev: 0, arg: 0, by: PEOPLE[who], at: OPENED_AT, seal: 'sealed', ...rest };
}

/** The second look and the decision, as a thumb makes them. */
export function approving(who: keyof typeof PEOPLE, rest: Partial<Press> = {}): readonly Press[] {
  return [pressOf(who, 'review', { ...rest, arg: 0 }), pressOf(who, 'approve', rest)];
}

/** Why it is denied, and that it is. */
export function denying(who: keyof typeof PEOPLE, arg: number = 0): readonly Press[] {
  return [pressOf(who, 'refuse'), pressOf(who, 'deny', { arg })];
}

/** Applies presses one after the other, each at the moment it names. */
export function applyAll(gate: Gate, presses: readonly Press[]) {
  const outcomes: PressOutcome[] = [];
  for (const press of presses) {
    const applied = takePress(gate, press);
    outcomes.push(applied.outcome);
    gate = applied.gate;
  }
  return { gate, outcomes, last: outcomes.at(-1) };
}
