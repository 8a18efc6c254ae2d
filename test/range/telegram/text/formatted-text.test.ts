import { describe, expect, it } from 'vitest';
import { readFormattedText } from '#range/telegram/text/formatted-text.ts';

function read(text: string, entities: unknown = []): unknown {
  return readFormattedText({ text, parseMode: undefined, entities }, false);
}

describe('readFormattedText', () => {
  it('counts offsets in UTF-16 units, so that an emoji counts two', () => {
    expect(read('🔴 bad', [{ type: 'bold', offset: 3, length: 3 }])).toEqual({
      text: '🔴 bad',
      entities: [{ type: 'bold', offset: 3, length: 3 }],
    });
  });

  it.each([
    [5, 1, 'Bad Request: entity begins after the end of the text at UTF-16 offset 5'],
    [4, 1, 'Bad Request: entity beginning at UTF-16 offset 4 ends after the end of the text at UTF-16 offset 5'],
    [1, 9, 'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10'],
    [-1, 2, 'Bad Request: receive an entity with incorrect offset -1'],
    [0, -2, 'Bad Request: receive an entity with incorrect length -2'],
    [0, 1_000_001, 'Bad Request: receive an entity with incorrect length 1000001'],
  ])('refuses an entity at %d of length %d in a text of four units', (offset, length, words) => {
    expect(() => read('text', [{ type: 'bold', offset, length }])).toThrow(words);
  });

  it('refuses entities that cut an emoji in two', () => {
    expect(() => read('🔴', [{ type: 'bold', offset: 1, length: 1 }])).toThrow('begins in a middle of a UTF-16 symbol');
    expect(() => read('🔴', [{ type: 'bold', offset: 0, length: 1 }])).toThrow('ends in a middle of a UTF-16 symbol');
  });

  it('moves entities along when Telegram swallows characters and trims space', () => {
    const formatted = read(' \na\r\u202eb code ', [{ type: 'code', offset: 7, length: 5 }]);

    expect(formatted).toEqual({ text: 'ab code', entities: [{ type: 'code', offset: 3, length: 4 }] });
  });

  it('turns control characters into spaces', () => {
    expect(read('a\u0000b\tc\nd')).toEqual({ text: 'a b c\nd', entities: [] });
  });

  it('splits bold around code and drops a link under code', () => {
    const formatted = read('aa code bb', [
      { type: 'bold', offset: 0, length: 10 },
      { type: 'text_link', offset: 3, length: 4, url: 'https://evil.example/' },
      { type: 'code', offset: 3, length: 4 },
    ]);

    expect(formatted).toEqual({
      text: 'aa code bb',
      entities: [
        { type: 'bold', offset: 0, length: 3 },
        { type: 'code', offset: 3, length: 4 },
        { type: 'bold', offset: 7, length: 3 },
      ],
    });
  });

  it('keeps dates with their format', () => {
    const date = { type: 'date_time', offset: 0, length: 4, unix_time: 1_800_000_000, date_time_format: 'wDT' };

    expect(read('soon', [date])).toEqual({ text: 'soon', entities: [date] });
  });

  it('refuses dates in a format that does not exist', () => {
    const date = { type: 'date_time', offset: 0, length: 4, unix_time: 1, date_time_format: 'x' };

    expect(() => read('soon', [date])).toThrow("can't parse MessageEntity: Invalid date-time format specified");
  });

  it.each([
    ['', 'text must be non-empty'],
    [' \n ', 'text must be non-empty'],
    ['\ud83d', 'strings must be encoded in UTF-8'],
    ['é'.repeat(16_385), 'text is too long'],
  ])('refuses the text %j', (text, words) => {
    expect(() => read(text)).toThrow(`Bad Request: ${words}`);
  });

  it.each([
    [[{ type: 'bold', offset: 0 }], 'Can\'t find field "length"'],
    [[{ type: 'blink', offset: 0, length: 1 }], 'Unsupported type specified'],
    [[{ type: 'bold', offset: 'x', length: 1 }], 'Field "offset" must be a valid Number'],
    [['bold'], 'expected an Object'],
  ])('refuses the entities %j', (entities, words) => {
    expect(() => read('text', entities)).toThrow(`Bad Request: can't parse MessageEntity: ${words}`);
  });

  it('ignores entities that only Telegram sets', () => {
    expect(read('/x', [{ type: 'bot_command', offset: 0, length: 2 }])).toEqual({ text: '/x', entities: [] });
  });

  it('says loudly that it reads no parse_mode', () => {
    const input = { text: '*a*', parseMode: 'MarkdownV2', entities: undefined };

    expect(() => readFormattedText(input, false)).toThrow('parse_mode is not supported');
  });
});
