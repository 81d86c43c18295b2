/**
 * Scenarios of metered workloads, verifiers, attestations and challenges.
 * @module
 */
import type { Scenario, Scenarios } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import { accountOf, must, refund } from './actors.ts';
import { addCredits, askCredits, settleWork, takeCredits } from './credit-actors.ts';
import { INFER, INFER_MINT, USDC_MINT } from './market.ts';
import { CREATED_ONCE, createPair, OWN_ACCOUNT, scenario } from './pair.ts';
import {
  answer,
  asChallenger,
  challenge,
  clear,
  commit,
  createVerifierParty,
  draw,
  drawnVerifier,
  enroll,
  findBooks,
  honestClaim,
  judge,
  leave,
  openBooks,
  passBlocks,
  resolve,
  takeBond,
} from './proof-actors.ts';
import { answerBoth, challengeBoth, createProofPair, type ProofPair, selectBoth } from './proof-pair.ts';
import { claimFees, NO_DELIVERY, slash } from './slash-actors.ts';

const WEEK = 604_800n;

function proofScenario(
  pair: ProofPair,
  instruction: Parameters<typeof scenario>[1],
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  const made = scenario(pair, instruction, { verifier_set: [OWNED], ...exceptions });
  return { ...made, others: [...(made.others ?? []), ...pair.verifiers.map(({ owner }) => owner)] };
}

export const WORKLOAD_SCENARIOS: Scenarios = {
  async deposit_credits() {
    const pair = await createProofPair();
    return proofScenario(pair, addCredits(pair.stage, pair.customer, INFER), {
      customer_token_account: [OWN_ACCOUNT],
      deposit: [{ ...CREATED_ONCE, only: [pair.customer.deposit] }],
    });
  },
  async request_credit_withdrawal() {
    const pair = await createProofPair();
    return proofScenario(pair, askCredits(pair.stage, pair.customer, INFER), { deposit: [OWNED] });
  },
  async withdraw_credits() {
    const pair = await createProofPair();
    const { stage, chain, customer, otherCustomer } = pair;
    must(stage, askCredits(stage, customer, INFER), askCredits(stage, otherCustomer, INFER));
    chain.setTime(chain.now + WEEK);
    return proofScenario(pair, takeCredits(customer), { customer_token_account: [OWN_ACCOUNT] });
  },
  async settle_workload() {
    const pair = await createProofPair();
    return proofScenario(pair, await settleWork(pair, pair.customer), {
      marketplace: [],
      provider: [OWNED],
      provider_token_account: [OWN_ACCOUNT],
      buyer_record: [OWNED, { ...CREATED_ONCE, only: [pair.customer.party.record] }],
    });
  },
};

export const VERIFIER_SCENARIOS: Scenarios = {
  async initialize_books() {
    const pair = await createPair();
    return scenario(pair, openBooks(pair.stage, await findBooks()));
  },
  async register_verifier() {
    const pair = await createProofPair();
    const party = await createVerifierParty(pair.stage, 5);
    return proofScenario(pair, enroll(pair.stage, pair.books, party), { owner_token_account: [OWN_ACCOUNT] });
  },
  async request_verifier_withdrawal() {
    const pair = await createProofPair();
    const [first, , last] = pair.verifiers;
    if (first === undefined || last === undefined) throw new Error('no verifiers');
    return proofScenario(pair, leave(pair.stage, pair.books, first, last.verifier), {
      verifier: [OWNED],
      last_verifier: [OWNED],
    });
  },
  async withdraw_verifier_bond() {
    const pair = await createProofPair();
    const { stage, chain, books, verifiers } = pair;
    const [first, second, last] = verifiers;
    if (first === undefined || second === undefined || last === undefined) throw new Error('no verifiers');
    must(stage, leave(stage, books, first, last.verifier), leave(stage, books, second));
    chain.setTime(chain.now + WEEK);
    return proofScenario(pair, takeBond(first), { owner_token_account: [OWN_ACCOUNT] });
  },
  async claim_verifier_fees() {
    const pair = await createProofPair();
    const { stage, chain, books, myWork } = pair;
    const [challenger] = answerBoth(pair);
    must(stage, resolve(stage, books, myWork, challenger));
    for (const [vault, mint] of [
      [stage.inferVerifierVault, INFER_MINT],
      [stage.usdcVerifierVault, USDC_MINT],
    ] as const) {
      chain.putTokens(vault, mint, stage.marketplace, INFER);
    }
    const party = pair.verifiers.find(({ verifier }) => verifier === challenger.verifier);
    if (party === undefined) throw new Error('nobody drawn');
    return proofScenario(pair, claimFees(pair, party), {
      verifier: [OWNED],
      owner_token_account: [OWN_ACCOUNT],
    });
  },
};

