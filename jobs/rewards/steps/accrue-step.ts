/**
 * finalized → accrued: every pool with a leaf takes its share, in the order of epochs it still lacks. Anyone may send
 * this; pools are independent, and one that fails is reported and tried again while the others go on.
 * @module
 */
import { type Address, address } from '@solana/kit';
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import { InvariantError, PlumblineError, UpstreamError } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import type { EpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { leafOfPool, leafRows } from '../../../indexer/store/queries/rewards/reward-results.ts';
import type { OperatorPool } from '../../../programs/staking/client.generated.ts';
import { inState } from '../epoch-state.ts';
import { type RewardContext, type StepResult, waiting } from '../reward-context.ts';
import { sendForEpoch } from '../send-for-epoch.ts';

const PAGE_POOLS = 500;
/** Transactions under way at once. */
const CONCURRENCY = 16;

/** Told of every pool that was tried; `null` when it went well. */
export type AccrualReport = (pool: string, error: PlumblineError | null) => Promise<void>;

/** @throws UpstreamError `REWARDS__ACCRUAL_HALTED` while the program admin has halted accruals */
export async function accrueStep(context: RewardContext, row: EpochRow, report: AccrualReport): Promise<StepResult> {
  if (context.feePayer === null) return waiting('set FEE_PAYER_KEYPAIR or REWARD_AUTHORITY_KEYPAIR to accrue');
  let laggingCount = 0;
  for await (const pools of poolPages(context, row)) {
    const states = await context.chain.pools(pools, 'confirmed');
    const lagging = pools.flatMap((pool, index) =>
      hasAccrued(states[index], row.rewardEpoch) ? [] : [{ pool, state: states[index] ?? null }],
    );
    if (lagging.length > 0) await checkNotHalted(context);
    for (let start = 0; start < lagging.length; start += CONCURRENCY) {
      await Promise.all(
        lagging
          .slice(start, start + CONCURRENCY)
          .map(({ pool, state }) => tryPool(context, row, { pool, state }, report)),
      );
    }
    const finalStates = await context.chain.pools(pools, 'finalized');
    laggingCount += finalStates.filter((state) => !hasAccrued(state, row.rewardEpoch)).length;
  }
  if (laggingCount > 0) return waiting(`${laggingCount} pools have yet to accrue`);
  return { kind: 'advanced', row: inState(row, 'accrued', {}, context.nowMicros()) };
}

async function* poolPages({ store }: RewardContext, row: EpochRow): AsyncGenerator<Address[]> {
  let after: Uint8Array | null = null;
  for (;;) {
    const leaves = await leafRows(store, row, after, PAGE_POOLS);
    if (leaves.length > 0) yield leaves.map(({ pool }) => address(toBase58(pool)));
    if (leaves.length < PAGE_POOLS) return;
    after = leaves.at(-1)?.pool ?? null;
  }
}

function hasAccrued(pool: OperatorPool | null | undefined, rewardEpoch: RewardEpoch): boolean {
  return pool !== null && pool !== undefined && pool.rewardLastClaimedEpoch >= rewardEpoch;
}

async function checkNotHalted({ chain }: RewardContext): Promise<void> {
  if ((await chain.overview('confirmed'))?.isAccrueRewardHalted) {
    throw new UpstreamError(
      'REWARDS__ACCRUAL_HALTED',
      'Accruals are halted by the program admin; they go on when that ends',
    );
  }
}

interface LaggingPool {
  readonly pool: Address;
  readonly state: OperatorPool | null;
}

async function tryPool(
  context: RewardContext,
  row: EpochRow,
  lagging: LaggingPool,
  report: AccrualReport,
): Promise<void> {
  try {
    await accruePool(context, row.rewardEpoch, lagging);
    await report(lagging.pool, null);
  } catch (error) {
    if (!(error instanceof PlumblineError)) throw error;
    await report(lagging.pool, error);
  }
}

/** One transaction per epoch that the pool lacks, oldest first. */
async function accruePool(context: RewardContext, toEpoch: RewardEpoch, { pool, state }: LaggingPool): Promise<void> {
  if (state === null)
    throw new InvariantError('REWARDS__POOL_GONE', `Pool ${pool} has a leaf but no account`, { pool });
  for (let epoch = state.rewardLastClaimedEpoch + 1n; epoch <= toEpoch; epoch += 1n) {
    const leaf = await leafOfPool(context.store, epoch, fromBase58(pool));
    if (leaf === null) {
      throw new UpstreamError(
        'REWARDS__LEAF_UNKNOWN',
        `Pool ${pool} lacks reward epoch ${epoch}, of which no leaf is stored here`,
        { pool, epoch },
      );
    }
    const claim = { ...leaf, proofPath: leaf.proofPath.map(Boolean) };
    const instructions = await context.chain.accrueInstructions(pool, state.operatorStakingRecord, epoch, claim);
    const errand = {
      rewardEpoch: epoch,
      kind: 'accrue',
      target: pool,
      payer: payerOf(context),
      commitment: 'confirmed',
    } as const;
    await sendForEpoch(context, errand, instructions);
  }
}

function payerOf({ feePayer }: RewardContext) {
  if (feePayer === null) throw new InvariantError('REWARDS__NO_PAYER', 'There is nobody to pay for accruals');
  return feePayer;
}
