/**
 * The instruction that carries a passed proposal out, by its kind, with every account it names.
 * @module
 */
import type { Address } from '@solana/kit';
import { findAssociatedTokenPda, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { checkInput } from '../../indexer/domain/errors.ts';
import { type ProgramInstruction, startsWith } from '../../programs/client/instruction.ts';
import { findBankrollVault } from '../../programs/exchange/pda.ts';
import {
  executeBankrollReturn,
  executeCatalogChange,
  executeHostSlash,
  executeHostStatus,
  executeParamChange,
  executeText,
  executeTreasurySpend,
  type Governance,
  type Proposal,
} from '../../programs/governance/client.generated.ts';
import { findGovernanceAuthority, findStaker, findTreasuryVault } from '../../programs/governance/pda.ts';
import { CHALLENGE_ACCOUNT_DISCRIMINATOR, decodeChallenge } from '../../programs/marketplace/client.generated.ts';
import { findBondVault } from '../../programs/marketplace/pda.ts';
import { findSlashRecord } from '../../programs/marketplace/proof-pda.ts';
import { proposalKind } from './action-sentences.ts';

/** What of governance's own account an execution names. */
export type Governed = Pick<
  Governance,
  | 'exchange'
  | 'exchangeProgram'
  | 'inferMint'
  | 'marketplace'
  | 'marketplaceProgram'
  | 'poolOverview'
  | 'stakingProgram'
>;

export interface Execution {
  /** Program that governs. */
  readonly program: Address;
  /** Address of its `Governance`, and of its `Parameters`. */
  readonly governance: Address;
  readonly parameters: Address;
  readonly governed: Governed;
  readonly proposal: Address;
  readonly account: Pick<Proposal, 'action' | 'proposer'>;
  /** Pays for an account that a slash leaves behind. */
  readonly payer: Address;
  /** Data of an account; `null` where there is none. */
  readonly read: (address: Address) => Promise<Uint8Array | null>;
}

/** @throws InputError `GOVERNANCE__NO_CHALLENGE` for a slash over a challenge that is not there */
export async function executionInstruction(execution: Execution): Promise<ProgramInstruction> {
  const { program, governance, parameters, governed, proposal, account } = execution;
  const { marketplaceProgram, marketplace } = governed;
  const shared = { governance, staker: await findStaker(account.proposer, program), proposal };
  const authority = await findGovernanceAuthority(program);
  const kind = proposalKind(account.action);
  switch (kind) {
    case 'param_change':
      return executeParamChange({ ...shared, ...governed, authority, parameters }, program);
    case 'treasury_spend':
      return treasurySpend(execution, shared, authority);
    case 'bankroll_return': {
      const { exchangeProgram, exchange, inferMint } = governed;
      const treasury = await findTreasuryVault(inferMint, program);
      const bankrollVault = await findBankrollVault(exchangeProgram);
      return executeBankrollReturn(
        { ...shared, authority, exchangeProgram, exchange, bankrollVault, treasury },
        program,
      );
    }
    case 'host_slash':
      return hostSlash(execution, shared, authority);
    case 'catalog_add':
    case 'catalog_remove':
      return executeCatalogChange({ ...shared, authority, marketplaceProgram, marketplace }, program);
    case 'text':
      return executeText(shared, program);
    default: {
      const provider = account.action.host ?? governance;
      return executeHostStatus({ ...shared, authority, marketplaceProgram, marketplace, provider }, program);
    }
  }
}

type Shared = Record<'governance' | 'proposal' | 'staker', Address>;

async function treasurySpend({ program, parameters, account }: Execution, shared: Shared, authority: Address) {
  const { mint, recipient } = account.action.spend ?? { mint: shared.governance, recipient: shared.governance };
  const treasury = await findTreasuryVault(mint, program);
  return executeTreasurySpend({ ...shared, parameters, authority, treasury, recipient }, program);
}

async function hostSlash(execution: Execution, shared: Shared, authority: Address): Promise<ProgramInstruction> {
  const { program, governed, account, payer, read } = execution;
  const { marketplaceProgram, marketplace, inferMint } = governed;
  const challenge = account.action.host ?? shared.governance;
  const data = await read(challenge);
  const isChallenge = data !== null && startsWith(data, CHALLENGE_ACCOUNT_DISCRIMINATOR);
  checkInput(isChallenge, 'GOVERNANCE__NO_CHALLENGE', `There is no challenge ${challenge} to slash over`);
  const { provider, challenger } = decodeChallenge(data);
  const [beneficiaryTokenAccount] = await findAssociatedTokenPda({
    ...{ owner: challenger, mint: inferMint, tokenProgram: TOKEN_PROGRAM_ADDRESS },
  });
  const slashed = {
    ...{ payer, authority, marketplaceProgram, marketplace, provider, challenge, inferMint, beneficiaryTokenAccount },
    bondVault: await findBondVault(provider, marketplaceProgram),
    slashRecord: await findSlashRecord(challenge, marketplaceProgram),
  };
  return executeHostSlash({ ...shared, ...slashed }, program);
}
