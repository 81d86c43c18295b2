/**
 * Program-derived addresses of the governance program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import type { Address } from '@solana/kit';
import { deriveAddress } from '../client/derive-address.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from './client.generated.ts';

/** The one `Governance`; it holds the staked INFER. */
export function findGovernance(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Governance');
}

/** The one `Parameters`. */
export function findParameters(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Parameters');
}

/** The address that the governed programs obey, and that holds the treasury. It has no account of its own. */
export function findGovernanceAuthority(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'GovernanceAuthority');
}

/** Token account with all staked and unstaking INFER. */
export function findStakeVault(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'StakeVault');
}

/** Token account of a mint with the treasury's part. */
export function findTreasuryVault(
  mint: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'TreasuryVault', mint);
}

export function findStaker(owner: Address, programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Staker', owner);
}

/** @param proposalId `proposalCount` of `Governance` before the proposal was submitted */
export function findProposal(
  proposalId: bigint,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Proposal', proposalId);
}

export function findSignalRecord(
  proposal: Address,
  owner: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'SignalRecord', proposal, owner);
}

export function findVoteRecord(
  proposal: Address,
  owner: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'VoteRecord', proposal, owner);
}
