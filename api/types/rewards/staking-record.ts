/**
 * `stakingRecords`: who staked in which pool, what it is worth, and what waits to be taken.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { type StakePosition, stakePositions } from '../../reads/stake-positions.ts';
import { recordsPage } from '../../reads/staking-records.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, toConnection } from '../../schema/connection.ts';

export const StakingRecordType = builder.objectRef<StakePosition>('StakingRecord').implement({
  description: 'What one owner has in one pool of the staking program.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the record.', resolve: (row) => row.address }),
    owner: t.field({ type: 'PublicKey', description: 'Wallet that owns it.', resolve: (row) => row.owner }),
    pool: t.field({ type: 'PublicKey', description: 'Pool it is in.', resolve: (row) => row.pool }),
    isOperator: t.exposeBoolean('isOperator', { description: 'Whether it is the one of the pool’s operator.' }),
    shares: t.field({ type: 'U64', description: 'Shares of the pool.', resolve: (row) => row.shares }),
    value: t.field({
      type: 'U64',
      description: 'Base units of INT that the shares are worth: shares times staked over all shares, rounded down.',
      resolve: (row) => row.value,
    }),
    coolingAmount: t.field({
      type: 'U64',
      description: 'Base units of INT that were unstaked and not claimed.',
      resolve: (row) => row.coolingAmount,
    }),
    claimableAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds from which they can be claimed; null when nothing cools.',
      resolve: (row) => (row.coolingAmount === 0n ? null : row.claimableAt),
    }),
    pendingUsdc: t.field({
      type: 'U64',
      description: 'Base units of USDC that a claim would pay.',
      resolve: (row) => row.pendingUsdc,
    }),
    updatedSlot: t.field({
      type: 'U64',
      description: 'Slot in which the record was written last.',
      resolve: (row) => row.updatedSlot,
    }),
  }),
});

const StakingRecordConnection = connectionType('StakingRecords', StakingRecordType);

builder.queryField('stakingRecords', (t) =>
  t.field({
    type: StakingRecordConnection,
    description: 'Staking records by address: all, those of a pool, or those of an owner.',
    args: {
      ...pageArgs(t),
      pool: t.arg({ type: 'PublicKey', description: 'Only those in this pool.' }),
      owner: t.arg({ type: 'PublicKey', description: 'Only those of this wallet.' }),
    },
    complexity: pageCost,
    resolve: async (_, { pool, owner, ...args }, context) => {
      const start = await pageStart(args, 1, context);
      const found = await recordsPage(start, { pool: pool ?? null, owner: owner ?? null }, context);
      const positions = await stakePositions(found, start.snapshot, context);
      return toConnection(start, positions, (row) => [toBase58(row.address)], context);
    },
  }),
);
