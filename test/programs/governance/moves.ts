/**
 * What members do: one function per instruction, and the ways of a proposal to each of its states.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { findBankrollVault } from '../../../programs/exchange/pda.ts';
import type { Action, CreateProposalArgs, ParameterChange } from '../../../programs/governance/client.generated.ts';
import * as client from '../../../programs/governance/client.generated.ts';
import { findSignalRecord, findVoteRecord } from '../../../programs/governance/pda.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import { findBuyer, findProvider } from '../../../programs/marketplace/pda.ts';
import { findSlashRecord } from '../../../programs/marketplace/proof-pda.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../../programs/staking/client.generated.ts';
import { type Chamber, FOUNDER, HOUR, INFER, INFER_MINT, type Member } from './chamber.ts';
import type { Contested } from './governed.ts';

export const CHOICES = { for: 0, against: 1, abstain: 2, veto: 3 } as const;
export const STATUS = {
  discussion: 0,
  signaling: 1,
  voting: 2,
  queued: 3,
  executed: 4,
  canceled: 5,
  expired: 6,
  defeated: 7,
  quorumNotMet: 8,
  vetoed: 9,
  invalidated: 10,
} as const;

const NOTHING = { changes: [], spend: null, host: null, model: null } as const;
export const TEXT: Action = { ...NOTHING, kind: 6 };

export function changing(...changes: readonly ParameterChange[]): Action {
  return { ...NOTHING, kind: 0, changes };
}

export function spending(recipient: Address, change: Partial<NonNullable<Action['spend']>> = {}): Action {
  return { ...NOTHING, kind: 1, spend: { category: 4, mint: INFER_MINT, amount: 10n * INFER, recipient, ...change } };
}

/** INFER that comes back from the exchange: to the treasury, as liquidity. */
export function returning({ at }: Chamber, change: Partial<NonNullable<Action['spend']>> = {}): Action {
  return { ...spending(at.inferTreasury, { category: 1, ...change }), kind: 7 };
}

/** 2 ban, 3 end of a ban, 8 verified, 9 suspended; 10 slash, of a challenge. */
export function hosting(kind: 2 | 3 | 8 | 9 | 10, host: Address): Action {
  return { ...NOTHING, kind, host };
}

export function cataloging(kind: 4 | 5, change: Partial<NonNullable<Action['model']>> = {}): Action {
  return { ...NOTHING, kind, model: { name: 'L40S', vramGb: 48, weight: 600, minBenchmark: 480, ...change } };
}

export function stake(chamber: Chamber, { owner, staker, tokens }: Member, amount: bigint): ProgramInstruction {
  const { governance, stakeVault } = chamber.at;
  const accounts = { payer: chamber.svm.payer, owner, governance, staker, stakeVault, ownerTokenAccount: tokens };
  return client.stake(accounts, { amount });
}

export function unstake({ at }: Chamber, { owner, staker }: Member, amount: bigint): ProgramInstruction {
  return client.requestUnstake({ owner, governance: at.governance, parameters: at.parameters, staker }, { amount });
}

export function withdraw({ at }: Chamber, { owner, staker, tokens }: Member): ProgramInstruction {
  const { governance, stakeVault } = at;
  return client.withdraw({ owner, governance, staker, stakeVault, ownerTokenAccount: tokens });
}

export async function syncUse({ at }: Chamber, { owner, staker }: Member): Promise<ProgramInstruction> {
  const [buyerRecord, provider] = [await findBuyer(owner), await findProvider(owner)];
  return client.syncUse({ governance: at.governance, staker, buyerRecord, provider });
}

export function create(
  chamber: Chamber,
  { owner, staker }: Member,
  proposal: Address,
  action: Action = TEXT,
  text: Partial<CreateProposalArgs> = {},
): ProgramInstruction {
  const { governance, parameters } = chamber.at;
  return client.createProposal(
    { payer: chamber.svm.payer, proposer: owner, governance, parameters, staker, proposal },
    { action, title: 'A title', uri: 'ipfs://text', textHash: new Uint8Array(32).fill(7), ...text },
  );
}

export function cancel({ at }: Chamber, { owner, staker }: Member, proposal: Address): ProgramInstruction {
  return client.cancelProposal({ proposer: owner, governance: at.governance, staker, proposal });
}

export function beginSignaling(proposal: Address): ProgramInstruction {
  return client.beginSignaling({ proposal });
}

export async function signal(chamber: Chamber, { owner, staker }: Member, proposal: Address, choice = 0) {
  const signalRecord = await findSignalRecord(proposal, owner);
  return client.signal({ payer: chamber.svm.payer, owner, staker, proposal, signalRecord }, { choice });
}

export function openVoting({ at }: Chamber, proposal: Address): ProgramInstruction {
  return client.openVoting({ governance: at.governance, parameters: at.parameters, proposal });
}

export async function vote(chamber: Chamber, { owner, staker }: Member, proposal: Address, choice = 0) {
  const voteRecord = await findVoteRecord(proposal, owner);
  const { parameters } = chamber.at;
  return client.castVote({ payer: chamber.svm.payer, owner, parameters, staker, proposal, voteRecord }, { choice });
}

export function finalize({ at }: Chamber, { staker }: Member, proposal: Address): ProgramInstruction {
  return client.finalizeVote({ governance: at.governance, staker, proposal });
}

export function expire({ at }: Chamber, { staker }: Member, proposal: Address): ProgramInstruction {
  return client.expireProposal({ governance: at.governance, staker, proposal });
}

export function executeText({ at }: Chamber, { staker }: Member, proposal: Address): ProgramInstruction {
  return client.executeText({ governance: at.governance, staker, proposal });
}

