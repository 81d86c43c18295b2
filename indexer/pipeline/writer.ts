/**
 * The last stage: instructions of the linker into the store, in order, as few and as large commits as the store's own
 * pace makes them. What came while the last commit ran is the next one, so that a live block waits for nothing and a
 * backlog is written in large batches.
 * @module
 */
import type { PreparedBlock } from '../batch/block-rows.ts';
import { releaseRows } from '../batch/row-memory.ts';
import type { Slot } from '../domain/units.ts';
import type { BlockStore, StoredBlock } from '../store/block-store.ts';
import type { BoundedQueue } from './bounded-queue.ts';
import { type RetryOptions, retried } from './retry.ts';
import type { IndexerStatus } from './status.ts';

export type StoreInstruction =
  | { readonly kind: 'commit'; readonly block: PreparedBlock }
  | { readonly kind: 'cancel'; readonly aboveSlot: Slot; readonly replaced: StoredBlock }
  | { readonly kind: 'finalize'; readonly slot: Slot; readonly blockhash: Uint8Array };

export interface WriterOptions {
  readonly queue: BoundedQueue<StoreInstruction>;
  readonly store: BlockStore;
  readonly status: IndexerStatus;
  readonly retry: RetryOptions;
  /** Bytes of rows in one commit: it takes no more blocks once it has these. */
  readonly commitBytes: number;
  readonly nowMs: () => number;
}

/**
 * Write until the queue ends.
 * @throws whatever of the store is not worth a retry, and what is once the retry's signal is aborted
 */
export async function runWriter(options: WriterOptions): Promise<void> {
  for (;;) {
    const instructions = await options.queue.take();
    if (instructions === null) return;
    await writeAll(instructions, options);
  }
}

async function writeAll(instructions: readonly StoreInstruction[], options: WriterOptions): Promise<void> {
  let batch: PreparedBlock[] = [];
  let batchBytes = 0;
  // Only the last one counts, and only once its block is in; a cancel never reaches below it.
  let finalize: Extract<StoreInstruction, { kind: 'finalize' }> | null = null;
  const flush = async () => {
    await commit(batch, options);
    batch = [];
    batchBytes = 0;
  };
  for (const instruction of instructions) {
    if (instruction.kind === 'finalize') finalize = instruction;
    else if (instruction.kind === 'cancel') {
      await flush();
      await cancel(instruction, options);
    } else {
      batch.push(instruction.block);
      batchBytes += instruction.block.byteCount;
      if (batchBytes >= options.commitBytes) await flush();
    }
  }
  await flush();
  if (finalize !== null) await markFinalized(finalize.slot, finalize.blockhash, options);
}

async function commit(batch: readonly PreparedBlock[], options: WriterOptions): Promise<void> {
  const { store, status, retry, nowMs } = options;
  const last = batch.at(-1);
  if (last === undefined) return;
  const startedAtMs = nowMs();
  await retried(() => store.commit(batch), retry);
  for (const block of batch) releaseRows(block);
  status.commitSeconds.observe((nowMs() - startedAtMs) / 1_000);
  status.committedSlot = last.block.slot;
  status.commitsTotal += 1;
  status.blocksTotal += batch.length;
  for (const { block, transactionCount, eventCount, undecodedCount } of batch) {
    status.transactionsTotal += transactionCount;
    status.blocksWithoutAccountsTotal += block.hasAccounts ? 0 : 1;
    status.eventsTotal += eventCount;
    status.undecodedTotal += undecodedCount;
  }
}

async function cancel(
  { aboveSlot, replaced }: Extract<StoreInstruction, { kind: 'cancel' }>,
  { store, status, retry }: WriterOptions,
): Promise<void> {
  await retried(() => store.cancelAbove(aboveSlot, replaced), retry);
  status.forks += 1;
  if (status.committedSlot !== null && status.committedSlot > aboveSlot) status.committedSlot = aboveSlot;
}

async function markFinalized(slot: Slot, blockhash: Uint8Array, { store, status, retry }: WriterOptions) {
  await retried(() => store.markFinalized(slot, blockhash), retry);
  status.finalizedSlot = slot;
}
