type Decided = { readonly by: string; readonly at: string };

/** How a gate closed. Silence never approves: it is `expired`. */
export type GateDecision =
  | { readonly kind: 'approved'; readonly by: readonly Decided[]; readonly isAlone?: true }
  | { readonly kind: 'denied'; readonly by: readonly [Decided]; readonly why: string }
  | { readonly kind: 'withdrawn'; readonly by: readonly [Decided] }
  | { readonly kind: 'expired' };
