/**
 * What the published market data says of its own reliability, window by window: volume inside clusters, concentration, how
 * far the on-chain index stood from the reference rate, and what it would have cost to move it.
 * @module
 */
import { PPM, type Slot, type UnixSeconds, USDC_BASE_UNITS } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import { type RateRow, ratesBetween } from '../../indexer/store/queries/market/reference-rates.ts';
import { indexStateAsOf } from '../../indexer/store/queries/market/series.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { type GovernedPrograms, parameterInForce, parametersInForce } from '../rewards/inputs/parameters-in-force.ts';
import { filledCandles, timeWeightedPrice } from './candles.ts';
import { type PurchaseCost, purchaseCost, type TradeCost, tradeCost } from './manipulation-cost.ts';
import { readCandles } from './read-candles.ts';
import { REFERENCE_RATE_RULE } from './reference-rate.ts';

export interface Surveillance {
  readonly rate: RateRow;
  /** Share of GPU-seconds that were bought within one cluster. */
  readonly washSharePpm: bigint;
  /** Time-weighted index of the window against its reference rate, less one; `null` where either is absent. */
  readonly premiumPpm: bigint | null;
  /** As of the window's last slot; `null` without an index. */
  readonly byPurchases: PurchaseCost | null;
  readonly byTrades: TradeCost | null;
}

export interface SurveillanceRequest {
  readonly model: number;
  /** Length of the windows: an hour or a day. */
  readonly lengthSeconds: bigint;
  readonly fromTime: UnixSeconds;
  readonly toTime: UnixSeconds;
  readonly slot: Slot;
}

/** Of windows with purchases that begin in a range and are over by a slot; the caller bounds it. */
export async function readSurveillance(
  store: StoreClient,
  programs: GovernedPrograms,
  request: SurveillanceRequest,
): Promise<Surveillance[]> {
  const { model, lengthSeconds, fromTime, toTime } = request;
  const range = { lengthSeconds, ruleVersion: REFERENCE_RATE_RULE, fromTime, toTime };
  const now = (await timeAtSlot(store, request.slot)) ?? 0n;
  const rates = (await ratesBetween(store, range, model)).filter(
    ({ windowStart }) => windowStart + lengthSeconds <= now,
  );
  const found: Surveillance[] = [];
  for (const rate of rates) found.push(await surveillanceOf(store, programs, rate));
  return found;
}

async function surveillanceOf(store: StoreClient, programs: GovernedPrograms, rate: RateRow): Promise<Surveillance> {
  const { model, lastSlot, gpuSeconds, excludedGpuSeconds } = rate;
  const afterSlot = (await eventsCompleteAfter(store)) ?? 0n;
  const [index, inForce, indexPrice] = await Promise.all([
    indexStateAsOf(store, model, lastSlot),
    parametersInForce(store, programs, afterSlot, lastSlot),
    indexOver(store, rate),
  ]);
  const valueInForce = (key: string) => parameterInForce(inForce, key);
  const rules = {
    indexDepthGpuSeconds: valueInForce('index_depth_gpu_seconds'),
    indexClampPpm: valueInForce('index_clamp_ppm'),
    platformFeeBps: valueInForce('platform_fee_bps'),
    feeBurnBps: valueInForce('fee_burn_bps'),
  };
  const state = index === null ? null : { ...index, boundPpm: BigInt(index.boundPpm) };
  const inInfer = (rate.rate * valueInForce('bond_infer_per_usdc')) / USDC_BASE_UNITS;
  return {
    rate,
    washSharePpm: gpuSeconds === 0n ? 0n : (excludedGpuSeconds * PPM) / gpuSeconds,
    premiumPpm: inInfer === 0n || indexPrice === null ? null : (indexPrice * PPM) / inInfer - PPM,
    byPurchases: state === null ? null : purchaseCost(state, rules),
    byTrades: state === null ? null : tradeCost(state, valueInForce('trade_fee_bps')),
  };
}

/** Time-weighted index of a window; `null` where the model had none. */
async function indexOver(store: StoreClient, rate: RateRow): Promise<bigint | null> {
  const intervalSeconds = BigInt(rate.lengthSeconds);
  const range = { fromTime: rate.windowStart, toTime: rate.windowStart + intervalSeconds };
  const { candles, priceBefore } = await readCandles(store, {
    ...{ model: rate.model, intervalSeconds, slot: rate.lastSlot },
    ...range,
  });
  const [candle] = filledCandles(candles, priceBefore, range.fromTime, range.toTime, intervalSeconds);
  return candle === undefined ? null : timeWeightedPrice(candle, range.toTime);
}
