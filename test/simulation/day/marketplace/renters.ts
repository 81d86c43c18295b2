/**
 * Renters of a simulated day with the providers they rent from: prepaid orders and sessions, most of them delivered, some
 * late, some never, some disputed.
 *
 * Whether an order is started is drawn from its address; how it ends goes round.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address } from '@solana/kit';
import type { Order } from '../../../../programs/marketplace/client.generated.ts';
import { findProvider } from '../../addresses.ts';
import { confirmation, orderCreation, refund, start } from '../../market-transactions.ts';
import { type OpenOrder, readOrders } from '../../open-orders.ts';
import { type OfferPlan, type ProviderPlan, seedOf } from '../../population.ts';
import { createRandom, type Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Wallet } from '../../wallet.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { Turns } from '../turns.ts';
import type { LiveOrders } from './live-orders.ts';
import { INDEX_OFFER } from './offers.ts';
import {
  attestation,
  complaint,
  depositReturns,
  ending,
  expiry,
  extension,
  type OrderCase,
  ruling,
  settlement,
} from './orders.ts';

/** New orders in a tick, by provider. */
const ORDERS_PER_PROVIDER = 0.08;
const STREAMS = 0.4;
/** Part of the renters that want what everybody wants. */
const RUSH = 0.25;
const PRICE_SLIPS = 0.02;
/** Time in which a provider may still attest a session that is over. */
const LAST_CALL_SECONDS = 3_600n;
const NOBODY = '11111111111111111111111111111111' as Address;
const SECONDS_CHOICES = [900, 1_800, 3_600, 7_200, 14_400] as const;
const STATUS = { created: 0, started: 1, settled: 2, refunded: 3, disputed: 4 } as const;
/** The arbiter's split, in bps to the provider; null where nobody rules. */
const RULINGS = [0, 2_500, 10_000, null, 5_000] as const;
/** Without a common factor with a hundred: ends come from all over their range soon. */
const END_STEP = 37;

interface Book {
  readonly providerOf: ReadonlyMap<Address, ProviderPlan>;
  readonly buyerOf: ReadonlyMap<Address, Wallet>;
  readonly orderCounts: Map<Address, bigint>;
  readonly live: Set<Address>;
  readonly turns: { readonly prepaid: Turns; readonly session: Turns; readonly ruling: Turns };
}

export function createRenters(live: LiveOrders) {
  return async (world: World): Promise<Actors> => {
    const { network, providers, buyers } = world;
    const addresses = await Promise.all(
      providers.map(({ wallet }) => findProvider(wallet.address, network.marketplaceProgram)),
    );
    const book: Book = {
      providerOf: new Map(addresses.map((address, index) => [address, providers[index] as ProviderPlan])),
      buyerOf: new Map(buyers.map((buyer) => [buyer.address, buyer])),
      orderCounts: new Map(buyers.map(({ address }) => [address, 0n])),
      live: new Set(),
      turns: { prepaid: new Turns(), session: new Turns(), ruling: new Turns() },
    };
    const random = world.randomOf('renters');
    let fresh: readonly { readonly buyer: Address; readonly address: Address }[] = [];
    let freshFrom = 0;
    return {
      name: 'renters',
      async act(moment: Moment) {
        const orders = await readOrders(network, [...book.live]);
        show(live, world, book, [...orders.values()]);
        const due: TransactionPlan[] = [];
        for (const order of orders.values()) due.push(...(await stepsOf(world, book, order, moment)));
        const made = await newOrders(world, book, random);
        fresh = made;
        freshFrom = due.length;
        return [...due, ...made.map(({ plan }) => plan)];
      },
      learn(outcomes) {
        fresh.forEach(({ buyer, address }, index) => {
          if (outcomes[freshFrom + index]?.status !== 'confirmed') return;
          book.orderCounts.set(buyer, (book.orderCounts.get(buyer) ?? 0n) + 1n);
          book.live.add(address);
        });
      },
    };
  };
}

function caseOf({ network }: World, book: Book, order: OpenOrder): OrderCase | null {
  const provider = book.providerOf.get(order.account.provider);
  const buyer = book.buyerOf.get(order.account.buyer);
  return provider === undefined || buyer === undefined ? null : { network, order, provider, buyer };
}

function show(live: LiveOrders, world: World, book: Book, orders: readonly OpenOrder[]): void {
  const cases = orders.map((order) => caseOf(world, book, order)).filter((each) => each !== null);
  live.running = cases.filter(({ order }) => order.account.status === STATUS.started);
  live.undelivered = cases.filter(({ order: { account } }) => {
    const isLate = account.startedAt > 0n && account.endedAt > account.deliveryDeadline;
    const wasDisputed = account.disputeOpener !== NOBODY;
    return account.status === STATUS.refunded && isLate && !account.isStreaming && !wasDisputed;
  });
}

/** At most one order of a buyer in a tick, since the next one's address depends on this one's success. */
function newOrders({ network, providers, buyers, models }: World, book: Book, random: Random) {
  const wanted = providers.filter(({ offers }) => offers.some(({ model }) => model === models.cornered));
  const count = Math.min(buyers.length, Math.ceil(providers.length * ORDERS_PER_PROVIDER));
  const first = random.integer(0, buyers.length - 1);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const buyer = buyers[(first + index) % buyers.length] as Wallet;
      const choice = {
        provider: random.pick(random.chance(RUSH) ? wanted : providers),
        offerId: random.integer(0, INDEX_OFFER),
        units: random.integer(1, 2),
        seconds: random.pick(SECONDS_CHOICES),
        priceSlips: random.chance(PRICE_SLIPS),
        sshKeyHash: random.bytes(32),
        isStreaming: random.chance(STREAMS),
      };
      const isIndexPriced = choice.offerId === INDEX_OFFER;
      const priceLimit = limitOf(choice.provider.offers[choice.offerId], choice.priceSlips);
      const orderId = book.orderCounts.get(buyer.address) ?? 0n;
      const creation = await orderCreation(network, buyer, orderId, { ...choice, isIndexPriced, priceLimit });
      return { buyer: buyer.address, ...creation };
    }),
  );
}

