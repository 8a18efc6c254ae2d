/** The facts that SocBot remembers by name. */
export const MARKS = {
  /** When Telegram was last polled with success. */
  /** Whether everything is stopped, and by whom. */
  freeze: 'containment.freeze',
  /** Who is on call. */
  onCall: 'on-call',
  lastPoll: 'telegram.last-poll',
  /** When another program was last seen polling with our token. */
  secondPoller: 'telegram.second-poller',
  /** What the audit chat was last told against the audit. */
  auditObjection: 'audit.objection',
} as const;

/** What the offer of a request is marked as, once it was changed. */
export function offerMark(requestId: string): string {
  return `offer.${requestId}`;
}

/** What the next code of a Telegram account is for. */
export function codeMark(telegramId: number): string {
  return `code.${telegramId}`;
}

/** Whether a difference between a system and the containment index was seen, or told. */
export function driftMark(hash: string): string {
  return `drift.${hash}`;
}

/** How often a stranger has tried the code of an invite. */
export function inviteTriesMark(telegramId: number): string {
  return `invite-tries.${telegramId}`;
}

/** The id of the supergroup that a group has become. */
export function movedGroupMark(group: number): string {
  return `telegram.moved-group.${group}`;
}
