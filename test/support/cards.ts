import type { Button } from '#cards/button.ts';
import { renderCard } from '#cards/render.ts';
import type { Ask } from '#domain/ask.ts';
import type { Card, ContainmentCard, LookUpCard } from '#domain/card.ts';
import type { ContainmentState, StepState } from '#domain/containment-state.ts';
import { digestOf } from '#domain/containment.ts';
import type { Investigation, LookUpState } from '#domain/investigation.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import type { Report } from '#domain/report.ts';
import type { SourceProgress, SourceState } from '#domain/verdict.ts';

export const ASK: Ask = {
  requestId: 'tg-700000001-731000042',
  by: { name: 'ana', telegramId: 1001 },
  chat: { id: 1001, isPrivate: true },
  messageId: 7,
  askedAt: '2026-11-24T02:14:00.000Z',
};
export const AT = '2026-11-24T02:14:00.000Z';
export const BAD = { kind: 'ipv4', value: '203.0.113.66' } as const;

/** A source's part in a look-up. */
export function source(title: string, state: SourceState): SourceProgress {
  return { id: title.toLowerCase().replaceAll(/\W/g, ''), title, ...state };
}

/** A source that has answered. */
export function answered(
  title: string,
  level: Report['level'],
  summary: string,
  more: Partial<Report> = {},
): SourceProgress {
  return source(title, { state: 'answered', report: { level, summary, facts: [], ...more }, answeredAt: AT });
}

/** A look-up of one address. */
export function lookUp(
  sources: readonly SourceProgress[],
  { view = 'short', phase = 'done', ...one }: Partial<LookUpCard & LookUpState & Investigation> = {},
): LookUpCard {
  const { observable = BAD, notes = [], isBlockable = observable.kind === 'ipv4' } = one;
  const markings = { tlp: 'AMBER', pap: 'GREEN' } as const;
  return {
    kind: 'look_up',
    ask: ASK,
    view,
    state: { phase, markings, investigations: [{ observable, notes, isBlockable, sources }] },
  };
}

/** A containment of one address, as one of its readers sees it. */
export function containment(
  reader: ContainmentCard['reader'],
  change: Partial<ContainmentState> = {},
): ContainmentCard {
  const plan = {
    action: 'block',
    steps: [{ system: 'block-feed', target: BAD }],
    durationMs: 86_400_000,
    markings: { tlp: 'AMBER', pap: 'GREEN' },
  } as const;
  const asked = change.asked ?? change.plan ?? plan;
  const state: ContainmentState = {
    phase: 'awaiting_approval',
    asked,
    choice: 0,
    plan,
    digest: digestOf(change.plan ?? plan),
    reason: 'C2, 3 hosts',
    requester: 'ana',
    basis: null,
    stakes: { tier: 'usual', why: [], rule: DEFAULT_RULES.block.usual },
    impact: { findings: [], hosts: [], seenOn: null, held: [], unread: [] },
    mayActAlone: false,
    expiresAt: '2026-11-24T02:44:00.000Z',
    rev: 0,
    approvedBy: [],
    reviews: {},
    decision: null,
    steps: (change.plan ?? plan).steps,
    unreachable: [],
    ...change,
  };
  return { kind: 'containment', reader, person: reader === 'approver' ? 'ben' : 'ana', ask: ASK, state };
}

/** A step of a containment, and what it came to. */
export function stepOf(
  outcome: NonNullable<StepState['outcome']>,
  { system = 'block-feed', target = BAD, ...rest }: Partial<StepState> = {},
): StepState {
  return { system, target, outcome, ...rest };
}

/** A card as a phone shows it: text, then buttons in brackets with their colour. */
export function draw(card: Card): string {
  const { text, rows } = renderCard(card);
  return [text.text, ...rows.map((row) => row.map(drawButton).join(' '))].join('\n');
}

const COLOURS = { danger: '{r}', success: '{g}', primary: '{b}' };

function drawButton(button: Button): string {
  const label = button.does === 'nothing' ? `[= ${button.label} =]` : `[ ${button.label} ]`;
  return `${label}${button.style ? COLOURS[button.style] : ''}`;
}

/** How many lines of a card's text are longer than a phone's line of 38 characters; those wrap. */
export function wrappedLines(card: Card): string[] {
  return renderCard(card)
    .text.text.split('\n')
    .filter((line) => Array.from(line).length > 38);
}
