/**
 * What proof of compute is about in a simulated day: the verifiers' places, and the works that providers attest.
 * @module
 */
import type { Address } from '@solana/kit';
import type { CheckpointTree } from '../../../../programs/marketplace/checkpoints.ts';
import type { Network } from '../../network.ts';
import type { Wallet } from '../../wallet.ts';
import type { OrderCase } from './orders.ts';

export interface VerifierPlace {
  readonly wallet: Wallet;
  readonly verifier: Address;
  readonly bondVault: Address;
  readonly inferAccount: Address;
  readonly usdcAccount: Address;
}

export interface ProofDesk {
  readonly network: Network;
  readonly verifierSet: Address;
  readonly verifiers: readonly VerifierPlace[];
}

export interface Work {
  readonly theCase: OrderCase;
  readonly attestation: Address;
  readonly challenge: Address;
  readonly challengeVault: Address;
  readonly tree: CheckpointTree;
}
