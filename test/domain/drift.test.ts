import { describe, expect, it } from 'vitest';
import { driftKey, driftsOf, type IndexedHold } from '#domain/drift.ts';
import type { Held } from '#domain/responder.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const UNTIL = '2026-03-01T14:00:00.000Z';
const WALL = { id: 'wall', isPlainList: false };
const target = { kind: 'ipv4', value: '203.0.113.9' } as const;
const hold: IndexedHold = { target, leaseId: 'tg-1-1', until: UNTIL };
const listed: Held = { system: 'wall', target, until: UNTIL, by: 'ana', leaseId: 'tg-1-1' };

const kindsOf = (held: readonly Held[], holds: readonly IndexedHold[], wall = WALL) =>
  driftsOf(wall, held, holds, NOW).map(({ kind }) => kind);

describe('a difference between a system and what SocBot holds', () => {
  it('is none where the system lists what is held, its end rounded', () => {
    expect(kindsOf([{ ...listed, until: '2026-03-01T13:59:58.000Z' }], [hold])).toEqual([]);
    expect(kindsOf([{ ...listed, until: null }], [hold])).toEqual([]);
  });

  it('is seen where the system no longer lists it, or lists it for somebody else', () => {
    expect(kindsOf([], [hold])).toEqual(['gone']);
    expect(kindsOf([{ ...listed, leaseId: null }], [hold])).toEqual(['gone']);
  });

  it('is none on a plain list, which does not tell whose an entry is', () => {
    expect(kindsOf([{ ...listed, leaseId: null, until: null }], [hold], { ...WALL, isPlainList: true })).toEqual([]);
  });

  it('is seen where it ends at another time', () => {
    expect(kindsOf([{ ...listed, until: '2026-03-01T18:00:00.000Z' }], [hold])).toEqual(['other_end']);
  });

  it('is seen where an entry of SocBot was left behind, and not where a person put one there', () => {
    expect(kindsOf([listed], [])).toEqual(['left_behind']);
    expect(kindsOf([{ ...listed, leaseId: null, by: null }], [])).toEqual([]);
  });

  it('is seen where something is still listed well after its end: nobody is left who lets it go', () => {
    const past = { ...hold, until: '2026-03-01T11:54:00.000Z' };

    expect(kindsOf([{ ...listed, until: past.until }], [past])).toEqual(['left_behind']);
    expect(kindsOf([], [past])).toEqual([]);
    expect(kindsOf([listed], [{ ...hold, until: '2026-03-01T11:56:00.000Z' }])).toEqual([]);
  });

  it('is none about what ends within a minute', () => {
    expect(kindsOf([], [{ ...hold, until: '2026-03-01T12:00:59.000Z' }])).toEqual([]);
  });

  it('is the same one again by the same key', () => {
    const [gone] = driftsOf(WALL, [], [hold], NOW);
    const [again] = driftsOf(WALL, [], [hold], '2026-03-01T12:15:00.000Z');
    const [moved] = driftsOf(WALL, [{ ...listed, until: '2026-03-01T18:00:00.000Z' }], [hold], NOW);

    expect([gone, again, moved].map((one) => one && driftKey(one))).toEqual([
      'gone wall ipv4:203.0.113.9 tg-1-1 ',
      'gone wall ipv4:203.0.113.9 tg-1-1 ',
      'other_end wall ipv4:203.0.113.9 tg-1-1 2026-03-01T18:00:00.000Z',
    ]);
  });
});
