/**
 * `plumbline verify epoch <n> --rpc URL --artefact FILE`: an epoch proven from its artefact and a node alone. Allocation, leaves
 * and roots are computed again and compared with the record; of the inputs, what the chain still shows is compared too, and
 * what it cannot show is said.
 * @module
 */
import { type Address, address } from '@solana/kit';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInput, checkInvariant } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import {
  decodeOperatorPool,
  OPERATOR_POOL_ACCOUNT_DISCRIMINATOR,
  type OperatorPool,
} from '../../../programs/staking/client.generated.ts';
import { createChainClient } from '../../chain/chain-client.ts';
import { type ChainHistory, createChainHistory, type PastTransaction } from '../../chain/chain-history.ts';
import { createStakingChain, type StakingChain } from '../../chain/staking-chain.ts';
import { readArtefact } from '../compute/artefact.ts';
import { isEligible } from '../compute/epoch-allocation.ts';
import type { EpochInputs } from '../inputs/epoch-inputs.ts';
import { checkRecord } from '../steps/commit-step.ts';
import { type EpochProof, recomputeArtefact } from './verify-epoch.ts';

export interface RemoteProof extends EpochProof {
  /** Sentences: what the chain bears out. */
  readonly checked: readonly string[];
  /** Sentences: what a node cannot show, or no longer does. */
  readonly unchecked: readonly string[];
}

interface Findings {
  readonly checked: string[];
  readonly unchecked: string[];
}

interface Verification {
  readonly inputs: EpochInputs;
  readonly chain: StakingChain;
  readonly history: ChainHistory;
  readonly findings: Findings;
}

const SHOWN_POOLS = 10;
/** The address of a record is known before it is made, so anybody may name it first, or send it lamports. */
const LOOKED_THROUGH = 20;

/**
 * @throws InputError `REWARDS__BAD_ARTEFACT`, `REWARDS__OTHER_EPOCH`, `REWARDS__NOT_COMMITTED`; InvariantError
 *   `REWARDS__ARTEFACT_DIFFERS`, `REWARDS__RECORD_DIFFERS`, `REWARDS__CHAIN_DIFFERS`; UpstreamError of the node
 */
export async function verifyByRpc(
  rpcUrl: string,
  stakingProgram: string,
  rewardEpoch: RewardEpoch,
  artefact: string,
): Promise<RemoteProof> {
  const proof = recomputeArtefact(artefact);
  const message = `The artefact is of reward epoch ${proof.rewardEpoch}, not ${rewardEpoch}`;
  checkInput(proof.rewardEpoch === rewardEpoch, 'REWARDS__OTHER_EPOCH', message);
  const verification = {
    inputs: readArtefact(artefact),
    chain: await createStakingChain(createChainClient(rpcUrl), address(stakingProgram)),
    history: createChainHistory(rpcUrl),
    findings: { checked: [], unchecked: [] },
  };
  await checkCommit(verification, proof);
  await checkMarking(verification);
  await checkWindow(verification);
  await checkPools(verification);
  const { checked, unchecked } = verification.findings;
  return { ...proof, checked, unchecked: [...unchecked, ...neverShown] };
}

/** A node has accounts as of now alone, and no events by time. */
const neverShown = [
  'stakes, halts and operator stakes as of the slot of eligibility',
  'orders, sessions and workloads behind the work, scores and their evidence, USDC inflow, governed values, incentive funds',
];

async function checkCommit({ chain, history, findings }: Verification, proof: EpochProof): Promise<void> {
  const { rewardEpoch, totalRewards, totalUsdc } = proof;
  const record = await chain.record(rewardEpoch, 'confirmed');
  const message = `Reward epoch ${rewardEpoch} has no record on chain; the artefact gives ${proof.roots.join(', ')}`;
  checkInput(record !== null, 'REWARDS__NOT_COMMITTED', message, { rewardEpoch });
  const roots = proof.roots.map((root) => Buffer.from(root, 'hex'));
  checkRecord({ rewardEpoch, roots, totalRewards, totalUsdc }, record);
  const recordAddress = await chain.recordAddress(rewardEpoch);
  findings.checked.push(`record ${recordAddress} has the roots and totals of the artefact`);
  const [call] = await chain.recordInstructions(chain.program, rewardEpoch, { roots, totalRewards, totalUsdc });
  for (const signature of await history.firstNaming(recordAddress, LOOKED_THROUGH)) {
    const commit = await history.transaction(signature);
    if (commit === null || !hasCall(chain.program, commit, call?.data)) continue;
    findings.checked.push(`committed by ${signature} in slot ${commit.slot}`);
    return;
  }
  findings.unchecked.push('the transaction of the commit, which the node does not show');
}

