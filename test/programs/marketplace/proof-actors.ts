/**
 * Verifiers, attestations and challenges of a test, the blocks that draw them, and the instruction each party would send.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  type CheckpointTree,
  checkpointTree,
  drawnSeat,
  drawnSegments,
  drawSeed,
  foldCheckpoints,
  reveal,
} from '../../../programs/marketplace/checkpoints.ts';
import {
  answerChallenge,
  clearAttestation,
  commitAttestation,
  decodeAttestation,
  decodeChallenge,
  drawChallenge,
  initializeBooks,
  judgeChallenge,
  openChallenge,
  registerVerifier,
  requestVerifierWithdrawal,
  resolveChallenge,
  withdrawVerifierBond,
} from '../../../programs/marketplace/client.generated.ts';
import {
  findAttestation,
  findChallenge,
  findChallengeVault,
  findEpochBook,
  findIncentiveVault,
  findVerifier,
  findVerifierBondVault,
  findVerifierSet,
} from '../../../programs/marketplace/proof-pda.ts';
import {
  accountOf,
  type BuyerParty,
  createBuyerParty,
  createOrderedMarket,
  must,
  type OrderRef,
  start,
  type Values,
} from './actors.ts';
import { ARBITER, address, type Chain, INFER, INFER_MINT, PAYER, type Stage, USDC_MINT } from './market.ts';

export const START_SLOT = 5_000n;
export const VERIFIER_BOND = 1_000n * INFER;
export const CHECKPOINTS = 11;
/** What the sysvar keeps. */
const KNOWN_BLOCKS = 512n;
const SLOT_HASHES = 'SysvarS1otHashes111111111111111111111111111' as Address;
const SYSVAR_OWNER = 'Sysvar1111111111111111111111111111111111111' as Address;
const FUNDS = 1_000_000n * INFER;

export type Books = { readonly verifierSet: Address; readonly epochBook: Address; readonly incentiveVault: Address };

export type VerifierParty = {
  readonly owner: Address;
  readonly verifier: Address;
  readonly bondVault: Address;
  /** Token accounts of the owner, by mint. */
  readonly accounts: Readonly<Record<Address, Address>>;
};

/** Whoever opens a challenge; without a record when it is no verifier. */
export type Challenger = { readonly owner: Address; readonly account: Address; readonly verifier?: Address };

export type AttestationRef = {
  readonly ref: OrderRef;
  readonly attestation: Address;
  readonly challenge: Address;
  readonly challengeVault: Address;
  readonly tree: CheckpointTree;
};

export function hashOf(label: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(label).digest());
}

export function blockHash(slot: bigint): Uint8Array {
  return hashOf(`block ${slot}`);
}

/** Blocks newest first, as the sysvar has them. */
export function putBlocks(chain: Chain, slots: readonly bigint[]): void {
  const data = new Uint8Array(8 + 40 * slots.length);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(slots.length), true);
  slots.forEach((slot, index) => {
    view.setBigUint64(8 + 40 * index, slot, true);
    data.set(blockHash(slot), 16 + 40 * index);
  });
  chain.put(SLOT_HASHES, SYSVAR_OWNER, data);
}

/** Now is `slot`; a block stands in every slot before it. */
export function setSlot(chain: Chain, slot: bigint): void {
  const clock = chain.svm.getClock();
  clock.slot = slot;
  chain.svm.setClock(clock);
  const known = slot < KNOWN_BLOCKS ? slot : KNOWN_BLOCKS;
  putBlocks(
    chain,
    Array.from({ length: Number(known) }, (_, age) => slot - 1n - BigInt(age)),
  );
}

export function slotOf(chain: Chain): bigint {
  return chain.svm.getClock().slot;
}

export function passBlocks(chain: Chain, count: bigint): void {
  setSlot(chain, slotOf(chain) + count);
}

export async function findBooks(): Promise<Books> {
  const [verifierSet, epochBook, incentiveVault] = await Promise.all([
    findVerifierSet(),
    findEpochBook(),
    findIncentiveVault(),
  ]);
  return { verifierSet, epochBook, incentiveVault };
}

export function openBooks({ marketplace }: Stage, books: Books): ProgramInstruction {
  return initializeBooks({ payer: PAYER, marketplace, ...books, inferMint: INFER_MINT });
}

