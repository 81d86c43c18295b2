/**
 * How far back a stream can start. The genesis block is never streamed: a real plugin sees blocks from the first one made.
 * @module
 */
import type { Localnet } from '../localnet.ts';

/** u64::MAX, what the real server reports before its first block. */
export const NOTHING_TO_REPLAY = 18446744073709551615n;

/** Oldest slot a stream can start from; the open slot while there is no block yet. */
export function firstReplaySlot(localnet: Localnet): number {
  const tip = localnet.chain.entryAt('processed').slot;
  const oldest = Math.max(1, tip - localnet.options.replaySlots + 1);
  return localnet.chain.entriesFrom(oldest, 'processed', 1)[0]?.slot ?? localnet.openSlot;
}

export function firstAvailable(localnet: Localnet): bigint {
  return localnet.chain.entryAt('processed').slot === 0 ? NOTHING_TO_REPLAY : BigInt(firstReplaySlot(localnet));
}