export const CHALLENGE_SCENARIOS: Scenarios = {
  async commit_attestation() {
    const pair = await createProofPair();
    must(pair.stage, commit(pair.books, pair.theirWork, 1_000n));
    return proofScenario(pair, commit(pair.books, pair.myWork, 1_000n));
  },
  async draw_challenge() {
    const pair = await createProofPair();
    const { stage, chain, books, myWork, theirWork } = pair;
    must(stage, commit(books, myWork, 1_000n), commit(books, theirWork, 1_000n));
    passBlocks(chain, 2n);
    return proofScenario(pair, draw(stage, books, myWork, drawnVerifier(pair, myWork).verifier), {
      attestation: [OWNED],
      verifier: [OWNED],
    });
  },
  async clear_attestation() {
    const pair = await createProofPair();
    selectBoth(pair);
    pair.chain.setTime(pair.chain.now + WEEK);
    return proofScenario(pair, clear(pair.myWork), { attestation: [OWNED] });
  },
  async open_challenge() {
    const pair = await createProofPair();
    const [mine] = selectBoth(pair);
    return proofScenario(pair, challenge(pair.stage, pair.myWork, mine, honestClaim(pair.stage, pair.myWork)), {
      challenger_token_account: [OWN_ACCOUNT],
    });
  },
  async answer_challenge() {
    const pair = await createProofPair();
    challengeBoth(pair);
    return proofScenario(pair, answer(pair.stage, pair.myWork), { challenge: [OWNED] });
  },
  async judge_challenge() {
    const pair = await createProofPair();
    answerBoth(pair, false);
    const theirs = { kinds: ['other'], only: [pair.theirWork.challenge], outcome: 'free' } as const;
    return proofScenario(pair, judge(pair.stage, pair.myWork, true), {
      challenge: [OWNED, { ...theirs, why: 'the arbiter judges any contested challenge' }],
    });
  },
  async resolve_challenge() {
    const pair = await createProofPair();
    const [mine] = challengeBoth(pair);
    pair.chain.setTime(pair.chain.now + 3_601n);
    return proofScenario(pair, resolve(pair.stage, pair.books, pair.myWork, mine), {
      challenger_token_account: [OWN_ACCOUNT],
      provider_token_account: [OWN_ACCOUNT],
    });
  },
  async slash_provider() {
    const pair = await createProofPair();
    const { stage, chain, myOrder, theirOrder, books, theirWork } = pair;
    must(stage, commit(books, theirWork, 1_000n));
    chain.setTime(chain.now + 200_000n);
    must(stage, refund(stage, myOrder), refund(stage, theirOrder));
    const evidence = { kind: NO_DELIVERY, evidence: myOrder.order, by: asChallenger(pair.verifiers[0] as never).owner };
    const to = accountOf(myOrder.buyer.accounts, INFER_MINT);
    const anyone = { kinds: ['stranger', 'empty', 'duplicate', 'other'], outcome: 'free' } as const;
    return proofScenario(pair, await slash(pair, { ...evidence, to }), {
      authority: [{ ...anyone, why: 'an order that was never attested speaks for itself' }],
      beneficiary_token_account: [OWN_ACCOUNT],
    });
  },
};

export const PROOF_SCENARIOS: Scenarios = { ...WORKLOAD_SCENARIOS, ...VERIFIER_SCENARIOS, ...CHALLENGE_SCENARIOS };
