import type { Guard, GuardFinding, GuardTier } from '#domain/guard/guard.ts';
import { judgeTarget } from '#domain/guard/judge.ts';
import type { ObservableKind } from '#domain/observable.ts';

/** The settings of a small company; the lists know nothing unless a test says so. */
export function guardWith(change: Partial<Guard> = {}): Guard {
  return {
    ownNetworks: ['203.0.113.64/26', '2001:db8:5::/48'],
    ownDomains: ['corp.example', 'bücher.example'],
    lifelines: [
      { name: 'Temporal', what: 'host', value: 'temporal.ops.example' },
      { name: 'the store', what: 'host', value: '198.51.100.20' },
      { name: 'TheHive', what: 'host', value: '[2001:db8:6::7]' },
      { name: 'the sandbox', what: 'network', value: '192.0.2.128/25' },
    ],
    hosts: [
      { name: 'dc1.corp.example', addresses: ['198.51.100.9', '2001:db8:7::9'], tier: 'critical' },
      { name: 'FILES', addresses: [], tier: 'server' },
      { name: 'ws-17', addresses: ['198.51.100.17'], tier: 'workstation' },
      { name: 'db', addresses: ['198.51.100.20'], tier: 'server' },
    ],
    allowDocumentationRanges: true,
    lists: { find: () => [] },
    ...change,
  };
}

/** What speaks against a target, `tier: why` each. */
export function judged(kind: ObservableKind, value: string, guard: Guard): string[] {
  return judgeTarget({ kind, value }, guard).map(({ tier, why }) => `${tier}: ${why}`);
}

/** The gravest tier against a target; null when nothing is. */
export function tierOf(findings: readonly GuardFinding[]): GuardTier | null {
  return findings[0]?.tier ?? null;
}
