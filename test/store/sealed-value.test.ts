import { describe, expect, it } from 'vitest';
import { openValue, sealValue } from '#store/sealed-value.ts';

const KEY = new Uint8Array(32).fill(1);
const OLD_KEY = new Uint8Array(32).fill(2);
const TEXT = 'GEZDGNBVGY3TQOJQ · ключ';

describe('a sealed value', () => {
  it('opens with the key that sealed it, and is never sealed the same twice', () => {
    const sealed = [sealValue(TEXT, [KEY], 'place'), sealValue(TEXT, [KEY], 'place')];

    expect(sealed.map((one) => openValue(one, [KEY], 'place'))).toEqual([TEXT, TEXT]);
    expect(sealed[0]).not.toBe(sealed[1]);
  });

  it('is sealed with the first key and opens with any', () => {
    const sealed = sealValue(TEXT, [KEY, OLD_KEY], 'place');

    expect(openValue(sealed, [OLD_KEY, KEY], 'place')).toBe(TEXT);
    expect(openValue(sealed, [KEY], 'place')).toBe(TEXT);
    expect(openValue(sealed, [OLD_KEY], 'place')).toBeNull();
    expect(openValue(sealed, [], 'place')).toBeNull();
  });

  it('opens in its own place only', () => {
    expect(openValue(sealValue(TEXT, [KEY], 'place'), [KEY], 'other place')).toBeNull();
  });

  it('does not open with any bit changed, or cut anywhere', () => {
    const bytes = Buffer.from(sealValue(TEXT, [KEY], 'place'), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(openValue(changed.toString('base64'), [KEY], 'place')).toBeNull();
      }
      expect(openValue(bytes.subarray(0, at).toString('base64'), [KEY], 'place')).toBeNull();
    }
  });

  it('is not made without a key', () => {
    expect(() => sealValue(TEXT, [], 'place')).toThrow('needs a key');
  });
});
