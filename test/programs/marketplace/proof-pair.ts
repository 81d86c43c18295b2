/**
 * A market with two of everything that proof of compute, metered workloads and incentives know: attestations of two
 * orders, three verifiers, two deposits, books.
 * @module
 */
import type { CreateOrderArgs } from '../../../programs/marketplace/client.generated.ts';
import { must, type Values } from './actors.ts';
import { addCredits, customerOf } from './credit-actors.ts';
import { INFER } from './market.ts';
import { createRunningPair, type Pair } from './pair.ts';
import {
  answer,
  asChallenger,
  attestationRef,
  type Challenger,
  challenge,
  createVerifierParty,
  enroll,
  findBooks,
  hashOf,
  honestClaim,
  openBooks,
  passBlocks,
  START_SLOT,
  selectWork,
  setSlot,
} from './proof-actors.ts';

const VERIFIERS = [0, 1, 2] as const;

/** Both orders of a running pair can be attested; nothing is committed yet. */
export async function createProofPair(values: Values = {}, terms: Partial<CreateOrderArgs> = {}) {
  const pair = await createRunningPair(terms, { challenge_frequency_ppm: 1_000_000n, ...values });
  return withBooks(pair);
}

async function withBooks(pair: Pair) {
  const { stage, chain } = pair;
  setSlot(chain, START_SLOT);
  const books = await findBooks();
  const verifiers = await Promise.all(VERIFIERS.map((index) => createVerifierParty(stage, index)));
  must(stage, openBooks(stage, books), ...verifiers.map((party) => enroll(stage, books, party)));
  const customers = await Promise.all(pair.buyers.map((buyer) => customerOf(buyer)));
  must(stage, ...customers.map((customer) => addCredits(stage, customer, 10n * INFER)));
  passBlocks(chain, 10n);
  chain.setTime(chain.now + 1_800n);
  const [mine, theirs] = [await attestationRef(pair.myOrder, 0), await attestationRef(pair.theirOrder, 0)];
  const [customer, otherCustomer] = customers as [(typeof customers)[0], (typeof customers)[0]];
  return { ...pair, books, verifiers, customer, otherCustomer, myWork: mine, theirWork: theirs };
}

export type ProofPair = Awaited<ReturnType<typeof createProofPair>>;

/** Both attestations are selected. Returns who has the first turn in each. */
export function selectBoth(pair: ProofPair): readonly [Challenger, Challenger] {
  const first = selectWork(pair, pair.myWork, 1_000n);
  return [asChallenger(first), asChallenger(selectWork(pair, pair.theirWork, 1_000n))];
}

/** Both attestations are challenged. @param isHonest whether the claims are right */
export function challengeBoth(pair: ProofPair, isHonest = true): readonly [Challenger, Challenger] {
  const challengers = selectBoth(pair);
  for (const [index, work] of [pair.myWork, pair.theirWork].entries()) {
    const claim = isHonest ? honestClaim(pair.stage, work) : hashOf('wrong');
    must(pair.stage, challenge(pair.stage, work, challengers[index] as Challenger, claim));
  }
  return challengers;
}

/** Both challenges are answered. */
export function answerBoth(pair: ProofPair, isHonest = true): readonly [Challenger, Challenger] {
  const challengers = challengeBoth(pair, isHonest);
  must(pair.stage, answer(pair.stage, pair.myWork), answer(pair.stage, pair.theirWork));
  return challengers;
}
