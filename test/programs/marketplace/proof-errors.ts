/**
 * For every numbered error of metered workloads, verifiers, attestations and challenges a chain and an instruction that it
 * refuses.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { accountOf, buy, must, orderRef, refund, type Values } from './actors.ts';
import { addCredits, askCredits, customerOf, settleWork, takeCredits } from './credit-actors.ts';
import { ARBITER, INFER, INFER_MINT } from './market.ts';
import {
  type AttestationRef,
  answer,
  asChallenger,
  attestationRef,
  challenge,
  clear,
  commit,
  createProofMarket,
  createVerifierParty,
  draw,
  drawnVerifier,
  enroll,
  hashOf,
  judge,
  leave,
  type ProofMarket,
  passBlocks,
  resolve,
  select,
  selectAndChallenge,
  selectWork,
  takeBond,
  type VerifierParty,
  withoutRecord,
} from './proof-actors.ts';
import { createProofPair, type ProofPair } from './proof-pair.ts';
import { type Case, refusal } from './registry-errors.ts';
import { cover, settle } from './sessions.ts';
import { claimFees, FAILED_CHALLENGE, NO_DELIVERY, slash } from './slash-actors.ts';

const LONG = 1_000_000n;

type Act = (market: ProofMarket) => ProgramInstruction | Promise<ProgramInstruction>;

function onProof(act: Act, values: Values = {}): Case {
  return async () => {
    const market = await createProofMarket(values);
    return refusal(market.stage, await act(market));
  };
}

/** On a deposit of `amount`. */
function onDeposit(act: (market: ProofMarket) => Promise<ProgramInstruction>, amount = INFER): Case {
  return onProof(async (market) => {
    must(market.stage, addCredits(market.stage, await customerOf(market.buyer), amount));
    return act(market);
  });
}

/** After the challenge of the market's attestation. */
function onChallenge(act: Act, isHonest = true): Case {
  return onProof((market) => {
    selectAndChallenge(market, isHonest ? undefined : hashOf('wrong'));
    return act(market);
  });
}

function firstVerifier({ verifiers }: ProofMarket): VerifierParty {
  return verifiers[0] as VerifierParty;
}

function later({ chain }: ProofMarket): void {
  chain.setTime(chain.now + LONG);
}

/** Who challenges in `selectAndChallenge`. */
function challengerOf(market: ProofMarket) {
  return asChallenger(drawnVerifier(market, market.work));
}

async function lateEvidence(market: ProofMarket): Promise<Parameters<typeof slash>[1]> {
  const { stage, chain, ref, buyer } = market;
  chain.setTime(chain.now + 200_000n);
  must(stage, refund(stage, ref));
  return { kind: NO_DELIVERY, evidence: ref.order, to: accountOf(buyer.accounts, INFER_MINT) };
}

/** Settling a session whose use is attested and payable, after `prepare` of its attestation. */
function onSession(prepare: (pair: ProofPair, work: AttestationRef) => void): Case {
  return async () => {
    const pair = await createProofPair({ challenge_window_seconds: 0n }, { isStreaming: true });
    must(pair.stage, cover(pair.stage, pair.myOrder, 600));
    prepare(pair, pair.myWork);
    return refusal(pair.stage, settle(pair.stage, pair.myOrder));
  };
}

export const WORKLOAD_CASES: Readonly<Record<string, Case>> = {
  DepositTooSmall: onDeposit(async (market) => settleWork(market, await customerOf(market.buyer)), 1n),
  NoWithdrawalRequested: onDeposit(async ({ buyer }) => takeCredits(await customerOf(buyer))),
  WithdrawalNotDue: onDeposit(async ({ stage, buyer }) => {
    const customer = await customerOf(buyer);
    must(stage, askCredits(stage, customer, 1n));
    return takeCredits(customer);
  }),
  NotMeterOrCustomer: onDeposit(async (market) => settleWork(market, await customerOf(market.buyer), {}, ARBITER)),
  WorkloadAlreadySettled: onDeposit(async (market) => {
    const settled = await settleWork(market, await customerOf(market.buyer));
    must(market.stage, settled);
    return settled;
  }),
  GpuWorkNeedsMeter: onDeposit(async (market) => {
    const { buyer } = market;
    return settleWork(market, await customerOf(buyer), { gpuUnits: 1 }, buyer.buyer);
  }),
};

export const VERIFIER_CASES: Readonly<Record<string, Case>> = {
  VerifierBondTooSmall: onProof(async ({ stage, books }) => {
    return enroll(stage, books, await createVerifierParty(stage, 8), 1n);
  }),
  VerifierIsLeaving: onProof((market) => {
    const { stage, books, verifiers, work } = market;
    const drawn = select(market);
    must(stage, leave(stage, books, drawn, verifiers[2]?.verifier));
    return challenge(stage, work, asChallenger(drawn), hashOf('x'));
  }),
  VerifierNotLeaving: onProof((market) => takeBond(firstVerifier(market))),
  VerifierBusy: onChallenge((market) => {
    const { stage, books, verifiers, work } = market;
    const drawn = drawnVerifier(market, work);
    must(stage, leave(stage, books, drawn, verifiers[2]?.verifier));
    later(market);
    return takeBond(drawn);
  }),
  WrongSeat: onProof((market) => leave(market.stage, market.books, firstVerifier(market))),
  NothingToClaim: onProof((market) => claimFees(market, firstVerifier(market))),
};

