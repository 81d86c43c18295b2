/**
 * A positional Merkle tree in one flat buffer, and proofs out of it. Pure.
 *
 * Nodes lie as in a heap, 32 bytes each: the root is node 1, the children of node i are 2i and 2i + 1, the leaves start
 * at node `width`. The rules of hashing are in `leaf.ts` and `node-hasher.ts`.
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';
import { HASH_BYTES, PADDING_LEAF_HASH } from './leaf.ts';
import { hashHeap } from './node-hasher.ts';

export interface MerkleTree {
  readonly depth: number;
  /** Without padding. */
  readonly leafCount: number;
  readonly nodes: Uint8Array;
}

export interface MerkleProof {
  /** Siblings from the leaf up. */
  readonly proof: readonly Uint8Array[];
  /** True where the sibling stands on the left. */
  readonly proofPath: readonly boolean[];
}

const PADDING = Buffer.from(PADDING_LEAF_HASH).toString('latin1');

/**
 * Tree over leaf hashes in the order given, padded to a power of two. One leaf is its own root.
 * @param leafHashes the hashes one after the other, 32 bytes each
 * @throws InputError `REWARDS__NO_LEAVES`, `REWARDS__BAD_LEAVES` when the length is no multiple of 32
 */
export function buildTree(leafHashes: Uint8Array): MerkleTree {
  checkInput(leafHashes.length > 0, 'REWARDS__NO_LEAVES', 'A tree needs at least one leaf');
  checkInput(leafHashes.length % HASH_BYTES === 0, 'REWARDS__BAD_LEAVES', 'Leaf hashes must be 32 bytes each', {
    length: leafHashes.length,
  });
  const leafCount = leafHashes.length / HASH_BYTES;
  const depth = Math.ceil(Math.log2(leafCount));
  const width = 2 ** depth;
  const nodes = Buffer.alloc(2 * width * HASH_BYTES);
  nodes.set(leafHashes, width * HASH_BYTES);
  nodes.fill(PADDING, (width + leafCount) * HASH_BYTES, undefined, 'latin1');
  hashLevels(nodes);
  return { depth, leafCount, nodes };
}

/** Over words in the machine's order and back; `swap32` turns big-endian bytes into them in place. */
function hashLevels(nodes: Buffer): void {
  nodes.swap32();
  hashHeap(new Int32Array(nodes.buffer, nodes.byteOffset, nodes.length / Int32Array.BYTES_PER_ELEMENT));
  nodes.swap32();
}

export function rootOf(tree: MerkleTree): Uint8Array {
  return nodeOf(tree, 1);
}

/** @throws InputError `REWARDS__NO_SUCH_LEAF` */
export function proofOf(tree: MerkleTree, position: number): MerkleProof {
  const isLeaf = Number.isInteger(position) && position >= 0 && position < tree.leafCount;
  checkInput(isLeaf, 'REWARDS__NO_SUCH_LEAF', `The tree has no leaf at ${position}`, { position });
  const proof: Uint8Array[] = [];
  const proofPath: boolean[] = [];
  for (let node = 2 ** tree.depth + position; node > 1; node = node >>> 1) {
    proof.push(nodeOf(tree, node ^ 1));
    proofPath.push(node % 2 === 1);
  }
  return { proof, proofPath };
}

function nodeOf({ nodes }: MerkleTree, node: number): Uint8Array {
  return nodes.subarray(node * HASH_BYTES, (node + 1) * HASH_BYTES);
}
