/**
 * Following a record that another indexer may be writing too. Both write the same chain, so whoever comes second finds
 * its work done; only around a fork can one act on what is no longer so. The store then refuses it, and this writer drops
 * what it holds and begins again from what is committed, as after a restart.
 *
 * A chain that contradicts a finalized block is no such case: the linker finds it again, and ends with its own error.
 * @module
 */
import { checkInvariant, PlumblineError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockStore } from '../store/block-store.ts';
import { breakOf } from '../store/lineage.ts';
import { Chain } from './chain.ts';
import { delayMs, pause, type RetryOptions, retried } from './retry.ts';
import type { IndexerStatus } from './status.ts';

export interface SharedRecordOptions {
  readonly store: BlockStore;
  readonly startSlot: Slot;
  readonly status: IndexerStatus;
  /** Its signal stops the following; `onFailure` hears of each time that it begins again. */
  readonly retry: RetryOptions;
}

/** What the store says of an instruction that was right when it was given. */
const OVERTAKEN = new Set(['STORE__NOT_LINKED', 'STORE__NOT_COMMITTED', 'STORE__CANCEL_FINALIZED']);
/** Beginnings without a block more in the record. Another writer is not to blame for so many: the error is ours. */
const FRUITLESS_BEGINNINGS = 20;

/**
 * Follow from the chain as it is committed, again whenever another writer was faster.
 * @param follow resolves once the signal is aborted
 * @throws whatever `follow` does that no other writer explains
 */
export async function followShared(
  options: SharedRecordOptions,
  follow: (chain: Chain) => Promise<void>,
): Promise<void> {
  const { status, retry } = options;
  let highest = -1n;
  let fruitlessCount = 0;
  for (let isFirst = true; ; isFirst = false) {
    try {
      await follow(isFirst ? await openChain(options) : await retried(() => openChain(options), retry));
      return;
    } catch (error) {
      if (!(error instanceof PlumblineError && OVERTAKEN.has(error.code))) throw error;
      // What was queued is the other's now, or is told again at the next start.
      if (retry.signal.aborted) return;
      status.overtakenTotal += 1;
      const isFurther = (status.committedSlot ?? -1n) > highest;
      if (isFurther) highest = status.committedSlot ?? -1n;
      fruitlessCount = isFurther ? 1 : fruitlessCount + 1;
      if (fruitlessCount >= FRUITLESS_BEGINNINGS) throw error;
      retry.onFailure(error, fruitlessCount);
      await pause(delayMs(retry.backoff, fruitlessCount), retry.signal);
      if (retry.signal.aborted) return;
    }
  }
}

/** The chain as it is committed: from the last finalized block, or the first one, to the head. */
async function openChain({ store, startSlot, status }: SharedRecordOptions): Promise<Chain> {
  for (;;) {
    await store.restoreFinalized();
    const finalizedSlot = await store.finalizedSlot();
    const blocks = await store.blocksFrom(finalizedSlot ?? 0n);
    checkInvariant(
      finalizedSlot === null || blocks[0]?.slot === finalizedSlot,
      'STORE__NOT_COMMITTED',
      `Block ${finalizedSlot} is finalized and does not count`,
      { finalizedSlot },
    );
    const broken = blocks[breakOf(blocks)];
    if (broken === undefined) {
      Object.assign(status, { finalizedSlot, committedSlot: blocks.at(-1)?.slot ?? null, gapsOpen: 0 });
      return new Chain(blocks, finalizedSlot, startSlot);
    }
    // A writer died between its marks and its look at what they had become.
    const sound = blocks.findLast(({ slot }) => slot < broken.slot);
    await store.cancelAbove(sound?.slot ?? broken.slot - 1n);
  }
}
