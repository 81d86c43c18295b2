/**
 * Program-derived addresses of metered workloads, proof of compute, reputation and incentives. As in `pda.ts`, each takes
 * the program's address.
 * @module
 */
import { type Address, getU32Encoder } from '@solana/kit';
import { deriveAddress } from '../client/derive-address.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from './client.generated.ts';

/** A customer's deposit of credits. */
export function findDeposit(
  customer: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Deposit', customer);
}

export function findDepositVault(
  deposit: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'DepositVault', deposit);
}

/**
 * Marker of a settled workload.
 * @param issuer the marketplace for what the meter settles, the customer for what it settles itself
 * @param id 32 bytes
 */
export function findWorkload(
  issuer: Address,
  id: Uint8Array,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Workload', issuer, id);
}

/** The one set of verifiers. */
export function findVerifierSet(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'VerifierSet');
}

export function findVerifier(owner: Address, programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Verifier', owner);
}

export function findVerifierBondVault(
  verifier: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'VerifierBondVault', verifier);
}

/** @param index `attestationCount` of the order before the attestation */
export function findAttestation(
  order: Address,
  index: number,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Attestation', order, getU32Encoder().encode(index));
}

/** The one challenge of an attestation. */
export function findChallenge(
  attestation: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Challenge', attestation);
}

export function findChallengeVault(
  challenge: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'ChallengeVault', challenge);
}

/** @param evidence address of the order or challenge; of a benchmark report, `benchmarkEvidence` in `checkpoints.ts` */
export function findSlashRecord(
  evidence: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'SlashRecord', evidence);
}

/** The one book of what the reward authority commits by epoch. */
export function findEpochBook(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'EpochBook');
}

export function findIncentiveVault(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'IncentiveVault');
}

export function findIncentiveEpoch(
  epoch: bigint,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'IncentiveEpoch', epoch);
}

export function findIncentiveClaim(
  incentiveEpoch: Address,
  provider: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'IncentiveClaim', incentiveEpoch, provider);
}
