import type { Report } from '#domain/report.ts';
import type { Claim } from '#store/claim.ts';
import type { Store } from '#store/open-store.ts';

/** Gives the store of the running test. */
export type StoreOfTest = () => Store;

export const START = Date.parse('2026-03-02T10:00:00.000Z');

/** The moment so many seconds after the start of the tests' virtual day. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString();
}

export const report: Report = { level: 'malicious', summary: 'Known command server', facts: [] };

/** A claim on a source without a quota: answers serve for ten minutes, calls fly for thirty seconds. */
export function claimOf(seconds: number, changes: Partial<Claim> = {}): Claim {
  return {
    source: 'urlhaus',
    observableKey: 'ipv4:192.0.2.1',
    requestId: 'request-1',
    by: 'ann',
    now: at(seconds),
    reuseMs: 600_000,
    flightMs: 30_000,
    ...changes,
  };
}

/** A claim on a source that counts calls: four a minute, ten a day. */
export function meteredClaimOf(seconds: number, changes: Partial<Claim> = {}): Claim {
  return claimOf(seconds, { source: 'virustotal', quota: { perMinute: 4, perDay: 10 }, ...changes });
}

/** Claims and expects to be allowed; gives the call's id. */
export async function begin(store: Store, claim: Claim): Promise<string> {
  const claimed = await store.lookups.claim(claim);
  if (claimed.kind !== 'go') throw new Error(`Expected to go, but: ${JSON.stringify(claimed)}`);
  return claimed.callId;
}
