import fc from 'fast-check';
import type { InlineKeyboardButton } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { toKeyboard } from '#activities/keyboard.ts';
import { renderCard } from '#cards/render.ts';
import type { Card } from '#domain/card.ts';
import { refOf } from '#domain/ids.ts';
import { autoEntitiesOf } from '#range/telegram/text/auto-entities.ts';
import { readFormattedText } from '#range/telegram/text/formatted-text.ts';
import { DRAFTS, fill, HOSTILE } from '#support/cards-hostile.ts';
import { ASK } from '#support/cards.ts';

const SCOPE = { keys: [new Uint8Array(32).fill(7)], botId: 700_000_001, chat: 1001 };
/** References are ours: a tap on one finds every card of that request. */
const OWN_TAGS = new Set([`#${refOf(ASK.requestId)}`, `#${refOf('tg-700000001-9')}`, '#7K3M']);

/** What is wrong with a card as Telegram would store it; it throws where Telegram would refuse. */
function flawsOf(card: Card, ownLines: readonly string[]): string[] {
  const rendered = renderCard(card);
  const { text, entities } = rendered.text;
  // What is sent is JSON: half a character would arrive as one.
  const sent: unknown = JSON.parse(JSON.stringify(entities));
  const stored = readFormattedText({ text, parseMode: undefined, entities: sent }, false);
  const tappable = autoEntitiesOf(stored.text, stored.entities)
    .map(({ offset, length }) => stored.text.slice(offset, offset + length))
    .filter((word) => !OWN_TAGS.has(word));
  const lines = text.split('\n');
  const isCut = text.includes('… cut: ');
  return [
    ...(text.length > 4096 ? [`${text.length} units`] : []),
    ...(text.isWellFormed() ? [] : ['half a character']),
    ...tappable.map((word) => `tappable: ${word}`),
    ...(isCut || lines.length === ownLines.length ? [] : [`${lines.length} lines instead of ${ownLines.length}`]),
    ...(isFooter(ownLines.at(-1)) && lines.at(-1) !== ownLines.at(-1) ? [`the footer is ${lines.at(-1)}`] : []),
    ...(lines[0]?.slice(0, 8) === ownLines[0]?.slice(0, 8) ? [] : [`the first line is ${lines[0]}`]),
    ...toKeyboard(rendered, SCOPE).flat().flatMap(flawsOfKey),
  ];
}

function isFooter(line = ''): boolean {
  return line.includes(`#${refOf(ASK.requestId)}`);
}

function flawsOfKey(key: InlineKeyboardButton): string[] {
  const data = 'callback_data' in key ? Buffer.byteLength(key.callback_data) : 0;
  const copied = 'copy_text' in key ? key.copy_text.text.length : 0;
  return data > 64 || copied > 256 || key.text.length > 40 ? [JSON.stringify(key)] : [];
}

describe('a card with hostile text in every field', () => {
  const linesOf = (card: Card) => renderCard(card).text.text.split('\n');
  const drafts = fc.constantFrom(...DRAFTS.map((draft) => ({ draft, ownLines: linesOf(fill(draft, ['harmless'])) })));
  const texts = fc.array(HOSTILE, { minLength: 1, maxLength: 6 });

  it('is taken by Telegram, shows nothing to tap, has our lines and no others, and keeps every limit', () => {
    fc.assert(
      fc.property(drafts, texts, ({ draft, ownLines }, hostile) => {
        expect(flawsOf(fill(draft, hostile), ownLines)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('would be found out if it stood outside code', () => {
    const careless: Card = {
      kind: 'note',
      tone: 'ok',
      title: 'Done',
      lines: ['@channel /approve_1\nhttp://203.0.113.66/'],
    };

    expect(flawsOf(careless, ['✅ Done', ''])).toEqual([
      'tappable: @channel',
      'tappable: /approve_1',
      'tappable: http://203.0.113.66/',
      '3 lines instead of 2',
    ]);
  });
});
