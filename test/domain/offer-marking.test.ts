import { describe, expect, it } from 'vitest';
import { formatOfferMarking, parseOfferMarking, pressMark } from '#domain/offer-marking.ts';

const CLOSED = { markings: { tlp: 'AMBER+STRICT', pap: 'AMBER' }, rev: 3 } as const;
const OPENER = { tlp: 'GREEN', pap: 'AMBER' } as const;

describe('a press of a marking button', () => {
  it('opens for the author of the text, from a card that shows what is', () => {
    expect(pressMark(CLOSED, { wanted: OPENER, rev: 3, isAuthor: true })).toEqual({
      kind: 'changed',
      markings: OPENER,
      rev: 4,
    });
  });

  it.each([
    { who: 'somebody else', rev: 3, isAuthor: false },
    { who: 'the author on an older card', rev: 2, isAuthor: true },
  ])('opens nothing for $who', ({ rev, isAuthor }) => {
    expect(pressMark(CLOSED, { wanted: OPENER, rev, isAuthor })).toEqual({ kind: 'refused', ...CLOSED });
  });

  it('closes one protocol from an older card without opening the other', () => {
    const wanted = { tlp: 'AMBER', pap: 'RED' } as const;

    expect(pressMark(CLOSED, { wanted, rev: 0, isAuthor: false })).toEqual({
      kind: 'changed',
      markings: { tlp: 'AMBER+STRICT', pap: 'RED' },
      rev: 4,
    });
  });

  it('that comes again changes nothing', () => {
    expect(pressMark(CLOSED, { wanted: CLOSED.markings, rev: 2, isAuthor: false })).toEqual({
      kind: 'same',
      ...CLOSED,
    });
  });
});

describe('a marking in the store', () => {
  it('comes back as it was written', () => {
    expect(parseOfferMarking(formatOfferMarking(CLOSED))).toEqual(CLOSED);
  });

  it.each(['', 'x', '1 TLP', '1 amber green'])('that reads %j is as closed as can be', (text) => {
    expect(parseOfferMarking(text).markings).toEqual({ tlp: 'RED', pap: 'RED' });
  });
});
