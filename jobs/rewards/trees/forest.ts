/**
 * All trees of a reward epoch: leaves by raw key bytes, cut into trees whose proofs fit a transaction. Pure.
 *
 * A proof of depth 17 fits beside two compute-budget instructions, one of depth 19 does without them; a record's
 * account takes 13 roots. So up to 13 · 2^17 pools go into trees of depth 17, up to 13 · 2^19 into trees of depth 19.
 * @module
 */
import { compareBytes } from '../../../indexer/domain/base58.ts';
import { checkInput } from '../../../indexer/domain/errors.ts';
import { HASH_BYTES, type Leaf, leafHash } from './leaf.ts';
import { buildTree, type MerkleTree, rootOf } from './merkle-tree.ts';

export const MAX_ROOTS = 13;
const DEPTH_WITH_COMPUTE_BUDGET = 17;
const DEPTH_ALONE = 19;

export interface Forest {
  /** By raw key bytes ascending. */
  readonly leaves: readonly Leaf[];
  readonly leafHashes: Uint8Array;
  readonly trees: readonly MerkleTree[];
  /** Leaves of every tree but the last. */
  readonly treeCapacity: number;
}

/**
 * How many leaves each tree of an epoch holds.
 * @throws InputError `REWARDS__TOO_MANY_POOLS`
 */
export function treeCapacityFor(poolCount: number): number {
  for (const depth of [DEPTH_WITH_COMPUTE_BUDGET, DEPTH_ALONE]) {
    if (poolCount <= MAX_ROOTS * 2 ** depth) return 2 ** depth;
  }
  const maximum = MAX_ROOTS * 2 ** DEPTH_ALONE;
  checkInput(false, 'REWARDS__TOO_MANY_POOLS', `A reward record can hold ${maximum} pools, not ${poolCount}`, {
    poolCount,
    maximum,
  });
}

/**
 * Trees over the leaves; the order they are given in does not matter. No leaves give no trees.
 * @throws InputError `REWARDS__DUPLICATE_POOL`, `REWARDS__TOO_MANY_POOLS`
 */
export function buildForest(unordered: readonly Leaf[], capacity = treeCapacityFor(unordered.length)): Forest {
  const leaves = [...unordered].sort((left, right) => compareBytes(left.pool, right.pool));
  const leafHashes = new Uint8Array(leaves.length * HASH_BYTES);
  leaves.forEach((leaf, index) => {
    const before = leaves[index - 1];
    const isNew = before === undefined || compareBytes(before.pool, leaf.pool) !== 0;
    checkInput(isNew, 'REWARDS__DUPLICATE_POOL', 'A pool stands twice in the epoch', { index });
    leafHashes.set(leafHash(leaf), index * HASH_BYTES);
  });
  const trees: MerkleTree[] = [];
  for (let start = 0; start < leaves.length; start += capacity) {
    trees.push(buildTree(leafHashes.subarray(start * HASH_BYTES, (start + capacity) * HASH_BYTES)));
  }
  return { leaves, leafHashes, trees, treeCapacity: capacity };
}

export function rootsOf({ trees }: Forest): Uint8Array[] {
  return trees.map(rootOf);
}
