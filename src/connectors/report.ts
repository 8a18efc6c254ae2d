import type { Fact, Report } from '#domain/report.ts';

const LONGEST_TEXT = 200;
const MOST_FACTS = 8;

/** A report before its texts are cut: facts may be missing, empty or far too long, as vendors write them. */
export type ReportDraft = Omit<Report, 'facts' | 'seenAt'> & {
  readonly facts?: readonly (readonly [label: string, value: string | number | null | undefined])[];
  readonly seenAt?: string | undefined;
};

const EARLIEST_MS = Date.parse('1990-01-01T00:00:00Z');
const DAY_MS = 86_400_000;

/** Makes a report that keeps the domain's limits: texts on one line and cut, facts without a value left out. */
export function createReport({ facts = [], seenAt, summary, ...rest }: ReportDraft): Report {
  return {
    ...rest,
    summary: cutText(summary),
    facts: facts.flatMap(toFact).slice(0, MOST_FACTS),
    ...(seenAt !== undefined && isPlausible(seenAt) ? { seenAt } : {}),
  };
}

/** Older than the Web, or of a time to come: no sighting, and beyond 2038 no date that Telegram takes (32 bits). */
function isPlausible(instant: string): boolean {
  const ms = Date.parse(instant);
  return ms >= EARLIEST_MS && ms <= Date.now() + DAY_MS;
}

function toFact([label, value]: NonNullable<ReportDraft['facts']>[number]): Fact[] {
  const text = cutText(String(value ?? ''));
  return text === '' ? [] : [{ label, value: text }];
}

/** Outside text on one line of at most 200 characters; never ends in half a character. */
export function cutText(text: string, longest: number = LONGEST_TEXT): string {
  const line = text
    .slice(0, longest * 10)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (line.length <= longest) return line.toWellFormed();
  const start = line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${start.toWellFormed()}…`;
}

/** A file's size in bytes, as a fact's value; null if it is not known. */
export function sizeTextOf(sizeBytes: number | null | undefined): string | null {
  return sizeBytes === null || sizeBytes === undefined ? null : `${sizeBytes} bytes`;
}
