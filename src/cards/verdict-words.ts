import type { Report, ReportLevel } from '#domain/report.ts';
import type { VerdictLevel } from '#domain/verdict.ts';

/** The first words of a verdict. Never colour alone, and never "clean". */
export const VERDICT_WORDS: Record<VerdictLevel, string> = {
  malicious: '🔴 MALICIOUS',
  suspicious: '🟠 SUSPICIOUS',
  no_hits: '🟢 NO HITS',
  unknown: '⚪ UNKNOWN',
};

/** What an unknown verdict must not be taken for. */
export const NOT_CLEAN = 'No data is not "clean".';

/** What one source's report amounts to. */
export const REPORT_MARKS: Record<ReportLevel, string> = {
  malicious: '🔴',
  suspicious: '🟠',
  no_hits: '🟢',
  unknown: '⚪',
  context: 'ℹ️',
};

const REPORT_WORDS: Record<ReportLevel, string> = {
  malicious: 'malicious',
  suspicious: 'suspicious',
  no_hits: 'no hits',
  unknown: 'has no rating',
  context: 'context, no opinion',
};

/** What one source's report amounts to, in words. A source may know a thing well and still not rate it. */
export function reportWords({ level, facts, seenAt }: Report): string {
  const isKnown = facts.length > 0 || seenAt !== undefined;
  return level === 'unknown' && isKnown ? 'knows it, without a rating' : REPORT_WORDS[level];
}
