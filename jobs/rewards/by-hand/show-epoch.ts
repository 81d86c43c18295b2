/**
 * `plumbline rewards show <epoch>`: what will be paid, to whom, from what, what is unusual in it, and what holds it up.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import { type EpochRow, openProblems } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { leafRows } from '../../../indexer/store/queries/rewards/reward-results.ts';
import {
  type AnomalyRow,
  anomalyRows,
  type DiffKind,
  type DiffPoolRow,
  diffPoolRows,
  diffRow,
} from '../../../indexer/store/queries/rewards/reward-reviews.ts';
import type { RewardContext } from '../reward-context.ts';
import { rowOf } from './authority-steps.ts';

const SHOWN_LEAVES = 20;
const SHOWN_CHANGES = 5;
const SHOWN_ANOMALIES = 20;
const SHOWN_PROBLEMS = 1_000;

/** Lines of text: state, window, totals, roots, leaves, review, problems. @throws InputError `REWARDS__UNKNOWN_EPOCH` */
export async function showEpoch(context: RewardContext, rewardEpoch: RewardEpoch): Promise<string[]> {
  const row = await rowOf(context, rewardEpoch);
  const leaves = await leafRows(context.store, row, null, SHOWN_LEAVES);
  const problems = (await openProblems(context.store, SHOWN_PROBLEMS)).filter(
    (problem) => problem.rewardEpoch === rewardEpoch,
  );
  return [
    `reward epoch   ${row.rewardEpoch}`,
    `state          ${row.state}`,
    `window         ${timeText(row.windowStart)} to ${timeText(row.windowEnd)}, slots ${row.firstSlot} to ${row.lastSlot}`,
    `eligibility    slot ${row.eligibilitySlot}, marked by ${row.markSignature || '-'}`,
    `emission       ${row.emission}`,
    `rewards        ${row.totalRewards} INT to ${row.poolCount} pools`,
    `USDC           ${row.totalUsdc}, orphaned ${row.orphanedUsdc}`,
    `artefact       ${row.artefactHash || '-'}`,
    `approved by    ${row.approvedBy || '-'}`,
    ...row.roots.map((root, index) => `root ${index}         ${Buffer.from(root).toString('hex')}`),
    ...leaves.map(
      ({ pool, reward, usdc, workReward, stakeReward }) =>
        `leaf           ${toBase58(pool)} ${reward} INT (work ${workReward}, stake ${stakeReward}), ${usdc} USDC`,
    ),
    ...(row.poolCount > leaves.length ? [`               and ${row.poolCount - leaves.length} more`] : []),
    ...(await reviewLines(context, row)),
    ...problems.map(
      ({ step, target, code, message }) => `problem        ${[step, target, code, message].filter(Boolean).join(' ')}`,
    ),
  ];
}

/** None before the epoch was published. */
async function reviewLines({ store }: RewardContext, row: EpochRow): Promise<string[]> {
  const diff = await diffRow(store, row);
  if (diff === null) return [];
  const kinds: readonly DiffKind[] = ['gain', 'loss', 'new', 'gone'];
  const lists = await Promise.all(kinds.map((kind) => diffPoolRows(store, row, kind)));
  const anomalies = await anomalyRows(store, row);
  const { previousEpoch, gainedCount, lostCount, newCount, goneCount, anomalyCount } = diff;
  const against = previousEpoch === 0n ? 'no epoch before it' : `against reward epoch ${previousEpoch}`;
  return [
    `difference     ${against}: ${gainedCount} gain, ${lostCount} lose, ${newCount} new, ${goneCount} gone`,
    ...(previousEpoch === 0n ? [] : lists.flatMap((rows) => rows.slice(0, SHOWN_CHANGES).map(changeLine))),
    `anomalies      ${anomalyCount}`,
    ...anomalies.slice(0, SHOWN_ANOMALIES).map(anomalyLine),
  ];
}

function changeLine({ kind, pool, reward, previousReward }: DiffPoolRow): string {
  return `${kind.padEnd(15)}${toBase58(pool)} ${previousReward} to ${reward} INT`;
}

function anomalyLine({ kind, pool, valueBps, thresholdBps, reward, meanBefore }: AnomalyRow): string {
  switch (kind) {
    case 'share':
      return `flag           ${toBase58(pool)} gets ${valueBps} bps of the emission, more than ${thresholdBps}`;
    case 'concentration':
      return `flag           concentration is ${valueBps} bps, more than ${thresholdBps}`;
    case 'jump':
      return `flag           ${toBase58(pool)} gets ${reward} INT, ${meanBefore} on average before (threshold ${thresholdBps} bps)`;
  }
}

function timeText(seconds: bigint): string {
  return new Date(Number(seconds) * 1_000).toISOString();
}
