/**
 * The running market: every round some buyers order, providers start what they were paid for (or do not), buyers
 * confirm (or do not), deadlines are refunded, delegators stake, and a few transactions are meant to fail.
 *
 * What an order will come to is drawn from its address, so a market that was killed goes on as it would have.
 * @module
 */
import type { Address } from '@solana/kit';
import { decodeBuyer } from '../../programs/marketplace/client.generated.ts';
import { findBuyer, findProvider } from './addresses.ts';
import { delegation } from './delegators.ts';
import { confirmation, orderCreation, refund, start } from './market-transactions.ts';
import { type Network, readAccounts } from './network.ts';
import { type OpenOrder, readOrders, scanOpenOrders } from './open-orders.ts';
import { buyersOf, type ProviderPlan, seedOf } from './population.ts';
import { createRandom, type Random } from './random.ts';
import type { Outcome } from './sender.ts';
import type { TransactionPlan } from './sign-plan.ts';
import type { Wallet } from './wallet.ts';

export interface Market {
  readonly network: Network;
  readonly providers: readonly ProviderPlan[];
  readonly providerByAddress: ReadonlyMap<Address, ProviderPlan>;
  readonly buyers: readonly Wallet[];
  readonly random: Random;
  readonly ordersPerRound: number;
  /** Next order number of each buyer, by place in `buyers`. */
  readonly orderCounts: bigint[];
  readonly openOrders: Map<Address, OpenOrder>;
}

const BUYER_CONFIRMS = 0.95;
const PRICE_SLIPS = 0.03;
const DELEGATES = 0.2;
/** The chain's clock may lag ours; a deadline is acted on this much later. */
const DEADLINE_MARGIN_SECONDS = 3n;

export async function openMarket(
  network: Network,
  providers: readonly ProviderPlan[],
  ordersPerRound: number,
): Promise<Market> {
  const buyers = buyersOf(network.seed, providers.length);
  const orderCounts = await orderCountsOf(network, buyers);
  const addresses = await Promise.all(
    providers.map((plan) => findProvider(plan.wallet.address, network.marketplaceProgram)),
  );
  const made = orderCounts.reduce((sum, each) => sum + each, 0n);
  return {
    network,
    providers,
    providerByAddress: new Map(addresses.map((address, index) => [address, providers[index] as ProviderPlan])),
    buyers,
    random: createRandom(seedOf(network.seed, `market/${made}`)),
    ordersPerRound,
    orderCounts,
    openOrders: new Map((await scanOpenOrders(network)).map((order) => [order.address, order])),
  };
}

async function orderCountsOf(network: Network, buyers: readonly Wallet[]): Promise<bigint[]> {
  const records = await Promise.all(buyers.map((buyer) => findBuyer(buyer.address, network.marketplaceProgram)));
  const accounts = await readAccounts(network, records);
  return accounts.map((data) => (data ? decodeBuyer(data).orderCount : 0n));
}

/** One round: everything that is due now, sent together. */
export async function playRound(market: Market, nowSeconds: bigint): Promise<readonly Outcome[]> {
  const due = [];
  for (const order of market.openOrders.values()) due.push(await dueOf(market, order, nowSeconds));
  const fresh = await newOrders(market);
  const plans = [
    ...due.filter((plan) => plan !== null),
    ...fresh.map(({ plan }) => plan),
    ...(await someDelegation(market)),
  ];
  const outcomes = await market.network.sender.sendAll(plans);
  await refresh(market, fresh);
  return outcomes;
}

async function dueOf(market: Market, order: OpenOrder, now: bigint): Promise<TransactionPlan | null> {
  const { account } = order;
  const provider = market.providerByAddress.get(account.provider);
  if (!provider) return null;
  const fate = createRandom(seedOf(order.address, 'fate'));
  const willStart = fate.chance(provider.reliability);
  const willConfirm = fate.chance(BUYER_CONFIRMS);
  if (order.state === 'created') {
    if (willStart && now < account.startDeadline)
      return start(market.network, provider, order, market.random.bytes(32));
    return now > account.startDeadline + DEADLINE_MARGIN_SECONDS ? refund(market.network, provider, order) : null;
  }
  const ranOut = now >= account.startedAt + BigInt(account.seconds);
  if (willConfirm && ranOut && now < account.deliveryDeadline) return confirmation(market, provider, order);
  return now > account.deliveryDeadline + DEADLINE_MARGIN_SECONDS ? refund(market.network, provider, order) : null;
}

interface FreshOrder {
  readonly buyerIndex: number;
  readonly address: Address;
  readonly plan: TransactionPlan;
}

/** At most one order of a buyer in a round, since the next one's address depends on this one's success. */
async function newOrders(market: Market): Promise<FreshOrder[]> {
  const { random, buyers, providers } = market;
  const first = random.integer(0, buyers.length - 1);
  const count = Math.min(market.ordersPerRound, buyers.length);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const buyerIndex = (first + index) % buyers.length;
      const choice = {
        provider: random.pick(providers),
        offerId: random.integer(0, 1),
        units: random.integer(1, 2),
        seconds: random.integer(4, 20),
        priceSlips: random.chance(PRICE_SLIPS),
        sshKeyHash: random.bytes(32),
      };
      const orderId = market.orderCounts[buyerIndex] ?? 0n;
      return { buyerIndex, ...(await orderCreation(market.network, buyers[buyerIndex] as Wallet, orderId, choice)) };
    }),
  );
}

async function someDelegation(market: Market): Promise<TransactionPlan[]> {
  if (!market.random.chance(DELEGATES)) return [];
  const delegator = market.random.integer(0, Math.max(3, market.providers.length) - 1);
  return [await delegation(market.network, delegator, market.random.pick(market.providers), market.random)];
}

/** What the chain says of the orders that were open or new: refused ones never were, ended ones are dropped. */
async function refresh(market: Market, fresh: readonly FreshOrder[]): Promise<void> {
  const watched = [...market.openOrders.keys(), ...fresh.map(({ address }) => address)];
  const orders = await readOrders(market.network, watched);
  fresh.forEach(({ buyerIndex, address }) => {
    if (orders.has(address)) market.orderCounts[buyerIndex] = (market.orderCounts[buyerIndex] ?? 0n) + 1n;
  });
  market.openOrders.clear();
  for (const [address, order] of orders) if (order.state !== 'ended') market.openOrders.set(address, order);
}
