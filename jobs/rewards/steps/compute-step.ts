/**
 * marked → computed → verified: the epoch from a proven range, by two computations.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInvariant, UpstreamError } from '../../../indexer/domain/errors.ts';
import { killable } from '../../../indexer/domain/kill-points.ts';
import type { Slot } from '../../../indexer/domain/units.ts';
import type { SlotBounds } from '../../../indexer/store/queries/chain/slot-windows.ts';
import {
  incentiveFunds,
  providerLeafDifferences,
  providerRootBySql,
  providerTreesOf,
} from '../../../indexer/store/queries/reputation/provider-trees.ts';
import { scoreDifferences, workDifferences } from '../../../indexer/store/queries/reputation/score-verification.ts';
import { insertWalletClusters } from '../../../indexer/store/queries/reputation/wallet-clusters.ts';
import { type EpochRow, epochRow, scheduleRows } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { proveRange, type RangeProof } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { insertResults } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { leafDifferences, leafTotals, rootBySql } from '../../../indexer/store/queries/rewards/reward-verification.ts';
import { provenLedger } from '../../ledger/proven-ledger.ts';
import { CLUSTER_RULE } from '../../reputation/clusters.ts';
import { computeEpoch, RULE_VERSION, resultRows } from '../compute/compute-epoch.ts';
import { inState } from '../epoch-state.ts';
import { gatherInputs } from '../inputs/epoch-inputs.ts';
import { type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { treeCapacityFor } from '../trees/forest.ts';
import { reconciledRange } from './reconciled-range.ts';

/**
 * marked → computed.
 * @throws UpstreamError `REWARDS__RANGE_NOT_PROVEN`, `REWARDS__NOT_RECONCILED`, `LEDGER__IMBALANCE`, and the errors of the inputs
 */
export async function computeStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const { store } = context;
  const range = await checkRange(context, row);
  const reason = (await reconciledRange(context, range)) ?? (await provenLedger(context, range));
  if (reason !== null) return waiting(reason);
  const { inputs, evidence, clusters } = await gatherInputs(store, context.programs, {
    rewardEpoch: row.rewardEpoch,
    schedule: await scheduleRows(store),
    window: { start: row.windowStart, end: row.windowEnd },
    slots: { first: row.firstSlot, last: row.lastSlot },
    eligibilitySlot: row.eligibilitySlot,
    markSignature: row.markSignature,
  });
  const computation = computeEpoch(inputs);
  const rows = resultRows(computation, evidence, context.nowMicros());
  const { rewardEpoch } = row;
  const of = { rewardEpoch, inputHash: computation.inputHash, ruleVersion: CLUSTER_RULE };
  await insertWalletClusters(
    store,
    clusters.map((member) => ({ ...of, ...member })),
  );
  await killable('epoch-results', () => insertResults(store, rows));
  const { inputHash, artefactHash, totalRewards, totalUsdc, orphanedUsdc, roots } = computation;
  const settled = {
    ...{ ruleVersion: RULE_VERSION, inputHash, artefactHash, totalRewards, totalUsdc, orphanedUsdc, roots },
    poolCount: computation.awards.length,
    recordAddress: await context.chain.recordAddress(row.rewardEpoch),
  };
  return { kind: 'advanced', row: inState(row, 'computed', settled, context.nowMicros()) };
}

/**
 * From where the epoch before was proven, or from the first block, to the marking; account states as of the marking.
 * @throws UpstreamError `REWARDS__RANGE_NOT_PROVEN`
 */
export async function checkRange({ store, programs }: RewardContext, row: EpochRow): Promise<SlotBounds> {
  const { eligibilitySlot, lastSlot } = row;
  const before = row.rewardEpoch > 1n ? await epochRow(store, row.rewardEpoch - 1n) : null;
  // Somebody else may have marked the epoch before its window ended.
  const isMarkedLate = eligibilitySlot > lastSlot;
  const toSlot = isMarkedLate ? eligibilitySlot : lastSlot;
  const range = { fromSlot: before?.eligibilitySlot ?? 0n, toSlot };
  const proof = await proveRange(store, {
    ...range,
    accountsSlot: eligibilitySlot,
    programs: [programs.staking, programs.marketplace, programs.governance],
  });
  const sentences = [blocksSentence(proof, toSlot), checkSentence(proof), accountsSentence(proof, eligibilitySlot)];
  const said = sentences.filter((each) => each !== null);
  if (said.length === 0) return range;
  const { unlinkedSlots, unprovableSlots, withoutAccountsSlots, undecodedSlots, droppedSlots } = proof;
  const found = [unlinkedSlots, unprovableSlots, withoutAccountsSlots, undecodedSlots, droppedSlots].flat();
  throw new UpstreamError('REWARDS__RANGE_NOT_PROVEN', said.join('. '), { slots: [...new Set(found.map(String))] });
}

function blocksSentence(
  { unlinkedSlots, unprovableSlots, undecodedSlots, droppedSlots }: RangeProof,
  toSlot: Slot,
): string | null {
  const faults = [
    ['missing before', unlinkedSlots],
    ['logs cut in', unprovableSlots],
    ['undecoded in', undecodedSlots],
    ['transactions dropped by the stream in', droppedSlots],
  ] as const;
  const found = faults.filter(([, slots]) => slots.length > 0);
  const said = found.map(([what, slots]) => `${what} ${slots.join(', ')}`).join('; ');
  return found.length === 0
    ? null
    : `Blocks up to slot ${toSlot} are not proven complete: ${said}. Backfill these slots`;
}

