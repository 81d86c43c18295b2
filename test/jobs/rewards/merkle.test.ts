import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { MerkleTree as PeerTree } from 'merkletreejs';
import { describe, expect, it } from 'vitest';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { buildForest, MAX_ROOTS, rootsOf, treeCapacityFor } from '../../../jobs/rewards/trees/forest.ts';
import { type Leaf, leafHash, PADDING_LEAF_HASH } from '../../../jobs/rewards/trees/leaf.ts';
import { buildTree, type MerkleProof, proofOf, rootOf } from '../../../jobs/rewards/trees/merkle-tree.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
const leafOf = (id: number): Leaf => ({
  pool: sha256(Buffer.from(`pool ${id}`)),
  reward: BigInt(id) ** 3n,
  usdc: BigInt(id % 7),
});
const leavesOf = (count: number) => Array.from({ length: count }, (_, id) => leafOf(id));

const nodeOver = (children: Uint8Array) => sha256(Buffer.concat([Buffer.of(1), children]));

/** Where the chain's own walk up a proof ends. */
function rootFrom(leaf: Uint8Array, { proof, proofPath }: MerkleProof): string {
  const root = proof.reduce(
    (node, sibling, level) => nodeOver(Buffer.concat(proofPath[level] ? [sibling, node] : [node, sibling])),
    leaf,
  );
  return hex(root);
}

/** A peer's tree, padded by us as the chain wants it and told how nodes are hashed. */
function peerRoot(leafHashes: readonly Uint8Array[]): string {
  const width = 2 ** Math.ceil(Math.log2(leafHashes.length));
  const padded = [...leafHashes, ...Array<Uint8Array>(width - leafHashes.length).fill(PADDING_LEAF_HASH)].map((each) =>
    Buffer.from(each),
  );
  return new PeerTree(padded, nodeOver, { hashLeaves: false, sortPairs: false }).getRoot().toString('hex');
}

describeShared('trees of the deployed program', () => {
  interface TreeVectors {
    readonly dummyLeaf: string;
    readonly vectors: readonly {
      readonly depth: number;
      readonly root: string;
      readonly rows: readonly [string, string, string][];
      readonly proofs: readonly { index: number; leafHash: string; proof: string[]; proofPath: boolean[] }[];
    }[];
  }

  it('every published root and proof is reproduced', () => {
    const { dummyLeaf, vectors } = readShared<TreeVectors>('facts/merkle_vectors.json');
    expect(hex(PADDING_LEAF_HASH)).toBe(dummyLeaf);
    for (const { rows, root, depth, proofs } of vectors) {
      const hashes = rows.map(([pool, reward, usdc]) =>
        leafHash({ pool: fromBase58(pool), reward: BigInt(reward), usdc: BigInt(usdc) }),
      );
      const tree = buildTree(Buffer.concat(hashes));
      expect([hex(rootOf(tree)), tree.depth]).toEqual([root, depth]);
      for (const { index, leafHash: published, proof, proofPath } of proofs) {
        expect(hex(hashes[index] ?? expect.fail())).toBe(published);
        const own = proofOf(tree, index);
        expect({ proof: own.proof.map(hex), proofPath: own.proofPath }).toEqual({ proof, proofPath });
      }
    }
  });
});

describe('tree', () => {
  it('has the root of an independent implementation at every size', () => {
    for (const count of [...Array.from({ length: 40 }, (_, index) => index + 1), 127, 128, 129, 1000]) {
      const hashes = leavesOf(count).map(leafHash);
      expect([count, hex(rootOf(buildTree(Buffer.concat(hashes))))]).toEqual([count, peerRoot(hashes)]);
    }
  });

  it('one leaf is its own root, with an empty proof', () => {
    const leaf = leafHash(leafOf(1));
    expect(hex(rootOf(buildTree(leaf)))).toBe(hex(leaf));
    expect(proofOf(buildTree(leaf), 0)).toEqual({ proof: [], proofPath: [] });
  });

  it('every proof leads to the root and no changed one does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (count, pick, change) => {
        const hashes = leavesOf(count).map(leafHash);
        const tree = buildTree(Buffer.concat(hashes));
        const position = pick % count;
        const leaf = hashes[position] ?? expect.fail();
        const proof = proofOf(tree, position);
        expect(rootFrom(leaf, proof)).toBe(hex(rootOf(tree)));
        const level = change % proof.proof.length;
        const bent = proof.proof.map((each, index) => (index === level ? sha256(each) : each));
        expect(rootFrom(leaf, { ...proof, proof: bent })).not.toBe(hex(rootOf(tree)));
        expect(rootFrom(sha256(leaf), proof)).not.toBe(hex(rootOf(tree)));
      }),
    );
  });

  it('refuses what is no tree and what is no leaf of it', () => {
    const code = (name: string) => expect.objectContaining({ code: name });
    expect(() => buildTree(new Uint8Array())).toThrow(code('REWARDS__NO_LEAVES'));
    expect(() => buildTree(new Uint8Array(33))).toThrow(code('REWARDS__BAD_LEAVES'));
    const tree = buildTree(Buffer.concat(leavesOf(3).map(leafHash)));
    for (const position of [-1, 3, 0.5]) expect(() => proofOf(tree, position)).toThrow(code('REWARDS__NO_SUCH_LEAF'));
  });
});

describe('forest', () => {
  it('does not depend on the order of leaves', () => {
    const leaves = leavesOf(20);
    const roots = rootsOf(buildForest(leaves)).map(hex);
    fc.assert(
      fc.property(fc.shuffledSubarray(leaves, { minLength: 20 }), (shuffled) => {
        expect(rootsOf(buildForest(shuffled)).map(hex)).toEqual(roots);
      }),
    );
  });

  it('cuts leaves into full trees, the last one shorter', () => {
    const { trees, leaves } = buildForest(leavesOf(10), 4);
    expect(trees.map(({ leafCount }) => leafCount)).toEqual([4, 4, 2]);
    expect(trees.map(rootOf).map(hex)).toEqual(
      [0, 4, 8].map((start) => peerRoot(leaves.slice(start, start + 4).map(leafHash))),
    );
  });

  it('takes deeper trees only when thirteen roots are not enough, and says when nothing is', () => {
    expect(treeCapacityFor(1)).toBe(131_072);
    expect(treeCapacityFor(MAX_ROOTS * 131_072)).toBe(131_072);
    expect(treeCapacityFor(MAX_ROOTS * 131_072 + 1)).toBe(524_288);
    expect(() => treeCapacityFor(MAX_ROOTS * 524_288 + 1)).toThrow(
      expect.objectContaining({ code: 'REWARDS__TOO_MANY_POOLS' }),
    );
  });

  it('a pool that stands twice is refused, and no pool gives no tree', () => {
    expect(() => buildForest([leafOf(1), leafOf(2), { ...leafOf(1), usdc: 99n }])).toThrow(
      expect.objectContaining({ code: 'REWARDS__DUPLICATE_POOL' }),
    );
    expect(rootsOf(buildForest([]))).toEqual([]);
  });
});
