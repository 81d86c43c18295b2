/**
 * Hashes of leaves as the staking program computes them in `accrue_reward`: SHA-256 with a leading 0x00. Those of nodes, with
 * a leading 0x01, are in `node-hasher.ts`.
 * @module
 */
import { hash } from 'node:crypto';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { IntAmount, UsdcAmount } from '../../../indexer/domain/units.ts';

export const HASH_BYTES = 32;

export interface Leaf {
  readonly pool: Uint8Array;
  readonly reward: IntAmount;
  readonly usdc: UsdcAmount;
}

/** SHA-256 of 0x00 and the text `pool,reward,usdc`: base58 and decimals without spaces. */
export function leafHash({ pool, reward, usdc }: Leaf): Uint8Array {
  return hash('sha256', `\0${toBase58(pool)},${reward},${usdc}`, 'buffer');
}

/** Leaf of the system program's key with amounts 0, which fills a tree up to a power of two. */
export const PADDING_LEAF_HASH: Uint8Array = leafHash({ pool: new Uint8Array(32), reward: 0n, usdc: 0n });
