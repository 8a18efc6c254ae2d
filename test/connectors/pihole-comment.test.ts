import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeComment, parseComment } from '#connectors/pihole/comment.ts';

describe("the comment of a Pi-hole's entry", () => {
  const HOLD = { leaseId: 'tg-7000000001-42', until: '2026-11-24T20:00:00.000Z', digest: '3fa1 09bc', by: 'Ana' };
  const COMMENT = 'SocBot: lease tg-7000000001-42 until 2026-11-24T20:00:00.000Z, digest 3fa1 09bc, by Ana';

  it('says in a sentence whose the entry is', () => {
    expect(composeComment(HOLD)).toBe(COMMENT);
    expect(parseComment(COMMENT)).toEqual(HOLD);
  });

  it('is read back whatever the requester is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (by) => {
        const comment = composeComment({ ...HOLD, by });

        expect(parseComment(comment)).toMatchObject({ leaseId: HOLD.leaseId, until: HOLD.until });
      }),
    );
  });

  it.each([
    null,
    '',
    'by hand',
    `${COMMENT}\n`,
    ` ${COMMENT}`,
    COMMENT.toUpperCase(),
    COMMENT.replace('tg-7000000001-42', ''),
    COMMENT.replace('tg-7000000001-42', 'x'.repeat(65)),
    COMMENT.replace('20:00:00.000Z', '20:00:00Z'),
    COMMENT.replace('2026-11-24', '2026-13-24'),
    COMMENT.replace('3fa1 09bc', '3fa109bc'),
    COMMENT.replace('by Ana', 'by '),
    COMMENT.replace('by Ana', 'by A\u202Ena'),
  ])('is nobody of ours where it reads %j', (comment) => {
    expect(parseComment(comment)).toBeNull();
  });
});
