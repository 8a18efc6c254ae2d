/**
 * What one source says of one observable. `context` is knowledge without an opinion (who registered it, open ports);
 * `no_hits` means the source knows the observable and nothing speaks against it; `unknown` means it has no rating,
 * whether it has seen the observable or not. Neither is ever called clean.
 */
export type ReportLevel = 'malicious' | 'suspicious' | 'no_hits' | 'unknown' | 'context';

/** One source's answer in SocBot's words. All texts are outside text and hostile until a card has wrapped them. */
export type Report = {
  readonly level: ReportLevel;
  /** Hits and their denominator with its unit, e.g. 58 of 94 engines. Absent where the source has no such count. */
  readonly score?: { readonly hits: number; readonly of: number; readonly unit: string };
  /** The reason in one clause, e.g. `Cobalt Strike C2, confidence 95 %`. Never empty. At most 200 characters. */
  readonly summary: string;
  /** Context worth a line of its own, e.g. `Network: AS64500 EXAMPLE-NET`. At most eight, each at most 200 characters. */
  readonly facts: readonly Fact[];
  /** When the source last saw or rated it; ISO 8601, UTC. */
  readonly seenAt?: string;
};

/** A label of ours and a value of the source's. */
export type Fact = { readonly label: string; readonly value: string };
