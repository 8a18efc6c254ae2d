import type { AnswerFault } from '#connectors/endpoint.ts';

/** Answers by their numbers (RFC 1035, 4.1.1 and RFC 2136, 2.2). */
export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
} as const;

const STALE: ReadonlySet<number> = new Set([RCODE.NXDOMAIN, RCODE.YXDOMAIN, RCODE.YXRRSET, RCODE.NXRRSET]);

/** Whether a change was not made because a prerequisite did not hold (RFC 2136, 3.2). */
export function isStale(rcode: number): boolean {
  return STALE.has(rcode);
}

const FAULTS: Readonly<Record<number, AnswerFault>> = {
  [RCODE.FORMERR]: { kind: 'refused', message: 'FORMERR' },
  [RCODE.SERVFAIL]: { kind: 'unreachable', message: 'SERVFAIL' },
  [RCODE.NOTIMP]: { kind: 'refused', message: 'NOTIMP: the server does not do this' },
  [RCODE.REFUSED]: { kind: 'unauthorized', message: 'REFUSED: the key may not do this' },
  [RCODE.NOTAUTH]: { kind: 'refused', message: "NOTAUTH: the server is not the zone's primary" },
  [RCODE.NOTZONE]: { kind: 'refused', message: 'NOTZONE: a name outside the zone' },
};

/** What a signed answer means that is not yes; undefined for yes. */
export function faultOfRcode(rcode: number): AnswerFault | undefined {
  if (rcode === RCODE.NOERROR) return undefined;
  return FAULTS[rcode] ?? { kind: 'malformed_response', message: `answer ${rcode} was not expected` };
}