/** Wallet and token accounts; nothing of the marketplace yet. */
export async function createVerifierParty({ chain }: Stage, index: number): Promise<VerifierParty> {
  const [owner, infer, usdc] = [address(40, index), address(41, index), address(42, index)];
  chain.fund(owner);
  chain.putTokens(infer, INFER_MINT, owner, FUNDS);
  chain.putTokens(usdc, USDC_MINT, owner, 0n);
  const verifier = await findVerifier(owner);
  return {
    owner,
    verifier,
    bondVault: await findVerifierBondVault(verifier),
    accounts: { [INFER_MINT]: infer, [USDC_MINT]: usdc },
  };
}

export function enroll(
  { marketplace }: Stage,
  { verifierSet }: Books,
  party: VerifierParty,
  amount = VERIFIER_BOND,
): ProgramInstruction {
  const { owner, verifier, bondVault, accounts } = party;
  const ownerTokenAccount = accountOf(accounts, INFER_MINT);
  const vaults = { verifierBondVault: bondVault, inferMint: INFER_MINT, ownerTokenAccount };
  return registerVerifier({ payer: PAYER, owner, marketplace, verifierSet, verifier, ...vaults }, { bond: amount });
}

/** @param last who sits on the last seat; the one that leaves unless given */
export function leave(
  { marketplace }: Stage,
  { verifierSet }: Books,
  { owner, verifier }: VerifierParty,
  last = verifier,
): ProgramInstruction {
  return requestVerifierWithdrawal({ owner, marketplace, verifierSet, verifier, lastVerifier: last });
}

export function takeBond({ owner, verifier, bondVault, accounts }: VerifierParty): ProgramInstruction {
  const ownerTokenAccount = accountOf(accounts, INFER_MINT);
  return withdrawVerifierBond({ owner, verifier, verifierBondVault: bondVault, ownerTokenAccount });
}

export function checkpointsOf(label: string, count = CHECKPOINTS): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => hashOf(`${label} checkpoint ${index}`));
}

export async function attestationRef(
  ref: OrderRef,
  index: number,
  checkpoints = checkpointsOf(`${ref.order}`),
): Promise<AttestationRef> {
  const attestation = await findAttestation(ref.order, index);
  const challenge = await findChallenge(attestation);
  const challengeVault = await findChallengeVault(challenge);
  return { ref, attestation, challenge, challengeVault, tree: checkpointTree(attestation, checkpoints) };
}

export function commit({ verifierSet }: Books, work: AttestationRef, gpuSeconds: bigint): ProgramInstruction {
  const { ref, attestation, tree } = work;
  const { owner, provider } = ref.party;
  return commitAttestation(
    { payer: PAYER, owner, provider, order: ref.order, verifierSet, attestation },
    {
      checkpointRoot: tree.root,
      checkpointCount: tree.checkpoints.length,
      resultHash: hashOf('result'),
      gpuSeconds,
    },
  );
}

/** @param verifier record of the drawn seat */
export function draw(
  { marketplace }: Stage,
  { verifierSet }: Books,
  { ref, attestation }: AttestationRef,
  verifier?: Address,
): ProgramInstruction {
  const parties = { provider: ref.party.provider, order: ref.order, attestation };
  return drawChallenge({ marketplace, ...parties, verifierSet, verifier, slotHashes: SLOT_HASHES });
}

export function clear({ ref, attestation }: AttestationRef): ProgramInstruction {
  return clearAttestation({ provider: ref.party.provider, order: ref.order, attestation });
}

export function asChallenger({ owner, verifier, accounts }: VerifierParty): Challenger {
  return { owner, verifier, account: accountOf(accounts, INFER_MINT) };
}

export function withoutRecord({ buyer, accounts }: BuyerParty): Challenger {
  return { owner: buyer, account: accountOf(accounts, INFER_MINT) };
}

export function challenge(
  { marketplace }: Stage,
  { attestation, challenge, challengeVault }: AttestationRef,
  { owner, account, verifier }: Challenger,
  claim: Uint8Array,
): ProgramInstruction {
  const places = { attestation, verifier, challenge, challengeVault };
  const money = { inferMint: INFER_MINT, challengerTokenAccount: account };
  return openChallenge({ payer: PAYER, challenger: owner, marketplace, ...places, ...money }, { claim });
}

/** Indices that the chain has drawn for a challenge. */
export function drawnOf({ chain }: Stage, work: AttestationRef, sample = 4): number[] {
  const { seed, checkpointCount } = chain.read(work.attestation, decodeAttestation);
  return drawnSegments(seed, sample, checkpointCount);
}

/** What an honest recomputation claims. */
export function honestClaim(stage: Stage, work: AttestationRef, sample = 4): Uint8Array {
  const drawn = drawnOf(stage, work, sample);
  return foldCheckpoints(drawn.map((index) => work.tree.checkpoints[index] as Uint8Array));
}

