import type { FormattedString } from '@grammyjs/parse-mode';
import type { Ask } from '#domain/ask.ts';
import { refOf } from '#domain/ids.ts';
import type { Markings } from '#domain/marking.ts';
import { line } from './text.ts';

/** The last line of a card: markings, who asked, and the reference to speak of it. */
export function footer(ask: Ask, markings?: Markings): FormattedString {
  const parts = markings ? [`TLP:${markings.tlp}`, `PAP:${markings.pap}`] : [];
  return line([...parts, ask.by.name, `#${refOf(ask.requestId)}`].join(' · '));
}
