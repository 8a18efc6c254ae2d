import type { Gate, GateVerb, Press } from '#domain/approval.ts';
import { applyPress, openGate } from '#domain/approval.ts';
import type { Role } from '#domain/person.ts';

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

/** A gate of Ana's that has been opened just now. */
export function gateOfAna(approvalsNeeded?: number): Gate {
  return openGate({ requester: 'ana', requesterId: PEOPLE.ana.telegramId, expiresAt: EXPIRES_AT }, approvalsNeeded);
}

/** Applies a press at the very moment it names. */
export function takePress(gate: Gate, press: Press): ReturnType<typeof applyPress> {
  return applyPress(gate, press, press.at);
}

let presses = 0;

/** A press that nobody has made before, on the first revision of the card, in time. */
export function pressOf(who: keyof typeof PEOPLE, verb: GateVerb, rest: Partial<Press> = {}): Press {
  presses += 1;
  return { pressId: `cq-${presses}`, verb, rev: 0, by: PEOPLE[who], at: OPENED_AT, seal: 'sealed', ...rest };
}
