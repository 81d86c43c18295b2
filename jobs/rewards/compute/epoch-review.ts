/**
 * How a reward epoch differs from the one before, and what is unusual in it. Pure, integers only. Flags stop nothing: they
 * are for whoever approves. Rule: docs/rewards.md, "Before approval".
 * @module
 */
import { compareBytes } from '../../../indexer/domain/base58.ts';
import { BPS, PUBLIC_KEY_BYTES, type RewardEpoch, U64_MAX } from '../../../indexer/domain/units.ts';
import type {
  AnomalyRow,
  DiffKind,
  DiffPoolRow,
  PoolHistoryRow,
  ReviewRows,
} from '../../../indexer/store/queries/rewards/reward-reviews.ts';

/** Gains and losses that are listed; of new and gone pools more, since each is news by itself. */
const LISTED_CHANGES = 20;
const LISTED_POOLS = 1_000;
const LISTED_ANOMALIES = 1_000;
/** Fewer epochs are no history to jump from. */
const LEAST_HISTORY = 3n;

/** Above which something is flagged, in basis points. */
export interface ReviewThresholds {
  /** Of the emission, for one pool. */
  readonly shareBps: bigint;
  /** Sum of the squared shares: 10,000 where one pool has all, 10,000 / n where n have the same. */
  readonly concentrationBps: bigint;
  /** Of the mean of the epochs before; as much below it is flagged too. */
  readonly jumpBps: bigint;
}

export interface ReviewedEpoch {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly emission: bigint;
  /** 0 where there is none. */
  readonly previousEpoch: RewardEpoch;
}

/** @param pools every pool with a leaf in the epoch or the one before, each once */
export function reviewEpoch(
  epoch: ReviewedEpoch,
  pools: readonly PoolHistoryRow[],
  thresholds: ReviewThresholds,
): ReviewRows {
  const of = { rewardEpoch: epoch.rewardEpoch, inputHash: epoch.inputHash };
  const both = pools.filter(({ isNow, wasBefore }) => isNow && wasBefore);
  const groups: Readonly<Record<DiffKind, readonly PoolHistoryRow[]>> = {
    gain: both.filter(({ reward, previousReward }) => reward > previousReward),
    loss: both.filter(({ reward, previousReward }) => reward < previousReward),
    new: pools.filter(({ wasBefore }) => !wasBefore),
    gone: pools.filter(({ isNow }) => !isNow),
  };
  const listed = (kind: DiffKind, limit: number): DiffPoolRow[] =>
    ordered(groups[kind], changeOf)
      .slice(0, limit)
      .map(({ pool, reward, previousReward }, place) => ({ ...of, kind, place, pool, reward, previousReward }));
  const anomalies = anomaliesOf(epoch, pools, thresholds).map((each) => ({ ...of, ...each }));
  return {
    diff: {
      ...{ ...of, previousEpoch: epoch.previousEpoch },
      poolCount: pools.filter(({ isNow }) => isNow).length,
      previousPoolCount: pools.filter(({ wasBefore }) => wasBefore).length,
      ...{ gainedCount: groups.gain.length, lostCount: groups.loss.length },
      ...{ newCount: groups.new.length, goneCount: groups.gone.length, anomalyCount: anomalies.length },
    },
    pools: [
      ...[...listed('gain', LISTED_CHANGES), ...listed('loss', LISTED_CHANGES)],
      ...[...listed('new', LISTED_POOLS), ...listed('gone', LISTED_POOLS)],
    ],
    anomalies: anomalies.slice(0, LISTED_ANOMALIES),
  };
}

type Anomaly = Omit<AnomalyRow, 'rewardEpoch' | 'inputHash'>;

function anomaliesOf(
  { emission }: ReviewedEpoch,
  pools: readonly PoolHistoryRow[],
  { shareBps, concentrationBps, jumpBps }: ReviewThresholds,
): Anomaly[] {
  if (emission === 0n) return [];
  const present = pools.filter(({ isNow }) => isNow);
  const squares = present.reduce((sum, { reward }) => sum + reward * reward, 0n);
  const concentration = (squares * BPS) / (emission * emission);
  const whole = { pool: new Uint8Array(PUBLIC_KEY_BYTES), reward: 0n, meanBefore: 0n };
  const shares = ordered(present, ({ reward }) => reward).map(({ pool, reward }): Anomaly => {
    return { kind: 'share', pool, valueBps: (reward * BPS) / emission, thresholdBps: shareBps, reward, meanBefore: 0n };
  });
  return [
    ...(concentration > concentrationBps
      ? [{ ...whole, kind: 'concentration' as const, valueBps: concentration, thresholdBps: concentrationBps }]
      : []),
    ...shares.filter(({ valueBps, thresholdBps }) => valueBps > thresholdBps),
    ...ordered(present, changeFromMean).flatMap((row) => jumpOf(row, jumpBps)),
  ];
}

/** Above `jumpBps` of the own mean, or as far below it. */
function jumpOf(row: PoolHistoryRow, thresholdBps: bigint): Anomaly[] {
  const { pool, reward, epochCount, rewardSum } = row;
  if (epochCount < LEAST_HISTORY) return [];
  const isJump =
    reward * epochCount * BPS > rewardSum * thresholdBps || rewardSum * BPS > reward * epochCount * thresholdBps;
  if (!isJump) return [];
  // From nothing there is no ratio: the greatest number stands for it.
  const ratio = rewardSum === 0n ? U64_MAX : (reward * epochCount * BPS) / rewardSum;
  const valueBps = ratio > U64_MAX ? U64_MAX : ratio;
  return [{ kind: 'jump', pool, valueBps, thresholdBps, reward, meanBefore: rewardSum / epochCount }];
}

function changeOf({ reward, previousReward }: PoolHistoryRow): bigint {
  return distance(reward, previousReward);
}

function changeFromMean({ reward, epochCount, rewardSum }: PoolHistoryRow): bigint {
  return epochCount === 0n ? 0n : distance(reward, rewardSum / epochCount);
}

function distance(left: bigint, right: bigint): bigint {
  return left > right ? left - right : right - left;
}

/** Greatest first, ties by raw key bytes. */
function ordered(pools: readonly PoolHistoryRow[], of: (pool: PoolHistoryRow) => bigint): PoolHistoryRow[] {
  return pools
    .map((row) => ({ row, size: of(row) }))
    .sort((left, right) =>
      left.size === right.size ? compareBytes(left.row.pool, right.row.pool) : left.size > right.size ? -1 : 1,
    )
    .map(({ row }) => row);
}
