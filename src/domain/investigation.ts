import type { Markings, Tlp } from './marking.ts';
import type { Observable } from './observable.ts';
import { concludeVerdict, type SourceProgress, type VerdictLevel } from './verdict.ts';

/** One observable and what the sources say of it. */
export type Investigation = {
  readonly observable: Observable;
  /** What was noticed in how it was written, e.g. punycode or an IPv4 address in an IPv6 coat. */
  readonly notes: readonly string[];
  /** Whether a block of it could be asked for, whatever the markings say. */
  readonly isBlockable: boolean;
  readonly sources: readonly SourceProgress[];
};

/** What a look-up is about to do: for each observable the sources to ask, and those not to ask with the reason. */
export type InvestigationPlan = {
  readonly observable: Observable;
  readonly notes: readonly string[];
  readonly isBlockable: boolean;
  readonly ask: readonly PlannedSource[];
  readonly notAsked: readonly { readonly id: string; readonly title: string; readonly why: string }[];
};

/** A source to ask. A metered one is not asked twice for one answer. */
export type PlannedSource = { readonly id: string; readonly title: string };

/** Everything that a look-up card shows. */
export type LookUpState = {
  readonly phase: 'asks_first' | 'running' | 'done' | 'cancelled';
  readonly investigations: readonly Investigation[];
  readonly markings: Markings;
  /** Set where the markings keep the content out of the chat: the highest TLP that may be shown there. */
  readonly withheldAbove?: Tlp;
};

/** The state before any source has been asked. */
export function beginInvestigation(plan: InvestigationPlan): Investigation {
  return {
    observable: plan.observable,
    notes: plan.notes,
    isBlockable: plan.isBlockable,
    sources: [
      ...plan.ask.map(({ id, title }) => ({ id, title, state: 'asking' as const })),
      ...plan.notAsked.map(({ id, title, why }) => ({ id, title, state: 'not_asked' as const, why })),
    ],
  };
}

/** How grave a verdict is: an unknown one before one without hits, since nobody has looked. */
export const WORST_FIRST: readonly VerdictLevel[] = ['malicious', 'suspicious', 'unknown', 'no_hits'];

/** The gravest verdict of several, for a search attribute and for the first line of a list. */
export function gravestLevel(investigations: readonly Investigation[]): VerdictLevel {
  const levels = investigations.map((one) => concludeVerdict(one.sources).level);
  return WORST_FIRST.find((level) => levels.includes(level)) ?? 'unknown';
}
