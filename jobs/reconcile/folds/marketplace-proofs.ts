/**
 * Proof of compute on the marketplace, folded from events: verifiers, attestations, challenges, slashes.
 * @module
 */
import type { Address } from '@solana/kit';
import { withoutExpired } from './bond-releases.ts';
import { type Data, type Folds, type MarketplaceCall, NO_HASH, NOBODY, VERSION } from './marketplace-call.ts';

const ATTESTATION = { notSelected: 1, selected: 2, challenged: 3, passed: 4, failed: 5, cleared: 6, undecided: 7 };
const CHALLENGE = { againstProvider: 3, againstChallenger: 4, passed: 5, failed: 6, undecided: 8 };
/** False benchmarks are slashed from the whole bond, without a look at what orders hold. */
const FALSE_BENCHMARK = 2;

export const proofFolds: Folds = {
  VerifierRegistered({ verifier, ...fields }, call) {
    const idle = { isLeaving: false, withdrawableAt: 0n, openChallengeCount: 0, completedCount: 0n };
    call.put('Verifier', verifier, { version: VERSION, ...fields, ...idle, inferShares: 0n, usdcShares: 0n });
    call.change('VerifierSet', call.at('verifier_set'), { count: fields.seat + 1 });
  },
  VerifierLeft({ verifier, seat, movedVerifier, movedSlot, withdrawableAt }, call) {
    const { count } = call.of('VerifierSet', call.at('verifier_set'));
    call.change('VerifierSet', call.at('verifier_set'), { count: count - 1 });
    call.change('Verifier', verifier, { isLeaving: true, withdrawableAt });
    if (movedVerifier !== NOBODY) call.change('Verifier', movedVerifier, { seat, seatedSlot: movedSlot });
  },
  VerifierWithdrawn: ({ verifier }, call) => call.states.close(verifier),
  VerifierFeesClaimed({ verifier, mint, challengeCount }, call) {
    const isUsdc = mint === call.of('Marketplace', call.at('marketplace')).usdcMint;
    const [address, shares] = [call.at('verifier_set'), isUsdc ? 'usdcShares' : 'inferShares'] as const;
    call.change('VerifierSet', address, { [shares]: call.of('VerifierSet', address)[shares] - challengeCount });
    call.change('Verifier', verifier, { [shares]: 0n });
  },
  AttestationCommitted({ attestation, ...fields }, call) {
    call.put('Attestation', attestation, {
      ...{ version: VERSION, ...fields, isCertain: false, status: 0, seed: NO_HASH, verifier: NOBODY },
      ...{ turnEndsAt: 0n, challengeUntil: 0n, slashAmount: 0n },
    });
    const { openAttestationCount } = call.of('Order', fields.order);
    call.change('Order', fields.order, {
      attestationCount: fields.index + 1,
      openAttestationCount: openAttestationCount + 1,
      attestedGpuSeconds: fields.gpuSeconds,
    });
  },
  AttestationRearmed({ attestation, drawAfterSlot }, call) {
    call.change('Attestation', attestation, { drawAfterSlot, isCertain: true });
  },
  AttestationDrawn: drawn,
  AttestationCleared({ attestation, order, provider, slashAmount }, call) {
    setAside(call, provider, -slashAmount);
    closeAttestation(call, order);
    call.change('Attestation', attestation, { status: ATTESTATION.cleared });
  },
  ChallengeOpened({ challenge, ...fields }, call) {
    const unanswered = { revealedCount: 0, revealed: NO_HASH, status: 0, judgeDeadline: 0n };
    call.put('Challenge', challenge, { version: VERSION, ...fields, ...unanswered });
    call.change('Attestation', fields.attestation, { status: ATTESTATION.challenged });
    if (fields.verifier === NOBODY) return;
    const { openChallengeCount } = call.of('Verifier', fields.verifier);
    call.change('Verifier', fields.verifier, { openChallengeCount: openChallengeCount + 1 });
  },
  SegmentsRevealed({ challenge, revealedCount, revealed, status, judgeDeadline }, call) {
    call.change('Challenge', challenge, { revealedCount, revealed, status, judgeDeadline });
  },
  ChallengeJudged({ challenge, isProviderWrong }, call) {
    const status = isProviderWrong ? CHALLENGE.againstProvider : CHALLENGE.againstChallenger;
    call.change('Challenge', challenge, { status });
  },
  ChallengeResolved: resolved,
  ProviderSlashed({ provider, class: class_, evidence, slashRecord, amount, bondTotal, slashedAt }, call) {
    call.put('SlashRecord', slashRecord, { version: VERSION, provider, class: class_, evidence, amount, slashedAt });
    const { bondReleases } = call.of('Provider', provider);
    const isLooked = class_ !== FALSE_BENCHMARK;
    call.change('Provider', provider, {
      bondTotal,
      ...(isLooked && { bondReleases: withoutExpired(bondReleases, slashedAt) }),
    });
  },
};

