/**
 * GPU-seconds that weigh in a reward epoch, per pool, provider and model. Pure.
 * Rule: docs/rewards.md, "Weights and allocation".
 * @module
 */
import { checkInvariant } from '../../../indexer/domain/errors.ts';
import { hexOf } from '../../../indexer/domain/hex.ts';
import { groupBy } from '../../group-by.ts';
import { keyNames } from '../../key-names.ts';
import type { Clusters } from '../../reputation/clusters.ts';
import { isOwnWork } from '../../reputation/evidence.ts';
import type { WorkInput } from '../compute/epoch-allocation.ts';

/** Work that came due in the window: an order, settled seconds of a session, a metered workload. */
export interface DueWork {
  readonly provider: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly fee: bigint;
  readonly hasFailedChallenge: boolean;
  /** Settlements that are added up in it; absent for one. */
  readonly pieceCount?: bigint;
}

export interface CountedWork extends WorkInput {
  readonly orderCount: number;
  /** Seconds that came due and may count; `gpuSeconds` is what of them does. */
  readonly settledSeconds: bigint;
  /** What the provider's benchmarked units of the model could do in the window, for all pools together. */
  readonly capSeconds: bigint;
}

export interface WorkFrame {
  /** By hex of the provider's address. */
  readonly providers: ReadonlyMap<string, { readonly owner: Uint8Array; readonly displayed: bigint }>;
  readonly modelWeights: readonly bigint[];
  readonly clusters: Clusters;
  /** Benchmarked units of a provider (hex of its address) and model. */
  readonly unitsOf: (provider: string, model: number) => bigint;
  readonly windowSeconds: bigint;
}

/**
 * Work with a fee, not bought by the provider's own cluster and of no failed challenge, up to what was benchmarked; where
 * a provider worked for several pools, the first by raw key bytes has its seconds first. By pool, provider and model.
 * @throws InvariantError `REWARDS__UNKNOWN_MODEL`
 */
export function countedWork(due: readonly DueWork[], frame: WorkFrame): CountedWork[] {
  const nameOf = keyNames();
  const counted = due.filter(
    ({ fee, gpuSeconds, hasFailedChallenge, buyer, provider }) =>
      fee > 0n &&
      gpuSeconds > 0n &&
      !hasFailedChallenge &&
      !isOwnWork(buyer, frame.providers.get(nameOf(provider))?.owner, frame.clusters),
  );
  const groups = groupBy(
    counted,
    ({ operatorPool, provider, model }) =>
      `${nameOf(operatorPool)}${nameOf(provider)}${String(model).padStart(3, '0')}`,
  );
  const used = new Map<string, bigint>();
  return [...groups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, work]) => rowOf(work as [DueWork, ...DueWork[]], frame, used));
}

/** @param used seconds that other pools have of the same provider and model */
function rowOf(work: readonly [DueWork, ...DueWork[]], frame: WorkFrame, used: Map<string, bigint>): CountedWork {
  const { operatorPool, provider, model } = work[0];
  const modelWeight = frame.modelWeights[model];
  checkInvariant(modelWeight !== undefined, 'REWARDS__UNKNOWN_MODEL', `The catalogue has no model ${model}`, { model });
  const name = hexOf(provider);
  const settledSeconds = work.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0n);
  const capSeconds = frame.unitsOf(name, model) * frame.windowSeconds;
  const before = used.get(`${name}${model}`) ?? 0n;
  const left = capSeconds - before;
  const gpuSeconds = settledSeconds < left ? settledSeconds : left;
  used.set(`${name}${model}`, before + gpuSeconds);
  return {
    ...{ pool: operatorPool, provider, model, gpuSeconds, modelWeight, settledSeconds, capSeconds },
    displayedScore: frame.providers.get(name)?.displayed ?? 0n,
    orderCount: Number(work.reduce((count, { pieceCount = 1n }) => count + pieceCount, 0n)),
  };
}
