import type { FaultName } from '#connectors/simulator-faults.ts';
import type { FaultKind } from '#domain/fault.ts';
import type { ObservableKind } from '#domain/observable.ts';

/** What a fault of a vendor must become. `isWaitedFor`: only our own deadline ends it. */
export type SourceFault = {
  readonly fault: FaultName;
  readonly kind: FaultKind;
  readonly isUndone: boolean;
  readonly isWaitedFor?: boolean;
  readonly retryAfterMs?: number;
};

const malformed = (fault: FaultName): SourceFault => ({ fault, kind: 'malformed_response', isUndone: false });
const unreachable = (fault: FaultName): SourceFault => ({ fault, kind: 'unreachable', isUndone: false });
const waitedFor = (fault: FaultName): SourceFault => ({ ...unreachable(fault), isWaitedFor: true });
const limited = (fault: FaultName): SourceFault => ({ fault, kind: 'rate_limited', isUndone: true });

/** Every fault that a simulator can have, and how it ends. None ends as a report. */
export const SOURCE_FAULTS: readonly SourceFault[] = [
  ...(['slow', 'hang', 'slow-loris'] as const).map(waitedFor),
  { ...limited('rate-limited'), retryAfterMs: 7000 },
  ...(['rate-limited-silent', 'rate-limited-absurd', 'rate-limited-past'] as const).map(limited),
  { fault: 'unauthorized', kind: 'unauthorized', isUndone: true },
  ...(['server-error', 'bad-gateway', 'unavailable', 'cut-off', 'drop-before', 'drop-after'] as const).map(unreachable),
  ...(['html', 'html-not-found', 'empty', 'truncated', 'wrong-shape', 'list', 'null', 'proto', 'deep'] as const).map(
    malformed,
  ),
  ...(['huge', 'endless', 'bomb', 'redirect', 'other-observable'] as const).map(malformed),
];

/** One observable of each kind of which the simulated world has never heard. */
export const UNKNOWN_VALUES: Readonly<Record<ObservableKind, string>> = {
  ipv4: '198.51.100.200',
  ipv6: '2001:db8:0:1::200',
  cidr: '198.51.100.128/25',
  domain: 'never-seen.example',
  url: 'https://never-seen.example/page?a=1',
  email: 'nobody@never-seen.example',
  md5: '00'.repeat(16),
  sha1: '00'.repeat(20),
  sha256: '00'.repeat(32),
  host: 'never-seen',
};

/** Values that no parser lets through, for the day when one does. */
export const HOSTILE_VALUES: readonly string[] = [
  '../../admin',
  'a/../../b/c',
  '..',
  '%2e%2e%2fadmin',
  'x?key=stolen&limit=9#end',
  'x\r\nx-injected: 1',
  'x\u0000y',
  '\u202Eelpmaxe',
  '',
];
