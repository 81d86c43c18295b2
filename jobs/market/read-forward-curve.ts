/**
 * The forward curve of a model as of any slot, from what was known then: the same question has the same answer for ever.
 * @module
 */
import { type Slot, type UnixSeconds, USDC_BASE_UNITS } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import {
  type IndexStateRow,
  indexStateAsOf,
  type MilestoneRow,
  milestonesAsOf,
  type SeriesRow,
  seriesAsOf,
} from '../../indexer/store/queries/market/series.ts';
import type { GovernedPrograms } from '../rewards/inputs/parameters-in-force.ts';
import { floorTo, HOUR_SECONDS } from './candles.ts';
import { integralAt, priceAtSkew, seriesReference } from './exchange-prices.ts';
import { type ForwardCurve, forwardCurve, type SeriesQuote, type Settlement, type Spot } from './forward-curve.ts';
import { conversionInForce, type LinksUpTo } from './rate-inputs.ts';
import type { RateWindow } from './reference-rate.ts';
import { inputsIfKnown, publishedRate } from './refresh-rates.ts';
import { windowRates } from './window-rates.ts';

export interface CurveRequest {
  readonly model: number;
  readonly settlement: Settlement;
  readonly slot: Slot;
}

/**
 * `null` where the model has no index by then.
 * @param linksUpTo for a spot whose rate is not published yet; without it, the whole record is read for them
 */
export async function readForwardCurve(
  store: StoreClient,
  programs: GovernedPrograms,
  { model, settlement, slot }: CurveRequest,
  linksUpTo?: LinksUpTo,
): Promise<ForwardCurve | null> {
  const time = timeAtSlot(store, slot);
  const [now, index, series, milestones, rateSpot] = await Promise.all([
    time,
    indexStateAsOf(store, model, slot),
    seriesAsOf(store, model, slot),
    // A series that settles on a point asks for no price of the past.
    settlement === 'AVERAGE' ? milestonesAsOf(store, model, slot) : [],
    time.then((at) => (at === null ? null : referenceSpot(store, programs, { model, slot, linksUpTo }, at))),
  ]);
  if (now === null || index === null) return null;
  const live = series.filter(
    (each) => each.isAverage === (settlement === 'AVERAGE') && each.settledAt === 0n && each.expiry > now,
  );
  const quotes = live.map((each) => quoteOf(each, index, milestones, now));
  return forwardCurve(settlement, quotes, rateSpot ?? { price: index.price, source: 'ON_CHAIN_INDEX' }, now);
}

function quoteOf(
  series: SeriesRow,
  index: IndexStateRow,
  milestones: readonly MilestoneRow[],
  now: UnixSeconds,
): SeriesQuote {
  const { deliveryStart, expiry, longSize, shortSize, lastPrice, tradedAt } = series;
  const started = milestones.find(({ at }) => at === deliveryStart)?.integral ?? integralAt(index, deliveryStart);
  const reference = seriesReference(series, index, started, now);
  const curve = { boundPpm: BigInt(series.basisBoundPpm), depthGpuSeconds: series.depthGpuSeconds };
  const mark = priceAtSkew(reference, longSize - shortSize, curve);
  const isDelivering = series.isAverage && now > deliveryStart;
  const soFar = integralAt(index, now) - started;
  const rest = Number(mark * (expiry - deliveryStart) - soFar) / Number(expiry - now);
  return {
    ...{ series: series.series, deliveryStart, expiry, mark, longSize, shortSize },
    // A mark far below what is already delivered leaves nothing for the rest, and not less.
    quote: isDelivering ? Math.max(rest, 0) : Number(mark),
    lastPrice: lastPrice === 0n ? null : lastPrice,
    tradedAt: lastPrice === 0n ? null : tradedAt,
  };
}

interface SpotRequest {
  readonly model: number;
  readonly slot: Slot;
  readonly linksUpTo: LinksUpTo | undefined;
}

/** The reference rate of the last whole hour, in INFER at the rate in force; `null` where that hour has none. */
async function referenceSpot(
  store: StoreClient,
  programs: GovernedPrograms,
  { model, slot, linksUpTo }: SpotRequest,
  now: UnixSeconds,
): Promise<Spot | null> {
  const window = { start: floorTo(now, HOUR_SECONDS) - HOUR_SECONDS, lengthSeconds: HOUR_SECONDS };
  const rate = await rateOf(store, programs, window, model, linksUpTo);
  if (rate === 0n) return null;
  const inferPerUsdc = await conversionInForce(store, programs, slot);
  return { price: (rate * inferPerUsdc) / USDC_BASE_UNITS, source: 'REFERENCE_RATE' };
}

/** The published rate where it is there, else computed: a curve does not wait for the worker. 0 without a rate. */
async function rateOf(
  store: StoreClient,
  programs: GovernedPrograms,
  window: RateWindow,
  model: number,
  linksUpTo: LinksUpTo | undefined,
): Promise<bigint> {
  const published = await publishedRate(store, window, model);
  if (published !== null) return published.rate;
  const inputs = await inputsIfKnown(store, programs, window, model, linksUpTo);
  return inputs === null ? 0n : (windowRates(inputs)[0]?.rate ?? 0n);
}
