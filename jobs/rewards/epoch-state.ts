/**
 * The states of a reward epoch in their order, and the rows that record them. Each row repeats what is settled so far.
 * @module
 */
import { killable } from '../../indexer/domain/kill-points.ts';
import type { RewardEpoch } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type EpochRow, insertEpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { emissionOf } from './compute/emission.ts';
import type { Window } from './inputs/window.ts';

export const EPOCH_STATES = [
  'open',
  'marked',
  'computed',
  'verified',
  'published',
  'approved',
  'committed',
  'finalized',
  'accrued',
] as const;

export type EpochState = (typeof EPOCH_STATES)[number];

export function rankOf(state: EpochState): number {
  return EPOCH_STATES.indexOf(state);
}

export function stateOf(row: EpochRow): EpochState {
  return EPOCH_STATES[row.stateRank] ?? 'open';
}

/** Write down that an epoch has reached a state. */
export function recordState({ store }: { readonly store: StoreClient }, row: EpochRow): Promise<void> {
  return killable(`epoch-${stateOf(row)}`, () => insertEpochRow(store, row));
}

/** Row of an epoch that was just opened. @param recordedAt microseconds since 1970 */
export function openedRow(rewardEpoch: RewardEpoch, window: Window, recordedAt: bigint): EpochRow {
  return {
    ...{ rewardEpoch, stateRank: rankOf('open'), state: 'open', windowStart: window.start, windowEnd: window.end },
    ...{ firstSlot: 0n, lastSlot: 0n, eligibilitySlot: 0n, markSignature: '', ruleVersion: '', inputHash: '' },
    ...{ artefactHash: '', emission: emissionOf(rewardEpoch), totalRewards: 0n, totalUsdc: 0n, orphanedUsdc: 0n },
    ...{ poolCount: 0, roots: [], publishedAt: 0n, approvedBy: '', recordAddress: '', commitSignature: '' },
    ...{ commitSlot: 0n, recordedAt },
  };
}

export function inState(row: EpochRow, state: EpochState, changes: Partial<EpochRow>, recordedAt: bigint): EpochRow {
  return { ...row, ...changes, state, stateRank: rankOf(state), recordedAt };
}