/** A feed of single transactions proves nothing by itself: a node has to name all of them. */
function checkSentence({ uncheckedFromSlot }: RangeProof): string | null {
  if (uncheckedFromSlot === null) return null;
  return `Transactions from slot ${uncheckedFromSlot} on are not checked by RPC yet: the indexer does it by itself while a node answers`;
}

/** A backfill brings blocks and events, never the account states of the past. */
function accountsSentence({ withoutAccountsSlots }: RangeProof, eligibilitySlot: Slot): string | null {
  if (withoutAccountsSlots.length === 0) return null;
  return (
    `Account states as of the marking, slot ${eligibilitySlot}, are unknown since the indexer was away ` +
    `(none delivered for ${withoutAccountsSlots.join(', ')}): compute the epoch with an indexer that was not away, ` +
    'or restore its ClickHouse'
  );
}

/** computed → verified: the second computation agrees on every score, leaf, total and root. @throws InvariantError `REWARDS__VERIFICATION_DIFFERS` */
export async function verifyStep(context: RewardContext, row: EpochRow): Promise<StepResult> {
  const { rewardEpoch, inputHash, emission, roots } = row;
  await verifyScores(context, row);
  await verifyProviderTrees(context, row);
  const computation = { rewardEpoch, inputHash, emission };
  const differences = await leafDifferences(context.store, computation);
  const shown = differences.map(
    (each) =>
      `${toBase58(each.pool)}: ${each.reward} and ${each.otherReward} INT, ${each.usdc} and ${each.otherUsdc} USDC`,
  );
  checkInvariant(shown.length === 0, 'REWARDS__VERIFICATION_DIFFERS', `The two computations differ: ${shown[0]}`, {
    rewardEpoch,
    shown,
  });
  const totals = await leafTotals(context.store, computation);
  const isEqual =
    totals.rewards === row.totalRewards && totals.usdc === row.totalUsdc && totals.poolCount === BigInt(row.poolCount);
  const isWhole = row.totalRewards === (row.poolCount === 0 ? 0n : emission);
  checkInvariant(
    isEqual && isWhole,
    'REWARDS__VERIFICATION_DIFFERS',
    `Totals differ: ${row.totalRewards} and ${totals.rewards} of ${emission}`,
    { rewardEpoch },
  );
  await verifyRoots(context, computation, row.poolCount, roots);
  return { kind: 'advanced', row: inState(row, 'verified', {}, context.nowMicros()) };
}

async function verifyScores({ store }: RewardContext, { rewardEpoch, inputHash }: EpochRow): Promise<void> {
  const scores = (await scoreDifferences(store, { rewardEpoch, inputHash })).map(
    (each) =>
      `score of ${toBase58(each.provider)}: ${each.score} and ${each.otherScore}, shown ${each.displayed} and ` +
      `${each.otherDisplayed}, to be regained ${each.target} and ${each.otherTarget}`,
  );
  const work = (await workDifferences(store, { rewardEpoch, inputHash })).map(
    (each) =>
      `work of ${toBase58(each.provider)} with model ${each.model}: ${each.gpuSeconds} and ${each.otherGpuSeconds}`,
  );
  const shown = [...scores, ...work];
  const message = `The two computations differ: ${shown[0]}`;
  checkInvariant(shown.length === 0, 'REWARDS__VERIFICATION_DIFFERS', message, { rewardEpoch, shown });
}

async function verifyProviderTrees({ store }: RewardContext, row: EpochRow): Promise<void> {
  const { rewardEpoch, inputHash, lastSlot } = row;
  const computation = { rewardEpoch, inputHash, funds: await incentiveFunds(store, rewardEpoch, lastSlot) };
  const leaves = await providerLeafDifferences(store, computation);
  const shown = leaves.map(
    (each) => `${each.kind} of ${toBase58(each.provider)}: ${each.number} and ${each.otherNumber}`,
  );
  for (const tree of await providerTreesOf(store, { rewardEpoch, inputHash })) {
    const roots = [tree.root, await providerRootBySql(store, computation, tree)];
    const [ours, other] = roots.map((root) => Buffer.from(root).toString('hex'));
    if (ours !== other) shown.push(`root of ${tree.kind}: ${ours} and ${other}`);
  }
  const message = `The two computations differ: ${shown[0]}`;
  checkInvariant(shown.length === 0, 'REWARDS__VERIFICATION_DIFFERS', message, { rewardEpoch, shown });
}

async function verifyRoots(
  { store }: RewardContext,
  computation: Parameters<typeof rootBySql>[1],
  poolCount: number,
  roots: readonly Uint8Array[],
): Promise<void> {
  const capacity = treeCapacityFor(poolCount);
  for (const [index, root] of roots.entries()) {
    const leafCount = Math.min(capacity, poolCount - index * capacity);
    const depth = Math.ceil(Math.log2(leafCount));
    const other = await rootBySql(store, computation, {
      firstPlace: BigInt(index * capacity),
      leafCount: BigInt(leafCount),
      depth,
    });
    const both = [root, other].map((each) => Buffer.from(each).toString('hex'));
    checkInvariant(
      both[0] === both[1],
      'REWARDS__VERIFICATION_DIFFERS',
      `Roots of tree ${index} differ: ${both.join(' and ')}`,
      { index },
    );
  }
}
