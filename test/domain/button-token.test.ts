import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUTTON_OPS, type ButtonCall, type ButtonScope, packButton, unpackButton } from '#domain/button-token.ts';

/** Forged tokens that are tried, of each kind. */
const FORGERIES = 10_000;
const ALPHABET = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

const KEY = new Uint8Array(32).fill(7);
const OLD_KEY = new Uint8Array(32).fill(9);
const SCOPE: ButtonScope = { keys: [KEY], botId: 7_000_000_001, chat: -1_001_234 };
const CALL: ButtonCall = { op: 'approve', updateId: 123_456, arg: 0, rev: 0 };

const anyMark = fc.array(fc.constantFrom('0', '4', '9', 'a', 'f'), { minLength: 16, maxLength: 16 });
const anyCall: fc.Arbitrary<ButtonCall> = fc.record(
  {
    op: fc.constantFrom(...BUTTON_OPS),
    updateId: fc.nat({ max: 2 ** 48 - 1 }),
    arg: fc.nat({ max: 65_535 }),
    rev: fc.nat({ max: 255 }),
    shows: anyMark.map((digits) => digits.join('')),
  },
  { requiredKeys: ['op', 'updateId', 'arg', 'rev'] },
);

describe('a button', () => {
  it('fits into what Telegram allows and says what it said', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const token = packButton(call, SCOPE);

        expect(token).toMatch(/^[A-Za-z0-9_-]{31}(?:[0-9a-f]{16})?$/);
        expect(unpackButton(token, SCOPE)).toEqual(call);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Partial<ButtonScope>]>([
    ['in another chat', { chat: 1_001_234 }],
    ['with another bot', { botId: 7_000_000_002 }],
    ['where digits slide from the bot into the chat', { botId: 700_000_000, chat: 1 }],
    ['under another key', { keys: [OLD_KEY] }],
    ['without any key', { keys: [] }],
  ])('counts for nothing %s', (_, other) => {
    expect(unpackButton(packButton(CALL, SCOPE), { ...SCOPE, ...other })).toBeNull();
  });

  it('survives a change of keys: the new key signs, the old one is still read until it is taken away', () => {
    const old = packButton(CALL, { ...SCOPE, keys: [OLD_KEY] });
    const changing = { ...SCOPE, keys: [KEY, OLD_KEY] };

    expect(unpackButton(old, changing)).toEqual(CALL);
    expect(packButton(CALL, changing)).toBe(packButton(CALL, SCOPE));
    expect(unpackButton(old, SCOPE)).toBeNull();
  });

  it('cannot be made without a key', () => {
    expect(() => packButton(CALL, { ...SCOPE, keys: [] })).toThrow(RangeError);
  });

  it('keeps the numbers of its operations, which stand in cards that were posted before', () => {
    expect(BUTTON_OPS).toEqual([
      'approve',
      'deny',
      'withdraw',
      'confirm',
      'more',
      'less',
      'look_up',
      'look_up_all',
      'mark',
      'block',
      'lift',
      'ask_again',
      'review',
      'choose',
      'change',
      'refuse',
      'back',
      'emergency',
      'decide',
      'open',
      'repeat',
      'page',
    ]);
  });

  it('is pinned: a token that stands in a chat today is read by every later version', () => {
    expect(packButton(CALL, SCOPE)).toMatchInlineSnapshot(`"AQAAAAAB4kAAAACjqvJbYDOPSxuURnA"`);
  });
});