function drawn({ attestation, isSelected, ...data }: Data<'AttestationDrawn'>, call: MarketplaceCall): void {
  const { seed, verifier, turnEndsAt, challengeUntil, slashAmount, provider, drawnAt } = data;
  const status = isSelected ? ATTESTATION.selected : ATTESTATION.notSelected;
  call.change('Attestation', attestation, { status, seed, verifier, turnEndsAt, challengeUntil, slashAmount });
  if (!isSelected) {
    closeAttestation(call, data.order);
    return;
  }
  const { bondReleases } = call.of('Provider', provider);
  call.change('Provider', provider, { bondReleases: withoutExpired(bondReleases, drawnAt) });
  setAside(call, provider, slashAmount);
}

function setAside(call: MarketplaceCall, provider: Address, amount: bigint): void {
  call.change('Provider', provider, { bondChallenged: call.of('Provider', provider).bondChallenged + amount });
}

/** One attestation less that is undrawn, selected or challenged. */
function closeAttestation(call: MarketplaceCall, order: Address): void {
  call.change('Order', order, { openAttestationCount: call.of('Order', order).openAttestationCount - 1 });
}

function resolved(data: Data<'ChallengeResolved'>, call: MarketplaceCall): void {
  const { challenge, attestation, order, provider, outcome, slashAmount, bondTotal } = data;
  setAside(call, provider, -slashAmount);
  call.change('Provider', provider, { bondTotal });
  closeAttestation(call, order);
  if (outcome === CHALLENGE.failed) {
    call.change('Order', order, { failedChallengeCount: call.of('Order', order).failedChallengeCount + 1 });
  }
  if (data.verifier !== NOBODY) completed(call, data.verifier, outcome);
  call.change('Attestation', attestation, { status: statusAfter(outcome) });
  call.change('Challenge', challenge, { status: outcome });
}

function statusAfter(outcome: number): number {
  if (outcome === CHALLENGE.failed) return ATTESTATION.failed;
  return outcome === CHALLENGE.undecided ? ATTESTATION.undecided : ATTESTATION.passed;
}

/** A challenge that found out something is a share of both verifier vaults. */
function completed(call: MarketplaceCall, address: Address, outcome: number): void {
  const verifier = call.of('Verifier', address);
  call.change('Verifier', address, { openChallengeCount: verifier.openChallengeCount - 1 });
  if (outcome !== CHALLENGE.passed && outcome !== CHALLENGE.failed) return;
  const set = call.of('VerifierSet', call.at('verifier_set'));
  call.change('Verifier', address, {
    completedCount: verifier.completedCount + 1n,
    inferShares: verifier.inferShares + 1n,
    usdcShares: verifier.usdcShares + 1n,
  });
  call.change('VerifierSet', call.at('verifier_set'), {
    inferShares: set.inferShares + 1n,
    usdcShares: set.usdcShares + 1n,
  });
}
