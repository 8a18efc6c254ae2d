import { ActivityFailure } from '@temporalio/workflow';
import type { ContainmentState, Lifted, Posting } from '#domain/card.ts';
import type { OrderOutcome } from '#domain/containment.ts';
import { inTime } from './instants.ts';
import type { HeldLease, LateCards, LeaseOrder } from './messages.ts';
import { show } from './proxies.ts';

type DoneOutcome = Extract<OrderOutcome, { outcome: 'done' }>;

/** Tells every card of a block how it goes on after the act. No act ever waits for it: Telegram may be away for long. */
export function createLeaseCards() {
  let untold = 0;
  const awaited = new Map<string, { readonly one: LeaseOrder; readonly lifted: Lifted }>();
  let last: Promise<void> = Promise.resolve();
  /** One after the other: what was true earlier must not be drawn over what is true now. */
  const tell = async (postings: readonly Posting[], summary: string): Promise<void> => {
    untold += 1;
    last = last.then(async () => tryToShow(postings, summary)).finally(() => void (untold -= 1));
    return last;
  };
  return {
    isTold: () => untold === 0,
    /** Whether a block has ended some of whose cards are still on their way to their chats. */
    areAwaited: () => awaited.size > 0,
    /** Cards that came to their chats after the end of their block do not say that it stands. */
    tellLate: async (late: readonly LateCards[]) => {
      const postings = late.flatMap(({ requestId, cards }) => {
        const ended = awaited.get(requestId);
        awaited.delete(requestId);
        return ended ? edits({ ...ended.one, cards }, liftedState(ended.one, ended.lifted)) : [];
      });
      if (postings.length > 0) await tell(postings, 'Show: lifted, where it was not known');
    },
    /** Whoever asked for the block and not for its end hears of it: their last message says that it stands. */
    tellLifted: async (held: HeldLease, lifted: Lifted) => {
      const postings = ordersOf(held).flatMap((one) => {
        const state = liftedState(one, lifted);
        if (one.awaitsCards) awaited.set(one.order.requestId, { one, lifted });
        const isNews = lifted.order !== null && lifted.order.requester !== one.order.requester;
        return [...edits(one, state), ...(isNews ? notices(one, state) : [])];
      });
      return tell(postings, 'Show: lifted');
    },
    /** Another request made the block longer: no card goes on naming an end that is none. */
    tellLonger: async (orders: readonly LeaseOrder[], system: string, outcome: DoneOutcome) => {
      const outcomes = [{ system, outcome: { ...outcome, isExtended: true } as const }];
      const postings = orders.flatMap((one) => edits(one, { ...stateOf(one), phase: 'done', outcomes }));
      return tell(postings, 'Show: held longer');
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

function liftedState(one: LeaseOrder, lifted: Lifted): ContainmentState {
  return { ...stateOf(one), phase: 'lifted', lifted };
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
