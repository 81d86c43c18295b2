/**
 * Staking records with what they are worth: the rule is that of the staking program (docs/programs/staking.md,
 * "Arithmetic"), every quotient rounded down.
 * @module
 */
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { accountStates } from '../../indexer/store/queries/rows/account-states.ts';
import type { AccountRow } from '../../indexer/store/queries/rows/accounts.ts';
import { settled } from '../../jobs/reconcile/folds/staking-shares.ts';
import type { ProcessContext } from '../context.ts';

/** As the IDL names its fields; wide integers are text in canonical JSON. */
interface RecordState {
  readonly owner: string;
  readonly operator_pool: string;
  readonly shares: string;
  readonly unstake_at_timestamp: string;
  readonly tokens_unstake_amount: string;
  readonly last_settled_usdc_per_share: string;
  readonly accrued_usdc_earnings: string;
}

interface PoolShares {
  readonly operator_staking_record: string;
  readonly total_staked_amount: string;
  readonly total_shares: string;
  readonly cumulative_usdc_per_share: string;
}

export interface StakePosition {
  readonly address: Uint8Array;
  readonly owner: Uint8Array;
  readonly pool: Uint8Array;
  readonly isOperator: boolean;
  readonly shares: bigint;
  /** Base units of INT that the shares would give now. */
  readonly value: bigint;
  readonly coolingAmount: bigint;
  /** 0 while nothing cools. */
  readonly claimableAt: UnixSeconds;
  /** Base units of USDC that a claim would pay now. */
  readonly pendingUsdc: bigint;
  readonly updatedSlot: Slot;
}

/** Positions of records, in the order given. One whose pool is not known any more is worth nothing. */
export async function stakePositions(
  records: readonly AccountRow[],
  slot: Slot,
  { store }: Pick<ProcessContext, 'store'>,
): Promise<StakePosition[]> {
  const states = records.map(({ fields }) => JSON.parse(fields) as RecordState);
  const pools = [...new Set(states.map((state) => state.operator_pool))].map((pool) => fromBase58(pool));
  const found = await accountStates(store, pools, slot);
  const byPool = new Map(found.map((pool) => [toBase58(pool.publicKey), JSON.parse(pool.fields) as PoolShares]));
  return records.map((record, index) => {
    const state = states[index] as RecordState;
    return positionOf(record, state, byPool.get(state.operator_pool) ?? null);
  });
}

function positionOf(record: AccountRow, state: RecordState, pool: PoolShares | null): StakePosition {
  const shares = BigInt(state.shares);
  const totalShares = BigInt(pool?.total_shares ?? 0);
  const value = totalShares === 0n ? 0n : (shares * BigInt(pool?.total_staked_amount ?? 0)) / totalShares;
  const before = {
    shares,
    accruedUsdcEarnings: BigInt(state.accrued_usdc_earnings),
    lastSettledUsdcPerShare: BigInt(state.last_settled_usdc_per_share),
  };
  const index = BigInt(pool?.cumulative_usdc_per_share ?? before.lastSettledUsdcPerShare);
  return {
    address: record.publicKey,
    owner: fromBase58(state.owner),
    pool: fromBase58(state.operator_pool),
    isOperator: pool?.operator_staking_record === toBase58(record.publicKey),
    shares,
    value,
    coolingAmount: BigInt(state.tokens_unstake_amount),
    claimableAt: BigInt(state.unstake_at_timestamp),
    pendingUsdc: settled(before, index).accruedUsdcEarnings,
    updatedSlot: record.slot,
  };
}
