/**
 * One reward epoch computed again from what is archived of it, by the code that computes reward epochs, under the values of
 * one side of a comparison. Pure.
 * @module
 */
import type {
  ArchivedEpoch,
  ArchivedPool,
  ArchivedWork,
} from '../../../indexer/store/queries/rewards/archived-epochs.ts';
import {
  type Award,
  allocateEpoch,
  type PoolInput,
  type WorkInput,
  weigh,
} from '../../rewards/compute/epoch-allocation.ts';
import { incentiveAmounts } from '../../rewards/trees/provider-trees.ts';
import { replayScores, type ScoredEpoch, type Standings } from './replay-scores.ts';
import { MODEL_WEIGHT_KEYS, type Part } from './touched.ts';

export interface EpochArchive extends ScoredEpoch {
  readonly epoch: ArchivedEpoch;
  readonly parameters: ReadonlyMap<string, bigint>;
  readonly pools: readonly PoolInput[];
  readonly work: readonly WorkInput[];
  /** Funded until the end of the window and not given before the first epoch of the replay, base units of INFER. */
  readonly incentiveFunds: bigint;
}

/** One side of a comparison, carried from epoch to epoch. */
export interface Side {
  /** Values of the keys in question; all others are those of each epoch. */
  readonly values: ReadonlyMap<string, bigint>;
  readonly standings: Standings;
  /** Given by the epochs of the replay so far, base units of INFER. */
  readonly given: bigint;
}

export interface ReplayedEpoch {
  readonly side: Side;
  readonly awards: readonly Award[];
  readonly incentives: ReturnType<typeof incentiveAmounts>;
  /** ppm, by hex of the provider's address; `null` where scores are not touched. */
  readonly displayed: ReadonlyMap<string, bigint> | null;
}

/** @throws InputError the codes of `allocateEpoch` */
export function replayEpoch(archive: EpochArchive, side: Side, parts: ReadonlySet<Part>): ReplayedEpoch {
  const { epoch, pools } = archive;
  const value = (key: string) => side.values.get(key) ?? archive.parameters.get(key) ?? 0n;
  const replayed = parts.has('scores') ? replayScores(archive, side.standings, value) : null;
  const isSame = replayed === null && !parts.has('model_weights');
  const work = isSame
    ? archive.work
    : archive.work.map((row) => workUnder(row, side.values, replayed?.displayed ?? null));
  const awards = parts.has('allocation')
    ? allocateEpoch(epoch.emission, value('work_share_bps'), weigh(pools, work))
    : [];
  const funds = archive.incentiveFunds > side.given ? archive.incentiveFunds - side.given : 0n;
  const incentives = parts.has('incentives')
    ? incentiveAmounts({ budgetMicro: value('base_reward_rate'), funds }, work)
    : [];
  const given = incentives.reduce((sum, { number }) => sum + number, side.given);
  return {
    ...{ awards, incentives, displayed: replayed?.displayed ?? null },
    side: { ...side, given, standings: replayed?.standings ?? side.standings },
  };
}

/** Plain literals here and below: they are made for every row of every epoch. */
function workUnder(
  row: WorkInput,
  values: ReadonlyMap<string, bigint>,
  displayed: ReadonlyMap<string, bigint> | null,
): WorkInput {
  const shown = displayed?.get(Buffer.from(row.provider).toString('hex'));
  const { pool, provider, model, gpuSeconds } = row;
  const modelWeight = values.get(MODEL_WEIGHT_KEYS[model] ?? '') ?? row.modelWeight;
  return { pool, provider, model, gpuSeconds, modelWeight, displayedScore: shown ?? row.displayedScore };
}

/** As it stands in the archive. */
export function workInput({ pool, provider, model, gpuSeconds, modelWeight, displayedScore }: ArchivedWork): WorkInput {
  return { pool, provider, model, gpuSeconds, modelWeight, displayedScore: BigInt(displayedScore) };
}

/** Archived pools are the eligible ones. */
export function poolInput({ pool, halted, belowMinimum, totalStaked, usdcInflow }: ArchivedPool): PoolInput {
  const [isHalted, isBelowMinimum] = [halted === 1, belowMinimum === 1];
  return { pool, totalStaked, usdcInflow, isHalted, isBelowMinimum, joinedAtEpoch: 0n, closedAtEpoch: null };
}
