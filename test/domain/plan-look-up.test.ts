import { describe, expect, it } from 'vitest';
import type { Markings } from '#domain/marking.ts';
import type { Observable, ObservableKind } from '#domain/observable.ts';
import { planLookUp, type Surroundings } from '#domain/plan-look-up.ts';
import type { SourceProfile } from '#domain/source.ts';

const ALL: readonly SourceProfile[] = [
  { id: 'rating', title: 'Rating', kinds: ['ipv4', 'sha256'], exposure: 'reputation_lookup' },
  { id: 'hashes', title: 'Hashes', kinds: ['sha256'], exposure: 'hash_lookup' },
  { id: 'ours', title: 'Ours', kinds: ['ipv4', 'sha256'], exposure: 'own' },
  { id: 'scanner', title: 'Scanner', kinds: ['ipv4'], exposure: 'touches_target' },
];
const ADDRESS: Observable = { kind: 'ipv4', value: '203.0.113.66' };
const KINDS: readonly ObservableKind[] = ['ipv4', 'sha256'];
/** What is ours nobody blocks; what is next to it is told, and two people may. */
const AROUND: Surroundings = {
  guard: { own: ['203.0.113.0/28'], allowDocumentationRanges: true },
  kinds: KINDS,
  judge: ({ value }) =>
    value === '203.0.113.5'
      ? [
          { tier: 'tell', why: 'Somebody looked it up before.' },
          { tier: 'never', why: 'It is ours.' },
        ]
      : [{ tier: 'two_people', why: 'It is next to ours.' }],
};
const HASH: Observable = { kind: 'sha256', value: 'a'.repeat(64) };

function plan(observable: Observable, markings: Markings) {
  const { ask, notAsked } = planLookUp({ observable, notes: [] }, markings, ALL, AROUND);
  return { ask: ask.map(({ id }) => id), notAsked: notAsked.map(({ id, why }) => `${id}: ${why}`) };
}

describe('planLookUp', () => {
  it('asks every source that knows the kind, and leaves the others out without a word', () => {
    expect(plan(ADDRESS, { tlp: 'CLEAR', pap: 'CLEAR' })).toEqual({ ask: ['rating', 'ours', 'scanner'], notAsked: [] });
    expect(plan(HASH, { tlp: 'CLEAR', pap: 'CLEAR' })).toEqual({ ask: ['rating', 'hashes', 'ours'], notAsked: [] });
  });

  it('names every source that the markings forbid, with the reason', () => {
    expect(plan(ADDRESS, { tlp: 'RED', pap: 'AMBER' })).toEqual({
      ask: ['ours'],
      notAsked: ['rating: TLP:RED forbids it', 'scanner: PAP:AMBER forbids it'],
    });
  });

  it.each<Observable>([
    { kind: 'ipv4', value: '10.1.2.3' },
    { kind: 'ipv6', value: 'fd00::1' },
    { kind: 'url', value: 'http://192.168.1.1/admin' },
    { kind: 'cidr', value: '10.0.0.0/8' },
  ])('tells nobody outside of our inner addresses: $value', (observable) => {
    const sources = ALL.map((source) => ({ ...source, kinds: [observable.kind] }));
    const { ask, notAsked } = planLookUp({ observable, notes: [] }, { tlp: 'CLEAR', pap: 'CLEAR' }, sources, AROUND);

    expect(ask.map(({ id }) => id)).toEqual(['ours']);
    expect(new Set(notAsked.map(({ why }) => why))).toEqual(new Set(['nobody outside knows it']));
  });

  it('says of a target that nobody may block why that is so, and of others nothing', () => {
    const seen = (value: string) =>
      planLookUp({ observable: { kind: 'ipv4', value }, notes: [] }, { tlp: 'CLEAR', pap: 'CLEAR' }, ALL, AROUND);

    expect(seen('203.0.113.5')).toMatchObject({ isBlockable: false, notes: ['It is ours.'] });
    expect(seen('203.0.113.5').ask).toHaveLength(3);
    expect(seen('203.0.113.66')).toMatchObject({ isBlockable: true, notes: [] });
  });

  it('offers no block, and asks no guard, where no system takes such a target', () => {
    const around = { ...AROUND, kinds: [] };
    const seen = planLookUp({ observable: ADDRESS, notes: [] }, { tlp: 'CLEAR', pap: 'CLEAR' }, ALL, around);
    const own = { kind: 'ipv4', value: '203.0.113.5' } as const;
    const ours = planLookUp({ observable: own, notes: [] }, { tlp: 'CLEAR', pap: 'CLEAR' }, ALL, around);

    expect(seen).toMatchObject({ isBlockable: false, notes: [] });
    expect(ours).toMatchObject({ isBlockable: false, notes: [] });
  });

  it('asks nobody but our own under TLP:RED and PAP:RED', () => {
    expect(plan(HASH, { tlp: 'RED', pap: 'RED' }).ask).toEqual(['ours']);
  });

  it('hands on the observable, what was noticed about it, and no more of a source than a card needs', () => {
    const seen = planLookUp(
      { observable: ADDRESS, notes: ['was written backwards'] },
      { tlp: 'CLEAR', pap: 'CLEAR' },
      [{ id: 'rating', title: 'Rating', kinds: ['ipv4'], exposure: 'own', quota: { perMinute: 4, perDay: 500 } }],
      AROUND,
    );

    expect(seen).toEqual({
      observable: ADDRESS,
      notes: ['was written backwards'],
      isBlockable: true,
      ask: [{ id: 'rating', title: 'Rating' }],
      notAsked: [],
    });
  });

  it('plans for nobody where there is no source', () => {
    expect(planLookUp({ observable: ADDRESS, notes: [] }, { tlp: 'CLEAR', pap: 'CLEAR' }, [], AROUND)).toMatchObject({
      ask: [],
      notAsked: [],
    });
  });
});
