import type { Report, ReportLevel } from '#domain/report.ts';
import type { LookUpCall, LookUpOutcome } from '#workflows/proxies.ts';

export const SOURCES = ['alpha', 'beta', 'gamma'] as const;
export type SourceName = (typeof SOURCES)[number];

type Script = (call: LookUpCall, times: number) => Promise<LookUpOutcome> | LookUpOutcome;

/** Stands in for the look-ups of three sources. Each answers "no hits" but where a request has a script of its own. */
export function createFakeSources() {
  const scripts = new Map<string, Script>();
  const calls: (LookUpCall & { source: SourceName })[] = [];

  const lookUp = (source: SourceName) => async (call: LookUpCall) => {
    calls.push({ ...call, source });
    const key = `${call.requestId}/${source}`;
    const times = calls.filter((one) => `${one.requestId}/${one.source}` === key).length;
    return (await scripts.get(key)?.(call, times)) ?? answer('no_hits');
  };
  return {
    activities: Object.fromEntries(SOURCES.map((source) => [`${source}.lookUp`, lookUp(source)])),
    /** What a source does when this request asks; `times` counts from 1. */
    script: (requestId: string, source: SourceName, script: Script): void =>
      void scripts.set(`${requestId}/${source}`, script),
    callsOf: (requestId: string): readonly (LookUpCall & { source: SourceName })[] =>
      calls.filter((call) => call.requestId === requestId),
  };
}

/** What a source's activity gives for a report of this level. */
export function answer(level: ReportLevel, rest: Partial<Report> = {}): LookUpOutcome {
  const report = { level, summary: `says ${level}`, facts: [], ...rest };
  return { kind: 'report', report, answeredAt: '2026-03-01T12:00:00.000Z' };
}
