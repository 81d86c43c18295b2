/**
 * What a reward epoch puts on the marketplace's books: a tree of the displayed scores, and one of the incentives of those
 * who worked. Pure. Rule: docs/reputation.md, "On chain".
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { InferAmount, RewardEpoch } from '../../../indexer/domain/units.ts';
import { splitAmount } from '../compute/allocate.ts';
import { type WorkInput, workOf } from '../compute/epoch-allocation.ts';
import type { CountedWork } from '../inputs/counted-work.ts';
import { buildForest } from './forest.ts';
import { type MerkleTree, rootOf } from './merkle-tree.ts';

export type ProviderTreeKind = 'incentives' | 'reputation';

export interface ProviderTree {
  readonly kind: ProviderTreeKind;
  /** By raw key bytes ascending. */
  readonly leaves: readonly { readonly provider: Uint8Array; readonly number: bigint }[];
  readonly tree: MerkleTree;
  readonly root: Uint8Array;
  /** Of incentives; 0 for scores. */
  readonly total: InferAmount;
}

/** The budget counts in micro-INFER; INFER has 9 decimals. */
export const BASE_UNITS_PER_MICRO = 1_000n;
/** The books hold one root for each, and proofs of this depth fit into a transaction. */
const MOST_LEAVES = 2 ** 17;

export interface Incentives {
  /** `base_reward_rate`: micro-INFER of an epoch. */
  readonly budgetMicro: bigint;
  /** What the incentive vault has for this epoch. */
  readonly funds: InferAmount;
}

/** `null` without a provider. @throws InputError `REPUTATION__TOO_MANY_PROVIDERS` */
export function reputationTree(
  rewardEpoch: RewardEpoch,
  scores: readonly { readonly provider: Uint8Array; readonly displayed: bigint }[],
): ProviderTree | null {
  const leaves = scores.map(({ provider, displayed }) => ({ provider, number: displayed }));
  return treeOf('reputation', rewardEpoch, leaves, 0n);
}

/**
 * The budget, or the funds if they are less, by work: seconds, model weight and displayed score, by largest remainder.
 * `null` where nobody worked or nothing is there to give.
 * @throws InputError `REPUTATION__TOO_MANY_PROVIDERS`
 */
export function incentiveTree(
  rewardEpoch: RewardEpoch,
  incentives: Incentives,
  work: readonly WorkInput[],
): ProviderTree | null {
  const leaves = incentiveAmounts(incentives, work);
  const total = leaves.reduce((sum, { number }) => sum + number, 0n);
  return leaves.length === 0 ? null : treeOf('incentives', rewardEpoch, leaves, total);
}

/** What each of those who worked is given, in the order in which they appear in `work`; empty where nobody is. */
export function incentiveAmounts(
  { budgetMicro, funds }: Incentives,
  work: readonly WorkInput[],
): ProviderTree['leaves'] {
  const budget = budgetMicro * BASE_UNITS_PER_MICRO;
  const total = funds < budget ? funds : budget;
  const weights = new Map<string, { key: Uint8Array; weight: bigint }>();
  for (const row of work) {
    const name = Buffer.from(row.provider).toString('hex');
    const before = weights.get(name)?.weight ?? 0n;
    weights.set(name, { key: row.provider, weight: before + workOf(row) });
  }
  const shares = [...weights.values()].filter(({ weight }) => weight > 0n);
  if (total <= 0n || shares.length === 0) return [];
  const amounts = splitAmount(total, shares);
  return shares.map(({ key }, index) => ({ provider: key, number: amounts[index] ?? 0n }));
}

/** Trees of an epoch that there are. */
export function providerTrees(
  rewardEpoch: RewardEpoch,
  scores: Parameters<typeof reputationTree>[1],
  incentives: Incentives,
  work: readonly CountedWork[],
): ProviderTree[] {
  const trees = [incentiveTree(rewardEpoch, incentives, work), reputationTree(rewardEpoch, scores)];
  return trees.filter((each) => each !== null);
}

function treeOf(
  kind: ProviderTreeKind,
  rewardEpoch: RewardEpoch,
  leaves: ProviderTree['leaves'],
  total: InferAmount,
): ProviderTree | null {
  const count = leaves.length;
  const message = `The books hold a tree of ${MOST_LEAVES} providers, not ${count}`;
  checkInput(count <= MOST_LEAVES, 'REPUTATION__TOO_MANY_PROVIDERS', message, { count, maximum: MOST_LEAVES });
  // The text of a leaf has the same form as that of a pool: an address and two numbers.
  const forest = buildForest(
    leaves.map(({ provider, number }) => ({ pool: provider, reward: number, usdc: rewardEpoch })),
    MOST_LEAVES,
  );
  const [tree] = forest.trees;
  if (tree === undefined) return null;
  const ordered = forest.leaves.map(({ pool, reward }) => ({ provider: pool, number: reward }));
  return { kind, leaves: ordered, tree, root: rootOf(tree), total };
}
