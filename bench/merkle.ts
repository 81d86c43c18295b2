/**
 * Reward trees against merkletreejs: the same leaves in the same run, both from leaf hashes to the root; and against what
 * OpenSSL makes of the machine's SHA-256, in the same run too, where it is installed.
 *
 *     node --import tsx bench/merkle.ts
 * @module
 */
import { spawnSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { MerkleTree as PeerTree } from 'merkletreejs';
import { buildForest, treeCapacityFor } from '../jobs/rewards/trees/forest.ts';
import { HASH_BYTES, type Leaf, PADDING_LEAF_HASH } from '../jobs/rewards/trees/leaf.ts';
import { buildTree, rootOf } from '../jobs/rewards/trees/merkle-tree.ts';

const SIZES = [100_000, 655_360];
const RUNS = 3;

function leavesOf(count: number): Leaf[] {
  return Array.from({ length: count }, (_, id) => ({
    pool: hash('sha256', `pool ${id}`, 'buffer'),
    reward: BigInt(id) * 1_000_003n,
    usdc: BigInt(id % 997),
  }));
}

/** How merkletreejs is told to hash: Node's streaming hash, as its users do, and the one-shot hash that we use. */
const peerHashes = {
  createHash: (data: Buffer) =>
    createHash('sha256')
      .update(Buffer.concat([Buffer.of(1), data]))
      .digest(),
  oneShot: (data: Buffer) => hash('sha256', Buffer.concat([Buffer.of(1), data]), 'buffer'),
} as const;

/** Trees of 131,072 leaves as an epoch has them; padding is ours on both sides, since neither library has the chain's. */
function peerRoots(trees: readonly (readonly Buffer[])[], node: (data: Buffer) => Buffer): Buffer[] {
  return trees.map((leaves) => new PeerTree([...leaves], node, { hashLeaves: false, sortPairs: false }).getRoot());
}

function cut(leafHashes: Uint8Array): Uint8Array[] {
  const bytes = treeCapacityFor(leafHashes.length / HASH_BYTES) * HASH_BYTES;
  return Array.from({ length: Math.ceil(leafHashes.length / bytes) }, (_, index) =>
    leafHashes.subarray(index * bytes, (index + 1) * bytes),
  );
}

function padded(leafHashes: Uint8Array): Buffer[] {
  const count = leafHashes.length / HASH_BYTES;
  const at = (index: number) => Buffer.from(leafHashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
  const width = 2 ** Math.ceil(Math.log2(count));
  return Array.from({ length: width }, (_, index) => (index < count ? at(index) : Buffer.from(PADDING_LEAF_HASH)));
}

/** Processor time, which a busy machine does not lengthen; `openssl speed` counts the same. */
function cpuMilliseconds(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

const NODE_BYTES = 65;

/** Hashes of a node's 65 bytes per second by `openssl speed`, one thread; NaN where there is none. */
function opensslHashesPerSecond(): number {
  const flags = ['speed', '-mr', '-seconds', '1', '-bytes', String(NODE_BYTES), '-evp', 'sha256'];
  const { stdout } = spawnSync('openssl', flags, { encoding: 'utf8' });
  // The last line is `+F:22:SHA256:<bytes per second>`.
  return Number(/\+F:.*:([\d.]+)\s*$/m.exec(stdout ?? '')?.[1]) / NODE_BYTES;
}

const median = (values: readonly number[]) => [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;

for (const size of SIZES) {
  const leaves = leavesOf(size);
  const forestMs = milliseconds(() => buildForest(leaves));
  const parts = cut(buildForest(leaves).leafHashes);
  const peerParts = parts.map(padded);
  const runs = {
    ours: () => parts.map((part) => rootOf(buildTree(part))),
    createHash: () => peerRoots(peerParts, peerHashes.createHash),
    oneShot: () => peerRoots(peerParts, peerHashes.oneShot),
  };
  const [own, peer] = [runs.ours(), runs.oneShot()];
  if (Buffer.compare(Buffer.concat(own), Buffer.concat(peer)) !== 0) throw new Error('roots differ');
  const times = { ours: [], createHash: [], oneShot: [] } as Record<keyof typeof runs, number[]>;
  for (let run = 0; run < RUNS; run += 1) {
    for (const name of ['ours', 'createHash', 'oneShot'] as const) times[name].push(milliseconds(runs[name]));
  }
  const [treeMs, createHashMs, oneShotMs] = [median(times.ours), median(times.createHash), median(times.oneShot)];
  const ratios = { ratioToCreateHash: createHashMs / treeMs, ratioToOneShot: oneShotMs / treeMs };
  const treeCpuMs = median(Array.from({ length: RUNS }, () => cpuMilliseconds(runs.ours)));
  const opensslMs = ((size - 1) / opensslHashesPerSecond()) * 1_000;
  const facts = {
    leaves: size,
    treeMs,
    createHashMs,
    oneShotMs,
    ...ratios,
    forestFromAmountsMs: forestMs,
    opensslMs,
    treeCpuMs,
    ratioToOpenssl: treeCpuMs / opensslMs,
  };
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value);
  process.stdout.write(`${JSON.stringify(facts, rounded)}\n`);
}
