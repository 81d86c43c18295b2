/**
 * A market with two of everything: party 0 acts, party 1 is there to be mistaken for it.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { CreateOrderArgs, ListOfferArgs } from '../../../programs/marketplace/client.generated.ts';
import type { Exception, Scenario } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import {
  bond,
  buy,
  createBuyerParty,
  createMarket,
  createProviderParty,
  list,
  must,
  offerRef,
  orderRef,
  register,
  start,
  type Values,
} from './actors.ts';
import { INDEX_SCALE, openExchange } from './exchange-stage.ts';
import {
  ADMIN,
  ARBITER,
  GOVERNANCE,
  HALT_AUTHORITY,
  INFER,
  INFER_MINT,
  METER,
  PAYER,
  REWARD_AUTHORITY,
} from './market.ts';

export const OWN_ACCOUNT: Exception = {
  kinds: ['copy'],
  outcome: 'free',
  why: 'any account of the same holder and mint',
};

/** For what an instruction creates or, when it exists, takes as it is. */
export const CREATED_ONCE: Exception = {
  kinds: ['foreign'],
  outcome: 'elsewhere',
  why: 'an account of another program counts as absent, and the system program creates none where one is',
};

/** For where the exchange's index stands: what is not the exchange's account is no index. */
export const NO_INDEX: Exception = {
  kinds: ['foreign'],
  outcome: 'free',
  why: 'what another program has at the address of the index is no index, as if there were none',
};

/** Two providers with an offer and a waiting order each, two buyers, and an exchange with an index for their model. */
export async function createPair(
  terms: Partial<CreateOrderArgs> = {},
  offer: Partial<ListOfferArgs> = {},
  values: Values = {},
) {
  const market = await createMarket(values);
  const { stage } = market;
  await openExchange(stage, 2n * INFER * INDEX_SCALE);
  const other = await createProviderParty(stage, 1);
  must(stage, register(stage, other), bond(other, 10_000n * INFER));
  const buyers = [market.buyer, await createBuyerParty(stage, 1)] as const;
  const mine = await offerRef(market.party, 0n, INFER_MINT);
  const theirs = await offerRef(other, 0n, INFER_MINT);
  must(stage, list(stage, mine, offer), list(stage, theirs, offer));
  const myOrder = await orderRef(mine, buyers[0], 0n);
  const theirOrder = await orderRef(theirs, buyers[1], 0n);
  must(stage, buy(stage, myOrder, terms, mine.index), buy(stage, theirOrder, terms, mine.index));
  return { ...market, other, buyers, mine, theirs, myOrder, theirOrder };
}

export type Pair = Awaited<ReturnType<typeof createPair>>;

/** As `createPair`, with both orders started. */
export async function createRunningPair(terms: Partial<CreateOrderArgs> = {}, values: Values = {}): Promise<Pair> {
  const pair = await createPair(terms, {}, values);
  must(pair.stage, start(pair.stage, pair.myOrder), start(pair.stage, pair.theirOrder));
  return pair;
}

export function scenario(
  { chain, party, other, buyers }: Pair,
  instruction: ProgramInstruction,
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  const parties = [party, other].flatMap(({ owner, payout, poolAdmin, pool }) => [owner, payout, poolAdmin, pool]);
  const roles = [PAYER, ADMIN, ARBITER, HALT_AUTHORITY, GOVERNANCE, REWARD_AUTHORITY, METER];
  const wallets = [...parties, ...buyers.map(({ buyer }) => buyer), ...roles];
  return { vm: chain.svm, instruction, others: wallets, exceptions: { marketplace: [OWNED], ...exceptions } };
}
