/**
 * Of a pool: halts, changes of commission and admin, and how it did over a window.
 * @module
 */
import { GraphQLError } from 'graphql';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { type HaltRow, haltsOfPool } from '../../../indexer/store/queries/rewards/pool-history.ts';
import { type AccountChange, accountChanges } from '../../../indexer/store/queries/rows/account-states.ts';
import { type PoolPerformance, poolPerformance } from '../../reads/pool-performance.ts';
import { poolEvents } from '../../reads/source-events.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { pageCost } from '../../schema/connection.ts';
import { timeOrNull } from '../chain/meta.ts';
import { sourceField } from '../chain/source.ts';
import { PoolType } from './pool.ts';

const HaltType = builder.objectRef<HaltRow>('PoolHalt').implement({
  description: 'A pool was halted, or its halt ended.',
  fields: (t) => ({
    isHalted: t.exposeBoolean('isHalted', { description: 'True where a halt began.' }),
    slot: t.field({ type: 'U64', description: 'Slot of it.', resolve: (row) => row.slot }),
    time: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds; null where the chain gave none.',
      resolve: (row) => timeOrNull(row.time),
    }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
  }),
});

const COMMISSION_FIELDS = [
  ...['reward_commission_rate_bps', 'usdc_commission_rate_bps'],
  ...['new_reward_commission_rate_bps', 'new_usdc_commission_rate_bps'],
].map((name) => [name]);

const CommissionType = builder.objectRef<AccountChange>('PoolCommission').implement({
  description: 'Commission of a pool from a slot on.',
  fields: (t) => {
    const rate = (index: number, description: string) =>
      t.int({ nullable: true, description, resolve: ({ values }) => rateOf(values[index]) });
    return {
      slot: t.field({ type: 'U64', description: 'First slot of it.', resolve: (row) => row.slot }),
      time: t.field({
        type: 'I64',
        nullable: true,
        description: 'Unix seconds; null where the chain gave none.',
        resolve: (row) => timeOrNull(row.time),
      }),
      rewardBps: rate(0, 'Operator’s part of rewards, 1/10,000.'),
      usdcBps: rate(1, 'Operator’s part of USDC, 1/10,000.'),
      nextRewardBps: rate(2, 'Announced for the next reward epoch; null when none is.'),
      nextUsdcBps: rate(3, 'Likewise for USDC.'),
    };
  },
});

function rateOf(text: string | undefined): number | null {
  return text === undefined || text === 'null' || text === '' ? null : Number(text);
}

const PoolAdminType = builder.objectRef<AccountChange>('PoolAdmin').implement({
  description: 'Who administers a pool from a slot on.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'First slot of it.', resolve: (row) => row.slot }),
    admin: t.field({
      type: 'PublicKey',
      description: 'The key.',
      resolve: ({ values }) => fromBase58(JSON.parse(values[0] ?? '""') as string),
    }),
  }),
});

const PerformanceType = builder
  .objectRef<PoolPerformance & { readonly pool: Uint8Array }>('PoolPerformance')
  .implement({
    description: 'How a pool did over a window that ends at the slot of the answer.',
    fields: (t) => ({
      fromTime: t.field({ type: 'I64', description: 'Start, Unix seconds.', resolve: (row) => row.fromTime }),
      toTime: t.field({ type: 'I64', description: 'End, Unix seconds.', resolve: (row) => row.toTime }),
      fromSlot: t.field({ type: 'U64', description: 'It begins after this slot.', resolve: (row) => row.fromSlot }),
      toSlot: t.field({ type: 'U64', description: 'Its last slot.', resolve: (row) => row.toSlot }),
      epochCount: t.exposeInt('epochCount', { description: 'Reward epochs that were accrued in it.' }),
      delegatorAprPpm: t.field({
        type: 'U64',
        nullable: true,
        description:
          'INT that a staked INT would earn in a year at the rate of those epochs, in ppm: commission taken off, without compounding, USDC not counted. Null without an epoch.',
        resolve: (row) => row.delegatorAprPpm,
      }),
      delegatorRewards: t.field({
        type: 'U64',
        description: 'Base units of INT that went to the stake in those epochs.',
        resolve: (row) => row.delegatorRewards,
      }),
      delegatorUsdc: t.field({
        type: 'U64',
        description: 'Base units of USDC that went to the shares in those epochs.',
        resolve: (row) => row.delegatorUsdc,
      }),
      uptimePpm: t.field({
        type: 'U64',
        nullable: true,
        description: 'Heartbeats of its providers that came, of those they owed, in ppm; null when none was owed.',
        resolve: (row) => row.uptimePpm,
      }),
      retentionPpm: t.field({
        type: 'U64',
        nullable: true,
        description:
          'Part of the stake at the window’s start that was not unstaked in it, in ppm; what a record staked anew counts against its own unstaking, and no further. Null for a pool without stake then.',
        resolve: (row) => row.retentionPpm,
      }),
      source: sourceField(t, ({ pool, fromSlot, toSlot }) => ({
        ...{ ruleVersion: 'pool-performance-1', events: poolEvents(pool) },
        bounds: { fromSlot: fromSlot + 1n, toSlot },
      })),
    }),
  });

const DAY_SECONDS = 86_400;
const USUAL_WINDOW_SECONDS = 30 * DAY_SECONDS;
const LONGEST_WINDOW_SECONDS = 366 * DAY_SECONDS;
/** A window's events of all pools are read, whatever the pool. */
const PERFORMANCE_COST = 40;
const HISTORY_COST = 40;

builder.objectFields(PoolType, (t) => ({
  halts: t.field({
    type: [HaltType],
    description: 'Halts and their ends, newest first.',
    args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
    complexity: (args) => ({ ...pageCost(args), field: HISTORY_COST }),
    resolve: ({ address, asOf }, { first }, { store }) =>
      haltsOfPool(store, address, asOf, Math.max(1, Math.min(first, MAX_PAGE_SIZE))),
  }),
  commissionHistory: t.field({
    type: [CommissionType],
    description: 'Commission over time, oldest first.',
    complexity: { field: HISTORY_COST, multiplier: 10 },
    resolve: ({ address, asOf }, _, { store }) => accountChanges(store, address, COMMISSION_FIELDS, asOf),
  }),
  adminHistory: t.field({
    type: [PoolAdminType],
    description: 'Admins over time, oldest first.',
    complexity: { field: HISTORY_COST, multiplier: 10 },
    resolve: ({ address, asOf }, _, { store }) => accountChanges(store, address, [['admin']], asOf),
  }),
  performance: t.field({
    type: PerformanceType,
    description: 'How it did over a window of time.',
    args: {
      windowSeconds: t.arg.int({ description: 'Length of the window, 1 to 31,622,400; 30 days if absent.' }),
    },
    complexity: { field: PERFORMANCE_COST, multiplier: 1 },
    resolve: async ({ address, asOf }, { windowSeconds }, context) => {
      const seconds = windowSeconds ?? USUAL_WINDOW_SECONDS;
      if (seconds < 1 || seconds > LONGEST_WINDOW_SECONDS)
        throw new GraphQLError(`A window has 1 to ${LONGEST_WINDOW_SECONDS} seconds`, {
          extensions: { code: 'API__BAD_RANGE' },
        });
      const found = await poolPerformance({ pool: address, slot: asOf, windowSeconds: seconds }, context);
      return { ...found, pool: address };
    },
  }),
}));
