import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962, 2.1, over the first `size` records, in the little that is needed to go on with it: the
 * roots of its whole subtrees from left to right, in hex. There is one for every bit of `size` that is set.
 */
export type MerkleRange = { readonly size: number; readonly roots: readonly string[] };

/** The tree over nothing. */
export const EMPTY_RANGE: MerkleRange = { size: 0, roots: [] };

/** A tree that grows. */
export type GrowingTree = {
  /** Adds the next leaf by its hash (hex): a record's own hash is one already. */
  readonly push: (leafHash: string) => void;
  /** The tree as it is now. */
  readonly range: () => MerkleRange;
};

/** Goes on with a tree where it was left. */
export function growTree(from: MerkleRange): GrowingTree {
  const roots = [...from.roots];
  let { size } = from;
  return {
    push: (leafHash) => {
      let root = leafHash;
      // Every whole subtree to the left of the same height joins the new one, as a carry does in binary addition.
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) root = nodeOf(roots.pop() ?? '', root);
      roots.push(root);
      size += 1;
    },
    range: () => ({ size, roots: [...roots] }),
  };
}

/** The root hash of a tree, in hex. */
export function rootOf({ roots }: MerkleRange): string {
  const [last, ...others] = roots.toReversed();
  return last === undefined ? hash('sha256', '') : others.reduce((right, left) => nodeOf(left, right), last);
}

/** Whether there are as many subtrees as a tree of this size has. */
export function isWellFormed({ size, roots }: MerkleRange): boolean {
  const bits = size.toString(2).replaceAll('0', '').length;
  return roots.length === bits && roots.every((root) => /^[0-9a-f]{64}$/.test(root));
}

/** An inner node: a byte 1 before its two children, so that no node can pass for a leaf. */
function nodeOf(left: string, right: string): string {
  return hash('sha256', Buffer.from(`01${left}${right}`, 'hex'));
}