export const ATTESTATION_CASES: Readonly<Record<string, Case>> = {
  OrderNotAttestable: onProof(async ({ stage, books, buyer, inferOffer }) => {
    const waiting = await orderRef(inferOffer, buyer, 1n);
    must(stage, buy(stage, waiting));
    return commit(books, await attestationRef(waiting, 0), 1n);
  }),
  InvalidCheckpointCount: onProof(({ books, work }) => {
    const instruction = commit(books, work, 1n);
    new DataView(instruction.data.buffer, instruction.data.byteOffset).setUint32(40, 0, true);
    return instruction;
  }),
  AttestationNotRising: onProof(({ books, work }) => commit(books, work, 0n)),
  AttestationTooLarge: onProof(({ books, work }) => commit(books, work, LONG)),
  AttestationNotWaiting: onProof((market) => {
    const { verifier } = select(market);
    return draw(market.stage, market.books, market.work, verifier);
  }),
  DrawTooEarly: onProof(({ stage, books, work }) => {
    must(stage, commit(books, work, 1n));
    return draw(stage, books, work);
  }),
  AttestationNotSelected: onProof(
    ({ stage, chain, books, work }) => {
      must(stage, commit(books, work, 1n));
      passBlocks(chain, 2n);
      must(stage, draw(stage, books, work));
      return clear(work);
    },
    { challenge_frequency_ppm: 0n },
  ),
  AttestationStillOpen: onSession(({ stage, books }, work) => must(stage, commit(books, work, 100n))),
  WorkNotProven: onSession((pair, work) => {
    const { stage, chain, books } = pair;
    const challenger = asChallenger(selectWork(pair, work, 100n));
    must(stage, challenge(stage, work, challenger, hashOf('x')));
    chain.setTime(chain.now + LONG);
    must(stage, resolve(stage, books, work, challenger));
  }),
};

export const CHALLENGE_CASES: Readonly<Record<string, Case>> = {
  ChallengeTimeLeft: onProof((market) => {
    select(market);
    return clear(market.work);
  }),
  ChallengeTooLate: onProof((market) => {
    const drawn = select(market);
    later(market);
    return challenge(market.stage, market.work, asChallenger(drawn), hashOf('x'));
  }),
  NotFirstTurn: onProof((market) => {
    select(market);
    return challenge(market.stage, market.work, withoutRecord(market.outsider), hashOf('x'));
  }),
  ChallengeNotOpen: onChallenge((market) => {
    const full = answer(market.stage, market.work);
    must(market.stage, full);
    return full;
  }),
  AnswerTooLate: onChallenge((market) => {
    later(market);
    return answer(market.stage, market.work);
  }),
  InvalidReveal: onChallenge(({ stage, work }) => answer(stage, work, [])),
  ChallengeNotContested: onChallenge(({ stage, work }) => judge(stage, work, true)),
  NotArbiter: onChallenge(({ stage, work, buyer }) => {
    must(stage, answer(stage, work));
    const judged = judge(stage, work, true);
    const [arbiter, ...rest] = judged.accounts;
    if (arbiter === undefined) throw new Error('no accounts');
    return { ...judged, accounts: [{ ...arbiter, address: buyer.buyer }, ...rest] };
  }, false),
  ChallengeAlreadyResolved: onChallenge((market) => {
    const { stage, books, work } = market;
    const resolved = resolve(stage, books, work, challengerOf(market));
    must(stage, answer(stage, work), resolved);
    return resolved;
  }),
  ChallengeUndecided: onChallenge((market) => {
    return resolve(market.stage, market.books, market.work, challengerOf(market));
  }),
};

export const SLASH_CASES: Readonly<Record<string, Case>> = {
  InvalidSlashClass: onProof(async (market) => slash(market, { ...(await lateEvidence(market)), kind: 3 })),
  InvalidEvidence: onProof(({ stage, party, ref, buyer }) => {
    const to = accountOf(buyer.accounts, INFER_MINT);
    return slash({ stage, party }, { kind: NO_DELIVERY, evidence: ref.order, to });
  }),
  AlreadySlashed: onProof(async (market) => {
    const slashed = await slash(market, await lateEvidence(market));
    must(market.stage, slashed);
    return slashed;
  }),
  NotAllowedToSlash: onChallenge(async (market) => {
    const { stage, books, work } = market;
    const challenger = challengerOf(market);
    must(stage, answer(stage, work));
    later(market);
    must(stage, resolve(stage, books, work, challenger));
    return slash(market, { kind: FAILED_CHALLENGE, evidence: work.challenge, to: challenger.account, by: ARBITER });
  }, false),
};
