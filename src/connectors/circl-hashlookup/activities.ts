import { faultOfOtherIndicator, faultOfUnsupportedKind } from '#connectors/faults.ts';
import { type HashKind, isHashKind } from '#connectors/hash-kinds.ts';
import { createReport } from '#connectors/report.ts';
import type { Report, ReportLevel } from '#domain/report.ts';
import type { Source } from '#domain/source.ts';
import type { HashlookupClient } from './client.ts';
import type { KnownFile } from './schema.ts';

/** CIRCL hashlookup as a source: whether a file belongs to a known distribution, and whether anybody accuses it. */
export function createHashlookupSource(client: HashlookupClient): Source {
  return {
    async lookUp({ kind, value }, signal) {
      if (!isHashKind(kind)) throw faultOfUnsupportedKind('circl-hashlookup', kind);
      return reportOf(kind, value, await client.getFile(kind, value, signal));
    },
  };
}

const NO_OPINION_PERCENT = 50;

function reportOf(kind: HashKind, hash: string, file: KnownFile | null): Report {
  if (file === null) return createReport({ level: 'unknown', summary: 'In none of the known sets of files' });
  const repeated = file.hashes[kind];
  if (repeated && repeated.toLowerCase() !== hash) throw faultOfOtherIndicator('circl-hashlookup');
  return createReport({
    level: levelOf(file, Boolean(repeated)),
    summary: summaryOf(file, Boolean(repeated)),
    facts: [
      ['A name of it', file.name],
      ['Product', file.product],
      ['Set', file.set],
      ['In packages', file.parents],
      ['Trust', `${file.trust} %`],
    ],
  });
}

/**
 * Trust counts the sets that hold a file, so it stays high for a file that is accused: then the two contradict each
 * other, and neither settles it. A record without the hash that was asked for accuses, but does not reassure.
 */
function levelOf(file: KnownFile, isRepeated: boolean): ReportLevel {
  const isTrusted = file.trust >= NO_OPINION_PERCENT;
  if (file.accuser !== null) return isTrusted ? 'suspicious' : 'malicious';
  if (!isTrusted) return 'suspicious';
  return isRepeated ? 'no_hits' : 'context';
}

function summaryOf(file: KnownFile, isRepeated: boolean): string {
  const trust = `trust ${file.trust} %`;
  if (file.accuser !== null) return `Called malicious by ${file.accuser}, ${trust}`;
  if (file.trust < NO_OPINION_PERCENT) return `Known file, but hardly trusted, ${trust}`;
  return isRepeated ? `Known file, ${trust}` : `Known file, but the answer does not repeat the hash; ${trust}`;
}
