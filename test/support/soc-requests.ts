import type { Ask } from '#domain/ask.ts';
import type { ContainmentPlan } from '#domain/containment.ts';
import { requestIdOf } from '#domain/ids.ts';
import { DEFAULT_MARKINGS } from '#domain/marking.ts';
import type { Observable } from '#domain/observable.ts';
import { DEFAULT_RULES, type Rule } from '#domain/policy.ts';
import type { Press } from '#domain/press.ts';
import type { Stakes } from '#domain/stakes.ts';
import type { ContainmentInput, LookUpInput } from '#workflows/messages.ts';
import { SOURCES, type SourceName } from './fake-sources.ts';

/** Ana asks; Rob and Ria may decide; Vic may only look. Their private chats carry their own ids. */
export const PEOPLE = {
  ana: { name: 'ana', telegramId: 11, role: 'analyst' },
  rob: { name: 'rob', telegramId: 22, role: 'responder' },
  ria: { name: 'ria', telegramId: 33, role: 'responder' },
  vic: { name: 'vic', telegramId: 44, role: 'viewer' },
} as const;

export const GROUP = -1_001_234;

let asked = 0;

/** A question of Ana's in her private chat, unless it is said to be in the group. */
export function askOf({ isPrivate = true } = {}): Ask {
  asked += 1;
  const { name, telegramId } = PEOPLE.ana;
  return {
    requestId: requestIdOf(7_000_000_001, asked),
    by: { name, telegramId },
    chat: { id: isPrivate ? telegramId : GROUP, isPrivate },
    messageId: asked,
    askedAt: '2026-03-01T12:00:00.000Z',
  };
}

/** An address that no other test uses. */
export function addressOf(last: number): Observable {
  return { kind: 'ipv4', value: `203.0.113.${last}` };
}

/** A question about one address to these sources; its first card waits for all of them. */
export function lookUpInput(ask: Ask, sources: readonly SourceName[] = SOURCES): LookUpInput {
  const planned = sources.map((id) => ({ id, title: `The ${id} service` }));
  return {
    ask,
    plans: [{ observable: addressOf(66), notes: [], isBlockable: true, ask: planned, notAsked: [] }],
    markings: DEFAULT_MARKINGS,
    firstCardMs: 10_000,
    asksFirst: false,
    evenIfLost: false,
  };
}

/** A wish to block an address on the wall for an hour. */
export function blockPlan(target: Observable, rest: Partial<ContainmentPlan> = {}): ContainmentPlan {
  const steps = [{ system: 'wall', target }];
  return { action: 'block', steps, durationMs: 3_600_000, markings: DEFAULT_MARKINGS, ...rest };
}

/** What is at stake by a rule that asks for one approval within a minute, unless it is said otherwise. */
export function stakesWith(rule: Partial<Rule> = {}): Stakes {
  return {
    tier: 'usual',
    why: [],
    rule: { ...DEFAULT_RULES.block.usual, lifeMs: 60_000, windowMs: 60_000, ...rule },
  };
}

/** A request of Ana's that Rob and Ria may approve. */
export function containmentInput(
  ask: Ask,
  plan: ContainmentPlan,
  rest: Partial<ContainmentInput> = {},
): ContainmentInput {
  return {
    ask,
    plan,
    reason: 'calls home',
    basis: null,
    approvers: [PEOPLE.rob, PEOPLE.ria].map(({ name, telegramId }) => ({ name, telegramId })),
    stakes: stakesWith(),
    impact: { findings: [], hosts: [], seenOn: null },
    escalateTo: [],
    mayActAlone: false,
    freeze: null,
    isStale: false,
    ...rest,
  };
}

let presses = 0;

/** A press that nobody has made before. The workflow goes by its own clock, whatever the phone says. */
export function pressBy(who: keyof typeof PEOPLE, verb: Press['verb'], rest: Partial<Press> = {}): Press {
  presses += 1;
  return {
    pressId: `cq-${presses}`,
    verb,
    rev: 0,
    arg: 0,
    by: PEOPLE[who],
    at: '2999-12-31T23:59:59.000Z',
    seal: 'sealed',
    ...rest,
  };
}
