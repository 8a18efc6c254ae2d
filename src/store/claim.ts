import type { Report } from '#domain/report.ts';
import type { Quota } from '#domain/source.ts';

/** What tells one claim from all others. */
export type ClaimKey = Pick<Claim, 'source' | 'observableKey' | 'requestId'>;

/** The wish to ask one source about one observable. Times are ISO 8601 in UTC, durations milliseconds. */
export type Claim = {
  readonly source: string;
  readonly observableKey: string;
  /** Who wants it: the request, the same at every attempt; and the person's name. */
  readonly requestId: string;
  readonly by: string;
  readonly now: string;
  /** How long an answer serves again, and how long a lost call of a metered source is not repeated. */
  readonly reuseMs: number;
  /** After this long without an answer a call is no longer in flight. */
  readonly flightMs: number;
  /** Makes the source metered. */
  readonly quota?: Quota;
  /** A person wants the call although an earlier one was lost. Overrides once per request, also over crashes. */
  readonly evenIfLost?: boolean;
};

/** What came of a claim. Only `go` allows a call; the call is on record before the claim returns. */
export type Claimed =
  | { readonly kind: 'go'; readonly callId: string }
  | {
      readonly kind: 'answered';
      readonly report: Report;
      readonly answeredAt: string;
      readonly askedBy: string;
      readonly requestId: string;
    }
  | { readonly kind: 'asking'; readonly askedAt: string; readonly askedBy: string; readonly requestId: string }
  | { readonly kind: 'lost'; readonly askedAt: string; readonly askedBy: string }
  | { readonly kind: 'wait'; readonly slotAt: string };
