/**
 * For every numbered error of orders, sessions and disputes a chain and an instruction that it refuses.
 * @module
 */
import type { Address } from '@solana/kit';
import { defaultOf } from '../../../governance/parameters.ts';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  type CreateOrderArgs,
  decodeMarketplace,
  decodeOrder,
  decodeProvider,
  encodeMarketplace,
  encodeProvider,
  type ListOfferArgs,
  MARKETPLACE_PROGRAM_ADDRESS,
  pauseOrders,
} from '../../../programs/marketplace/client.generated.ts';
import {
  accountOf,
  buy,
  confirm,
  createBuyerParty,
  createOrderedMarket,
  list,
  type Market,
  must,
  orderRef,
  rate,
  refund,
  start,
  type Values,
} from './actors.ts';
import { INDEX_SCALE, openExchange } from './exchange-stage.ts';
import { ARBITER, HALT_AUTHORITY, INFER, INFER_MINT, START_TIME, USDC_MINT } from './market.ts';
import { type Case, onMarket, refusal } from './registry-errors.ts';
import {
  cover,
  createRunningMarket,
  createSession,
  dispute,
  expire,
  extend,
  leave,
  type Running,
  reclaim,
  reprice,
  rule,
  settle,
} from './sessions.ts';

export const AFTER_START = START_TIME + defaultOf('start_deadline_seconds') + 1n;
const BY_INDEX = { pricing: 1, pricePerGpuHour: 0n, indexMaxAgeSeconds: 60 };

export function buying(
  change: Partial<CreateOrderArgs>,
  offer: Partial<ListOfferArgs> = {},
  arrange: (market: Market) => void | Promise<void> = () => {},
  values: Values = {},
): Case {
  return onMarket(async (market) => {
    must(market.stage, list(market.stage, market.inferOffer, offer));
    await arrange(market);
    return buy(market.stage, await orderRef(market.inferOffer, market.buyer, 0n), change);
  }, values);
}

type Act<T> = (market: T) => ProgramInstruction | Promise<ProgramInstruction>;
type Ordered = Awaited<ReturnType<typeof createOrderedMarket>>;

function ordered(act: Act<Ordered>): Case {
  return async () => {
    const market = await createOrderedMarket();
    return refusal(market.stage, await act(market));
  };
}

export function running(act: Act<Running>, mint: Address = INFER_MINT): Case {
  return async () => {
    const market = await createRunningMarket(mint);
    return refusal(market.stage, await act(market));
  };
}

export function session(act: Act<Running>): Case {
  return async () => {
    const market = await createSession();
    return refusal(market.stage, await act(market));
  };
}

/** Puts a score that was proven for an epoch, with a root of another epoch committed last. */
function prove({ stage, party }: Market, provenScore: number, provenEpoch: bigint, reputationEpoch: bigint): void {
  const { chain, marketplace } = stage;
  const provider = { ...chain.read(party.provider, decodeProvider), provenScore, provenEpoch };
  chain.put(party.provider, MARKETPLACE_PROGRAM_ADDRESS, encodeProvider(provider));
  const { settings, models } = chain.read(marketplace, decodeMarketplace);
  const state = encodeMarketplace({ settings: { ...settings, reputationEpoch }, models });
  chain.put(marketplace, MARKETPLACE_PROGRAM_ADDRESS, state);
}

const HIGH: Values = { high_stakes_min_value: 4n * INFER - 1n };

export const CREATION_CASES: Readonly<Record<string, Case>> = {
  DurationOutOfRange: buying({ seconds: 59 }),
  UnitsUnavailable: buying({ units: 9 }),
  PriceAboveLimit: buying({ maxPricePerGpuHour: 2n * INFER - 1n }),
  InsufficientBond: buying({ maxPricePerGpuHour: 1n << 60n }, { pricePerGpuHour: 50_001n * INFER }),
  InvalidBuyerTokenAccount: onMarket(async ({ stage, inferOffer, buyer }) => {
    must(stage, list(stage, inferOffer));
    const { accounts } = await createBuyerParty(stage, 1);
    return buy(stage, await orderRef(inferOffer, { ...buyer, accounts }, 0n));
  }),
  ArithmeticOverflow: buying(
    { maxPricePerGpuHour: (1n << 64n) - 1n, seconds: 86_400 },
    { pricePerGpuHour: (1n << 64n) - 1n },
  ),
  OrdersPaused: buying({}, {}, ({ stage }) => {
    const { marketplace } = stage;
    must(stage, pauseOrders({ authority: HALT_AUTHORITY, marketplace }, { isPaused: true }));
  }),
  ProviderNotAccepting: buying({}, {}, ({ stage, party }) => must(stage, rate(stage, party, 3))),
  ProviderDegraded: buying({}, {}, ({ stage, party }) => must(stage, rate(stage, party, 2)), HIGH),
  ScoreTooLow: buying({}, {}, (market) => prove(market, 699_999, 20n, 20n), HIGH),
  ScoreTooOld: buying({}, {}, (market) => prove(market, 700_000, 12n, 20n), HIGH),
  IndexMissing: buying({}, BY_INDEX),
  IndexStale: onMarket(async ({ stage, chain, inferOffer, buyer }) => {
    must(stage, list(stage, inferOffer, BY_INDEX));
    await openExchange(stage, INFER * INDEX_SCALE);
    chain.setTime(chain.now + 61n);
    const ref = await orderRef(inferOffer, buyer, 0n);
    return buy(stage, ref, {}, ref.index);
  }),
};

