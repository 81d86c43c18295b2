/**
 * `plumbline rewards remedy <epoch>`: what can still be done when a wrong root was committed. The program has no veto and no
 * second record, so it is: stop accruals, say who is owed what, and settle that outside the epoch. Everything is prepared here
 * and nothing is sent. Runbook: docs/operations.md, "A wrong root was committed".
 * @module
 */
import { hash } from 'node:crypto';
import { type Address, address } from '@solana/kit';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import { artefactsOf } from '../../../indexer/store/queries/rewards/reward-results.ts';
import type { RewardRecord } from '../../../programs/staking/client.generated.ts';
import type { UnsignedBytes } from '../../chain/unsigned-transaction.ts';
import { unsignedTransaction } from '../../chain/unsigned-transaction.ts';
import { readArtefact } from '../compute/artefact.ts';
import { canonicalJson } from '../compute/canonical-json.ts';
import { type Computation, computeEpoch } from '../compute/compute-epoch.ts';
import type { Award } from '../compute/epoch-allocation.ts';
import { gatherAgain } from '../inputs/gather-again.ts';
import type { RewardContext } from '../reward-context.ts';

/** One pool whose leaf on chain is not the right one. Positive amounts are owed to it, negative ones it has too much. */
export interface Correction {
  readonly pool: string;
  /** Whether the wrong leaf is accrued already; then it cannot be taken back. */
  readonly isAccrued: boolean;
  readonly committedReward: bigint;
  readonly rightReward: bigint;
  readonly owedReward: bigint;
  readonly committedUsdc: bigint;
  readonly rightUsdc: bigint;
  readonly owedUsdc: bigint;
}

export interface Remedy {
  readonly rewardEpoch: RewardEpoch;
  readonly recordAddress: string;
  /** Of the artefact that has the roots on chain. */
  readonly committedArtefact: string;
  /** Of the one that the recorded chain gives. */
  readonly rightArtefact: string;
  readonly areAccrualsHalted: boolean;
  /** By raw key bytes of the pool. */
  readonly corrections: readonly Correction[];
  /** Whose signature both transactions need. */
  readonly programAdmin: string;
  readonly halt: UnsignedBytes;
  readonly resume: UnsignedBytes;
}

/**
 * @param committed text of the artefact that was committed; `null` looks for it among those that are stored
 * @throws InputError `REWARDS__NOT_COMMITTED`, `REWARDS__LEAVES_UNKNOWN`; the errors of `gatherAgain` and of the node
 */
export async function prepareRemedy(
  context: RewardContext,
  rewardEpoch: RewardEpoch,
  committed: string | null,
): Promise<Remedy> {
  const { chain } = context;
  const [record, overview] = await Promise.all([chain.record(rewardEpoch, 'confirmed'), chain.overview('confirmed')]);
  checkInput(
    record !== null && overview !== null,
    'REWARDS__NOT_COMMITTED',
    `Reward epoch ${rewardEpoch} has no record on chain: nothing has to be remedied`,
    { rewardEpoch },
  );
  const onChain = await committedComputation(context, rewardEpoch, record, committed);
  const right = await gatherAgain(context, onChain.inputs);
  const programAdmin = overview.programAdmin;
  const unsigned = async (isHalted: boolean) => {
    const instructions = await chain.haltAccrualsInstructions(programAdmin, isHalted);
    return unsignedTransaction(chain.client, programAdmin, instructions, { rewardEpoch });
  };
  return {
    ...{ rewardEpoch, programAdmin, recordAddress: await chain.recordAddress(rewardEpoch) },
    ...{ committedArtefact: onChain.artefactHash, rightArtefact: right.artefactHash },
    areAccrualsHalted: overview.isAccrueRewardHalted,
    corrections: await correctionsOf(context, rewardEpoch, onChain.awards, right.awards),
    ...{ halt: await unsigned(true), resume: await unsigned(false) },
  };
}

/** The file of a remedy, canonical, and the name that its hash gives it. */
export function remedyFile(remedy: Remedy): { readonly name: string; readonly text: string } {
  const { corrections, halt, resume, ...rest } = remedy;
  const text = canonicalJson({
    ...{ format: 'plumbline.remedy', ...rest },
    corrections: corrections.map((each) => ({ ...each })),
    transactions: { halt: { ...halt }, resume: { ...resume } },
  });
  return { name: `${remedy.rewardEpoch}-${hash('sha256', text)}.json`, text };
}

/** The leaves behind the record, from whichever artefact has its roots. */
async function committedComputation(
  { store }: RewardContext,
  rewardEpoch: RewardEpoch,
  record: RewardRecord,
  given: string | null,
): Promise<Computation> {
  const texts = given === null ? (await artefactsOf(store, rewardEpoch)).map(({ content }) => content) : [given];
  const wanted = record.merkleRoots.map(hexOf).join();
  for (const text of texts) {
    const computation = computeEpoch(readArtefact(text));
    const isSame = computation.inputs.rewardEpoch === rewardEpoch && computation.roots.map(hexOf).join() === wanted;
    if (isSame) return computation;
  }
  checkInput(
    false,
    'REWARDS__LEAVES_UNKNOWN',
    `No artefact here has the roots on chain, ${wanted}: name that of whoever committed them with --artefact`,
    { rewardEpoch },
  );
}

async function correctionsOf(
  { chain }: RewardContext,
  rewardEpoch: RewardEpoch,
  committed: readonly Award[],
  right: readonly Award[],
): Promise<Correction[]> {
  const [ours, theirs] = [committed, right].map(
    (awards) => new Map(awards.map((award) => [toBase58(award.pool), award])),
  );
  const differing = [...new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])].flatMap((pool) => {
    const [before, after] = [amountsOf(ours?.get(pool)), amountsOf(theirs?.get(pool))];
    const owed = { owedReward: after.reward - before.reward, owedUsdc: after.usdc - before.usdc };
    if (owed.owedReward === 0n && owed.owedUsdc === 0n) return [];
    const amounts = { committedReward: before.reward, rightReward: after.reward };
    return [{ pool: address(pool), ...amounts, ...owed, committedUsdc: before.usdc, rightUsdc: after.usdc }];
  });
  const states = await chain.pools(
    differing.map(({ pool }): Address => pool),
    'confirmed',
  );
  return differing.map((each, index) => {
    return { ...each, isAccrued: (states[index]?.rewardLastClaimedEpoch ?? 0n) >= rewardEpoch };
  });
}

function amountsOf(award: Award | undefined): { readonly reward: bigint; readonly usdc: bigint } {
  return award === undefined
    ? { reward: 0n, usdc: 0n }
    : { reward: award.workReward + award.stakeReward, usdc: award.usdc };
}

function hexOf(bytes: ArrayLike<number>): string {
  return Buffer.from(Array.from(bytes)).toString('hex');
}
