import type { FormattedString } from '@grammyjs/parse-mode';
import type { LookUpCard } from '#domain/card.ts';
import { gravestLevel, type Investigation, type LookUpState } from '#domain/investigation.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { concludeVerdict } from '#domain/verdict.ts';
import { type Button, pressButton } from './button.ts';
import { doubtLines } from './doubt-lines.ts';
import { footer } from './footer.ts';
import { shareLine } from './look-up-lines.ts';
import { bold, line, lines, type Rendered, target } from './text.ts';
import { NOT_CLEAN, VERDICT_WORDS } from './verdict-words.ts';

/** How many observables of one look-up get a line and a button of their own. */
const MOST_LISTED = 10;

type Body = Pick<Rendered, 'text' | 'rows'>;

/** Asks for a go-ahead before many questions are put. */
export function renderQuestion({ ask, state }: LookUpCard): Body {
  const count = state.investigations.length;
  const questions = state.investigations.flatMap((one) => one.sources.filter((source) => source.state === 'asking'));
  return {
    text: lines(
      bold(`❓ LOOK UP ${count} observables?`),
      `That is ${questions.length} questions to the sources.`,
      '',
      footer(ask, state.markings),
    ),
    rows: [[pressButton('✖ Cancel', 'withdraw'), pressButton(`Look up ${count}`, 'confirm', { style: 'primary' })]],
  };
}

/** Several observables in one list: a line and a button for each. */
export function renderSeveral(card: LookUpCard): Body {
  const { investigations, phase } = card.state;
  const listed = investigations.slice(0, MOST_LISTED);
  const isOpen = phase === 'running';
  const allSources = investigations.flatMap(({ sources }) => sources);
  const isOneUnknown = investigations.some(({ sources }) => concludeVerdict(sources).level === 'unknown');
  return {
    text: lines(
      severalHeadline(card.state),
      shareLine(allSources, card.ask),
      ...listed.map((one, at) => summaryLine(one, at, phase)),
      investigations.length > listed.length ? `… and ${investigations.length - listed.length} more` : null,
      allSources.some(({ state }) => state === 'answered') ? 'x/y: flagged by x of y sources' : null,
      ...doubtLines(investigations, phase),
      isOneUnknown && phase === 'done' ? NOT_CLEAN : null,
      '',
      footer(card.ask, card.state.markings),
    ),
    rows: [
      ...inRows(
        listed.map((_, at) => pressButton(`${at + 1}`, 'look_up', { arg: packOffer(at, card.state.markings) })),
        5,
      ),
      ...(isOpen ? [[pressButton('✖ Cancel', 'withdraw')]] : []),
    ],
  };
}

/** The gravest verdict, and of how many it is true. Nothing is concluded of what is still asked. */
function severalHeadline({ investigations, phase }: LookUpState): FormattedString {
  const gravest = gravestLevel(investigations);
  const verdicts = investigations.map((one) => concludeVerdict(one.sources));
  const count = `${verdicts.filter((verdict) => verdict.level === gravest).length} of ${verdicts.length} observables`;
  const all = `${verdicts.length} observables`;
  if (gravest === 'malicious' || gravest === 'suspicious')
    return line(bold(VERDICT_WORDS[gravest]), `${phase === 'cancelled' ? ' (cancelled)' : ''}  ${count}`);
  if (phase === 'cancelled') return line(bold('✖ CANCELLED'), `  ${all}`);
  if (verdicts.some((verdict) => verdict.open.length > 0)) return line(bold('⏳ CHECKING'), `  ${all}`);
  return line(bold(VERDICT_WORDS[gravest]), `  ${count}`);
}

function summaryLine(one: Investigation, at: number, phase: LookUpState['phase']): FormattedString {
  const verdict = concludeVerdict(one.sources);
  const said = verdict.malicious.length + verdict.suspicious.length;
  const heard = said + verdict.noHits.length + verdict.unknown.length;
  const isUndecided = phase === 'running' && verdict.open.length > 0 && verdict.level === 'unknown';
  const facts = [
    ...(heard > 0 ? [`${said}/${heard}`] : []),
    ...(one.sources.length === 0 ? ['no source for it'] : []),
    ...(one.sources.length > 0 && one.sources.every(({ state }) => state === 'not_asked') ? ['nobody asked'] : []),
    ...(verdict.open.length > 0 ? [`${verdict.open.length} open`] : []),
    ...(verdict.silent.length > 0 ? [`${verdict.silent.length} silent`] : []),
  ];
  return line(
    `${at + 1} ${isUndecided ? '⏳ CHECKING' : VERDICT_WORDS[verdict.level]} `,
    target(one.observable, 48),
    facts.length > 0 ? ` ${facts.join(' · ')}` : '',
  );
}

function inRows(buttons: readonly Button[], width: number): readonly (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, at) =>
    buttons.slice(at * width, (at + 1) * width),
  );
}