async function checkMarking({ inputs, chain, history, findings }: Verification): Promise<void> {
  const { rewardEpoch, markSignature, eligibilitySlot } = inputs;
  const marking = await history.transaction(markSignature);
  if (marking === null) {
    findings.unchecked.push(`the marking ${markSignature}, which the node does not have`);
    return;
  }
  const [call] = await chain.markInstructions(chain.program, rewardEpoch);
  const what = `${markSignature} is not the marking of reward epoch ${rewardEpoch} in slot ${eligibilitySlot}`;
  const isMarking = hasCall(chain.program, marking, call?.data) && marking.slot === eligibilitySlot;
  checkInvariant(isMarking, 'REWARDS__CHAIN_DIFFERS', what, { slot: marking.slot });
  findings.checked.push(`marked by ${markSignature} in slot ${eligibilitySlot}, the slot of eligibility`);
}

function hasCall(program: Address, past: PastTransaction, data: ArrayLike<number> | undefined): boolean {
  const wanted = Buffer.from(Array.from(data ?? []));
  return !past.isFailed && past.calls.some((call) => call.program === program && wanted.equals(call.data));
}

/** The blocks at both ends of the window have times inside it. */
async function checkWindow({ inputs, history, findings }: Verification): Promise<void> {
  const { slots, window, rewardEpoch } = inputs;
  const [first, last] = await Promise.all([history.blockTime(slots.first), history.blockTime(slots.last)]);
  if (first === null || last === null) {
    findings.unchecked.push(`times of the blocks ${slots.first} and ${slots.last}, which the node does not have`);
    return;
  }
  // A window without a block of its own is told by the block after it.
  const isInside = last < window.end && (first >= window.start || slots.last < slots.first);
  const message = `Blocks ${slots.first} to ${slots.last} have times from ${first} to ${last}, the window of reward epoch ${rewardEpoch} goes from ${window.start} to ${window.end}`;
  checkInvariant(isInside, 'REWARDS__CHAIN_DIFFERS', message, { rewardEpoch });
  findings.checked.push(`blocks ${slots.first} and ${slots.last} lie in the window`);
}

/** Joining and closing epochs never change once they are there, so the set of eligible pools can be told for ever. */
async function checkPools({ inputs, chain, history, findings }: Verification): Promise<void> {
  const { rewardEpoch } = inputs;
  const found = await history.accountsOf(chain.program, OPERATOR_POOL_ACCOUNT_DISCRIMINATOR);
  const onChain = new Map(found.map((each) => [each.address, decodeOperatorPool(each.data)]));
  const listed = new Map(inputs.pools.map((pool) => [toBase58(pool.pool), pool]));
  const wrong = [
    ...[...listed].filter(([key, pool]) => isOther(pool, onChain.get(key), rewardEpoch)).map(([key]) => key),
    ...[...onChain].filter(([key, pool]) => isEligible(pool, rewardEpoch) && !listed.has(key)).map(([key]) => key),
  ];
  const message = `${wrong.length} pools are not on chain as in the artefact: ${wrong.slice(0, SHOWN_POOLS).join(', ')}`;
  checkInvariant(wrong.length === 0, 'REWARDS__CHAIN_DIFFERS', message, {
    rewardEpoch,
    pools: wrong.slice(0, SHOWN_POOLS),
  });
  const eligible = inputs.pools.filter((pool) => pool.isEligible);
  const now = (pool: Uint8Array) => onChain.get(toBase58(pool));
  const accruedCount = eligible.filter(({ pool }) => (now(pool)?.rewardLastClaimedEpoch ?? 0n) >= rewardEpoch).length;
  const sameStakes = eligible.filter(({ pool, totalStaked }) => now(pool)?.totalStakedAmount === totalStaked).length;
  findings.checked.push(
    `the ${eligible.length} eligible pools are all that the chain has, no more and no less; ${accruedCount} have accrued`,
    `${sameStakes} of them still have the stake of the artefact; a difference is no fault, stakes move`,
  );
}

/** A pool that was open may have been closed since, with this epoch or a later one. */
function isOther(
  { joinedAtEpoch, closedAtEpoch }: Pick<EpochInputs['pools'][number], 'joinedAtEpoch' | 'closedAtEpoch'>,
  now: OperatorPool | undefined,
  rewardEpoch: RewardEpoch,
): boolean {
  if (now === undefined || now.joinedAtEpoch !== joinedAtEpoch) return true;
  if (closedAtEpoch !== null) return now.closedAtEpoch !== closedAtEpoch;
  return now.closedAtEpoch !== null && now.closedAtEpoch < rewardEpoch;
}
