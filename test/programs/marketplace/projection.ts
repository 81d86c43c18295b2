/**
 * The state of the marketplace rebuilt from its events alone, as an indexer would do it. What cannot be known from
 * events (bumps, spare bytes) is left out of the comparison.
 * @module
 */
import type { Address } from '@solana/kit';
import type {
  BondRelease,
  Marketplace,
  MarketplaceInitialized,
  Offer,
  Order,
  OrderRefunded,
  OrderSettled,
  ProgramEvent,
  Provider,
} from '../../../programs/marketplace/client.generated.ts';

type Rebuilt<T, Unknown extends keyof T = never> = {
  -readonly [K in Exclude<keyof T, 'version' | 'bump' | Unknown>]: T[K];
};

export type ProviderState = Omit<Rebuilt<Provider, 'bondVaultBump'>, 'bondReleases'> & { bondReleases: BondRelease[] };
export type OfferState = Rebuilt<Offer>;
export type OrderState = Rebuilt<Order, 'vaultBump'>;

const NO_HASH = new Uint8Array(32);

export class Projection {
  readonly providers = new Map<Address, ProviderState>();
  readonly offers = new Map<Address, OfferState>();
  readonly orders = new Map<Address, OrderState>();
  readonly orderCounts = new Map<Address, bigint>();
  settings: MarketplaceInitialized | null = null;

  apply(event: ProgramEvent): void {
    if (event.name === 'MarketplaceInitialized') this.settings = event.data;
    else if (event.name === 'ProviderRegistered') this.#registered(event.data);
    else if (event.name === 'BondPosted') at(this.providers, event.data.provider).bondTotal = event.data.bondTotal;
    else if (event.name === 'OfferListed') this.#listed(event.data);
    else if (event.name === 'OrderCreated') this.#ordered(event.data);
    else if (event.name === 'DeliveryStarted') {
      const { order, endpointHash, startedAt, deliveryDeadline } = event.data;
      Object.assign(at(this.orders, order), { status: 1, endpointHash, startedAt, deliveryDeadline });
    } else if (event.name === 'OrderSettled') {
      const { order, settledAt: endedAt, challengeEndsAt } = event.data;
      Object.assign(at(this.orders, order), { status: 2, endedAt, challengeEndsAt });
      this.#ended(event.data);
    } else {
      Object.assign(at(this.orders, event.data.order), { status: 3, endedAt: event.data.refundedAt });
      this.#ended(event.data);
    }
  }

  #registered(data: Extract<ProgramEvent, { name: 'ProviderRegistered' }>['data']): void {
    const { provider, ...fields } = data;
    const fresh = { bondTotal: 0n, bondOpen: 0n, bondReleases: [], offerCount: 0n, openOrderCount: 0 };
    this.providers.set(provider, { ...fields, ...fresh });
  }

  #listed(data: Extract<ProgramEvent, { name: 'OfferListed' }>['data']): void {
    const { offer, owner: _, ...fields } = data;
    this.offers.set(offer, { ...fields, unitsFree: data.units });
    at(this.providers, data.provider).offerCount = data.offerId + 1n;
  }

  #ordered(data: Extract<ProgramEvent, { name: 'OrderCreated' }>['data']): void {
    const { order, ...fields } = data;
    const open = {
      endpointHash: NO_HASH,
      status: 0,
      startedAt: 0n,
      deliveryDeadline: 0n,
      endedAt: 0n,
      challengeEndsAt: 0n,
    };
    this.orders.set(order, { ...fields, ...open });
    this.orderCounts.set(data.buyer, data.orderId + 1n);
    const provider = at(this.providers, data.provider);
    provider.bondOpen += data.bondLocked;
    provider.openOrderCount += 1;
    at(this.offers, data.offer).unitsFree -= data.units;
  }

  #ended({ order, provider, bondLocked, bondReleaseAt }: OrderSettled | OrderRefunded): void {
    const { offer, units } = at(this.orders, order);
    at(this.offers, offer).unitsFree += units;
    const state = at(this.providers, provider);
    state.bondOpen -= bondLocked;
    state.openOrderCount -= 1;
    state.bondReleases.push({ releaseAt: bondReleaseAt, amount: bondLocked });
  }
}

export function at<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`nothing rebuilt for ${key}`);
  return value;
}

/** Bond still locked at a time, by release time: places that share a time are one. */
export function liveReleases(releases: readonly BondRelease[], now: bigint): Record<string, bigint> {
  const live: Record<string, bigint> = {};
  for (const { releaseAt, amount } of [...releases].sort((left, right) => Number(left.releaseAt - right.releaseAt))) {
    if (releaseAt > now && amount > 0n) live[`${releaseAt}`] = (live[`${releaseAt}`] ?? 0n) + amount;
  }
  return live;
}

/** The settings as the event tells them, in the form of the account. */
export function withoutUnknown({
  version: _,
  bump: __,
  inferVerifierVault: ___,
  usdcVerifierVault: ____,
  ...known
}: Marketplace) {
  return known;
}