describe('a forged button', () => {
  const token = packButton({ ...CALL, shows: '0123456789abcdef' }, SCOPE);

  it('is not read without what its card shows', () => {
    expect(unpackButton(token.slice(0, 31), SCOPE)).toBeNull();
  });

  it('is not read with any one character changed', () => {
    const forged = Array.from(token).flatMap((own, at) =>
      ALPHABET.filter((other) => other !== own).map((other) => token.slice(0, at) + other + token.slice(at + 1)),
    );

    expect(forged.length).toBe(47 * 63);
    expect(forged.filter((one) => unpackButton(one, SCOPE) !== null)).toEqual([]);
  });

  it('is not read with any bits flipped', () => {
    const anyFlips = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 63 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyCall, anyFlips, (call, flips) => {
        const signed = packButton(call, SCOPE);
        const places = Array.from(signed, (character) => ALPHABET.indexOf(character));
        for (const [at, bits] of flips) places[at] = (places[at] ?? 0) ^ bits;
        const forged = places.map((place) => ALPHABET[place]).join('');

        return forged === signed || unpackButton(forged, SCOPE) === null;
      }),
      { numRuns: FORGERIES },
    );
  });

  it('is not read out of the blue', () => {
    const anyToken = fc
      .array(fc.constantFrom(...ALPHABET), { minLength: 31, maxLength: 31 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(anyToken, (forged) => unpackButton(forged, SCOPE) === null),
      { numRuns: FORGERIES },
    );
  });

  it('is not read in any chat but its own', () => {
    fc.assert(
      fc.property(fc.integer(), anyCall, (chat, call) => {
        return chat === SCOPE.chat || unpackButton(packButton(call, SCOPE), { ...SCOPE, chat }) === null;
      }),
      { numRuns: FORGERIES / 5 },
    );
  });

  it('is not read after any way of forging: 10,000 of them, replayed elsewhere, cut, changed, joined and of old keys', () => {
    const anyForeign = fc.constantFrom<Partial<ButtonScope>>(
      { chat: 1_001_234 },
      { botId: 7_000_000_002 },
      { keys: [OLD_KEY] },
      { keys: [new Uint8Array(32)] },
    );
    const anyForgery = fc
      .tuple(anyCall, anyCall, anyForeign, fc.nat({ max: 30 }), fc.integer({ min: 1, max: 63 }))
      .chain(([call, other, foreign, at, bits]) => {
        const own = packButton(call, SCOPE);
        const flipped = ALPHABET[ALPHABET.indexOf(own.charAt(at)) ^ bits] ?? '';
        return (
          fc
            .constantFrom(
              packButton(call, { ...SCOPE, ...foreign }),
              own.slice(0, at),
              own.slice(0, at) + flipped + own.slice(at + 1),
              own.slice(0, at) + packButton(other, { ...SCOPE, keys: [OLD_KEY] }).slice(at),
              `${own}${own.slice(0, at + 1)}`,
            )
            // What is joined at its last character may be the true one.
            .filter((forged) => forged !== own)
        );
      });
    let accepted = 0;
    fc.assert(
      fc.property(anyForgery, (forged) => {
        accepted += unpackButton(forged, SCOPE) === null ? 0 : 1;
      }),
      { numRuns: FORGERIES },
    );

    expect(accepted).toBe(0);
  });

  it('is not read when half of one token is joined to half of another', () => {
    const other = packButton({ ...CALL, op: 'deny', updateId: 654_321, shows: 'fedcba9876543210' }, SCOPE);
    const joined = Array.from({ length: 48 }, (_, at) => token.slice(0, at) + other.slice(at));

    const read = joined.map((one) => unpackButton(one, SCOPE)).filter((call) => call !== null);
    // Wholly the one, or wholly the other: what they share at the start is the version.
    expect(new Set(read.map((call) => call.op))).toEqual(new Set(['deny', 'approve']));
    expect(joined.filter((one) => unpackButton(one, SCOPE)).every((one) => one === token || one === other)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a token cut short', token.slice(0, -1)],
    ['a token with more behind it', `${token}A`],
    ['a token with padding', `${token.slice(0, -1)}=`],
    ['a token in the other alphabet', `+/${token.slice(2)}`],
    ['a token with a space', ` ${token.slice(1)}`],
    ['a token with a line break', `${token}\n`],
    ['64 bytes of anything', 'x'.repeat(64)],
    ['letters beyond Latin-1', '\u{1F600}'.repeat(16)],
    ['a very long text', 'A'.repeat(100_000)],
  ])('is not read: %s', (_, forged) => {
    expect(unpackButton(forged, SCOPE)).toBeNull();
  });
});
