/**
 * What providers did, as `chunk-sums.ts` adds it up.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import { type ProviderSums, providerChunks } from '../../indexer/store/queries/reputation/providers.ts';
import { ChunkSums } from './chunk-sums.ts';
import type { FinalChunks } from './final-chunks.ts';

export const NO_SUMS: ProviderSums = {
  ...{ offerCount: 0n, orderCount: 0n, settledCount: 0n, refundedCount: 0n, gpuSeconds: 0n },
};

/** By address in base58. */
export function createProviderSums(chunks: FinalChunks): ChunkSums<ProviderSums> {
  return new ChunkSums(chunks, {
    read: async (store, bounds, chunkSlots) =>
      (await providerChunks(store, bounds, chunkSlots)).map(({ chunk, provider, ...sums }) => ({
        ...{ chunk, sums },
        key: toBase58(provider),
      })),
    plus: plusSums,
  });
}

export function plusSums(before: ProviderSums, more: ProviderSums): ProviderSums {
  return {
    offerCount: before.offerCount + more.offerCount,
    orderCount: before.orderCount + more.orderCount,
    settledCount: before.settledCount + more.settledCount,
    refundedCount: before.refundedCount + more.refundedCount,
    gpuSeconds: before.gpuSeconds + more.gpuSeconds,
  };
}