export const PREPAID_CASES: Readonly<Record<string, Case>> = {
  OrderNotWaiting: running(({ stage, ref }) => start(stage, ref)),
  StartDeadlinePassed: ordered(({ stage, chain, ref }) => {
    chain.setTime(AFTER_START);
    return start(stage, ref);
  }),
  OrderNotStarted: ordered(({ stage, ref }) => confirm(stage, ref)),
  NotBuyerOrArbiter: running(({ stage, ref, party }) => confirm(stage, ref, party.owner)),
  ProviderNotVerified: running(({ stage, ref }) => confirm(stage, ref, ARBITER)),
  InvalidProviderTokenAccount: running(
    ({ stage, ref, party }) => confirm(stage, ref, ref.buyer.buyer, party.payoutAccounts[USDC_MINT]),
    USDC_MINT,
  ),
  OrderEnded: running(({ stage, chain, ref }) => {
    must(stage, confirm(stage, ref));
    // Somebody opens the closed vault's address again, which only a program could: the order still is not paid twice.
    chain.putTokens(ref.vault, INFER_MINT, ref.order, 4n * INFER);
    return confirm(stage, ref);
  }),
  StartDeadlineNotPassed: ordered(({ stage, chain, ref }) => {
    chain.setTime(AFTER_START - 1n);
    return refund(stage, ref);
  }),
  DeliveryDeadlineNotPassed: running(({ stage, chain, ref }) => {
    chain.setTime(chain.read(ref.order, decodeOrder).deliveryDeadline);
    return refund(stage, ref);
  }),
  UnitsInUse: running(({ inferOffer }) => reprice(inferOffer, { units: 1 })),
  LeaseNotExpired: running(({ stage, chain, ref, startedAt }) => {
    chain.setTime(startedAt + 3_599n);
    return expire(stage, ref);
  }),
  LeaseIsOver: running(({ stage, chain, ref, startedAt }) => {
    chain.setTime(startedAt + 3_600n);
    return extend(stage, ref, 60);
  }),
  OrderNotStreaming: running(({ ref }) => leave(ref)),
};

export const SESSION_CASES: Readonly<Record<string, Case>> = {
  OrderNotPrepaid: session(({ stage, ref }) => confirm(stage, ref)),
  AttestationNotAhead: session(({ stage, chain, ref, startedAt }) => {
    chain.setTime(startedAt + 60n);
    must(stage, cover(stage, ref, 60));
    return cover(stage, ref, 60);
  }),
  AttestationTooFar: session(({ stage, ref }) => cover(stage, ref, 1)),
  AttestationTooLate: session(({ stage, chain, ref, startedAt }) => {
    chain.setTime(startedAt + 3_600n + defaultOf('stream_attest_timeout_seconds') + 1n);
    return cover(stage, ref, 1);
  }),
  NothingToSettle: session(({ stage, ref }) => settle(stage, ref)),
  SessionNotOver: session(({ stage, ref }) => refund(stage, ref)),
  UsageNotSettled: session(({ stage, chain, ref, startedAt }) => {
    chain.setTime(startedAt + 60n);
    must(stage, leave(ref), cover(stage, ref, 60));
    return refund(stage, ref);
  }),
};

export const DISPUTE_CASES: Readonly<Record<string, Case>> = {
  NotBuyerOrProvider: running(async ({ chain, stage, ref, party }) => {
    chain.putTokens(accountOf(ref.buyer.accounts, USDC_MINT), INFER_MINT, party.payout, 100n * INFER);
    const opening = await dispute(stage, ref, party.payout);
    const account = accountOf(ref.buyer.accounts, USDC_MINT);
    const accounts = opening.accounts.map((meta, index) => (index === 8 ? { ...meta, address: account } : meta));
    return { ...opening, accounts };
  }),
  DeliveryDeadlinePassed: running(({ stage, chain, ref, order }) => {
    chain.setTime(order().deliveryDeadline + 1n);
    return dispute(stage, ref);
  }),
  OrderIsDisputed: running(async ({ stage, ref }) => {
    must(stage, await dispute(stage, ref));
    return confirm(stage, ref);
  }),
  OrderNotDisputed: running(async ({ stage, ref, chain }) => {
    // A vault at the dispute's address, as if there were one.
    const ruling = await rule(stage, ref, 5_000);
    const vault = ruling.accounts[14]?.address;
    if (vault !== undefined) chain.putTokens(vault, INFER_MINT, ref.order, 0n);
    return ruling;
  }),
  DisputeExpired: running(async ({ stage, chain, ref, order }) => {
    must(stage, await dispute(stage, ref));
    chain.setTime(order().disputeDeadline + 1n);
    return rule(stage, ref, 5_000);
  }),
  DisputeNotExpired: running(async ({ stage, chain, ref, order }) => {
    must(stage, await dispute(stage, ref));
    chain.setTime(order().disputeDeadline);
    return reclaim(ref);
  }),
  InvalidSplit: running(async ({ stage, ref }) => {
    must(stage, await dispute(stage, ref));
    return rule(stage, ref, 10_001);
  }),
  InvalidDepositAccount: running(async ({ stage, ref, party }) => {
    must(stage, await dispute(stage, ref));
    return rule(stage, ref, 9_999, ref.buyer.buyer, accountOf(party.payoutAccounts, INFER_MINT));
  }),
};
