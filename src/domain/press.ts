import type { GateDecision } from './decision.ts';
import type { Role } from './person.ts';

/**
 * What a button asks of a gate. `review`, `choose`, `change`, `refuse` and `back` turn the pages of the presser's own card;
 * `approve`, `emergency` and `deny` decide; `withdraw` and `confirm` are the requester's.
 */
export const GATE_VERBS = [
  'review',
  'choose',
  'change',
  'refuse',
  'back',
  'approve',
  'emergency',
  'deny',
  'withdraw',
  'confirm',
] as const;
export type GateVerb = (typeof GATE_VERBS)[number];

/** One press of a button, as the bot heard it. The person's role is the one of that moment. */
export type Press = {
  /** Unique per press; a repeated delivery carries the same id. */
  readonly pressId: string;
  readonly verb: GateVerb;
  /** The revision of the card that was pressed; an older one may have shown something else. */
  readonly rev: number;
  /** What the button says besides its verb: the scope that was chosen, or why it is denied. */
  readonly arg: number;
  readonly by: { readonly name: string; readonly telegramId: number; readonly role: Role };
  readonly at: string;
  /** The presser proved to be there with a code from their authenticator. */
  readonly withCode?: true;
  /** The message that was pressed: of a card that came twice perhaps the one that nobody knows of. */
  readonly card?: { readonly chat: number; readonly message: number };
  /** The bot's word that it heard this press; checked where it leads to an act. */
  readonly seal: string;
};

/** An approval on its way to the act, with everything that its seal vouches for. */
export type Approval = Pick<Press, 'pressId' | 'by' | 'at' | 'seal' | 'withCode'>;

/** Whether something that reached the engine has the shape of a press; anybody who reaches it can send anything. */
export function isPress(heard: unknown): heard is Press {
  if (typeof heard !== 'object' || heard === null) return false;
  const { pressId, verb, rev, arg, by, at, seal } = heard as Partial<Record<keyof Press, unknown>>;
  const isByPerson = typeof by === 'object' && by !== null && 'name' in by && 'role' in by && 'telegramId' in by;
  const areTexts = [pressId, at, seal].every((one) => typeof one === 'string');
  const areNumbers = [rev, arg].every((one) => typeof one === 'number');
  return areTexts && areNumbers && isByPerson && GATE_VERBS.some((one) => one === verb);
}

/** Why a request is denied, by the number on its button; none need be given. */
export const DENY_REASONS = ['', 'false positive', 'business impact', 'needs more evidence'] as const;

/** What a press came to. Everything but `recorded` and `turned` changed nothing, and is told and recorded all the same. */
export type PressOutcome =
  | { readonly kind: 'recorded'; readonly verb: GateVerb; readonly missing: number }
  /** The presser's card shows another page; nothing is decided. */
  | { readonly kind: 'turned' }
  /** The decision waits for a code of this person. */
  | { readonly kind: 'code_needed' }
  /** A look-up that goes no further: nothing was asked of anybody else that could be withdrawn. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'already_decided'; readonly decision: GateDecision }
  | { readonly kind: 'own_request' }
  | { readonly kind: 'not_permitted'; readonly needs: Role | 'requester' }
  | { readonly kind: 'second_approver_needed' }
  | { readonly kind: 'stale_card' }
  | { readonly kind: 'frozen' };
