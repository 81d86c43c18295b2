/**
 * Moves proposals on when their time has come. Anybody may; here it is the network's admin who pays.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import {
  beginSignaling,
  executeBankrollReturn,
  executeCatalogChange,
  executeHostSlash,
  executeHostStatus,
  executeParamChange,
  executeText,
  executeTreasurySpend,
  expireProposal,
  finalizeVote,
  openVoting,
  type Proposal,
} from '../../../../programs/governance/client.generated.ts';
import { decodeChallenge } from '../../../../programs/marketplace/client.generated.ts';
import { findBankrollVault, findBondVault, findSlashRecord, findStaker, findTreasuryVault } from '../../addresses.ts';
import { type Network, readAccounts, tokenAccountOf } from '../../network.ts';
import { type Fate, kindOfAction } from './proposals.ts';

const STATUS = { discussion: 0, signaling: 1, voting: 2, queued: 3 } as const;

export interface StandingProposal {
  readonly address: Network['governance'];
  readonly account: Proposal;
  readonly fate: Fate;
}

/** The instruction that is due, if any. */
export async function dueStep(network: Network, standing: StandingProposal, now: bigint): Promise<Instruction | null> {
  const { governance, parameters, governanceProgram } = network;
  const { address: proposal, account, fate } = standing;
  const staker = await findStaker(account.proposer, governanceProgram);
  switch (account.status) {
    case STATUS.discussion:
      return now < account.signalingFrom ? null : beginSignaling({ proposal }, governanceProgram);
    case STATUS.signaling:
      return now < account.votingFrom ? null : openVoting({ governance, parameters, proposal }, governanceProgram);
    case STATUS.voting:
      return now < account.votingEndsAt ? null : finalizeVote({ governance, staker, proposal }, governanceProgram);
    case STATUS.queued:
      if (now >= account.expiresAt) return expireProposal({ governance, staker, proposal }, governanceProgram);
      return now < account.executesFrom || fate === 'expires' ? null : execution(network, standing);
    default:
      return null;
  }
}

async function execution(network: Network, { address: proposal, account }: StandingProposal): Promise<Instruction> {
  const { governance, governanceProgram } = network;
  const shared = { governance, staker: await findStaker(account.proposer, governanceProgram), proposal };
  const kind = kindOfAction(account.action);
  switch (kind) {
    case 'param_change':
      return parameterChange(network, shared);
    case 'treasury_spend': {
      const { mint, recipient } = account.action.spend ?? { mint: governance, recipient: governance };
      const treasury = await findTreasuryVault(mint, governanceProgram);
      const { parameters, governanceAuthority: authority } = network;
      return executeTreasurySpend({ ...shared, parameters, authority, treasury, recipient }, governanceProgram);
    }
    case 'bankroll_return':
      return bankrollReturn(network, shared);
    case 'host_slash':
      return hostSlash(network, shared, account.action.host ?? governance);
    case 'catalog_add':
    case 'catalog_remove':
      return executeCatalogChange({ ...shared, ...marketplaceOf(network) }, governanceProgram);
    case 'text':
      return executeText(shared, governanceProgram);
    default: {
      const provider = account.action.host ?? governance;
      return executeHostStatus({ ...shared, ...marketplaceOf(network), provider }, governanceProgram);
    }
  }
}

type Shared = Record<'governance' | 'staker' | 'proposal', Address>;

function marketplaceOf({ governanceAuthority: authority, marketplaceProgram, marketplace }: Network) {
  return { authority, marketplaceProgram, marketplace };
}

function parameterChange(network: Network, shared: Shared): Instruction {
  const { parameters, exchangeProgram, exchange, stakingProgram, poolOverview } = network;
  const targets = { exchangeProgram, exchange, stakingProgram, poolOverview };
  return executeParamChange(
    { ...shared, ...marketplaceOf(network), ...targets, parameters },
    network.governanceProgram,
  );
}

async function bankrollReturn(network: Network, shared: Shared): Promise<Instruction> {
  const { exchangeProgram, exchange, governanceProgram, governanceAuthority: authority, inferMint } = network;
  const vaults = {
    bankrollVault: await findBankrollVault(exchangeProgram),
    treasury: await findTreasuryVault(inferMint.address, governanceProgram),
  };
  return executeBankrollReturn({ ...shared, ...vaults, authority, exchangeProgram, exchange }, governanceProgram);
}

async function hostSlash(network: Network, shared: Shared, challenge: Address): Promise<Instruction> {
  const { admin, inferMint, marketplaceProgram: program } = network;
  const [data] = await readAccounts(network, [challenge]);
  const { provider, challenger } = decodeChallenge(data ?? new Uint8Array());
  const slashed = {
    ...{ payer: admin.address, provider, challenge, inferMint: inferMint.address },
    bondVault: await findBondVault(provider, program),
    slashRecord: await findSlashRecord(challenge, program),
    beneficiaryTokenAccount: await tokenAccountOf(challenger, inferMint.address),
  };
  return executeHostSlash({ ...shared, ...marketplaceOf(network), ...slashed }, network.governanceProgram);
}
