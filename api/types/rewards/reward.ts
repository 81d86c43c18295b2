/**
 * `reward`: what a pool is owed in an epoch, with the proof that `accrue_reward` takes.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import { leafOfPool, type RewardLeafRow } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { paidWork, poolEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { sourceField } from '../chain/source.ts';
import { ofEpoch } from './reward-epoch.ts';

const RewardType = builder.objectRef<RewardLeafRow>('Reward').implement({
  description: 'The leaf of one pool in the tree of one reward epoch.',
  fields: (t) => ({
    epoch: t.field({ type: 'U64', description: 'Reward epoch.', resolve: (leaf) => leaf.rewardEpoch }),
    pool: t.field({ type: 'PublicKey', description: 'Pool that is owed.', resolve: (leaf) => leaf.pool }),
    rewardAmount: t.field({
      type: 'U64',
      description: 'Base units of INT: `reward_amount` of `accrue_reward`.',
      resolve: (leaf) => leaf.reward,
    }),
    usdcAmount: t.field({
      type: 'U64',
      description: 'Base units of USDC: `usdc_amount`.',
      resolve: (leaf) => leaf.usdc,
    }),
    workReward: t.field({
      type: 'U64',
      description: 'Part of rewardAmount earned by work.',
      resolve: (leaf) => leaf.workReward,
    }),
    stakeReward: t.field({
      type: 'U64',
      description: 'Part of rewardAmount earned by stake.',
      resolve: (leaf) => leaf.stakeReward,
    }),
    merkleIndex: t.exposeInt('treeIndex', { description: 'Which root of the record: `merkle_index`.' }),
    leafHash: t.string({ description: 'SHA-256 of the leaf, hexadecimal.', resolve: (leaf) => hexOf(leaf.leafHash) }),
    proof: t.field({
      type: ['String'],
      description: 'Siblings from the leaf up, hexadecimal: `proof`.',
      resolve: (leaf) => leaf.proof.map(hexOf),
    }),
    source: sourceField(t, async ({ rewardEpoch, pool }, { store }) => ({
      ...(await ofEpoch(store, rewardEpoch)),
      events: [...paidWork(pool), ...poolEvents(pool)],
    })),
    proofPath: t.field({
      type: ['Boolean'],
      description: 'True where the sibling stands on the left: `proof_path`.',
      resolve: (leaf) => leaf.proofPath.map((each) => each === 1),
    }),
  }),
});

builder.queryField('reward', (t) =>
  t.field({
    type: RewardType,
    nullable: true,
    description:
      'What a pool is owed in an epoch, with its proof; null when the epoch is not computed or the pool has no leaf.',
    args: {
      epoch: t.arg({ type: 'U64', required: true, description: 'Reward epoch.' }),
      pool: t.arg({ type: 'PublicKey', required: true, description: 'Address of the pool.' }),
    },
    resolve: (_, { epoch, pool }, { store }) => leafOfPool(store, epoch, pool),
  }),
);
