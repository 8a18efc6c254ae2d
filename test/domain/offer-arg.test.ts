import { describe, expect, it } from 'vitest';
import { DEFAULT_MARKINGS, PAPS, TLPS } from '#domain/marking.ts';
import { MOST_OFFERED, packOffer, unpackOffer } from '#domain/offer-arg.ts';

describe('an offer in sixteen bits', () => {
  it('comes back whole: every place under every marking, each with a number of its own', () => {
    const seen = new Set<number>();
    for (const tlp of TLPS) {
      for (const pap of PAPS) {
        for (let at = 0; at < MOST_OFFERED; at += 1) {
          const arg = packOffer(at, { tlp, pap });
          seen.add(arg);
          const back = unpackOffer(arg);
          if (back.at !== at || back.markings.tlp !== tlp || back.markings.pap !== pap) throw new Error(`${arg}`);
        }
      }
    }

    expect(seen.size).toBe(TLPS.length * PAPS.length * MOST_OFFERED);
    expect(Math.max(...[...TLPS].map((tlp) => packOffer(MOST_OFFERED - 1, { tlp, pap: 'RED' })))).toBeLessThan(2 ** 16);
  });

  it('keeps the order of the markings, which stands in cards that were posted before', () => {
    expect(TLPS.map((tlp) => packOffer(0, { tlp, pap: 'CLEAR' }) >> 13)).toEqual([0, 1, 2, 3, 4]);
    expect(PAPS.map((pap) => packOffer(0, { tlp: 'CLEAR', pap }) >> 11)).toEqual([0, 1, 2, 3]);
  });

  it('falls back to the defaults where a number names no marking', () => {
    expect(unpackOffer(7 << 13)).toEqual({ at: 0, markings: { ...DEFAULT_MARKINGS, pap: 'CLEAR' } });
    expect(unpackOffer(65_535).markings.tlp).toBe(DEFAULT_MARKINGS.tlp);
  });
});
