import type { FormattedString } from '@grammyjs/parse-mode';
import type { LookUpCard } from '#domain/card.ts';
import { defang } from '#domain/defang.ts';
import { refOf } from '#domain/ids.ts';
import { gravestLevel, type Investigation } from '#domain/investigation.ts';
import { packOffer } from '#domain/offer-arg.ts';
import { concludeVerdict, type Verdict } from '#domain/verdict.ts';
import { type Button, copyButtons, pressButton } from './button.ts';
import { footer } from './footer.ts';
import { contextLines, doubtLines, shareLine, whyLines } from './look-up-lines.ts';
import { fullLines } from './look-up-sources.ts';
import { bold, code, line, lines, outside, type Piece, type Rendered } from './text.ts';
import { VERDICT_WORDS } from './verdict-words.ts';
import { withheldLookUp } from './withheld.ts';

/** How many observables of one look-up get a line and a button of their own. */
const MOST_LISTED = 10;

/** A look-up: its verdict on the first line, the reasons, what is missing, and what can be done. */
export function renderLookUp(card: LookUpCard): Rendered {
  if (card.view === 'notice') return { text: noticeOf(card), rows: [], request: null, rev: 0 };
  return { ...bodyOf(card), request: card.ask.requestId, rev: 0 };
}

function bodyOf(card: LookUpCard): Body {
  const { investigations, withheldAbove, phase } = card.state;
  const [only] = investigations;
  if (phase === 'asks_first') return renderQuestion(card);
  if (withheldAbove) return withheldLookUp(card, withheldAbove);
  return investigations.length === 1 && only ? renderOne(card, only) : renderSeveral(card);
}

/** The message with a sound for somebody who waited long; the card itself is the one it answers. */
function noticeOf(card: LookUpCard): FormattedString {
  const [only] = card.state.investigations;
  const ref = ` · the answers are in · #${refOf(card.ask.requestId)}`;
  if (card.state.withheldAbove) return line(bold('🔒 WITHHELD'), `  TLP:${card.state.markings.tlp}`, ref);
  const what = card.state.investigations.length === 1 && only ? code(defang(only.observable)) : 'All of them';
  return line(bold(VERDICT_WORDS[gravestLevel(card.state.investigations)]), '  ', what, ref);
}

type Body = Pick<Rendered, 'text' | 'rows'>;

function renderOne(card: LookUpCard, one: Investigation): Body {
  const verdict = concludeVerdict(one.sources);
  const middle: (Piece | null)[] =
    card.view === 'full'
      ? fullLines(one.sources)
      : [...contextLines(one.sources), ...block('Why', whyLines(one.sources)), ...doubtLines(one.sources)];
  return {
    text: lines(
      headline(card, verdict, one),
      ...one.notes.slice(0, 2).map((note) => line('ℹ️ ', outside(note, 160))),
      shareLine(one.sources),
      ...middle,
      verdict.level === 'unknown' && card.state.phase === 'done' ? 'No data is not "clean".' : null,
      '',
      footer(card.ask, card.state.markings),
    ),
    rows: buttonsOf(card, one, verdict),
  };
}

function block(title: string, reasons: readonly FormattedString[]): (Piece | null)[] {
  return reasons.length === 0 ? [] : ['', bold(title), ...reasons];
}

function headline(card: LookUpCard, verdict: Verdict, one: Investigation): FormattedString {
  const what = code(defang(one.observable));
  if (card.state.phase === 'cancelled') return line(bold('✖ CANCELLED'), '  ', what);
  const isUndecided = verdict.open.length > 0 && verdict.level === 'unknown';
  const words = isUndecided ? '⏳ CHECKING' : VERDICT_WORDS[verdict.level];
  const isDegraded = verdict.silent.length > 0 ? ` (${verdict.silent.length} silent)` : '';
  return line(bold(words), isDegraded, '  ', what);
}

function buttonsOf(card: LookUpCard, one: Investigation, verdict: Verdict): readonly (readonly Button[])[] {
  const isOpen = card.state.phase === 'running' && verdict.open.length > 0;
  const unfold = card.view === 'full' ? pressButton('🔼 Less', 'less') : pressButton('🔎 More', 'more');
  const first = [unfold, ...copyButtons('📋 Copy', one.observable.value)];
  const isLost = one.sources.some((source) => source.state === 'silent' && source.why === 'lost');
  const isAddress = one.observable.kind === 'ipv4' || one.observable.kind === 'ipv6';
  const second = [
    ...(isOpen ? [pressButton('✖ Cancel', 'withdraw')] : []),
    ...(isLost ? [pressButton('🔁 Ask again', 'ask_again')] : []),
    ...(isAddress && card.state.phase !== 'cancelled' ? [pressButton('⛔ Block…', 'block', { style: 'danger' })] : []),
  ];
  return [first, second].filter((row) => row.length > 0);
}

/** Asks for a go-ahead before many questions are put. */
function renderQuestion({ ask, state }: LookUpCard): Body {
  const count = state.investigations.length;
  return {
    text: lines(
      bold(`❓ LOOK UP ${count} observables?`),
      'That is a lot of questions to the sources.',
      '',
      footer(ask, state.markings),
    ),
    rows: [[pressButton('✖ Cancel', 'withdraw'), pressButton(`Look up ${count}`, 'confirm', { style: 'primary' })]],
  };
}

function renderSeveral(card: LookUpCard): Body {
  const { investigations, phase } = card.state;
  const listed = investigations.slice(0, MOST_LISTED);
  const isOpen = phase === 'running';
  return {
    text: lines(
      line(
        bold(phase === 'cancelled' ? '✖ CANCELLED' : VERDICT_WORDS[gravestLevel(investigations)]),
        `  ${investigations.length} observables`,
      ),
      ...listed.map((one, at) => summaryLine(one, at)),
      investigations.length > listed.length ? `… and ${investigations.length - listed.length} more` : null,
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

function summaryLine(one: Investigation, at: number): FormattedString {
  const verdict = concludeVerdict(one.sources);
  const said = verdict.malicious.length + verdict.suspicious.length;
  const heard = said + verdict.noHits.length + verdict.unknown.length;
  const missing = [
    ...(verdict.open.length > 0 ? [`${verdict.open.length} open`] : []),
    ...(verdict.silent.length > 0 ? [`${verdict.silent.length} silent`] : []),
  ];
  return line(
    `${at + 1} ${VERDICT_WORDS[verdict.level]} `,
    code(defang(one.observable)),
    ` ${[`${said}/${heard}`, ...missing].join(' · ')}`,
  );
}

function inRows(buttons: readonly Button[], width: number): readonly (readonly Button[])[] {
  return Array.from({ length: Math.ceil(buttons.length / width) }, (_, at) =>
    buttons.slice(at * width, (at + 1) * width),
  );
}
