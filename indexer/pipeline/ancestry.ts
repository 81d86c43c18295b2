/**
 * Blocks that the stream did not give, from RPC: the one a block names as its parent, or those of a range.
 * @module
 */
import { compareBytes, fromBase58, toBase58 } from '../domain/base58.ts';
import type { Block, BlockHeader } from '../domain/chain.ts';
import { UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import { blockFromRpc } from '../rpc/rpc-block.ts';
import type { ChainRpc } from '../rpc/rpc-client.ts';

export interface Ancestry {
  /**
   * The parent of a block, proven by its hash.
   * @throws UpstreamError `PIPELINE__PARENT_UNAVAILABLE` when the node has no such block, or another one, now
   */
  parentOf(block: BlockHeader): Promise<Block>;
  /** Hash of the block that the node has at a slot; `null` when it says that the slot was skipped. */
  blockhashAt(slot: Slot): Promise<Uint8Array | null>;
  /** What the node says the chain is from `from` to `to`, in order, up to where it fails; proves nothing until linked. */
  range(from: Slot, to: Slot): AsyncIterable<Block>;
}

const SLOTS_PER_REQUEST = 256n;
const BLOCKS_AT_ONCE = 4;

/** @param programs base58 addresses of our programs */
export function rpcAncestry(rpc: ChainRpc, programs: ReadonlySet<string>): Ancestry {
  const blockAt = async (slot: Slot): Promise<Block | null> => {
    const found = await rpc.block(slot);
    return found === null ? null : blockFromRpc(slot, found, programs);
  };
  return {
    blockhashAt: async (slot) => {
      const found = await rpc.block(slot);
      return found === null ? null : fromBase58(found.blockhash);
    },
    async parentOf({ slot, parentSlot, parentBlockhash }) {
      const parent = await blockAt(parentSlot);
      if (parent !== null && compareBytes(parent.blockhash, parentBlockhash) === 0) return parent;
      const hash = toBase58(parentBlockhash);
      const message = `The RPC does not have block ${hash} of slot ${parentSlot}, parent of ${slot}`;
      throw new UpstreamError('PIPELINE__PARENT_UNAVAILABLE', message, { slot, parentSlot, hash });
    },
    async *range(from, to) {
      for (let first = from; first <= to; first += SLOTS_PER_REQUEST) {
        const last = first + SLOTS_PER_REQUEST - 1n < to ? first + SLOTS_PER_REQUEST - 1n : to;
        const slots = await rpc.blockSlots(first, last);
        for (let at = 0; at < slots.length; at += BLOCKS_AT_ONCE) {
          const answers = await Promise.allSettled(slots.slice(at, at + BLOCKS_AT_ONCE).map(blockAt));
          for (const answer of answers) {
            // Those before it were given, and are not asked for again.
            if (answer.status === 'rejected') throw answer.reason;
            if (answer.value !== null) yield answer.value;
          }
        }
      }
    },
  };
}
