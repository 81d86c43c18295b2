/**
 * Program-derived addresses of metered workloads, proof of compute, reputation and incentives. As in `pda.ts`, each takes
 * the program's address.
 * @module
 */
import { type Address, getAddressEncoder, getProgramDerivedAddress, getU32Encoder, getU64Encoder } from '@solana/kit';
import { MARKETPLACE_PROGRAM_ADDRESS } from './client.generated.ts';

const addressEncoder = getAddressEncoder();
const u32Encoder = getU32Encoder();
const u64Encoder = getU64Encoder();

type Seed = Parameters<typeof getProgramDerivedAddress>[0]['seeds'][number];

async function derive(programAddress: Address, ...seeds: Seed[]): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

/** A customer's deposit of credits. */
export function findDeposit(
  customer: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'Deposit', addressEncoder.encode(customer));
}

export function findDepositVault(
  deposit: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'DepositVault', addressEncoder.encode(deposit));
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
  return derive(programAddress, 'Workload', addressEncoder.encode(issuer), id);
}

/** The one set of verifiers. */
export function findVerifierSet(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'VerifierSet');
}

export function findVerifier(owner: Address, programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'Verifier', addressEncoder.encode(owner));
}

export function findVerifierBondVault(
  verifier: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'VerifierBondVault', addressEncoder.encode(verifier));
}

/** @param index `attestationCount` of the order before the attestation */
export function findAttestation(
  order: Address,
  index: number,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'Attestation', addressEncoder.encode(order), u32Encoder.encode(index));
}

/** The one challenge of an attestation. */
export function findChallenge(
  attestation: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'Challenge', addressEncoder.encode(attestation));
}

export function findChallengeVault(
  challenge: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'ChallengeVault', addressEncoder.encode(challenge));
}

/** @param evidence address of the order or challenge; of a benchmark report, `benchmarkEvidence` in `checkpoints.ts` */
export function findSlashRecord(
  evidence: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'SlashRecord', addressEncoder.encode(evidence));
}

/** The one book of what the reward authority commits by epoch. */
export function findEpochBook(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'EpochBook');
}

export function findIncentiveVault(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'IncentiveVault');
}

export function findIncentiveEpoch(
  epoch: bigint,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'IncentiveEpoch', u64Encoder.encode(epoch));
}

export function findIncentiveClaim(
  incentiveEpoch: Address,
  provider: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  const seeds = [addressEncoder.encode(incentiveEpoch), addressEncoder.encode(provider)];
  return derive(programAddress, 'IncentiveClaim', ...seeds);
}
