import { describe, expect, it } from 'vitest';
import { auditKeyOf } from '#store/checkpoints/audit-key.ts';
import { EMPTY_RANGE, growTree } from '#store/checkpoints/merkle-range.ts';
import { openCheckpoint, signCheckpoint } from '#store/checkpoints/note.ts';

const KEY = auditKeyOf(new Uint8Array(32).fill(1));

function noteOver(leaves: number, key = KEY): string {
  const tree = growTree(EMPTY_RANGE);
  for (let n = 0; n < leaves; n += 1) tree.push('ab'.repeat(32));
  return signCheckpoint(tree.range(), key);
}

const NOTE = noteOver(3);

describe('a key of an audit', () => {
  it('has the public key that RFC 8032 has for it, and names itself as signed notes want it', () => {
    const secret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    const { publicText, origin, keyId } = auditKeyOf(Buffer.from(secret, 'hex'));

    const head = `${origin}+${keyId}+`;
    expect(publicText).toContain(head);
    expect(Buffer.from(publicText.slice(head.length), 'base64').toString('hex')).toBe(
      '01d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('of another length is refused', () => {
    expect(() => auditKeyOf(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('a checkpoint', () => {
  it('is three lines, an empty one and a signature, and can be read again', () => {
    expect(NOTE).toMatch(
      /^socbot-audit\/[0-9a-f]{16}\n3\n[\w+/]{43}=\n\n\u2014 socbot-audit\/[0-9a-f]{16} [\w+/]{91}=\n$/,
    );
    expect(openCheckpoint(NOTE, KEY)).toMatchObject({ origin: KEY.origin, size: 3 });
  });

  it('is the same note for the same records', () => {
    expect(noteOver(3)).toBe(NOTE);
  });

  it.each([
    ['without its last line end', NOTE.trimEnd()],
    ['with the line ends of Windows', NOTE.replaceAll('\n', '\r\n')],
    ['with blanks around it', `\n\n  ${NOTE}\n\n`],
    ['with the signature of a witness below', `${NOTE}\u2014 witness.example/w AAAAAAAA\n`],
    ['with a signature under its own name by a key nobody knows', `${NOTE}\u2014 ${KEY.origin} AAAAAAAA\n`],
  ])('is read %s', (_, copy) => {
    expect(openCheckpoint(copy, KEY)).toMatchObject({ size: 3 });
  });

  it.each([
    ['another size', NOTE.replace('\n3\n', '\n4\n'), /signature does not fit/],
    ['a size with a zero in front', NOTE.replace('\n3\n', '\n03\n'), /not a checkpoint/],
    ['a size beyond all numbers', NOTE.replace('\n3\n', '\n9999999999999999\n'), /not a checkpoint/],
    ['one bit of its signature', NOTE.replace(/(.)=\n$/, 'A=\n'), /signature does not fit/],
    ['half a signature', `${NOTE.slice(0, -60)}\n`, /signature|not a checkpoint/],
    ['no signature', `${NOTE.split('\n\n')[0]}\n`, /not a checkpoint/],
    ['a line more', NOTE.replace('\n\n', '\nmore\n\n'), /not a checkpoint/],
    ['another audit', noteOver(3, auditKeyOf(new Uint8Array(32).fill(2))), /of another audit/],
    ['the name of a key alone', NOTE.replace(/\u2014 .*/, `\u2014 ${KEY.origin} AAAAAAAA`), /not signed with the key/],
    ['nothing', '', /not a checkpoint/],
    ['far too much', `${NOTE}${'\u2014 w.example AAAA\n'.repeat(10_000)}`, /too long/],
  ])('is refused with %s', (_, copy, objection) => {
    expect(openCheckpoint(copy, KEY)).toEqual({ objection: expect.stringMatching(objection) as string });
  });
});
