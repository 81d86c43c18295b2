/**
 * A candle as it is kept: beside its model and length, with 0 for a price before the first of all. Pure.
 * @module
 */
import type { Candle } from '../../indexer/domain/candle.ts';
import type { CandleRow } from '../../indexer/store/queries/market/candles.ts';

export function candleFromRow({ model: _, intervalSeconds: __, ...row }: CandleRow): Candle {
  return { ...row, priceBefore: row.priceBefore === 0n ? null : row.priceBefore };
}
