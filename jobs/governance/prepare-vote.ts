/**
 * Votes, steps in the life of a proposal, stake and use, for somebody to sign, or the rule that refuses them. Everything is
 * looked at as the chain has it now.
 * @module
 */
import type { Address } from '@solana/kit';
import { findAssociatedTokenPda, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { validateExecution } from '../../governance/bounds.ts';
import { type Stand, standOf } from '../../governance/proposal-life.ts';
import { refusalOf } from '../../governance/refusal.ts';
import { powerBefore, votingPower } from '../../governance/voting-power.ts';
import * as client from '../../programs/governance/client.generated.ts';
import { findStaker, findStakeVault, findVoteRecord } from '../../programs/governance/pda.ts';
import { findBuyer, findProvider } from '../../programs/marketplace/pda.ts';
import type { ChainClient } from '../chain/chain-client.ts';
import { type Prepared, prepare, refused, ruleBroken } from '../chain/prepared-transaction.ts';
import { changesByKey } from './change-checks.ts';
import { executionInstruction } from './execution-instruction.ts';
import { governedValue, sinceChange } from './governed-table.ts';
import { type LiveGovernance, readLiveGovernance, readLiveProposal, readLiveStaker } from './live-governance.ts';
import { recordOf } from './proposal-states.ts';

export interface VoteDraft {
  readonly proposalId: bigint;
  readonly owner: Address;
  readonly payer: Address;
  /** As the program numbers them. */
  readonly choice: number;
}

/** @throws InputError `GOVERNANCE__NOT_SET_UP`, and the errors of the client */
export async function prepareVote(chain: ChainClient, program: Address, draft: VoteDraft): Promise<Prepared> {
  const { owner, payer, choice } = draft;
  const live = await readLiveGovernance(chain, program);
  const found = await readLiveProposal(chain, program, draft.proposalId);
  if (found === null) return noProposal(draft.proposalId);
  const { address: proposal, account } = found;
  if (!standOf(recordOf(account), live.now).canVote) {
    const isOver = account.status === 2;
    return isOver
      ? ruleBroken('VOTING_OVER', 'Time of voting is over')
      : ruleBroken('NOT_IN_VOTING', 'The proposal is not being voted on');
  }
  const voteRecord = await findVoteRecord(proposal, owner, program);
  const [[record], staker] = await Promise.all([
    chain.accounts([voteRecord], 'confirmed'),
    readLiveStaker(chain, program, owner),
  ]);
  if (record) return ruleBroken('ALREADY_VOTED', 'A vote is final, and this owner has voted');
  if (powerOf(staker, account.openedSlot) === 0n)
    return ruleBroken('NO_VOTING_POWER', 'The owner had no power before the vote opened');
  const { parameters } = live;
  const accounts = { payer, owner, parameters, staker: await findStaker(owner, program), proposal, voteRecord };
  return prepare(chain, payer, [client.castVote(accounts, { choice }, program)]);
}

/** The latest power strictly before the slot at which the vote opened, at most what the stake of now gives. */
function powerOf(staker: client.Staker | null, openedSlot: bigint): bigint {
  if (staker === null) return 0n;
  const before = powerBefore(staker.checkpoints, openedSlot);
  const now = votingPower(staker.stake + staker.unstaking, staker.feesPaid + staker.feesEarnedOn);
  return [before, now].toSorted((left, right) => (left < right ? -1 : 1))[0] ?? 0n;
}

export interface StepDraft {
  readonly proposalId: bigint;
  readonly payer: Address;
}

/** @throws InputError `GOVERNANCE__NOT_SET_UP`, `GOVERNANCE__NO_CHALLENGE`, and the errors of the client */
export async function prepareExecute(
  chain: ChainClient,
  program: Address,
  { proposalId, payer }: StepDraft,
): Promise<Prepared> {
  const live = await readLiveGovernance(chain, program);
  const found = await readLiveProposal(chain, program, proposalId);
  if (found === null) return noProposal(proposalId);
  const { address: proposal, account } = found;
  const broken = brokenTime(account, live) ?? brokenNow(account, live);
  if (broken !== null) return broken;
  const instruction = await executionInstruction({
    ...{ program, governance: live.governance, parameters: live.parameters, governed: live.account },
    ...{ proposal, account, payer, read: async (address) => (await chain.accounts([address], 'confirmed'))[0] ?? null },
  });
  return prepare(chain, payer, [instruction]);
}

function brokenTime(account: client.Proposal, { now }: LiveGovernance): Prepared | null {
  const { status } = recordOf(account);
  if (status !== 'Queued') return ruleBroken('NOT_QUEUED', `The proposal does not wait for execution: ${status}`);
  if (now < account.executesFrom) {
    const message = `The proposal executes from ${account.executesFrom} on, in ${account.executesFrom - now} s`;
    return ruleBroken('EXECUTION_DELAY_NOT_OVER', message);
  }
  return now < account.expiresAt ? null : ruleBroken('EXECUTION_WINDOW_OVER', 'Time for execution is over');
}

/** What would invalidate it: the program takes such an execution, and it changes nothing but the proposal's end. */
function brokenNow({ action }: client.Proposal, { table, now }: LiveGovernance): Prepared | null {
  if (action.changes.length === 0) return null;
  const refusal = refusalOf(() =>
    validateExecution(
      changesByKey(action.changes),
      (key) => governedValue(table, key).current,
      (key) => sinceChange(governedValue(table, key), now),
    ),
  );
  return refusal === null ? null : refused(refusal);
}

/** The next step in the life of a proposal but its execution: anybody may take it. */
export async function prepareStep(
  chain: ChainClient,
  program: Address,
  { proposalId, payer }: StepDraft,
): Promise<Prepared> {
  const live = await readLiveGovernance(chain, program);
  const found = await readLiveProposal(chain, program, proposalId);
  if (found === null) return noProposal(proposalId);
  const { governance, parameters, now } = live;
  const { address: proposal, account } = found;
  const { next } = standOf(recordOf(account), now);
  if (next === null) return ruleBroken('ENDED', 'The proposal has ended');
  if (next.step === 'execute') return ruleBroken('WAITS_FOR_EXECUTION', 'The next step is its execution');
  if (now < next.from)
    return ruleBroken(TOO_EARLY[next.step], `${next.step} succeeds from ${next.from} on, in ${next.from - now} s`);
  const closing = { governance, staker: await findStaker(account.proposer, program), proposal };
  const instruction = {
    begin_signaling: () => client.beginSignaling({ proposal }, program),
    open_voting: () => client.openVoting({ governance, parameters, proposal }, program),
    finalize_vote: () => client.finalizeVote(closing, program),
    expire_proposal: () => client.expireProposal(closing, program),
  }[next.step]();
  return prepare(chain, payer, [instruction]);
}

const TOO_EARLY: Readonly<Record<Exclude<NonNullable<Stand['next']>['step'], 'execute'>, string>> = {
  begin_signaling: 'DISCUSSION_NOT_OVER',
  open_voting: 'SIGNALING_NOT_OVER',
  finalize_vote: 'VOTING_NOT_OVER',
  expire_proposal: 'EXECUTION_WINDOW_NOT_OVER',
};

function noProposal(id: bigint): Prepared {
  return ruleBroken('NO_PROPOSAL', `There is no proposal ${id}`);
}

export type StakeMove = 'request_unstake' | 'stake' | 'sync_use' | 'withdraw';

export interface StakeDraft {
  readonly owner: Address;
  readonly payer: Address;
  readonly move: StakeMove;
  /** Base units of INFER, of `stake` and `request_unstake`. */
  readonly amount: bigint;
}

/** Stake is taken from, and paid to, the owner's associated token account. */
export async function prepareStake(chain: ChainClient, program: Address, draft: StakeDraft): Promise<Prepared> {
  const { owner, payer, move, amount } = draft;
  const { governance, parameters, account } = await readLiveGovernance(chain, program);
  const staker = await findStaker(owner, program);
  if ((move === 'stake' || move === 'request_unstake') && amount === 0n)
    return ruleBroken('ZERO_AMOUNT', 'Amount must be above zero');
  const [ownerTokenAccount] = await findAssociatedTokenPda({
    ...{ owner, mint: account.inferMint, tokenProgram: TOKEN_PROGRAM_ADDRESS },
  });
  const vaults = { governance, staker, stakeVault: await findStakeVault(program), ownerTokenAccount };
  const { marketplaceProgram } = account;
  const records = {
    buyerRecord: await findBuyer(owner, marketplaceProgram),
    provider: await findProvider(owner, marketplaceProgram),
  };
  const instruction = {
    stake: () => client.stake({ payer, owner, ...vaults }, { amount }, program),
    request_unstake: () => client.requestUnstake({ owner, governance, parameters, staker }, { amount }, program),
    withdraw: () => client.withdraw({ owner, ...vaults }, program),
    sync_use: () => client.syncUse({ governance, staker, ...records }, program),
  }[move]();
  return prepare(chain, payer, [instruction]);
}
