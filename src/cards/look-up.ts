import type { FormattedString } from '@grammyjs/parse-mode';
import type { LookUpCard } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import { gravestLevel, type Investigation } from '#domain/investigation.ts';
import { objectionToExposure } from '#domain/marking.ts';
import { concludeVerdict, type Verdict } from '#domain/verdict.ts';
import { type Button, copyButtons, endedButton, pressButton } from './button.ts';
import { doubtLines } from './doubt-lines.ts';
import { footer } from './footer.ts';
import { contextLines, shareLines, whyLines } from './look-up-lines.ts';
import { renderQuestion, renderSeveral } from './look-up-several.ts';
import { fullLines } from './look-up-sources.ts';
import { bold, line, lines, outside, type Piece, type Rendered, roomBetween, target } from './text.ts';
import { NOT_CLEAN, VERDICT_WORDS } from './verdict-words.ts';
import { withheldLookUp } from './withheld.ts';

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
  const sources = card.state.investigations.flatMap((one) => one.sources);
  const outcome = sources.some(({ state }) => state === 'answered') ? 'the answers are in' : 'no source answered';
  const ref = ` · ${outcome} · #${refOf(card.ask.requestId)}`;
  if (card.state.withheldAbove) return line(bold('🔒 WITHHELD'), `  TLP:${card.state.markings.tlp}`, ref);
  const what = card.state.investigations.length === 1 && only ? target(only.observable) : 'All of them';
  const silent = new Set(card.state.investigations.flatMap((one) => concludeVerdict(one.sources).silent)).size;
  const missing = silent > 0 ? ` (${silent} silent)` : '';
  return line(bold(VERDICT_WORDS[gravestLevel(card.state.investigations)]), missing, '  ', what, ref);
}

type Body = Pick<Rendered, 'text' | 'rows'>;

function renderOne(card: LookUpCard, one: Investigation): Body {
  const verdict = concludeVerdict(one.sources);
  const above = [
    headline(card, verdict, one),
    ...one.notes.slice(0, 2).map((note) => line('ℹ️ ', outside(note, 160))),
    ...shareLines(one.sources, card.ask),
  ];
  const below = [
    verdict.level === 'unknown' && card.state.phase === 'done' ? NOT_CLEAN : null,
    '',
    footer(card.ask, card.state.markings),
  ];
  const middle =
    card.view === 'full'
      ? fullLines(one.sources, roomBetween(...above, ...below))
      : [...contextLines(one.sources), ...block(whyLines(one.sources)), ...doubtLines([one], card.state.phase)];
  return {
    text: lines(...above, ...middle, ...below),
    rows: buttonsOf(card, one, verdict),
  };
}

/** Reasons stand apart from the facts above them. */
function block(reasons: readonly FormattedString[]): Piece[] {
  return reasons.length === 0 ? [] : ['', ...reasons];
}

function headline(card: LookUpCard, verdict: Verdict, one: Investigation): FormattedString {
  const what = target(one.observable);
  const isAlarm = verdict.level === 'malicious' || verdict.level === 'suspicious';
  if (card.state.phase === 'cancelled')
    return line(
      bold(isAlarm ? VERDICT_WORDS[verdict.level] : '✖ CANCELLED'),
      isAlarm ? ' (cancelled)' : '',
      '  ',
      what,
    );
  const isUndecided = verdict.open.length > 0 && verdict.level === 'unknown';
  const words = isUndecided ? '⏳ CHECKING' : VERDICT_WORDS[verdict.level];
  const isDegraded = verdict.silent.length > 0 ? ` (${verdict.silent.length} silent)` : '';
  return line(bold(words), isDegraded, '  ', what);
}

function buttonsOf(card: LookUpCard, one: Investigation, verdict: Verdict): readonly (readonly Button[])[] {
  const isOpen = card.state.phase === 'running' && verdict.open.length > 0;
  const unfold = card.view === 'full' ? pressButton('🔼 Less', 'less') : pressButton('🔎 More', 'more');
  const first = [unfold, ...copyButtons('📋 Copy', one.observable.value)];
  const isSilent = card.state.phase === 'done' && verdict.silent.length > 0;
  const second = [
    ...(isOpen ? [pressButton('✖ Cancel', 'withdraw')] : []),
    ...(isSilent ? [pressButton('🔁 Ask again', 'ask_again')] : []),
    ...blockButtons(card, one),
  ];
  return [first, second].filter((row) => row.length > 0);
}

/** Where markings forbid a block, the button says so instead of leading to a refusal. */
function blockButtons({ state }: LookUpCard, { isBlockable }: Investigation): Button[] {
  if (!isBlockable || state.phase === 'cancelled') return [];
  return objectionToExposure(state.markings, 'containment') === null
    ? [pressButton('⛔ Block…', 'block', { style: 'danger' })]
    : [endedButton(`⛔ No block: PAP:${state.markings.pap}`)];
}