/** Buyers accept what a day of high demand may make of a price, but for those who look too low. */
function limitOf(offer: OfferPlan | undefined, isTooLow: boolean): bigint {
  const price = offer?.pricePerGpuHour ?? 0n;
  return isTooLow ? price / 4n : price * 4n;
}

async function stepsOf(world: World, book: Book, order: OpenOrder, { nowSeconds }: Moment): Promise<TransactionPlan[]> {
  const { network, buyers } = world;
  const { account } = order;
  const theCase = caseOf(world, book, order);
  if (theCase === null) return [];
  const { provider } = theCase;
  const { turns } = book;
  switch (account.status) {
    case STATUS.created: {
      const fate = createRandom(seedOf(order.address, 'start'));
      const willStart = fate.chance(provider.reliability);
      if (willStart && nowSeconds < account.startDeadline)
        return [await start(network, provider, order, fate.bytes(32))];
      return nowSeconds > account.startDeadline ? [await refund(network, provider, order)] : [];
    }
    case STATUS.started:
      if (account.isStreaming) return sessionSteps(theCase, endOf(turns.session, order), nowSeconds);
      return prepaidSteps(theCase, endOf(turns.prepaid, order), nowSeconds, buyers);
    case STATUS.disputed:
      return disputeSteps(theCase, turns.ruling.pick(RULINGS, order.address), nowSeconds);
    default:
      book.live.delete(order.address);
      return account.disputeDeposit > 0n ? depositReturns(theCase) : [];
  }
}

/** A number in [0, 100) for each order. */
function endOf(turns: Turns, { address }: OpenOrder): number {
  return (turns.of(address) * END_STEP) % 100;
}

async function prepaidSteps(
  theCase: OrderCase,
  end: number,
  now: bigint,
  buyers: readonly Wallet[],
): Promise<TransactionPlan[]> {
  const { network, order, provider } = theCase;
  const { account } = order;
  const hasRunOut = now >= account.startedAt + BigInt(account.seconds);
  if (hasRunOut && account.leaseEndedAt === 0n && end % 2 === 0) return [expiry(theCase)];
  if (now > account.deliveryDeadline) return [await refund(network, provider, order)];
  if (end < 5 && now > account.startedAt) return [await complaint(theCase)];
  if (!hasRunOut || end >= 97) return [];
  const plan = await confirmation({ network, buyers }, provider, order);
  return plan === null ? [] : [plan];
}

/** Attests what has passed, settles what may be paid, and goes on until the time is up or somebody ends it. */
async function sessionSteps(theCase: OrderCase, end: number, now: bigint): Promise<TransactionPlan[]> {
  const { network, order, provider } = theCase;
  const { account } = order;
  const bought = BigInt(account.seconds);
  const passed = now - account.startedAt;
  const covered = Number(passed < bought ? passed : bought);
  const isOver = account.leaseEndedAt > 0n;
  const steps: TransactionPlan[] = [];
  const isSilent = end >= 97;
  if (!isOver && !isSilent && covered > account.attestedSeconds)
    steps.push(attestation(theCase, covered, rootOf(order, covered)));
  const isProven = account.failedChallengeCount === 0;
  const isPayable = isProven && account.openAttestationCount === 0;
  if (isPayable && account.marks.some(({ payableAt }) => payableAt <= now)) steps.push(await settlement(theCase));
  if (!isOver && end < 10 && passed > bought / 2n && passed < bought) steps.push(ending(theCase));
  else if (!isOver && end < 30 && account.seconds <= 3_600 && passed < bought)
    steps.push(await extension(theCase, 1_800));
  else if (!isOver && end >= 92 && end < 95 && passed > bought / 3n) steps.push(await complaint(theCase));
  else if (!isOver && (passed >= bought || isSilent)) steps.push(expiry(theCase));
  const isPaid = account.settledSeconds >= account.attestedSeconds;
  if (isOver && isAllAttested(account, now) && (isPaid || !isProven))
    steps.push(await refund(network, provider, order));
  return steps;
}

/** All that was used has been attested, or nothing more can be. */
function isAllAttested({ attestedSeconds, startedAt, leaseEndedAt, seconds }: Order, now: bigint): boolean {
  const used = leaseEndedAt - startedAt;
  const most = BigInt(seconds);
  return BigInt(attestedSeconds) >= (used < most ? used : most) || now > leaseEndedAt + LAST_CALL_SECONDS;
}

function rootOf({ address }: OpenOrder, covered: number): Uint8Array {
  return createHash('sha256').update(`${address}/${covered}`).digest();
}

async function disputeSteps(theCase: OrderCase, providerBps: number | null, now: bigint): Promise<TransactionPlan[]> {
  const { network, order, provider, buyer } = theCase;
  if (now > order.account.disputeDeadline) return [await refund(network, provider, order)];
  if (providerBps === null) return [];
  return [await ruling(theCase, providerBps, providerBps === 10_000 ? provider.wallet.address : buyer.address)];
}
