/**
 * An owner's stake, use, power and locks at a slot, folded from events; where the record begins inside the chain, from the
 * account of its first snapshot on.
 * @module
 */
import type { Address } from '@solana/kit';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { EventsUntil, ProposalHistory } from '../../indexer/store/queries/governance/proposals.ts';
import { type StakeStepRow, stakeSteps, totalPower } from '../../indexer/store/queries/governance/voters.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { accountAsOf } from '../../indexer/store/queries/rows/accounts.ts';
import { decodeGovernance, decodeStaker, type Staker } from '../../programs/governance/client.generated.ts';
import { findStaker } from '../../programs/governance/pda.ts';
import { readProposals } from './proposal-states.ts';

export interface VoterState
  extends Pick<
    Staker,
    'committed' | 'feesEarnedOn' | 'feesPaid' | 'lockedUntil' | 'power' | 'stake' | 'unstakeAt' | 'unstaking'
  > {
  readonly owner: Uint8Array;
  /** Of all who stake. */
  readonly totalPower: bigint;
}

const NOTHING = {
  ...{ stake: 0n, unstaking: 0n, unstakeAt: 0n, lockedUntil: 0n, committed: 0n },
  ...{ feesPaid: 0n, feesEarnedOn: 0n, power: 0n },
};
const MOST_OPEN = 1_000;

export async function readVoter(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
  owner: Uint8Array,
  history: ProposalHistory,
): Promise<VoterState> {
  const [before, steps, total, open] = await Promise.all([
    stakerBefore(store, program, range, owner),
    stakeSteps(store, range, owner),
    totalPower(store, range),
    readProposals(store, program, range, { isOpen: true, limit: MOST_OPEN }, history),
  ]);
  const own = open.filter(({ proposer }) => proposer === toBase58(owner));
  return {
    ...{ ...NOTHING, ...before, ...Object.assign({}, ...steps.map(changeOf)), owner },
    committed: own.reduce((sum, { committed }) => sum + committed, 0n),
    totalPower: total ?? (await totalBefore(store, program, range)),
  };
}

function changeOf({ step, numbers }: StakeStepRow): Partial<VoterState> {
  const [first = 0n, second = 0n, third = 0n, fourth = 0n] = numbers;
  if (step === 'staked') return { stake: first, power: second };
  if (step === 'unstake_requested') return { stake: first, unstaking: second, unstakeAt: third, power: fourth };
  if (step === 'use_synced') return { feesPaid: first, feesEarnedOn: second, power: third };
  if (step === 'vote_cast') return { lockedUntil: first, unstakeAt: second };
  return { unstaking: 0n, unstakeAt: 0n };
}

async function stakerBefore(
  store: StoreClient,
  program: Uint8Array,
  { afterSlot }: EventsUntil,
  owner: Uint8Array,
): Promise<Partial<VoterState>> {
  if (afterSlot === 0n) return {};
  const address = await findStaker(toBase58(owner) as Address, toBase58(program) as Address);
  const row = await accountAsOf(store, fromBase58(address), afterSlot);
  if (row === null || row.lamports === 0n) return {};
  const { stake, unstaking, unstakeAt, lockedUntil, feesPaid, feesEarnedOn, power } = decodeStaker(row.data);
  return { stake, unstaking, unstakeAt, lockedUntil, feesPaid, feesEarnedOn, power };
}

async function totalBefore(store: StoreClient, program: Uint8Array, { afterSlot }: EventsUntil): Promise<bigint> {
  const [row] = afterSlot === 0n ? [] : await accountsAsOf(store, program, 'Governance', afterSlot);
  return row === undefined ? 0n : decodeGovernance(row.data).totalPower;
}
