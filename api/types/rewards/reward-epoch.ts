/**
 * `rewardEpochs`: the life of each reward epoch, from its window to its record on chain.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import type { SlotBounds } from '../../../indexer/store/queries/chain/slot-windows.ts';
import { type EpochRow, epochRow, latestEpochRows } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { anomalyRows, diffRow } from '../../../indexer/store/queries/rewards/reward-reviews.ts';
import { paidWork } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { sourceField } from '../chain/source.ts';
import { AnomalyType, DiffType } from './reward-review.ts';

export const EpochState = builder.enumType('RewardEpochState', {
  description: 'How far a reward epoch is.',
  values: {
    OPEN: { value: 'open', description: 'Its window has not ended, or it is not marked yet.' },
    MARKED: { value: 'marked', description: 'Marked on chain; the set of pools is fixed.' },
    COMPUTED: { value: 'computed', description: 'Allocated over a proven block range.' },
    VERIFIED: { value: 'verified', description: 'Computed again by the second implementation, equal.' },
    PUBLISHED: { value: 'published', description: 'The artefact is out; the challenge window runs.' },
    APPROVED: { value: 'approved', description: 'The reward authority allowed the commit.' },
    COMMITTED: { value: 'committed', description: 'The record is on chain.' },
    FINALIZED: { value: 'finalized', description: 'The record is final.' },
    ACCRUED: { value: 'accrued', description: 'Every pool has accrued it.' },
  } as const,
});

export const EpochType = builder.objectRef<EpochRow>('RewardEpoch').implement({
  description: 'A reward epoch of the staking program.',
  fields: (t) => ({
    number: t.field({ type: 'U64', description: 'From 1.', resolve: (row) => row.rewardEpoch }),
    state: t.field({ type: EpochState, description: 'How far it is.', resolve: (row) => row.state as 'open' }),
    windowStart: t.field({ type: 'I64', description: 'Unix seconds, inclusive.', resolve: (row) => row.windowStart }),
    windowEnd: t.field({ type: 'I64', description: 'Unix seconds, exclusive.', resolve: (row) => row.windowEnd }),
    firstSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'First finalized block of the window; null until resolved.',
      resolve: (row) => row.firstSlot || null,
    }),
    lastSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last block of the window; null until resolved.',
      resolve: (row) => row.lastSlot || null,
    }),
    eligibilitySlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Slot of the marking, at which the pools are taken.',
      resolve: (row) => row.eligibilitySlot || null,
    }),
    emission: t.field({
      type: 'U64',
      description: 'Base units of INT that the chain demands.',
      resolve: (row) => row.emission,
    }),
    totalRewards: t.field({
      type: 'U64',
      description: 'Base units of INT over all leaves.',
      resolve: (row) => row.totalRewards,
    }),
    totalUsdc: t.field({
      type: 'U64',
      description: 'Base units of USDC over all leaves.',
      resolve: (row) => row.totalUsdc,
    }),
    orphanedUsdc: t.field({
      type: 'U64',
      description: 'USDC of pools that can no longer claim; not in totalUsdc.',
      resolve: (row) => row.orphanedUsdc,
    }),
    poolCount: t.exposeInt('poolCount', { description: 'Leaves.' }),
    roots: t.field({
      type: ['String'],
      description: 'Merkle roots, hexadecimal.',
      resolve: (row) => row.roots.map(hexOf),
    }),
    ruleVersion: t.exposeString('ruleVersion', { description: 'Version of the rules it was computed by.' }),
    source: sourceField(t, (row) => ({
      ...{ ruleVersion: row.ruleVersion, events: paidWork(null), bounds: windowOf(row) },
    })),
    inputHash: t.exposeString('inputHash', {
      description: 'SHA-256 of the inputs, hexadecimal; empty until computed.',
    }),
    artefactHash: t.exposeString('artefactHash', {
      description: 'SHA-256 of the artefact, hexadecimal; empty until computed.',
    }),
    record: t.string({
      nullable: true,
      description: 'Address of its record on chain.',
      resolve: (row) => row.recordAddress || null,
    }),
    markSignature: t.string({
      nullable: true,
      description: 'Transaction that marked it.',
      resolve: (row) => row.markSignature || null,
    }),
    commitSignature: t.string({
      nullable: true,
      description: 'Transaction that committed it.',
      resolve: (row) => row.commitSignature || null,
    }),
    diff: t.field({
      type: DiffType,
      nullable: true,
      description: 'How it differs from the epoch before; null until published.',
      resolve: (row, _, { store }) => diffRow(store, row),
    }),
    anomalies: t.field({
      type: [AnomalyType],
      description: 'What is unusual in it, at most 1,000; empty until published.',
      complexity: { field: 1, multiplier: 20 },
      resolve: (row, _, { store }) => anomalyRows(store, row),
    }),
  }),
});

/** Blocks of an epoch's window; `null` until they are resolved. */
function windowOf({ firstSlot, lastSlot }: Pick<EpochRow, 'firstSlot' | 'lastSlot'>): SlotBounds | null {
  return lastSlot === 0n ? null : { fromSlot: firstSlot, toSlot: lastSlot };
}

/** Source of what was computed with an epoch, but for its events. */
export async function ofEpoch(
  store: StoreClient,
  rewardEpoch: RewardEpoch,
): Promise<{ readonly ruleVersion: string; readonly bounds: SlotBounds | null }> {
  const epoch = await epochRow(store, rewardEpoch);
  return epoch === null
    ? { ruleVersion: '', bounds: null }
    : { ruleVersion: epoch.ruleVersion, bounds: windowOf(epoch) };
}

/** Epochs come about once a day: the newest of this many are all anybody pages through. */
const MOST_EPOCHS = 500;

builder.queryField('rewardEpochs', (t) =>
  t.field({
    type: [EpochType],
    description: 'The newest reward epochs, newest first.',
    args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MOST_EPOCHS}.` }) },
    complexity: (args) => ({ field: 1, multiplier: Math.max(1, Math.min(args.first, MOST_EPOCHS)) }),
    resolve: async (_, { first }, { store }) =>
      (await latestEpochRows(store, Math.max(1, Math.min(first, MOST_EPOCHS)))).reverse(),
  }),
);

builder.queryField('rewardEpoch', (t) =>
  t.field({
    type: EpochType,
    nullable: true,
    description: 'One reward epoch; null before it was opened.',
    args: { number: t.arg({ type: 'U64', required: true, description: 'From 1.' }) },
    resolve: (_, { number }, { store }) => epochRow(store, number),
  }),
);
