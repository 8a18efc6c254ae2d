import type { ContainmentState, StepState } from '#domain/containment-state.ts';
import { systemsOf, targetsOf } from '#domain/containment.ts';
import { defang, defangText } from '#domain/defang.ts';
import { renderDuration } from '#domain/duration.ts';
import type { LookUpState } from '#domain/investigation.ts';
import { SILENCE_WORDS } from '#domain/silence-words.ts';
import { concludeVerdict, type SourceProgress } from '#domain/verdict.ts';
import { visibleText } from '#domain/visible-text.ts';

const MOST_UNITS = 160;
const MOST_NAMED = 5;

/** A look-up as the engineers' console shows it: one table per observable, one row per source. */
export function lookUpDetails(state: LookUpState): string {
  const tables = state.investigations.slice(0, 20).map((one) => {
    const rows = one.sources.map((source) => `| ${source.title} | ${source.state} | ${cell(wordsOf(source))} |`);
    return [
      `**${cell(defang(one.observable))}** · ${state.phase} · ${concludeVerdict(one.sources).level.replaceAll('_', ' ')}`,
      '',
      '| source | state | says |',
      '|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return [`TLP:${state.markings.tlp} · PAP:${state.markings.pap}`, ...tables].join('\n\n');
}

/** A containment as the engineers' console shows it. */
export function containmentDetails(state: ContainmentState): string {
  const { plan, stakes, approvedBy } = state;
  const targets = targetsOf(plan).map((target) => defang(target));
  const rows = [
    ['what', `${plan.action} ${targets.slice(0, MOST_NAMED).join(', ')} on ${systemsOf(plan).join(', ')}`],
    ['for', plan.durationMs === null ? 'good' : renderDuration(plan.durationMs)],
    ['why', defangText(state.reason ?? state.basis ?? 'no reason given')],
    ['markings', `TLP:${plan.markings.tlp} PAP:${plan.markings.pap}`],
    ['digest', state.digest],
    ['asked by', state.requester],
    ['stakes', [`${stakes.tier}: ${stakes.rule.approvals} to approve`, ...stakes.why].join(' ')],
    ['phase', state.phase],
    ['approval expires', state.expiresAt],
    ['approved by', approvedBy.join(' and ') || 'nobody yet'],
    ['decided', state.decision ? `${state.decision.kind}${deciders(state)}` : 'not yet'],
    ...state.steps.map((step) => [`${step.system} ${defang(step.target)}`, stepWords(step)]),
  ];
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${cell(value ?? '')} |`)].join('\n');
}

function stepWords({ outcome, overdue, lifted }: StepState): string {
  if (lifted) return 'let go';
  if (overdue) return 'late';
  return outcome?.outcome ?? '';
}

function deciders(state: ContainmentState): string {
  const { decision } = state;
  if (!decision || decision.kind === 'expired') return '';
  return ` by ${decision.by.map((one) => one.by).join(' and ')}`;
}

function wordsOf(source: SourceProgress): string {
  switch (source.state) {
    case 'answered':
      return `${source.report.level}: ${defangText(source.report.summary)}`;
    case 'silent':
      return source.why === 'lost'
        ? `${SILENCE_WORDS.lost}; asked ${source.detail}`
        : `${SILENCE_WORDS[source.why]} (${defangText(source.detail)})`;
    case 'waiting':
      return `its quota is used up; next free slot ${source.until}`;
    case 'not_asked':
      return source.why;
    case 'asking':
      return '';
  }
}

/** Text in a Markdown table: one line, what cannot be seen is named, and nothing in it is markup. */
function cell(text: string): string {
  return visibleText(text.replaceAll(/[\r\n]+/g, ' '), MOST_UNITS).replaceAll(/[\\|`<>[\]*_~&]/g, '\\$&');
}
