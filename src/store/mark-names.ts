/** The facts that SocBot remembers by name. */
export const MARKS = {
  /** When Telegram was last polled with success. */
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

/** The id of the supergroup that a group has become. */
export function movedGroupMark(group: number): string {
  return `telegram.moved-group.${group}`;
}
