import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFreeze, type FreezeRecord, parseFreeze, THAW, thaw } from '#domain/freeze.ts';

const AT = '2026-03-01T12:00:00.000Z';
const FROZEN: FreezeRecord = { by: 'rob', at: AT, reason: 'a storm of false alarms', thaw: [] };
const after = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();

describe('the record of a freeze', () => {
  it('is read as it was written, and its end as well', () => {
    const wished = { ...FROZEN, thaw: [{ by: 'ria', at: AT }] };

    expect(parseFreeze(formatFreeze(wished))).toEqual(wished);
    expect(parseFreeze(formatFreeze({ ...FROZEN, reason: null }))).toEqual({ ...FROZEN, reason: null });
    expect(parseFreeze(formatFreeze(null))).toBeNull();
  });

  it.each(['', 'nonsense', '{}', '[]', '7', '"rob"', '{"by":"rob","at":7,"thaw":[]}', '{"by":"rob","at":"x"}'])(
    'that cannot be read freezes: %j',
    (text) => {
      expect(parseFreeze(text)).toMatchObject({ by: 'a record that cannot be read', thaw: [] });
    },
  );

  it('is never "not frozen" but for the one text that says so', () => {
    fc.assert(fc.property(fc.string(), (text) => text.trim() === 'null' || parseFreeze(text) !== null));
  });
});

describe('thaw', () => {
  it('takes two people', () => {
    const first = thaw(FROZEN, 'ria', AT);
    if (first.kind !== 'waits') throw new Error(first.kind);

    expect(first).toEqual({ kind: 'waits', record: { ...FROZEN, thaw: [{ by: 'ria', at: AT }] }, missing: 1 });
    expect(thaw(first.record, 'ada', after(1))).toEqual({ kind: 'thawed', by: ['ria', 'ada'] });
  });

  it('counts one person once, who may be the one that froze', () => {
    const first = thaw(FROZEN, 'rob', AT);
    const again = first.kind === 'waits' ? thaw(first.record, 'rob', after(60_000)) : first;

    expect(again).toMatchObject({ kind: 'waits', missing: 1, record: { thaw: [{ by: 'rob', at: after(60_000) }] } });
  });

  it.each([
    [THAW.withinMs, 'thawed'],
    [THAW.withinMs + 1, 'waits'],
  ])('counts a wish of %d ms ago: %s', (ms, kind) => {
    const wished = { ...FROZEN, thaw: [{ by: 'ria', at: AT }] };

    expect(thaw(wished, 'ada', after(ms)).kind).toBe(kind);
  });

  it('forgets wishes that are too old', () => {
    const wished = { ...FROZEN, thaw: [{ by: 'ria', at: AT }] };

    expect(thaw(wished, 'ada', after(THAW.withinMs + 1))).toMatchObject({
      record: { thaw: [{ by: 'ada' }] },
      missing: 1,
    });
  });
});
