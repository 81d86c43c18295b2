/**
 * From the inputs of a reward epoch to its awards, trees and artefact. Pure: the same inputs give the same bytes, in whatever
 * order they come.
 * @module
 */
import { hash } from 'node:crypto';
import { compareBytes, toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { EvidenceRow } from '../../../indexer/store/queries/reputation/evidence-rows.ts';
import type { ProviderLeafRow } from '../../../indexer/store/queries/reputation/provider-trees.ts';
import type { ResultRows, RewardLeafRow } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { CLUSTER_RULE } from '../../reputation/clusters.ts';
import { evidenceRow, type OfComputation } from '../../reputation/evidence-rows.ts';
import type { FoldedPiece } from '../../reputation/provider-scores.ts';
import { type EpochInputs, REWARD_KEYS } from '../inputs/epoch-inputs.ts';
import { buildForest, type Forest, rootsOf } from '../trees/forest.ts';
import { HASH_BYTES } from '../trees/leaf.ts';
import { type MerkleTree, proofOf, rootOf } from '../trees/merkle-tree.ts';
import { type ProviderTree, providerTrees } from '../trees/provider-trees.ts';
import { CanonicalPart, type CanonicalValue, canonicalJson } from './canonical-json.ts';
import { type Award, allocateEpoch, weigh } from './epoch-allocation.ts';

/** Changes whenever the same inputs could give another result. */
export const RULE_VERSION = 'rewards-2';

export interface Computation {
  readonly inputs: EpochInputs;
  readonly awards: readonly Award[];
  readonly forest: Forest;
  readonly roots: readonly Uint8Array[];
  /** For the marketplace's books. */
  readonly providerTrees: readonly ProviderTree[];
  readonly totalRewards: bigint;
  readonly totalUsdc: bigint;
  readonly orphanedUsdc: bigint;
  /** Hex SHA-256 of the inputs' canonical JSON. */
  readonly inputHash: string;
  readonly artefact: string;
  /** Hex SHA-256 of the artefact. */
  readonly artefactHash: string;
}

/** @throws InputError `REWARDS__NO_PARAMETER`, the codes of `allocateEpoch` and `buildForest` */
export function computeEpoch(unordered: EpochInputs): Computation {
  const inputs = ordered(unordered);
  const awards = allocateEpoch(
    inputs.emission,
    parameterOf(inputs, 'work_share_bps'),
    weigh(
      inputs.pools.filter((pool) => pool.isEligible),
      inputs.work,
    ),
  );
  const leaves = awards.map(({ pool, workReward, stakeReward, usdc }) => ({
    pool,
    reward: workReward + stakeReward,
    usdc,
  }));
  const forest = buildForest(leaves);
  const roots = rootsOf(forest);
  const incentives = { budgetMicro: parameterOf(inputs, 'base_reward_rate'), funds: inputs.incentiveFunds };
  const trees = providerTrees(inputs.rewardEpoch, inputs.scores, incentives, inputs.work);
  const inputsValue = writtenParts(inputsOf(inputs));
  const inputHash = hash('sha256', canonicalJson(inputsValue));
  const totals = { rewards: sum(leaves.map(({ reward }) => reward)), usdc: sum(leaves.map(({ usdc }) => usdc)) };
  const artefact = canonicalJson({
    ...{ ...inputsValue, inputHash, leaves: leavesOf(awards), roots, totals },
    providerTrees: trees.map(({ kind, root, total, leaves: { length } }) => ({ kind, root, total, leafCount: length })),
  });
  return {
    ...{ inputs, awards, forest, roots, inputHash, artefact, providerTrees: trees },
    totalRewards: totals.rewards,
    totalUsdc: totals.usdc,
    orphanedUsdc: sum(inputs.orphanedUsdc.map(({ usdc }) => usdc)),
    artefactHash: hash('sha256', artefact),
  };
}

/** Lists by raw key bytes, parameters as in their table: the same inputs in any order give the same artefact. */
function ordered(inputs: EpochInputs): EpochInputs {
  const by = <Row>(rows: readonly Row[], compare: (left: Row, right: Row) => number) => [...rows].sort(compare);
  const placeOf = ({ key }: { readonly key: string }) => REWARD_KEYS.indexOf(key);
  return {
    ...inputs,
    schedule: by(inputs.schedule, (left, right) => (left.fromRewardEpoch < right.fromRewardEpoch ? -1 : 1)),
    parameters: by(inputs.parameters, (left, right) => placeOf(left) - placeOf(right)),
    pools: by(inputs.pools, (left, right) => compareBytes(left.pool, right.pool)),
    work: by(
      inputs.work,
      (left, right) =>
        compareBytes(left.pool, right.pool) || compareBytes(left.provider, right.provider) || left.model - right.model,
    ),
    scores: by(inputs.scores, (left, right) => compareBytes(left.provider, right.provider)),
    orphanedUsdc: by(inputs.orphanedUsdc, (left, right) => compareBytes(left.pool, right.pool)),
  };
}

function parameterOf({ parameters }: EpochInputs, key: string): bigint {
  const found = parameters.find((each) => each.key === key);
  checkInput(found !== undefined, 'REWARDS__NO_PARAMETER', `The inputs do not say ${key}`, { key });
  return found.value;
}

/** They stand in two texts, the hashed inputs and the artefact. */
function writtenParts(values: Readonly<Record<string, CanonicalValue>>): Readonly<Record<string, CanonicalPart>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, new CanonicalPart(value)]));
}

