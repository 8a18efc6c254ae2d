import { ActivityFailure } from '@temporalio/workflow';
import type { ContainmentState, Lifted, Posting } from '#domain/card.ts';
import type { OrderOutcome } from '#domain/containment.ts';
import { inTime } from './instants.ts';
import type { HeldLease, LeaseOrder } from './messages.ts';
import { show } from './proxies.ts';

/** Tells every card of a block how it goes on after the act. No act ever waits for it: Telegram may be away for long. */
export function createLeaseCards() {
  let untold = 0;
  let last: Promise<void> = Promise.resolve();
  /** One after the other: what was true earlier must not be drawn over what is true now. */
  const tell = async (postings: readonly Posting[], summary: string): Promise<void> => {
    untold += 1;
    last = last.then(async () => tryToShow(postings, summary)).finally(() => void (untold -= 1));
    return last;
  };
  return {
    isTold: () => untold === 0,
    /** Whoever asked for the block and not for its end hears of it: their last message says that it stands. */
    tellLifted: async (held: HeldLease, lifted: Lifted) => {
      const postings = ordersOf(held).flatMap((one) => {
        const state: ContainmentState = { ...stateOf(one), phase: 'lifted', lifted };
        const isNews = lifted.order !== null && lifted.order.requester !== one.order.requester;
        return [...edits(one, state), ...(isNews ? notices(one, state) : [])];
      });
      return tell(postings, 'Show: lifted');
    },
    /** Edits make no sound, so whoever asked gets a short message as well. */
    tellOverdue: async (held: HeldLease, system: string, outcome: OrderOutcome) => {
      const overdue = { since: held.order.until ?? inTime(0), system, why: 'why' in outcome ? outcome.why : '' };
      const postings = ordersOf(held).flatMap((one) => {
        const state: ContainmentState = { ...stateOf(one), phase: 'overdue', overdue };
        return [...edits(one, state), ...notices(one, state)];
      });
      return tell(postings, 'Show: not yet lifted');
    },
  };
}

export type LeaseCards = ReturnType<typeof createLeaseCards>;

/** A card that could not be shown in days is given up; the block ends all the same. */
async function tryToShow(postings: readonly Posting[], summary: string): Promise<void> {
  try {
    await show(postings, summary);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
}

/** Every order that the lease carried out, each with its own words and cards. */
function ordersOf(held: HeldLease): readonly LeaseOrder[] {
  return [...held.earlier, held];
}

function edits({ ask, cards }: LeaseOrder, state: ContainmentState): Posting[] {
  return cards.map(({ chat, message, reader }) => ({
    to: chat,
    edit: message,
    isSilent: true,
    card: { kind: 'containment', reader, ask, state },
  }));
}

function notices({ ask, cards }: LeaseOrder, state: ContainmentState): Posting[] {
  return cards
    .filter(({ reader }) => reader === 'requester')
    .map(({ chat, message }) => ({
      to: chat,
      replyTo: message,
      isSilent: false,
      card: { kind: 'containment', reader: 'notice', ask, state },
    }));
}

function stateOf({ order }: LeaseOrder): Omit<ContainmentState, 'phase'> {
  return {
    plan: order.plan,
    digest: order.digest,
    reason: order.reason,
    requester: order.requester,
    basis: null,
    expiresAt: order.notAfter,
    rev: 0,
    decision: { kind: 'approved', by: order.approvals.map(({ by, at }) => ({ by: by.name, at })) },
    outcomes: [],
    unreachable: [],
  };
}