/** @param indices checkpoints to reveal; all that are drawn unless given */
export function answer(stage: Stage, work: AttestationRef, indices = drawnOf(stage, work)): ProgramInstruction {
  const { ref, attestation, challenge, tree } = work;
  const { owner, provider } = ref.party;
  const accounts = { owner, marketplace: stage.marketplace, provider, attestation, challenge };
  return answerChallenge(accounts, { reveals: indices.map((index) => reveal(tree, index)) });
}

export function judge({ marketplace }: Stage, { challenge }: AttestationRef, isProviderWrong: boolean) {
  return judgeChallenge({ arbiter: ARBITER, marketplace, challenge }, { isProviderWrong });
}

export function resolve(
  { marketplace }: Stage,
  { verifierSet }: Books,
  work: AttestationRef,
  { owner, account, verifier }: Challenger,
): ProgramInstruction {
  const { ref, attestation, challenge, challengeVault } = work;
  const { provider, bondVault, payoutAccounts } = ref.party;
  return resolveChallenge({
    marketplace,
    provider,
    bondVault,
    order: ref.order,
    attestation,
    challenge,
    challengeVault,
    verifierSet,
    verifier,
    challenger: owner,
    challengerTokenAccount: account,
    providerTokenAccount: accountOf(payoutAccounts, INFER_MINT),
    inferMint: INFER_MINT,
  });
}

/** A started order, books, and enrolled verifiers; one checkpoint run of an hour is possible. */
export async function createProofMarket(values: Values = {}, verifierCount = 3) {
  const market = await createOrderedMarket(INFER_MINT, { challenge_frequency_ppm: 1_000_000n, ...values });
  const { stage, chain, ref } = market;
  setSlot(chain, START_SLOT);
  const books = await findBooks();
  must(stage, start(stage, ref), openBooks(stage, books));
  const verifiers = await Promise.all(
    Array.from({ length: verifierCount }, (_, index) => createVerifierParty(stage, index)),
  );
  must(stage, ...verifiers.map((party) => enroll(stage, books, party)));
  passBlocks(chain, 10n);
  chain.setTime(chain.now + 1_800n);
  const outsider = await createBuyerParty(stage, 9);
  return { ...market, books, verifiers, outsider, work: await attestationRef(ref, 0) };
}

export type ProofMarket = Awaited<ReturnType<typeof createProofMarket>>;

/** Verifier whose seat a committed attestation draws with the first block after it. */
export function drawnVerifier(
  { verifiers, chain }: Pick<ProofMarket, 'chain' | 'verifiers'>,
  work: AttestationRef,
): VerifierParty {
  const { drawAfterSlot, verifierCount } = chain.read(work.attestation, decodeAttestation);
  const seat = drawnSeat(drawSeed(blockHash(drawAfterSlot + 1n), work.attestation), verifierCount);
  return verifiers[seat ?? -1] as VerifierParty;
}

/** Commits an attestation and draws it. Returns who has the first turn. */
export function select(market: ProofMarket, work = market.work, gpuSeconds = 1_000n): VerifierParty {
  return selectWork(market, work, gpuSeconds);
}

/** As `select`, on any market with books. */
export function selectWork(
  market: Pick<ProofMarket, 'books' | 'chain' | 'stage' | 'verifiers'>,
  work: AttestationRef,
  gpuSeconds: bigint,
): VerifierParty {
  const { stage, chain, books } = market;
  must(stage, commit(books, work, gpuSeconds));
  passBlocks(chain, 2n);
  const drawn = drawnVerifier(market, work);
  must(stage, draw(stage, books, work, drawn.verifier));
  return drawn;
}

/** As `select`, with the challenge opened by the drawn verifier. */
export function selectAndChallenge(market: ProofMarket, claim?: Uint8Array): Challenger {
  const { stage, work } = market;
  const challenger = asChallenger(select(market));
  must(stage, challenge(stage, work, challenger, claim ?? honestClaim(stage, work)));
  return challenger;
}

export function statusOf({ chain }: ProofMarket, { challenge }: AttestationRef): number {
  return chain.read(challenge, decodeChallenge).status;
}

/** Error number that one transaction gives; null when it succeeds. */
export function codeOf(
  { chain }: { readonly chain: Chain },
  ...instructions: readonly ProgramInstruction[]
): number | null {
  const outcome = chain.send(...instructions);
  return outcome.ok ? null : outcome.code;
}
