/**
 * Program-derived addresses of the governance program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import { type Address, getAddressEncoder, getProgramDerivedAddress, getU64Encoder } from '@solana/kit';
import { GOVERNANCE_PROGRAM_ADDRESS } from './client.generated.ts';

const addressEncoder = getAddressEncoder();
const u64Encoder = getU64Encoder();

async function derive(programAddress: Address, name: string, ...keys: readonly Address[]): Promise<Address> {
  const seeds = [name, ...keys.map((key) => addressEncoder.encode(key))];
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

/** The one `Governance`; it holds the staked INFER. */
export function findGovernance(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Governance');
}

/** The one `Parameters`. */
export function findParameters(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Parameters');
}

/** The address that the governed programs obey, and that holds the treasury. It has no account of its own. */
export function findGovernanceAuthority(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'GovernanceAuthority');
}

/** Token account with all staked and unstaking INFER. */
export function findStakeVault(programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'StakeVault');
}

/** Token account of a mint with the treasury's part. */
export function findTreasuryVault(
  mint: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'TreasuryVault', mint);
}

export function findStaker(owner: Address, programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Staker', owner);
}

/** @param proposalId `proposalCount` of `Governance` before the proposal was submitted */
export async function findProposal(
  proposalId: bigint,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  const seeds = ['Proposal', u64Encoder.encode(proposalId)];
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

export function findSignalRecord(
  proposal: Address,
  owner: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'SignalRecord', proposal, owner);
}

export function findVoteRecord(
  proposal: Address,
  owner: Address,
  programAddress: Address = GOVERNANCE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'VoteRecord', proposal, owner);
}
