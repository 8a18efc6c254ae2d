import type { ContainmentState } from '#domain/containment-state.ts';
import { digestOf } from '#domain/containment.ts';
import type { Review } from '#domain/gate.ts';
import { requestIdOf } from '#domain/ids.ts';
import type { LookUpState } from '#domain/investigation.ts';
import { DEFAULT_RULES } from '#domain/policy.ts';
import type { Start } from './bot-desk.ts';
import { ANA, BEN, type BotFixture } from './bot.ts';

const NOW = '2026-11-24T02:14:00.000Z';
/** What it wants. */
export const PLAN = {
  action: 'block',
  steps: [{ system: 'block-feed', target: { kind: 'ipv4', value: '203.0.113.66' } }],
  durationMs: 86_400_000,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
} as const;

/** A containment that waits for a decision, as its cards show it. */
export const WAITING: ContainmentState = {
  phase: 'awaiting_approval',
  asked: PLAN,
  choice: 0,
  plan: PLAN,
  digest: digestOf(PLAN),
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
  steps: PLAN.steps,
  unreachable: [],
};

/** A request of Ana's that waits, and Ben's own card of it, with one of its pages open where one is named. */
export async function postBensCard(fixture: BotFixture, review?: Review): Promise<number> {
  fixture.engine.planned = { requester: 'ana', requesterId: ANA, plan: PLAN };
  return postBlankCard(fixture, BEN, 'approver', { ...WAITING, reviews: review ? { ben: review } : {} });
}

/** Posts a card with a button of the gate in a chat; gives the message's id. */
export async function postBlankCard(
  { show, bot }: BotFixture,
  chat: number,
  reader: 'requester' | 'approver' = 'requester',
  state: ContainmentState = WAITING,
): Promise<number> {
  const ask = {
    requestId: requestIdOf(bot.botInfo.id, 42),
    by: { name: 'ana', telegramId: 1001 },
    chat: { id: chat, isPrivate: chat > 0 },
    messageId: 0,
    askedAt: NOW,
  };
  return show({
    to: chat,
    card: { kind: 'containment', reader, person: reader === 'approver' ? 'ben' : 'ana', ask, state },
  });
}

/** Presses a button and gives the toast. */
export async function toastOf(
  fixture: BotFixture,
  press: { from: number; chat: number; message: number; button: string },
) {
  const { id } = await fixture.user.press(press);
  await fixture.deliver();
  const { answered, text, alert } = await fixture.user.findPress(id);
  return { answered, text, alert };
}

/** Sends a text and shows the card that it is answered with; gives the message and what was started. */
export async function cardAfter(fixture: BotFixture, text: string): Promise<{ message: number; start: Start }> {
  await fixture.user.send({ from: ANA, chat: ANA, text });
  await fixture.deliver();
  const start = fixture.engine.starts.at(-1);
  if (!start) throw new Error('nothing was started');
  return { message: await showStart(fixture, start), start };
}

async function showStart({ show }: BotFixture, { kind, input }: Start): Promise<number> {
  if (kind === 'answer' && 'card' in input) return show({ to: ANA, card: input.card });
  if (kind !== 'look_up') throw new Error(`${kind} has no card here`);
  const sources = input.plans[0]?.ask.map((source) => ({ ...source, state: 'asking' as const })) ?? [];
  const investigations = input.plans.map(({ observable, notes, isBlockable }) => ({
    observable,
    notes,
    isBlockable,
    sources,
  }));
  const state: LookUpState = { phase: 'running', investigations, markings: input.markings };
  return show({ to: ANA, card: { kind: 'look_up', ask: input.ask, state, view: 'short' } });
}
