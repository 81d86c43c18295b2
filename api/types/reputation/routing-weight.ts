/**
 * `routingWeights`: what share of the traffic an operator is trusted with, by stake and reputation.
 * @module
 */
import { routingFactors } from '../../../indexer/store/queries/reputation/routing-weights.ts';
import { type RoutingWeight, routingWeights } from '../../../jobs/reputation/routing-weights.ts';
import { paidWork, poolEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { sourceField } from '../chain/source.ts';
import { ofEpoch } from '../rewards/reward-epoch.ts';

const RoutingWeightType = builder.objectRef<RoutingWeight>('RoutingWeight').implement({
  description: 'What an operator weighs when work is routed by stake and reputation, as of a reward epoch.',
  fields: (t) => ({
    rewardEpoch: t.field({ type: 'U64', description: 'Epoch it is of.', resolve: (row) => row.rewardEpoch }),
    pool: t.field({ type: 'PublicKey', description: 'The operator’s pool.', resolve: (row) => row.pool }),
    stake: t.field({
      type: 'U64',
      description: 'Base units of INT at the slot of eligibility; 0 while halted or below the minimum.',
      resolve: (row) => row.stake,
    }),
    providerCount: t.field({
      type: 'U64',
      description: 'Its providers that have a score.',
      resolve: (row) => row.providerCount,
    }),
    stakeSharePpm: t.int({
      description: 'Share of the stake of all eligible pools, parts per million.',
      resolve: (row) => Number(row.stakeSharePpm),
    }),
    scorePpm: t.int({
      description: 'Mean displayed score of its providers, parts per million; 0 without any.',
      resolve: (row) => Number(row.scorePpm),
    }),
    source: sourceField(t, async ({ rewardEpoch, pool }, { store }) => ({
      ...(await ofEpoch(store, rewardEpoch)),
      events: [...paidWork(pool), ...poolEvents(pool)],
    })),
    weightPpm: t.int({
      description: 'Share of the stake times mean score, parts per million, rounded down once.',
      resolve: (row) => Number(row.weightPpm),
    }),
  }),
});

const MOST_OPERATORS = 500;
/** Every pool of the epoch is weighed to find the heaviest. */
const WEIGHING_POINTS = 100;

builder.queryField('routingWeights', (t) =>
  t.field({
    type: [RoutingWeightType],
    description: 'The operators that weigh most, heaviest first; empty before an epoch was computed.',
    args: {
      first: t.arg.int({ required: true, description: `How many, 1 to ${MOST_OPERATORS}.` }),
      epoch: t.arg({ type: 'U64', description: 'Reward epoch; the last one that was computed if absent.' }),
    },
    complexity: ({ first }) => ({
      field: WEIGHING_POINTS,
      multiplier: Math.max(1, Math.min(first, MOST_OPERATORS)),
    }),
    resolve: async (_, { first, epoch }, { store }) =>
      routingWeights(await routingFactors(store, epoch ?? null)).slice(0, Math.max(1, Math.min(first, MOST_OPERATORS))),
  }),
);
