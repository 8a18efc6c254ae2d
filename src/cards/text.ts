import { FormattedString } from '@grammyjs/parse-mode';
import { defang, defangText } from '#domain/defang.ts';
import { renderDuration } from '#domain/duration.ts';
import type { Observable } from '#domain/observable.ts';
import { utcMinute } from '#domain/utc-minute.ts';
import { visibleText } from '#domain/visible-text.ts';
import type { Button } from './button.ts';

/** A card ready to be sent: text with entities, and rows of buttons. `rev` and `request` go into the buttons' tokens. */
export type Rendered = {
  readonly text: FormattedString;
  readonly rows: readonly (readonly Button[])[];
  /** The workflow whose buttons these are; null for a card without presses. */
  readonly request: string | null;
  readonly rev: number;
};

export type Piece = FormattedString | string;

/** Telegram's limit, in UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
const LONGEST_TEXT = 4096;
/** Kept free in a full card, for `withLastLine`. */
const LAST_LINE_UNITS = 80;
const CUT = '\n… cut: the rest does not fit into one message';

/** One line of a card from its pieces. */
export function line(...pieces: readonly Piece[]): FormattedString {
  return FormattedString.join([...pieces]);
}

/** A card's text from its lines; null leaves a line out. Too long a text is cut where everybody can see it. */
export function lines(...all: readonly (Piece | null)[]): FormattedString {
  return fitted(joined(all), LONGEST_TEXT);
}

/** How many UTF-16 units these lines of a card leave for others between them. */
export function roomBetween(...all: readonly (Piece | null)[]): number {
  return LONGEST_TEXT - LAST_LINE_UNITS - joined(all).text.length - 1;
}

/** How many UTF-16 units these lines take. */
export function unitsOf(all: readonly Piece[]): number {
  return joined(all).text.length;
}

function joined(all: readonly (Piece | null)[]): FormattedString {
  return FormattedString.join(
    all.filter((one) => one !== null),
    '\n',
  );
}

/** A text with one more line at its end, for which the text makes room. */
export function withLastLine(text: FormattedString, last: string): FormattedString {
  return line(fitted(text, LONGEST_TEXT - last.length - 1), `\n${last}`);
}

/** Half a character would make Telegram refuse all of it. */
function fitted(text: FormattedString, mostUnits: number): FormattedString {
  if (text.text.length <= mostUnits) return text;
  const end = mostUnits - CUT.length;
  const isInsidePair = /[\uD800-\uDBFF]/.test(text.text.charAt(end - 1));
  return line(text.slice(0, isInsidePair ? end - 1 : end), CUT);
}

export function bold(text: string): FormattedString {
  return FormattedString.bold(text);
}

/**
 * Outside text: in a code entity, where Telegram makes no link, mention or command of it; defanged, with hidden
 * characters made visible, at most so many UTF-16 units.
 */
export function outside(text: string, mostUnits = 120): FormattedString {
  return FormattedString.code(visibleText(defangText(text), mostUnits));
}

/** A value of ours, or one that is defanged already, in a code entity. */
export function code(text: string): FormattedString {
  return FormattedString.code(text);
}

/** An observable as it was understood, defanged; a long one loses its middle, in UTF-16 units. */
export function target(observable: Observable, mostUnits = 120): FormattedString {
  return code(visibleText(defang(observable), mostUnits));
}

/** An instant as the reader's phone counts it ("in 28 minutes"), with UTC for phones that cannot. */
export function when(instant: string): FormattedString {
  return FormattedString.time(utcMinute(instant), Math.floor(Date.parse(instant) / 1000), 'r');
}

/** An instant with date and time on the reader's clock, with UTC for phones that cannot. */
export function clock(instant: string): FormattedString {
  return FormattedString.time(utcMinute(instant), Math.floor(Date.parse(instant) / 1000), 'dt');
}

/** A length of time in words, e.g. `24h`. */
export function lasting(durationMs: number): string {
  return renderDuration(durationMs);
}

/** Names in a sentence: `A`, `A and B`, `A, B and C`. */
export function list(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
