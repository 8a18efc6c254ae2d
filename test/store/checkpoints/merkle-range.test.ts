import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EMPTY_RANGE, growTree, isWellFormed, rootOf } from '#store/checkpoints/merkle-range.ts';

const LEAVES = Array.from({ length: 130 }, (_, n) => createHash('sha256').update(`\0${n}`).digest('hex'));

/** The definition of RFC 6962, 2.1, word for word. */
function merkleTreeHash(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest('hex');
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const children = [merkleTreeHash(leaves.slice(0, split)), merkleTreeHash(leaves.slice(split))];
  return createHash('sha256')
    .update(Buffer.from(`01${children.join('')}`, 'hex'))
    .digest('hex');
}

describe('a growing tree', () => {
  it('has the root of RFC 6962 at every size, wherever it was left and gone on with', () => {
    let left = EMPTY_RANGE;
    expect(rootOf(left)).toBe(merkleTreeHash([]));
    for (const [at, leaf] of LEAVES.entries()) {
      const tree = growTree(left);
      tree.push(leaf);
      left = tree.range();

      expect(isWellFormed(left)).toBe(true);
      expect(rootOf(left)).toBe(merkleTreeHash(LEAVES.slice(0, at + 1)));
    }
  });

  it('has the roots of the published test vectors', () => {
    // The leaves and roots of Certificate Transparency's own test (google/certificate-transparency, merkle_tree_test.cc).
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const tree = growTree(EMPTY_RANGE);
    const roots = inputs.map((hex) => {
      tree.push(
        createHash('sha256')
          .update(Buffer.from(`00${hex}`, 'hex'))
          .digest('hex'),
      );
      return rootOf(tree.range());
    });

    expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(roots[1]).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
    expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  it('is not gone on with from subtrees that do not fit its size', () => {
    expect(isWellFormed({ size: 3, roots: [LEAVES[0] ?? ''] })).toBe(false);
    expect(isWellFormed({ size: 1, roots: ['not a hash'] })).toBe(false);
    expect(isWellFormed({ size: 0, roots: [''] })).toBe(false);
  });
});
