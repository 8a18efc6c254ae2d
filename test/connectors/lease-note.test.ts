import { describe, expect, it } from 'vitest';
import { readLeaseNote, writeLeaseNote } from '#connectors/lease-note.ts';
import { holdOf } from '#support/responder-contract.ts';

const TARGET = { kind: 'ipv4', value: '192.0.2.1' } as const;
const UNTIL = '2026-11-24T16:00:00.000Z';

describe('the remark beside an entry', () => {
  it('reads back as what was written', () => {
    const note = writeLeaseNote(holdOf(TARGET, { until: UNTIL }));

    expect(note).toBe('SocBot lease=tg-7000000001-42 until=20261124T160000.000Z digest=3fa1 09bc by=Ana');
    expect(readLeaseNote(note)).toEqual({
      leaseId: 'tg-7000000001-42',
      until: UNTIL,
      digest: '3fa1 09bc',
      by: 'Ana',
    });
  });

  it.each([
    ['Ana "the" Analyst: on call', 'Ana  the  Analyst  on call'],
    ['line\nbreak', 'line<U+000A>break'],
    ['Ana by=Bob', 'Ana by=Bob'],
    ['', ''],
  ])('stays one line that reads back, whatever the name is: %j', (by, shown) => {
    expect(readLeaseNote(writeLeaseNote(holdOf(TARGET, { by, until: UNTIL })))?.by).toBe(shown);
  });

  it.each([
    null,
    '',
    'Blocked by hand',
    'SocBot lease=tg-7000000001-42',
    ' SocBot lease=tg-7-4 until=20261124T160000.000Z digest=3fa1 09bc by=Ana',
    'SocBot lease=tg-7-4 until=20261124T160000.000Z digest=3fa1 09bc by=Ana\nand more',
    'SocBot lease=../../x until=20261124T160000.000Z digest=3fa1 09bc by=Ana',
    'SocBot lease=tg-7-4 until=20261324T160000.000Z digest=3fa1 09bc by=Ana',
    'SocBot lease=tg-7-4 until=never digest=3fa1 09bc by=Ana',
  ])('is somebody else’s unless it is exactly ours: %j', (text) => {
    expect(readLeaseNote(text)).toBeNull();
  });
});
