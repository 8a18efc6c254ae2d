import { condition } from '@temporalio/workflow';
import type { ContainmentCards } from './containment-cards.ts';
import type { ContainmentRecord } from './containment-record.ts';
import { msUntil } from './instants.ts';
import type { ContainmentInput } from './messages.ts';

/** When somebody rings, as parts of the approval's life that are over. */
const REMIND_AT = 0.5;
const ESCALATE_AT = 0.8;

/**
 * Waits for a decision. Rings for the approvers at half the life and for those above them at four fifths; a lost stretch of
 * time moves the deadline and both bells. Whatever changes meanwhile is drawn on the cards it concerns.
 */
export async function waitAtGate(
  input: ContainmentInput,
  record: ContainmentRecord,
  cards: ContainmentCards,
): Promise<void> {
  const bells = [
    { at: REMIND_AT, ring: () => void cards.remind('approvers'), summary: 'Reminder' },
    { at: ESCALATE_AT, ring: () => void cards.remind(input.escalateTo), summary: 'Escalation' },
  ];
  if (record.gate().decision === null) void askApprovers(record, cards);
  for (let gate = record.gate(); gate.decision === null; gate = record.gate()) {
    const [bell] = bells;
    const leadMs = bell ? input.stakes.rule.lifeMs * (1 - bell.at) : 0;
    const isMoved = () => record.gate().decision !== null || record.hasNews();
    const summary = bell?.summary ?? 'Approval expires';
    const waitMs = msUntil(gate.expiresAt) - leadMs;
    const isNews = waitMs > 0 ? await condition(isMoved, waitMs, { summary }) : isMoved();
    if (isNews) drawNews(record, cards);
    else if (bell) bells.shift()?.ring();
    else record.expire();
  }
}

/** Asks the approvers; whoever cannot be reached is named on the requester's card. */
async function askApprovers(record: ContainmentRecord, cards: ContainmentCards): Promise<void> {
  const missed = await cards.askApprovers();
  record.missedBy(missed);
  if (missed.length > 0 && record.gate().decision === null) await cards.showRequester();
}

/** Draws what has changed since the last time on the cards it concerns. */
function drawNews(record: ContainmentRecord, cards: ContainmentCards): void {
  const { isForAll, names, bring } = record.takeNews();
  if (record.gate().decision === null) {
    if (isForAll) void cards.redraw('all');
    else if (names.length > 0) void cards.redraw(names);
  }
  for (const reader of bring) void cards.bring(reader);
}
