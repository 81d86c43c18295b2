/**
 * The transactions of proof of compute: attest, draw, challenge, answer, judge, resolve, slash, and the verifiers' fees.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address, Instruction } from '@solana/kit';
import {
  benchmarkEvidence,
  drawnSeat,
  drawnSegments,
  drawSeed,
  foldCheckpoints,
  reveal,
} from '../../../../programs/marketplace/checkpoints.ts';
import {
  type Attestation,
  answerChallenge,
  type Challenge,
  claimVerifierFees,
  clearAttestation,
  commitAttestation,
  decodeBenchmark,
  decodeVerifier,
  drawChallenge,
  judgeChallenge,
  openChallenge,
  resolveChallenge,
  slashProvider,
} from '../../../../programs/marketplace/client.generated.ts';
import {
  findBenchmark,
  findBondVault,
  findProvider,
  findSlashRecord,
  findTreasuryVault,
  findVerifierVault,
} from '../../addresses.ts';
import { readAccounts, tokenAccountOf, USDC_MINT } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Wallet } from '../../wallet.ts';
import type { World } from '../actors.ts';
import type { OrderCase } from './orders.ts';
import type { ProofDesk, VerifierPlace, Work } from './works.ts';

const SLOT_HASHES = 'SysvarS1otHashes111111111111111111111111111' as Address;
const SLOT_HASH_BYTES = 40;
/** Of the parameter table; the day does not change it. */
const SAMPLE_SEGMENTS = 4;
const SLASH = { noDelivery: 0, falseBenchmark: 2 } as const;
/** Number of the provider whose benchmark turns out to be false. */
const FALSE_BENCHMARK_OF = 0;

function planOf({ network }: ProofDesk, instruction: Instruction, ...signers: readonly Wallet[]): TransactionPlan {
  return { instructions: [instruction], signers: [network.admin, ...signers] };
}

export async function committing(
  desk: ProofDesk,
  { theCase, attestation, tree }: Work,
  gpuSeconds: bigint,
  resultHash: Uint8Array,
): Promise<TransactionPlan> {
  const { network, verifierSet } = desk;
  const { order, provider } = theCase;
  const accounts = {
    payer: network.admin.address,
    owner: provider.wallet.address,
    provider: order.account.provider,
    order: order.address,
    verifierSet,
    attestation,
  };
  const args = { checkpointRoot: tree.root, checkpointCount: tree.checkpoints.length, resultHash, gpuSeconds };
  return planOf(desk, commitAttestation(accounts, args, network.marketplaceProgram), provider.wallet);
}

/** Hash of the first block after a slot, while the chain still knows it. */
async function firstBlockAfter({ network }: ProofDesk, slot: bigint): Promise<Uint8Array | null> {
  const [data] = await readAccounts(network, [SLOT_HASHES]);
  if (!data) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const count = Number(view.getBigUint64(0, true));
  for (let index = count - 1; index >= 0; index -= 1) {
    const at = 8 + index * SLOT_HASH_BYTES;
    if (view.getBigUint64(at, true) > slot) return data.subarray(at + 8, at + SLOT_HASH_BYTES);
  }
  return null;
}

export async function drawing(
  desk: ProofDesk,
  { theCase: { order }, attestation }: Work,
  { drawAfterSlot, verifierCount }: Attestation,
  seats: ReadonlyMap<number, VerifierPlace | undefined>,
): Promise<TransactionPlan | null> {
  const hash = await firstBlockAfter(desk, drawAfterSlot);
  if (hash === null) return null;
  const seat = drawnSeat(drawSeed(hash, attestation), verifierCount);
  const { network, verifierSet } = desk;
  const accounts = {
    marketplace: network.marketplace,
    provider: order.account.provider,
    order: order.address,
    attestation,
    verifierSet,
    verifier: seat === null ? undefined : seats.get(seat)?.verifier,
    slotHashes: SLOT_HASHES,
  };
  return planOf(desk, drawChallenge(accounts, network.marketplaceProgram));
}

export function clearing(desk: ProofDesk, { theCase: { order }, attestation }: Work): TransactionPlan {
  const accounts = { provider: order.account.provider, order: order.address, attestation };
  return planOf(desk, clearAttestation(accounts, desk.network.marketplaceProgram));
}

/** By the verifier that was drawn. @param isContested whether its own computation comes to something else */
export async function challenging(
  desk: ProofDesk,
  { attestation: address, challenge, challengeVault, tree }: Work,
  { seed, verifier, checkpointCount }: Attestation,
  isContested: boolean,
): Promise<TransactionPlan | null> {
  const { network } = desk;
  const place = desk.verifiers.find((each) => each.verifier === verifier) ?? desk.verifiers[0];
  if (place === undefined) return null;
  const drawn = drawnSegments(seed, SAMPLE_SEGMENTS, checkpointCount);
  const computed = drawn.map((index) => tree.checkpoints[index] ?? new Uint8Array(32));
  const seen = isContested ? computed.map((bytes) => createHash('sha256').update(bytes).digest()) : computed;
  const accounts = {
    payer: network.admin.address,
    challenger: place.wallet.address,
    marketplace: network.marketplace,
    attestation: address,
    verifier: place.verifier,
    challenge,
    challengeVault,
    inferMint: network.inferMint.address,
    challengerTokenAccount: place.inferAccount,
  };
  return planOf(
    desk,
    openChallenge(accounts, { claim: foldCheckpoints(seen) }, network.marketplaceProgram),
    place.wallet,
  );
}

