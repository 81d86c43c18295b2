/**
 * Hashes of reward leaves and trees as the staking program computes them, by the browser's own cryptography: SHA-256 with
 * a leading 0x00 for a leaf and 0x01 for a node. Written for this page alone; it shares no code with what it checks.
 * Source: `accrue_reward` of the staking program.
 * @module
 */

export interface Leaf {
  readonly pool: string;
  readonly reward: string;
  readonly usdc: string;
}

const HASH_BYTES = 32;
/** The key of 32 zero bytes, with which a tree is filled up. */
const PADDING: Leaf = { pool: '1'.repeat(HASH_BYTES), reward: '0', usdc: '0' };
/** Depths of trees, and how many a record takes. */
const MOST_ROOTS = 13;
const DEPTHS = [17, 19] as const;
/** Digests that are asked for at once. */
const BATCH = 2_000;

/** Cryptography needs a secure connection, or this machine. */
export function canHash(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function leafHash({ pool, reward, usdc }: Leaf): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(new TextEncoder().encode(`\0${pool},${reward},${usdc}`));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return sha256(bytes);
}

/** Roots of all trees over the leaves in the order given. */
export async function rootsOf(leaves: readonly Leaf[]): Promise<string[]> {
  const depth = DEPTHS.find((each) => leaves.length <= MOST_ROOTS * 2 ** each) ?? DEPTHS[1];
  const capacity = 2 ** depth;
  const roots = [];
  for (let first = 0; first < leaves.length; first += capacity) {
    roots.push(hexOf(await rootOf(leaves.slice(first, first + capacity))));
  }
  return roots;
}

async function rootOf(leaves: readonly Leaf[]): Promise<Uint8Array> {
  let level: Uint8Array[] = await inBatches(leaves, leafHash);
  const padding = await leafHash(PADDING);
  const width = 2 ** Math.ceil(Math.log2(level.length));
  while (level.length < width) level.push(padding);
  while (level.length > 1) {
    const pairs = level.flatMap((left, index) => (index % 2 === 0 ? [[left, level[index + 1] ?? left] as const] : []));
    level = await inBatches(pairs, ([left, right]) => nodeHash(left, right));
  }
  return level[0] ?? padding;
}

async function inBatches<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let first = 0; first < items.length; first += BATCH) {
    done.push(...(await Promise.all(items.slice(first, first + BATCH).map(task))));
  }
  return done;
}

/** Root that a proof leads to. `path` is true where the sibling stands on the left. */
export async function rootFromProof(leaf: Leaf, proof: readonly string[], path: readonly boolean[]): Promise<string> {
  let node: Uint8Array = await leafHash(leaf);
  for (const [level, sibling] of proof.entries()) {
    const other = bytesOf(sibling);
    node = await (path[level] ? nodeHash(other, node) : nodeHash(node, other));
  }
  return hexOf(node);
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
