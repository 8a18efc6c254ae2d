import type { InlineKeyboardButton } from 'grammy/types';
import type { Button } from '#cards/button.ts';
import type { Rendered } from '#cards/text.ts';
import { type ButtonScope, packButton } from '#domain/button-token.ts';
import { updateIdOf } from '#domain/ids.ts';

/** A card's buttons as Telegram takes them: each press signed for this bot, this chat and this revision of the card. */
export function toKeyboard(card: Rendered, scope: ButtonScope): InlineKeyboardButton[][] {
  return card.rows.map((row) => row.flatMap((button) => toKey(button, card, scope) ?? []));
}

function toKey(button: Button, card: Rendered, scope: ButtonScope): InlineKeyboardButton | null {
  const face = { text: button.label, ...(button.style ? { style: button.style } : {}) };
  switch (button.does) {
    case 'copy':
      return { ...face, copy_text: { text: button.text } };
    case 'nothing':
      return { ...face, disabled: {} };
    case 'press': {
      const updateId = updateIdOf(button.request ?? card.request ?? '');
      if (updateId === null) return null;
      const shown = button.shows === undefined ? {} : { shows: button.shows };
      const call = { op: button.op, updateId, arg: button.arg ?? 0, rev: card.rev, ...shown };
      return { ...face, callback_data: packButton(call, scope) };
    }
  }
}
