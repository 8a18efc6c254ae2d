import { FormattedString } from '@grammyjs/parse-mode';
import { type Rendered, withLastLine } from '#cards/text.ts';

/** What stands in for a card that Telegram refuses: its first line, nothing that could be refused again. */
export function plainCard(card: Rendered): Rendered {
  const [first = ''] = card.text.text.split('\n');
  const text = FormattedString.join([
    FormattedString.code(first.slice(0, 200).toWellFormed() || 'SocBot'),
    '\nTelegram refused the rest of this card. Ask again, or look at it in the Temporal UI.',
  ]);
  return { ...card, text, rows: [] };
}

/** A new card that may be there twice says so. */
export function doubtfulLine(text: FormattedString): FormattedString {
  return withLastLine(text, '↻ possibly repeated: I cannot know whether the first one arrived');
}
