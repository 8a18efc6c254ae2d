import type { Report } from './report.ts';

/** SocBot's conclusion. `no_hits` is not "clean", and `unknown` is not "harmless". */
export type VerdictLevel = 'malicious' | 'suspicious' | 'no_hits' | 'unknown';

/** Why a source that was asked gave no report. `lost`: it was asked, its answer never arrived, and it is not asked twice. */
export type Silence =
  | 'unreachable'
  | 'rate_limited'
  | 'unauthorized'
  | 'not_found'
  | 'refused'
  | 'malformed_response'
  | 'lost'
  | 'late';

/** How far one source has come with one observable. */
export type SourceState =
  | { readonly state: 'asking' }
  | { readonly state: 'waiting'; readonly until: string }
  | { readonly state: 'answered'; readonly report: Report; readonly answeredAt: string; readonly sharedBy?: Sharer }
  | { readonly state: 'silent'; readonly why: Silence; readonly detail: string }
  | { readonly state: 'not_asked'; readonly why: string };

/** Whose earlier question brought the answer that is shown again. */
export type Sharer = { readonly name: string; readonly askedAt: string };

/** One source's part in an investigation. */
export type SourceProgress = { readonly id: string; readonly title: string } & SourceState;

/** The conclusion with what it rests on: ids of sources by what they said. */
export type Verdict = {
  readonly level: VerdictLevel;
  readonly malicious: readonly string[];
  readonly suspicious: readonly string[];
  readonly noHits: readonly string[];
  readonly unknown: readonly string[];
  /** Sources that were asked and did not answer. While there is one, the verdict is degraded. */
  readonly silent: readonly string[];
  /** Sources that may still answer. */
  readonly open: readonly string[];
};

/**
 * Concludes from what the sources said so far. One source's "malicious" is enough; "no hits" needs a source that looked
 * and no source that failed to answer or still may: a missing answer never turns into a good one.
 */
export function concludeVerdict(sources: readonly SourceProgress[]): Verdict {
  const idsAt = (level: Report['level']) =>
    sources.filter((s) => s.state === 'answered' && s.report.level === level).map((s) => s.id);
  const idsIn = (...states: readonly SourceState['state'][]) =>
    sources.filter((s) => states.includes(s.state)).map((s) => s.id);
  const said = {
    malicious: idsAt('malicious'),
    suspicious: idsAt('suspicious'),
    noHits: idsAt('no_hits'),
    unknown: idsAt('unknown'),
    silent: idsIn('silent'),
    open: idsIn('asking', 'waiting'),
  };
  return { level: levelOf(said), ...said };
}

function levelOf(said: Omit<Verdict, 'level'>): VerdictLevel {
  if (said.malicious.length > 0) return 'malicious';
  if (said.suspicious.length > 0) return 'suspicious';
  const isComplete = said.silent.length === 0 && said.open.length === 0;
  return said.noHits.length > 0 && isComplete ? 'no_hits' : 'unknown';
}

/** Whether no source can change the picture any more. */
export function isSettled(sources: readonly SourceProgress[]): boolean {
  return sources.every((s) => s.state !== 'asking' && s.state !== 'waiting');
}
