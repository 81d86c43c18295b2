/**
 * The unified order book of a GPU model: every offer that takes orders now, fixed or by index, in INFER or USDC, at the
 * price in USDC it would cost a buyer. Pure. Rule: docs/market.md, "Order book".
 * @module
 */
import { BPS, PPM, type UnixSeconds, USDC_BASE_UNITS } from '../../indexer/domain/units.ts';

const PRICE_SCALE = 1_000_000n;
/** `Offer.pricing`. */
const BY_INDEX = 1;
/** `Provider.status` of those who get no new orders: suspended and banned. */
const REFUSED = [3, 4];

export interface OfferState {
  readonly offer: Uint8Array;
  readonly provider: Uint8Array;
  readonly units: number;
  readonly unitsFree: number;
  readonly region: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Base units of the mint; 0 for an offer by index. */
  readonly pricePerGpuHour: bigint;
  readonly isInUsdc: boolean;
  readonly pricing: number;
  readonly spreadBps: number;
  readonly indexMaxAgeSeconds: number;
  readonly isClosed: boolean;
}

export interface Seller {
  readonly tier: number;
  readonly status: number;
  /** Displayed score in ppm; 0 before the first reward epoch. */
  readonly scorePpm: number;
}

export interface MarketState {
  /** No new orders are taken, at whatever price. */
  readonly isPaused: boolean;
  readonly now: UnixSeconds;
  /** Base units of INFER per GPU-hour times 10^6; `null` for a model without an index. */
  readonly index: { readonly price: bigint; readonly updatedAt: UnixSeconds } | null;
  /** Base units of INFER. */
  readonly inferPerUsdc: bigint;
}

export interface BookedOffer extends OfferState, Pick<Seller, 'tier' | 'scorePpm'> {
  /** What an order made now is priced at: base units of the mint per GPU-hour. */
  readonly orderPrice: bigint;
  /** The same in base units of USDC times 10^6. */
  readonly usdcPrice: bigint;
  /** Free units of this offer and of all better ones. */
  readonly depthUnits: number;
}

export interface OrderBook {
  /** New orders are paused: nothing is in the book, whatever is offered. */
  readonly isPaused: boolean;
  readonly offers: readonly BookedOffer[];
  /** Of all open offers of providers who get orders, whether or not a unit is free. */
  readonly units: number;
  readonly unitsFree: number;
  /** Units in use of all, in ppm; `null` without units. */
  readonly utilisationPpm: bigint | null;
}

export interface BookFilter {
  readonly region?: number | null | undefined;
  readonly tier?: number | null | undefined;
  readonly minScorePpm?: number | null | undefined;
  readonly maxUsdcPrice?: bigint | null | undefined;
}

/** Best first: by price in USDC, then by score, then by address. `sellers` is by address in hexadecimal. */
export function orderBook(
  offers: readonly OfferState[],
  sellers: ReadonlyMap<string, Seller>,
  market: MarketState,
  filter: BookFilter = {},
): OrderBook {
  const open = offers.flatMap((offer) => {
    const seller = sellers.get(Buffer.from(offer.provider).toString('hex'));
    const isOpen = !offer.isClosed && seller !== undefined && !REFUSED.includes(seller.status);
    return isOpen && fits(offer, seller, filter) ? [{ ...offer, tier: seller.tier, scorePpm: seller.scorePpm }] : [];
  });
  const priced = open.flatMap((offer) => {
    const orderPrice = offer.unitsFree > 0 && !market.isPaused ? orderPriceOf(offer, market) : null;
    const usdcPrice = orderPrice === null ? null : inUsdc(orderPrice, offer.isInUsdc, market);
    return orderPrice === null || usdcPrice === null || usdcPrice > (filter.maxUsdcPrice ?? usdcPrice)
      ? []
      : [{ ...offer, orderPrice, usdcPrice }];
  });
  let depthUnits = 0;
  const booked = priced.toSorted(compareOffers).map((offer) => {
    depthUnits += offer.unitsFree;
    return { ...offer, depthUnits };
  });
  return { isPaused: market.isPaused, offers: booked, ...utilisationOf(open) };
}

function fits({ region }: OfferState, { tier, scorePpm }: Seller, filter: BookFilter): boolean {
  return (
    region === (filter.region ?? region) &&
    tier === (filter.tier ?? tier) &&
    scorePpm >= (filter.minScorePpm ?? scorePpm)
  );
}

/** As the program prices an order, up; `null` where it would refuse one for want of an index or for its age. */
export function orderPriceOf(
  offer: OfferState,
  { now, index, inferPerUsdc }: Omit<MarketState, 'isPaused'>,
): bigint | null {
  if (offer.pricing !== BY_INDEX) return offer.pricePerGpuHour;
  if (index === null || now - index.updatedAt > BigInt(offer.indexMaxAgeSeconds)) return null;
  const inInfer = ceilDiv(ceilDiv(index.price, PRICE_SCALE) * (BPS + BigInt(offer.spreadBps)), BPS);
  return offer.isInUsdc ? ceilDiv(inInfer * USDC_BASE_UNITS, inferPerUsdc) : inInfer;
}

function inUsdc(price: bigint, isInUsdc: boolean, { inferPerUsdc }: MarketState): bigint | null {
  if (isInUsdc) return price * PRICE_SCALE;
  return inferPerUsdc === 0n ? null : (price * USDC_BASE_UNITS * PRICE_SCALE) / inferPerUsdc;
}

type Priced = OfferState & { readonly usdcPrice: bigint; readonly scorePpm: number };

function compareOffers(left: Priced, right: Priced): number {
  if (left.usdcPrice !== right.usdcPrice) return left.usdcPrice < right.usdcPrice ? -1 : 1;
  return right.scorePpm - left.scorePpm || Buffer.compare(left.offer, right.offer);
}

function utilisationOf(offers: readonly OfferState[]): Omit<OrderBook, 'isPaused' | 'offers'> {
  const units = offers.reduce((sum, each) => sum + each.units, 0);
  const unitsFree = offers.reduce((sum, each) => sum + each.unitsFree, 0);
  const utilisationPpm = units === 0 ? null : (BigInt(units - unitsFree) * PPM) / BigInt(units);
  return { units, unitsFree, utilisationPpm };
}

function ceilDiv(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
