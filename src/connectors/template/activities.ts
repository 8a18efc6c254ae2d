import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { createReport } from '#connectors/report.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { TemplateClient } from './client.ts';
import type { ListedDomain } from './schema.ts';

/** The tool as a source, in SocBot's words. */
export function createTemplateSource(client: TemplateClient): Source {
  return {
    async lookUp({ kind, value }, signal) {
      if (kind !== 'domain') throw faultOfUnsupportedKind('template', kind);
      const listed = await client.getDomain(value, signal);
      if (listed === null) return createReport({ level: 'unknown', summary: 'Not listed' });
      if (listed.domain.toLowerCase() !== value) throw faultOfOtherIndicator('template');
      return reportOf(listed);
    },
  };
}

/** `no_hits` is for what the tool knows and holds nothing against; it is never called clean. */
const LEVELS: Readonly<Record<ListedDomain['rating'], ReportLevel>> = {
  bad: 'malicious',
  watched: 'suspicious',
  good: 'no_hits',
};

function reportOf({ rating, note, changedAt }: ListedDomain): Report {
  return createReport({
    level: LEVELS[rating],
    summary: `Listed as ${rating}`,
    facts: [['Note', note]],
    seenAt: changedAt ?? undefined,
  });
}
