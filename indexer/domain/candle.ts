/**
 * An update of the on-chain index, and a candle of several: what the record keeps of them and what candles are folded from.
 * Rule: docs/market.md, "Candles".
 * @module
 */
import type { UnixSeconds } from './units.ts';

/** One update of the index. Prices are base units of INFER per GPU-hour times 10^6. */
export interface Tick {
  readonly time: UnixSeconds;
  /** The index after it. */
  readonly price: bigint;
  /** A settled purchase; else a trade. */
  readonly isPurchase: boolean;
  readonly gpuSeconds: bigint;
  /** Base units of INFER. */
  readonly value: bigint;
  /** What was paid. */
  readonly tradedPrice: bigint;
}

export interface Candle {
  /** Start of its bucket. */
  readonly start: UnixSeconds;
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly tickCount: bigint;
  readonly purchaseCount: bigint;
  readonly purchaseGpuSeconds: bigint;
  readonly purchaseValue: bigint;
  readonly tradeGpuSeconds: bigint;
  readonly tradeValue: bigint;
  /** Sum of traded price times GPU-seconds. */
  readonly tradedSum: bigint;
  /** In force when the bucket began; `null` when there was none yet. */
  readonly priceBefore: bigint | null;
  /** Integral of the price over seconds, from the bucket's start (or its first tick, without a price before) to the last tick. */
  readonly priceSeconds: bigint;
  readonly firstTime: UnixSeconds;
  readonly lastTime: UnixSeconds;
}