/** What the result follows from, as it stands in the artefact. */
function inputsOf(inputs: EpochInputs): Readonly<Record<string, CanonicalValue>> {
  const { rewardEpoch, schedule, window, slots, eligibilitySlot, markSignature, emission } = inputs;
  return {
    format: 'plumbline.reward-epoch',
    ruleVersion: RULE_VERSION,
    clusterRule: inputs.clusterRule ?? CLUSTER_RULE,
    rewardEpoch,
    schedule: schedule.map(({ fromRewardEpoch, startTime, lengthSeconds }) => ({
      fromRewardEpoch,
      startTime,
      lengthSeconds,
    })),
    window: { ...window },
    slots: { ...slots },
    eligibility: { slot: eligibilitySlot, signature: markSignature },
    emission,
    parameters: inputs.parameters.map(({ key, value }) => ({ key, value })),
    minOperatorStake: inputs.minOperatorStake,
    pools: inputs.pools.map(({ pool, ...facts }) => ({ pool: toBase58(pool), ...facts })),
    work: inputs.work.map(({ pool, provider, ...facts }) => ({
      pool: toBase58(pool),
      provider: toBase58(provider),
      ...facts,
    })),
    scores: inputs.scores.map(({ provider, owner, ...facts }) => ({
      provider: toBase58(provider),
      owner: toBase58(owner),
      ...facts,
    })),
    evidenceHash: inputs.evidenceHash,
    incentiveFunds: inputs.incentiveFunds,
    orphanedUsdc: inputs.orphanedUsdc.map(({ pool, usdc }) => ({ pool: toBase58(pool), usdc })),
  };
}

function leavesOf(awards: readonly Award[]): CanonicalValue {
  return awards.map(({ pool, workReward, stakeReward, usdc }) => ({
    pool: toBase58(pool),
    reward: workReward + stakeReward,
    stakeReward,
    usdc,
    workReward,
  }));
}

/** Rows of all tables, to be taken once. @param recordedAt microseconds since 1970 */
export function resultRows(computation: Computation, evidence: readonly FoldedPiece[], recordedAt: bigint): ResultRows {
  const { inputs, inputHash, artefact, artefactHash } = computation;
  const { rewardEpoch } = inputs;
  const of = { rewardEpoch, inputHash };
  return {
    inputs: inputRows(computation),
    parameters: inputs.parameters.map(({ key, value }) => ({ ...of, key, value })),
    work: inputs.work.map((row) => ({ ...of, ...row, displayedScore: Number(row.displayedScore) })),
    scores: inputs.scores.map((row) => ({
      ...{ ...of, ...row, score: Number(row.score), displayedScore: Number(row.displayed) },
      targetScore: Number(row.target ?? 0n),
    })),
    evidence: evidenceRowsOf(of, evidence),
    leaves: leafRowsOf(computation),
    trees: computation.forest.trees.map((tree, treeIndex) => ({
      ...{ ...of, treeIndex, root: rootOf(tree), leafCount: tree.leafCount, depth: tree.depth },
    })),
    providerTrees: computation.providerTrees.map(({ kind, root, total, tree }) => ({
      ...{ ...of, kind, root, total, leafCount: tree.leafCount },
    })),
    providerLeaves: computation.providerTrees.flatMap((each) => providerLeafRows(of, each)),
    artefact: {
      ...{ ...of, artefactHash, ruleVersion: RULE_VERSION, content: artefact, recordedAt },
      sizeBytes: BigInt(Buffer.byteLength(artefact)),
    },
  };
}

function inputRows({ inputs, inputHash }: Computation): ResultRows['inputs'] {
  const weights = weigh(inputs.pools, inputs.work);
  return inputs.pools.map((pool, index) => ({
    ...{ rewardEpoch: inputs.rewardEpoch, inputHash, pool: pool.pool },
    eligible: Number(pool.isEligible),
    halted: Number(pool.isHalted),
    belowMinimum: Number(pool.isBelowMinimum),
    joinedAtEpoch: pool.joinedAtEpoch,
    lastClaimedEpoch: pool.lastClaimedEpoch,
    closedAtEpoch: pool.closedAtEpoch ?? -1n,
    totalStaked: pool.totalStaked,
    operatorStake: pool.operatorStake,
    usdcInflow: pool.usdcInflow,
    workWeight: weights[index]?.workWeight ?? 0n,
    stakeWeight: weights[index]?.stakeWeight ?? 0n,
  }));
}

function* evidenceRowsOf(of: OfComputation, evidence: readonly FoldedPiece[]): Generator<EvidenceRow> {
  for (const piece of evidence) yield evidenceRow(of, piece);
}

function* leafRowsOf({ inputs, inputHash, awards, forest }: Computation): Generator<RewardLeafRow> {
  for (const [index, award] of awards.entries()) {
    const treeIndex = Math.floor(index / forest.treeCapacity);
    const leafPosition = index % forest.treeCapacity;
    const { proof, proofPath } = proofOf(forest.trees[treeIndex] as MerkleTree, leafPosition);
    yield {
      ...{
        rewardEpoch: inputs.rewardEpoch,
        inputHash,
        pool: award.pool,
        usdc: award.usdc,
        treeIndex,
        leafPosition,
        proof,
      },
      reward: award.workReward + award.stakeReward,
      workReward: award.workReward,
      stakeReward: award.stakeReward,
      leafHash: forest.leafHashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
      proofPath: proofPath.map(Number),
    };
  }
}

function providerLeafRows(of: OfComputation, { kind, leaves, tree }: ProviderTree): ProviderLeafRow[] {
  return leaves.map(({ provider, number }, leafPosition) => {
    const { proof, proofPath } = proofOf(tree, leafPosition);
    return { ...of, kind, provider, number, leafPosition, proof, proofPath: proofPath.map(Number) };
  });
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}
