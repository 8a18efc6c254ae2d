import { isWithheld, type Markings, type Tlp } from '#domain/marking.ts';
import type { BotDeps } from '../deps.ts';

/** What a card must know where markings keep its content out of the chat; nothing where it may be shown. */
export function withheldBy(markings: Markings, { settings }: BotDeps): { readonly withheldAbove?: Tlp } {
  const { telegramMaxTlp } = settings;
  return isWithheld(markings, telegramMaxTlp) ? { withheldAbove: telegramMaxTlp } : {};
}