export function answering(
  desk: ProofDesk,
  { theCase: { order, provider }, attestation: address, challenge, tree }: Work,
  { seed, checkpointCount }: Attestation,
): TransactionPlan {
  const { network } = desk;
  const accounts = {
    owner: provider.wallet.address,
    marketplace: network.marketplace,
    provider: order.account.provider,
    attestation: address,
    challenge,
  };
  const reveals = drawnSegments(seed, SAMPLE_SEGMENTS, checkpointCount).map((index) => reveal(tree, index));
  return planOf(desk, answerChallenge(accounts, { reveals }, network.marketplaceProgram), provider.wallet);
}

export function judging(desk: ProofDesk, { challenge }: Work, isProviderWrong: boolean): TransactionPlan {
  const { network } = desk;
  const accounts = { arbiter: network.arbiter.address, marketplace: network.marketplace, challenge };
  return planOf(desk, judgeChallenge(accounts, { isProviderWrong }, network.marketplaceProgram), network.arbiter);
}

export async function resolving(desk: ProofDesk, work: Work, { challenger }: Challenge): Promise<TransactionPlan> {
  const { network, verifierSet } = desk;
  const { order, provider } = work.theCase;
  const place = desk.verifiers.find(({ wallet }) => wallet.address === challenger);
  const mint = network.inferMint.address;
  const accounts = {
    marketplace: network.marketplace,
    provider: order.account.provider,
    bondVault: await findBondVault(order.account.provider, network.marketplaceProgram),
    order: order.address,
    attestation: work.attestation,
    challenge: work.challenge,
    challengeVault: work.challengeVault,
    verifierSet,
    verifier: place?.verifier,
    challenger,
    challengerTokenAccount: await tokenAccountOf(challenger, mint),
    providerTokenAccount: await tokenAccountOf(provider.wallet.address, mint),
    inferMint: mint,
  };
  return planOf(desk, resolveChallenge(accounts, network.marketplaceProgram));
}

/** The buyer's, for an order that was started and not delivered; the arbiter's where some work was attested. */
export async function noDeliverySlash(desk: ProofDesk, { order, buyer }: OrderCase): Promise<TransactionPlan> {
  const { network } = desk;
  const to = await tokenAccountOf(buyer.address, network.inferMint.address);
  const authority = order.account.attestationCount > 0 ? network.arbiter : buyer;
  return slashing(desk, SLASH.noDelivery, order.account.provider, order.address, order.address, authority, to);
}

/** The arbiter's, to the treasury. */
export async function falseBenchmarkSlash(desk: ProofDesk, { providers }: World): Promise<TransactionPlan> {
  const { network } = desk;
  const plan = providers[FALSE_BENCHMARK_OF];
  if (plan === undefined) throw new RangeError('a day needs a provider');
  const provider = await findProvider(plan.wallet.address, network.marketplaceProgram);
  const deviceHash = createHash('sha256').update(`${plan.name}/${plan.offers[0]?.model}`).digest();
  const benchmark = await findBenchmark(provider, deviceHash, network.marketplaceProgram);
  const [data] = await readAccounts(network, [benchmark]);
  const { submittedAt, reportHash } = decodeBenchmark(data ?? new Uint8Array());
  const name = benchmarkEvidence(benchmark, submittedAt, reportHash);
  const treasury = await findTreasuryVault(network.inferMint.address, network.governanceProgram);
  return slashing(desk, SLASH.falseBenchmark, provider, benchmark, name, network.arbiter, treasury);
}

/** @param name under which the evidence is used up */
async function slashing(
  desk: ProofDesk,
  slashClass: number,
  provider: Address,
  evidence: Address,
  name: Address,
  authority: Wallet,
  to: Address,
): Promise<TransactionPlan> {
  const { network } = desk;
  const accounts = {
    payer: network.admin.address,
    authority: authority.address,
    marketplace: network.marketplace,
    provider,
    bondVault: await findBondVault(provider, network.marketplaceProgram),
    evidence,
    slashRecord: await findSlashRecord(name, network.marketplaceProgram),
    beneficiaryTokenAccount: to,
    inferMint: network.inferMint.address,
  };
  return planOf(desk, slashProvider(accounts, { class: slashClass }, network.marketplaceProgram), authority);
}

/** Every verifier's part of both vaults, where it has one. */
export async function feeClaims(desk: ProofDesk): Promise<TransactionPlan[]> {
  const { network, verifierSet } = desk;
  const infer = network.inferMint.address;
  const accounts = await readAccounts(
    network,
    desk.verifiers.map(({ verifier }) => verifier),
  );
  const claims = await Promise.all(
    desk.verifiers.flatMap(({ verifier, inferAccount, usdcAccount }, index) => {
      const data = accounts[index];
      const { inferShares = 0n, usdcShares = 0n } = data ? decodeVerifier(data) : {};
      const mints = [...(inferShares > 0n ? [infer] : []), ...(usdcShares > 0n ? [USDC_MINT] : [])];
      return mints.map(async (mint) =>
        claimVerifierFees(
          {
            marketplace: network.marketplace,
            verifierSet,
            verifier,
            mint,
            verifierVault: await findVerifierVault(mint, network.marketplaceProgram),
            ownerTokenAccount: mint === infer ? inferAccount : usdcAccount,
          },
          network.marketplaceProgram,
        ),
      );
    }),
  );
  return claims.map((instruction) => planOf(desk, instruction));
}
