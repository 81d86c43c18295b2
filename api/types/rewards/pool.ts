/**
 * `pools`: operator pools of the staking program as their accounts stood at a slot.
 * @module
 */
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import type { Slot } from '../../../indexer/domain/units.ts';
import { type AccountRow, accountAsOf, accountsAsOf } from '../../../indexer/store/queries/rows/accounts.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, snapshotAt, toConnection } from '../../schema/connection.ts';
import { addressOf } from '../../schema/cursor.ts';

export interface Pool {
  readonly address: Uint8Array;
  readonly updatedSlot: Slot;
  /** The slot that was asked for. */
  readonly asOf: Slot;
  readonly state: PoolState;
}

/** As the IDL names its fields; wide integers are text in canonical JSON. */
interface PoolState {
  readonly name: string;
  readonly admin: string;
  readonly initial_pool_admin: string;
  readonly operator_auth_keys: readonly string[];
  readonly operator_staking_record: string;
  readonly description: string | null;
  readonly website_url: string | null;
  readonly new_reward_commission_rate_bps: number | null;
  readonly new_usdc_commission_rate_bps: number | null;
  readonly total_staked_amount: string;
  readonly total_shares: string;
  readonly total_unstaking: string;
  readonly joined_at_epoch: string;
  readonly closed_at_epoch: string | null;
  readonly halted_at_timestamp: string | null;
  readonly reward_last_claimed_epoch: string;
  readonly reward_commission_rate_bps: number;
  readonly usdc_commission_rate_bps: number;
  readonly allow_delegation: boolean;
  readonly auto_stake_fees: boolean;
  readonly accrued_rewards: string;
}

const ACCOUNT_NAME = 'OperatorPool';

export const PoolType = builder.objectRef<Pool>('Pool').implement({
  description: 'An operator pool of the staking program.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the pool.', resolve: (pool) => pool.address }),
    updatedSlot: t.field({
      type: 'U64',
      description: 'Slot in which this state was written.',
      resolve: (pool) => pool.updatedSlot,
    }),
    name: t.string({ description: 'Name the operator gave; foreign text.', resolve: ({ state }) => state.name }),
    admin: t.field({
      type: 'PublicKey',
      description: 'Key that administers it.',
      resolve: ({ state }) => fromBase58(state.admin),
    }),
    initialAdmin: t.field({
      type: 'PublicKey',
      description: 'Key that created it, from which its address is derived.',
      resolve: ({ state }) => fromBase58(state.initial_pool_admin),
    }),
    operatorKeys: t.field({
      type: ['PublicKey'],
      description: 'Keys that authenticate the operator’s machines.',
      resolve: ({ state }) => state.operator_auth_keys.map((key) => fromBase58(key)),
    }),
    operatorStakingRecord: t.field({
      type: 'PublicKey',
      description: 'The operator’s own staking record, which is slashed.',
      resolve: ({ state }) => fromBase58(state.operator_staking_record),
    }),
    description: t.string({
      nullable: true,
      description: 'What the operator says of it; foreign text.',
      resolve: ({ state }) => state.description,
    }),
    websiteUrl: t.string({
      nullable: true,
      description: 'Address the operator gave; foreign text.',
      resolve: ({ state }) => state.website_url,
    }),
    nextRewardCommissionBps: t.int({
      nullable: true,
      description: 'Announced for the next reward epoch, 1/10,000; null when none is.',
      resolve: ({ state }) => state.new_reward_commission_rate_bps,
    }),
    nextUsdcCommissionBps: t.int({
      nullable: true,
      description: 'Likewise of USDC.',
      resolve: ({ state }) => state.new_usdc_commission_rate_bps,
    }),
    sharePricePpb: t.field({
      type: 'U64',
      nullable: true,
      description: 'INT that a share is worth, times 10^9, rounded down; null without shares.',
      resolve: ({ state }) =>
        BigInt(state.total_shares) === 0n
          ? null
          : (BigInt(state.total_staked_amount) * 1_000_000_000n) / BigInt(state.total_shares),
    }),
    totalStaked: t.field({
      type: 'U64',
      description: 'Base units of INT staked.',
      resolve: ({ state }) => BigInt(state.total_staked_amount),
    }),
    totalShares: t.field({
      type: 'U64',
      description: 'Shares over all staking records.',
      resolve: ({ state }) => BigInt(state.total_shares),
    }),
    totalUnstaking: t.field({
      type: 'U64',
      description: 'Base units of INT in cooldown.',
      resolve: ({ state }) => BigInt(state.total_unstaking),
    }),
    joinedAtEpoch: t.field({
      type: 'U64',
      description: 'Reward epoch in which it was created.',
      resolve: ({ state }) => BigInt(state.joined_at_epoch),
    }),
    closedAtEpoch: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last reward epoch it takes part in; null while open.',
      resolve: ({ state }) => bigintOrNull(state.closed_at_epoch),
    }),
    haltedAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds since when it is halted; null if it is not.',
      resolve: ({ state }) => bigintOrNull(state.halted_at_timestamp),
    }),
    lastClaimedEpoch: t.field({
      type: 'U64',
      description: 'Last reward epoch it accrued.',
      resolve: ({ state }) => BigInt(state.reward_last_claimed_epoch),
    }),
    rewardCommissionBps: t.int({
      description: 'Operator’s part of rewards, 1/10,000.',
      resolve: ({ state }) => state.reward_commission_rate_bps,
    }),
    usdcCommissionBps: t.int({
      description: 'Operator’s part of USDC, 1/10,000.',
      resolve: ({ state }) => state.usdc_commission_rate_bps,
    }),
    allowDelegation: t.boolean({
      description: 'Whether others than the operator may stake.',
      resolve: ({ state }) => state.allow_delegation,
    }),
    autoStakeFees: t.boolean({
      description: 'Whether commission is staked at once.',
      resolve: ({ state }) => state.auto_stake_fees,
    }),
  }),
});

function bigintOrNull(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

function poolOf(row: AccountRow, asOf: Slot): Pool {
  return { address: row.publicKey, updatedSlot: row.slot, asOf, state: JSON.parse(row.fields) as PoolState };
}

const PoolConnection = connectionType('Pools', PoolType);

builder.queryField('pools', (t) =>
  t.field({
    type: PoolConnection,
    description: 'Operator pools, by address.',
    args: pageArgs(t),
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 1, context);
      const after = start.key === null ? undefined : addressOf(start.key);
      const found = await accountsAsOf(context.store, {
        program: context.programs.staking,
        name: ACCOUNT_NAME,
        slot: start.snapshot,
        limit: args.first + 1,
        ...(after === undefined ? {} : { afterKey: after }),
      });
      const pools = found.map((row) => poolOf(row, start.snapshot));
      return toConnection(start, pools, (pool) => [toBase58(pool.address)], context);
    },
  }),
);

builder.queryField('pool', (t) =>
  t.field({
    type: PoolType,
    nullable: true,
    description: 'One operator pool; null when there is none at this address and slot.',
    args: {
      address: t.arg({ type: 'PublicKey', required: true, description: 'Address of the pool.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot.' }),
    },
    resolve: async (_, { address, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      const row = await accountAsOf(context.store, address, slot);
      return row !== null && row.lamports > 0n && row.name === ACCOUNT_NAME ? poolOf(row, slot) : null;
    },
  }),
);
