/**
 * Ticks of the on-chain index folded into candles, as SQL: of a long history they are too many to leave the engine.
 * Rule: docs/market.md, "Candles".
 *
 * Of a minute its ticks alone tell all but the price that was in force when it began. So minutes are folded first, in
 * any order, and candles of all lengths are then put together from minutes that follow one another.
 * @module
 */

/** Columns of a minute; prices and sums as in `candles`. */
const MINUTE_COLUMNS = [
  ...['model', 'start', 'open', 'high', 'low', 'close', 'tick_count', 'purchase_count', 'purchase_gpu_seconds'],
  ...['purchase_value', 'trade_gpu_seconds', 'trade_value', 'traded_sum', 'held_seconds', 'first_time', 'last_time'],
].join(', ');

/**
 * A SELECT of the minutes of ticks. `held_seconds` is the integral of the price from the first tick to the last.
 * @param source of rows with the columns of `IndexUpdated`, its place in the chain and its time
 */
export function minutesOfTicks(source: string): string {
  return `SELECT model, start, prices[1] AS open, arrayMax(prices) AS high, arrayMin(prices) AS low, prices[-1] AS close, tick_count,
  purchase_count, purchase_gpu_seconds, purchase_value, trade_gpu_seconds, trade_value, traded_sum,
  arraySum((price, seconds) -> toUInt256(price) * seconds, arrayPopBack(prices), arrayPopFront(arrayDifference(times))) AS held_seconds,
  times[1] AS first_time, times[-1] AS last_time
FROM (
  SELECT model, intDiv(block_time, 60) * 60 AS start,
    arraySort(groupArray((slot, tx_index, toUInt32(position), block_time, price))) AS ticks, ticks.4 AS times, ticks.5 AS prices,
    count() AS tick_count, countIf(cause = 1) AS purchase_count,
    sumIf(toUInt128(gpu_seconds), cause = 1) AS purchase_gpu_seconds, sumIf(toUInt128(value), cause = 1) AS purchase_value,
    sumIf(toUInt128(gpu_seconds), cause != 1) AS trade_gpu_seconds, sumIf(toUInt128(value), cause != 1) AS trade_value,
    sum(toUInt256(traded_price) * gpu_seconds) AS traded_sum
  FROM (${source}) GROUP BY model, start)`;
}

/** A SELECT of the minutes of kept candles. @param condition on `current_candles` */
export function minutesOfKept(condition: string): string {
  return `SELECT ${MINUTE_COLUMNS.replace('held_seconds', 'price_seconds - toUInt256(price_before) * (first_time - start) AS held_seconds')}
FROM current_candles WHERE interval_seconds = 60 AND ${condition}`;
}

/**
 * A SELECT of the candles of all lengths that minutes make, with the columns of `candles`.
 * @param minutes SELECTs of minutes, no two of one model and start
 * @param carried SQL of the price of `model` before its first minute, 0 for none
 * @param intervals SQL of an array of lengths, each a multiple of a minute
 */
export function candlesOfMinutes(minutes: readonly string[], carried: string, intervals: string): string {
  const columns = `${MINUTE_COLUMNS}, toUInt128(${carried}) AS carried`;
  const summed = ['tick_count', 'purchase_count', 'purchase_gpu_seconds', 'purchase_value', 'trade_gpu_seconds'];
  const sums = [...summed, 'trade_value', 'traded_sum'].map((each) => `sum(m.${each}) AS ${each}`);
  return `SELECT model, interval_seconds, bucket AS start, argMin(m.open, minute) AS open, max(m.high) AS high, min(m.low) AS low,
  argMax(m.close, minute) AS close, ${sums.join(', ')}, argMin(before, minute) AS price_before,
  sum(held_seconds + toUInt256(before) * (m.first_time - greatest(before_time, bucket))) AS price_seconds,
  min(m.first_time) AS first_time, max(m.last_time) AS last_time
FROM (
  SELECT * EXCEPT start, start AS minute, lagInFrame(close, 1, carried) OVER w AS before, lagInFrame(last_time, 1, toInt64(0)) OVER w AS before_time
  FROM (SELECT ${columns} FROM (${minutes.join('\n  UNION ALL ')}))
  WINDOW w AS (PARTITION BY model ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
) AS m ARRAY JOIN ${intervals} AS interval_seconds, arrayMap(length -> intDiv(minute, length) * length, ${intervals}) AS bucket
GROUP BY model, interval_seconds, bucket`;
}
