/**
 * Arithmetic of the staking program that its events leave to the reader: settling a record, raising the USDC index.
 * Rules: docs/programs/staking.md, "Arithmetic". Every quotient is rounded down. Pure.
 * @module
 */
import type { OperatorPool, StakingRecord } from '../../../programs/staking/client.generated.ts';

/** The index counts 10^-18 USDC base units. */
const INDEX_SCALE = 10n ** 18n;

type Settled = Pick<StakingRecord, 'accruedUsdcEarnings' | 'lastSettledUsdcPerShare'>;

/** A record after it was settled at the pool's index. */
export function settled(record: Settled & Pick<StakingRecord, 'shares'>, index: bigint): Settled {
  const growth = index > record.lastSettledUsdcPerShare ? index - record.lastSettledUsdcPerShare : 0n;
  // The program keeps 64 bits of the quotient.
  const earned = BigInt.asUintN(64, (record.shares * growth) / INDEX_SCALE);
  return { accruedUsdcEarnings: record.accruedUsdcEarnings + earned, lastSettledUsdcPerShare: index };
}

/** The index after a payout; without shares nobody can be owed, and it stays. */
export function raisedIndex(pool: Pick<OperatorPool, 'cumulativeUsdcPerShare' | 'totalShares'>, usdc: bigint): bigint {
  if (pool.totalShares === 0n) return pool.cumulativeUsdcPerShare;
  return pool.cumulativeUsdcPerShare + (usdc * INDEX_SCALE) / pool.totalShares;
}
