import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * The search attributes of every request, in one table: the embedded server, the set-up of a cluster and the README are
 * made from it. Values are plaintext in Temporal, so they hold no observable and no name; SQL visibility allows ten
 * keywords and three of every other type.
 */
export const SEARCH_ATTRIBUTES = {
  SocKind: 'Keyword',
  SocPhase: 'Keyword',
  SocRef: 'Keyword',
  SocRequester: 'Keyword',
  SocSubject: 'Keyword',
  SocVerdict: 'Keyword',
  SocDeadline: 'Datetime',
} as const;

/** `look_up`, `containment`, `answer`, `lease`, `checkpoint` or `reconcile`. */
export const SocKind = defineSearchAttributeKey('SocKind', 'KEYWORD');
/** `running`, `awaiting_approval`, `done`, `denied`, `expired` and the like. */
export const SocPhase = defineSearchAttributeKey('SocPhase', 'KEYWORD');
/** The four characters by which people name a request. */
export const SocRef = defineSearchAttributeKey('SocRef', 'KEYWORD');
/** The requester's numeric Telegram id. */
export const SocRequester = defineSearchAttributeKey('SocRequester', 'KEYWORD');
/** A hash of what a containment is about, by which the same wish is found. */
export const SocSubject = defineSearchAttributeKey('SocSubject', 'KEYWORD');
export const SocVerdict = defineSearchAttributeKey('SocVerdict', 'KEYWORD');
/** When a waiting approval ends. */
export const SocDeadline = defineSearchAttributeKey('SocDeadline', 'DATETIME');
