/**
 * Scenarios of orders, sessions and disputes.
 * @module
 */
import type { Exception, Scenario, Scenarios } from '../scenario.ts';
import { OWNED } from '../wrong-accounts.ts';
import { buy, confirm, must, orderRef, rate, refund, start } from './actors.ts';
import { ARBITER, START_TIME } from './market.ts';
import { CREATED_ONCE, createPair, createRunningPair, NO_INDEX, OWN_ACCOUNT, type Pair, scenario } from './pair.ts';
import { cover, dispute, expire, extend, leave, reclaim, rule, settle } from './sessions.ts';

const BY_INDEX = { pricing: 1, pricePerGpuHour: 0n, indexMaxAgeSeconds: 600 };
const NO_WINDOW = { challenge_window_seconds: 0n };

/** What instructions that pay for use leave to others. */
const PAYING: NonNullable<Scenario['exceptions']> = {
  provider_token_account: [OWN_ACCOUNT],
  buyer_record: [OWNED],
  exchange: [{ kinds: ['foreign'], outcome: 'elsewhere', why: 'the exchange refuses what is not its configuration' }],
  index: [NO_INDEX],
};

function either(pair: Pair, kinds: Exception['kinds'], why: string): readonly Exception[] {
  return [{ kinds, only: [pair.party.owner, pair.buyers[0].buyer], outcome: 'free', why }];
}

export const ORDER_SCENARIOS: Scenarios = {
  async create_order() {
    const pair = await createPair({ maxPricePerGpuHour: 1n << 60n }, BY_INDEX);
    const ref = await orderRef(pair.mine, pair.buyers[0], 1n);
    return scenario(pair, buy(pair.stage, ref, { maxPricePerGpuHour: 1n << 60n }, ref.index), {
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
    const pair = await createRunningPair();
    must(pair.stage, rate(pair.stage, pair.party, 1));
    return scenario(pair, confirm(pair.stage, pair.myOrder, ARBITER), {
      ...PAYING,
      authority: [
        { kinds: ['duplicate'], only: [pair.myOrder.buyer.buyer], outcome: 'free', why: 'the buyer confirms too' },
      ],
    });
  },
  async refund_order() {
    const pair = await createPair();
    pair.chain.setTime(START_TIME + 1_000_000n);
    return scenario(pair, refund(pair.stage, pair.myOrder), { buyer_token_account: [OWN_ACCOUNT] });
  },
  async extend_order() {
    const pair = await createRunningPair();
    return scenario(pair, extend(pair.stage, pair.myOrder, 600), { buyer_token_account: [OWN_ACCOUNT] });
  },
  async attest() {
    const pair = await createRunningPair({ isStreaming: true });
    pair.chain.setTime(START_TIME + 600n);
    return scenario(pair, cover(pair.stage, pair.myOrder, 600), { order: [OWNED] });
  },
  async settle_usage() {
    const pair = await createRunningPair({ isStreaming: true }, NO_WINDOW);
    const { stage, chain, myOrder, theirOrder } = pair;
    chain.setTime(START_TIME + 600n);
    must(stage, cover(stage, myOrder, 600), cover(stage, theirOrder, 600));
    return scenario(pair, settle(stage, myOrder), PAYING);
  },
  async end_session() {
    const pair = await createRunningPair({ isStreaming: true });
    return scenario(pair, leave(pair.myOrder), {
      authority: either(pair, ['other'], 'buyer and provider end sessions'),
      order: [OWNED],
    });
  },
  async expire_lease() {
    const pair = await createRunningPair();
    pair.chain.setTime(START_TIME + 3_600n);
    return scenario(pair, expire(pair.stage, pair.myOrder), { order: [OWNED] });
  },
  async open_dispute() {
    const pair = await createRunningPair();
    return scenario(pair, await dispute(pair.stage, pair.myOrder), {
      opener_token_account: [OWN_ACCOUNT],
    });
  },
  async resolve_dispute() {
    const pair = await createRunningPair();
    const { stage, myOrder, theirOrder } = pair;
    must(stage, await dispute(stage, myOrder, myOrder.party.owner), await dispute(stage, theirOrder));
    return scenario(pair, await rule(stage, myOrder, 4_000, myOrder.party.owner), {
      ...PAYING,
      buyer_token_account: [OWN_ACCOUNT],
      deposit_token_account: [OWN_ACCOUNT],
    });
  },
  async reclaim_deposit() {
    const pair = await createRunningPair();
    const { stage, chain, myOrder, theirOrder } = pair;
    must(stage, await dispute(stage, myOrder), await dispute(stage, theirOrder));
    chain.setTime(START_TIME + 604_801n);
    return scenario(pair, await reclaim(myOrder), { opener_token_account: [OWN_ACCOUNT] });
  },
};
