import { createHash } from 'node:crypto';
import { MerkleTree } from 'merkletreejs';
import { expect, it } from 'vitest';
import { describeShared, readShared } from './shared-data.ts';

interface PublishedTree {
  readonly merkle_root: readonly number[];
  readonly tree_nodes: readonly {
    readonly claimant: readonly number[];
    readonly amount_unlocked: number;
    readonly amount_locked: number;
    readonly proof: readonly (readonly number[])[];
  }[];
}

const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

describeShared('a published distributor tree with sorted pairs', () => {
  it('has its root from the second tree builder, told how pairs and odd nodes are treated, and its proofs lead there', () => {
    const { merkle_root: root, tree_nodes: nodes } = readShared<PublishedTree>(
      'fixtures/jito_distributor_merkle_tree.json',
    );
    const leaves = nodes.map(({ claimant, amount_unlocked: unlocked, amount_locked: locked }) =>
      sha256(Buffer.of(0), sha256(Buffer.from(claimant), u64(unlocked), u64(locked))),
    );
    const node = (data: Buffer) => sha256(Buffer.of(1), data);
    const tree = new MerkleTree(leaves, node, { hashLeaves: false, sortPairs: true, duplicateOdd: true });
    expect(tree.getRoot()).toEqual(Buffer.from(root));
    leaves.forEach((leaf, index) => {
      const siblings = (nodes[index]?.proof ?? []).map((each) => Buffer.from(each));
      const climbed = siblings.reduce((at, sibling) => node(Buffer.concat([at, sibling].sort(Buffer.compare))), leaf);
      expect(climbed).toEqual(tree.getRoot());
    });
  });
});