export function executeChange({ at }: Chamber, { staker }: Member, proposal: Address): ProgramInstruction {
  return client.executeParamChange({
    ...at,
    staker,
    proposal,
    marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS,
    exchangeProgram: EXCHANGE_PROGRAM_ADDRESS,
    stakingProgram: STAKING_PROGRAM_ADDRESS,
  });
}

export function executeSpend(
  { at }: Chamber,
  { staker }: Member,
  proposal: Address,
  recipient: Address,
  treasury = at.inferTreasury,
): ProgramInstruction {
  return client.executeTreasurySpend({ ...at, staker, proposal, treasury, recipient });
}

export function executeHost(
  { at }: Chamber,
  { staker }: Member,
  proposal: Address,
  provider: Address,
): ProgramInstruction {
  return client.executeHostStatus({
    ...at,
    staker,
    proposal,
    marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS,
    provider,
  });
}

export async function executeReturn(
  { at }: Chamber,
  { staker }: Member,
  proposal: Address,
  treasury = at.inferTreasury,
): Promise<ProgramInstruction> {
  const bankrollVault = await findBankrollVault();
  const exchangeProgram = EXCHANGE_PROGRAM_ADDRESS;
  return client.executeBankrollReturn({ ...at, staker, proposal, exchangeProgram, bankrollVault, treasury });
}

/** @param beneficiaryTokenAccount of the challenger */
export async function executeSlash(
  chamber: Chamber,
  { staker }: Member,
  proposal: Address,
  contested: Contested,
  beneficiaryTokenAccount: Address,
): Promise<ProgramInstruction> {
  return client.executeHostSlash({
    ...chamber.at,
    ...contested,
    payer: chamber.svm.payer,
    staker,
    proposal,
    marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS,
    slashRecord: await findSlashRecord(contested.challenge),
    beneficiaryTokenAccount,
    inferMint: INFER_MINT,
  });
}

export function executeCatalog({ at }: Chamber, { staker }: Member, proposal: Address): ProgramInstruction {
  return client.executeCatalogChange({ ...at, staker, proposal, marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS });
}

export function change({ at }: Chamber, changes: readonly ParameterChange[], admin = FOUNDER): ProgramInstruction {
  const { governance, parameters } = at;
  return client.changeParameters({ foundingAdmin: admin, governance, parameters }, { changes });
}

export function handOver({ at }: Chamber, id: number, admin = FOUNDER): ProgramInstruction {
  const { governance, parameters } = at;
  return client.handOver({ foundingAdmin: admin, governance, parameters }, { id });
}

/** The founders' role goes to another key. */
export function replaceFounder(
  { at }: Chamber,
  newFoundingAdmin: Address,
  foundingAdmin = FOUNDER,
): ProgramInstruction {
  return client.replaceFoundingAdmin({ foundingAdmin, newFoundingAdmin, governance: at.governance });
}

const TARGETS = [
  [MARKETPLACE_PROGRAM_ADDRESS, 'marketplace'],
  [EXCHANGE_PROGRAM_ADDRESS, 'exchange'],
  [STAKING_PROGRAM_ADDRESS, 'poolOverview'],
] as const;

export function push({ at }: Chamber, program: 0 | 1 | 2): ProgramInstruction {
  const [targetProgram, account] = TARGETS[program];
  const { governance, parameters, authority } = at;
  return client.pushParameters({ governance, parameters, authority, targetProgram, target: at[account] }, { program });
}

export function acceptStakingAdmin({ at }: Chamber, stakingAdmin: Address): ProgramInstruction {
  const { governance, authority, poolOverview } = at;
  const stakingProgram = STAKING_PROGRAM_ADDRESS;
  return client.acceptStakingAdmin({ stakingAdmin, governance, authority, stakingProgram, poolOverview });
}

export function operateStaking(
  { at }: Chamber,
  args: Partial<client.OperateStakingArgs>,
  admin = FOUNDER,
): ProgramInstruction {
  const { governance, authority, poolOverview } = at;
  const stakingProgram = STAKING_PROGRAM_ADDRESS;
  return client.operateStaking(
    { foundingAdmin: admin, governance, authority, stakingProgram, poolOverview },
    {
      isStakingHalted: null,
      isWithdrawalHalted: null,
      isAccrueRewardHalted: null,
      allowPoolCreation: null,
      newRewardDistributionAuthorities: null,
      newHaltAuthorities: null,
      newSlashingAuthorities: null,
      ...args,
    },
  );
}

/** Submit a proposal; gives its address. */
export async function submit(chamber: Chamber, proposer: Member, action: Action = TEXT): Promise<Address> {
  const proposal = await chamber.nextProposal();
  chamber.run(create(chamber, proposer, proposal, action));
  return proposal;
}

/** Submit a proposal and bring it into a vote that `voters` can take part in. */
export async function bringToVote(chamber: Chamber, proposer: Member, action: Action = TEXT): Promise<Address> {
  const proposal = await submit(chamber, proposer, action);
  chamber.wait(24n * HOUR);
  chamber.run(beginSignaling(proposal));
  chamber.wait(24n * HOUR);
  chamber.run(openVoting(chamber, proposal));
  return proposal;
}

/** A proposal that `proposer`, who must hold enough power, has passed by the own vote, and whose delay is over. */
export async function pass(chamber: Chamber, proposer: Member, action: Action = TEXT): Promise<Address> {
  const proposal = await bringToVote(chamber, proposer, action);
  chamber.run(await vote(chamber, proposer, proposal));
  chamber.setTime(chamber.proposal(proposal).votingEndsAt, chamber.slot + 1n);
  chamber.run(finalize(chamber, proposer, proposal));
  chamber.setTime(chamber.proposal(proposal).executesFrom, chamber.slot + 1n);
  return proposal;
}
