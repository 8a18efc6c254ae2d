import type { ContainmentState } from '#domain/card.ts';
import { digestOf } from '#domain/containment.ts';
import { requestIdOf } from '#domain/ids.ts';
import type { BotFixture } from './bot.ts';

const NOW = '2026-11-24T02:14:00.000Z';
const PLAN = {
  action: 'block',
  target: { kind: 'ipv4', value: '203.0.113.66' },
  systems: ['block-feed'],
  durationMs: 86_400_000,
  markings: { tlp: 'AMBER', pap: 'GREEN' },
} as const;

/** A containment that waits for a decision, as its cards show it. */
export const WAITING: ContainmentState = {
  phase: 'awaiting_approval',
  plan: PLAN,
  digest: digestOf(PLAN),
  reason: 'C2, 3 hosts',
  requester: 'ana',
  basis: null,
  expiresAt: '2026-11-24T02:44:00.000Z',
  rev: 0,
  decision: null,
  outcomes: [],
  unreachable: [],
};

/** Posts a card with a button of the gate in a chat; gives the message's id. */
export async function postBlankCard(
  { show, bot }: BotFixture,
  chat: number,
  reader: 'requester' | 'approver' = 'requester',
): Promise<number> {
  const ask = {
    requestId: requestIdOf(bot.botInfo.id, 42),
    by: { name: 'ana', telegramId: 1001 },
    chat: { id: chat, isPrivate: chat > 0 },
    messageId: 0,
    askedAt: NOW,
  };
  return show({ to: chat, card: { kind: 'containment', reader, ask, state: WAITING } });
}
