/**
 * For every instruction of the marketplace a chain on which it succeeds, with two of everything: party 0 acts, party 1 is
 * there to be mistaken for it.
 * @module
 */
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import type { Exception, Scenario, Scenarios } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import {
  bond,
  buy,
  confirm,
  createBuyerParty,
  createMarket,
  createProviderParty,
  initialize,
  list,
  must,
  offerRef,
  orderRef,
  refund,
  register,
  start,
} from './actors.ts';
import {
  ADMIN,
  ARBITER,
  createStage,
  HALT_AUTHORITY,
  INFER,
  INFER_MINT,
  PAYER,
  START_TIME,
  USDC_MINT,
} from './market.ts';

const CREATED_ONCE: Exception = {
  kinds: ['foreign'],
  outcome: 'elsewhere',
  why: 'an account of another program counts as absent, and the system program creates none where one is',
};
const FIRST: Exception = {
  kinds: ['stranger', 'empty', 'duplicate', 'other'],
  outcome: 'free',
  why: 'whoever signs first is the admin',
};
const TREASURY: Exception = {
  kinds: ['copy', 'holder'],
  outcome: 'free',
  why: 'the admin names the treasuries: any account of the mint',
};
const OWN_ACCOUNT: Exception = { kinds: ['copy'], outcome: 'free', why: 'any account of the same holder and mint' };

/** Two providers with an offer and a waiting order each, and two buyers. */
async function createPair() {
  const market = await createMarket();
  const { stage } = market;
  const other = await createProviderParty(stage, 1);
  must(stage, register(stage, other), bond(other, 10_000n * INFER));
  const buyers = [market.buyer, await createBuyerParty(stage, 1)] as const;
  const mine = await offerRef(market.party, 0n, INFER_MINT);
  const theirs = await offerRef(other, 0n, INFER_MINT);
  must(stage, list(stage, mine), list(stage, theirs));
  const myOrder = await orderRef(mine, buyers[0], 0n);
  const theirOrder = await orderRef(theirs, buyers[1], 0n);
  must(stage, buy(stage, myOrder), buy(stage, theirOrder));
  return { ...market, other, buyers, mine, theirs, myOrder, theirOrder };
}

type Pair = Awaited<ReturnType<typeof createPair>>;

function scenario(
  { chain, party, other, buyers }: Pair,
  instruction: ProgramInstruction,
  exceptions: Scenario['exceptions'] = {},
): Scenario {
  const parties = [party, other].flatMap(({ owner, payout, poolAdmin, pool }) => [owner, payout, poolAdmin, pool]);
  const wallets = [...parties, ...buyers.map(({ buyer }) => buyer), PAYER, ADMIN, ARBITER, HALT_AUTHORITY];
  const known = { ...exceptions, marketplace: [OWNED] };
  return { vm: chain.svm, instruction, others: wallets, exceptions: known };
}

export const SCENARIOS: Scenarios = {
  async initialize_marketplace() {
    const stage = await createStage();
    return {
      vm: stage.chain.svm,
      instruction: initialize(stage),
      exceptions: {
        admin: [FIRST],
        infer_treasury: [TREASURY],
        usdc_treasury: [{ ...TREASURY, kinds: ['copy', 'holder', 'duplicate'] }],
      },
    };
  },
  async register_provider() {
    const pair = await createPair();
    const party = await createProviderParty(pair.stage, 2);
    return scenario(pair, register(pair.stage, party), {
      operator_pool: [{ kinds: ['copy'], outcome: 'free', why: 'the staking program owns it' }],
    });
  },
  async post_bond() {
    const pair = await createPair();
    return scenario(pair, bond(pair.party, INFER), { owner_token_account: [OWN_ACCOUNT] });
  },
  async list_offer() {
    const pair = await createPair();
    return scenario(pair, list(pair.stage, await offerRef(pair.party, 1n, INFER_MINT)), {
      mint: [{ kinds: ['other'], only: [USDC_MINT], outcome: 'free', why: 'an offer asks for INFER or USDC' }],
    });
  },
  async create_order() {
    const pair = await createPair();
    return scenario(pair, buy(pair.stage, await orderRef(pair.mine, pair.buyers[0], 1n)), {
      offer: [OWNED],
      buyer_record: [OWNED, { ...CREATED_ONCE, only: [pair.buyers[0].record] }],
      buyer_token_account: [OWN_ACCOUNT],
    });
  },
  async start_delivery() {
    const pair = await createPair();
    return scenario(pair, start(pair.stage, pair.myOrder), { order: [OWNED] });
  },
  async confirm_delivery() {
    const pair = await createPair();
    must(pair.stage, start(pair.stage, pair.myOrder), start(pair.stage, pair.theirOrder));
    return scenario(pair, confirm(pair.stage, pair.myOrder, ARBITER), {
      authority: [
        { kinds: ['duplicate'], only: [pair.myOrder.buyer.buyer], outcome: 'free', why: 'the buyer confirms too' },
      ],
      provider_token_account: [OWN_ACCOUNT],
    });
  },
  async refund_order() {
    const pair = await createPair();
    pair.chain.setTime(START_TIME + 1_000_000n);
    return scenario(pair, refund(pair.stage, pair.myOrder), { buyer_token_account: [OWN_ACCOUNT] });
  },
};
