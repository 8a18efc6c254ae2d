import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { botIdOf, hashOf, leaseIdOf, parseRef, refOf, requestIdOf, requestIdsOf, updateIdOf } from '#domain/ids.ts';

const BOT = 7_000_000_001;

describe('requestIdOf', () => {
  it('gives every update of every bot an id of its own, and the same one again', () => {
    expect(requestIdOf(BOT, 42)).toBe('tg-7000000001-42');
    expect(requestIdOf(BOT, 42)).toBe(requestIdOf(BOT, 42));
    expect(requestIdOf(BOT, 43)).not.toBe(requestIdOf(BOT, 42));
    expect(requestIdOf(7, 142)).not.toBe(requestIdOf(71, 42));
  });

  it('can be read back to its update', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (bot, update) => {
        expect(updateIdOf(requestIdOf(bot, update))).toBe(update);
      }),
    );
  });

  it.each([
    '',
    'tg-1',
    'tg-1-',
    'tg-1-x',
    'tg--1-2',
    'lease-wall-12',
    ' tg-1-2',
    'tg-1-2 ',
    'tg-1-2\n',
    'tg-1-123456789012345',
  ])('finds no update in %j', (text) => {
    expect(updateIdOf(text)).toBeNull();
  });
});

describe('requestIdsOf', () => {
  it('names the request among those that can have a reference, and no other reference', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 - 1 }), (update) => {
        const requestId = requestIdOf(BOT, update);
        const ids = requestIdsOf(BOT, refOf(requestId));

        expect(ids).toContain(requestId);
        expect(new Set(ids.map(refOf))).toEqual(new Set([refOf(requestId)]));
      }),
      { numRuns: 30 },
    );
  });

  it('needs the bot, which stands in every request', () => {
    expect(botIdOf(requestIdOf(BOT, 42))).toBe(BOT);
    expect(botIdOf('lease-wall-12')).toBeNull();
  });
});

describe('refOf', () => {
  it('gives a hundred thousand requests in a row different references, also where the count begins anew', () => {
    const seen = new Set<string>();
    const first = 2 ** 20 - 50_000;
    for (let update = first; update < first + 100_000; update += 1) seen.add(refOf(`tg-1-${update}`));

    expect(seen.size).toBe(100_000);
  });

  it('makes neighbours look different, in letters that nobody mixes up', () => {
    expect([100, 101, 102].map((update) => refOf(requestIdOf(BOT, update)))).toMatchInlineSnapshot(`
      [
        "CTH4",
        "0SGN",
        "MRG6",
      ]
    `);
    expect(refOf(requestIdOf(BOT, 100))).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('is read again however people type it', () => {
    fc.assert(
      fc.property(fc.nat(), (update) => {
        const ref = refOf(requestIdOf(BOT, update));

        const typed = ref.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect([parseRef(ref), parseRef(`#${ref}`), parseRef(typed)]).toEqual([ref, ref, ref]);
      }),
    );
  });

  it.each(['', '#', '7K3', '7K3MM', '7K3U', '##7K3M', '7K 3M', '7K3"', `7K3' OR`, '７K3M', '\u{1F600}K'])(
    'reads no reference in %j',
    (text) => {
      expect(parseRef(text)).toBeNull();
    },
  );
});

describe('leaseIdOf', () => {
  const target = { kind: 'ipv4', value: '203.0.113.66' } as const;

  it('names one lease per system and target', () => {
    const ids = [
      leaseIdOf('wall', target),
      leaseIdOf('feed', target),
      leaseIdOf('wall', { kind: 'ipv4', value: '203.0.113.67' }),
      leaseIdOf('wall', { kind: 'domain', value: '203.0.113.66' }),
    ];

    expect(new Set(ids).size).toBe(4);
    expect(leaseIdOf('wall', { ...target })).toBe(ids[0]);
  });

  it('does not show the target, since ids are written everywhere', () => {
    expect(leaseIdOf('wall', target)).toMatch(/^lease-wall-[0-9a-f]{16}$/);
  });
});

describe('hashOf', () => {
  it('is SHA-256', () => {
    // FIPS 180-4, the example "abc".
    expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
