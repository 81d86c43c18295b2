/**
 * Keeps the candles of finalized blocks: makes those of new minutes, and makes a day again when its ticks are no longer
 * those it was made from, as after a backfill below it. Forks cannot reach it, since finalized blocks stay.
 *
 * Safe to kill and to run twice: candles are written before the row that says what they were made from, and only where
 * they differ.
 * @module
 */
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { finalizedTime, slotsOfTimes } from '../../indexer/store/queries/block-times.ts';
import {
  type CandleRow,
  candleDay,
  closesBefore,
  daysOfTicks,
  digestOfTicks,
  insertCandleDay,
  insertCandles,
  keptCandles,
  type TickRow,
  ticksBetween,
} from '../../indexer/store/queries/candles.ts';
import { groupBy } from '../group-by.ts';
import { candleFromRow, rowOfCandle } from './candle-row.ts';
import {
  type Candle,
  DAY_SECONDS,
  floorTo,
  INTERVALS_SECONDS,
  longerCandles,
  MINUTE_SECONDS,
  minuteCandles,
} from './candles.ts';
import { least } from './extremes.ts';

/** `recent`: the days since the last that is complete, and one earlier day in turn; `all`: every day. */
export type RefreshScope = 'all' | 'recent';

export interface RefreshReport {
  readonly daysMade: number;
  readonly candlesWritten: number;
}

/** Candles of a day by model and interval, at most: far above what a day of 32 models has. */
const MOST_CANDLES_PER_DAY = 100_000;

export async function refreshCandles(
  store: StoreClient,
  scope: RefreshScope,
  nowMicros: () => bigint,
): Promise<RefreshReport> {
  const newest = await finalizedTime(store);
  if (newest === null) return { daysMade: 0, candlesWritten: 0 };
  const through = floorTo(newest, MINUTE_SECONDS);
  const days = (await daysOfTicks(store, DAY_SECONDS)).filter((day) => day < through);
  let report = { daysMade: 0, candlesWritten: 0 };
  // In order: a day begins with the price that the one before ended with.
  for (const day of scope === 'all' ? days : await recentDays(store, days, through)) {
    const written = await refreshDay(store, day, through, nowMicros);
    if (written !== null) {
      report = { daysMade: report.daysMade + 1, candlesWritten: report.candlesWritten + written };
    }
  }
  return report;
}

async function recentDays(
  store: StoreClient,
  days: readonly UnixSeconds[],
  through: UnixSeconds,
): Promise<UnixSeconds[]> {
  const recent: UnixSeconds[] = [];
  for (const day of days.toReversed()) {
    recent.unshift(day);
    const isComplete = (await candleDay(store, day))?.through === day + DAY_SECONDS;
    if (isComplete) break;
  }
  const earlier = days.slice(0, days.length - recent.length);
  const inTurn = earlier[Number((through / MINUTE_SECONDS) % BigInt(Math.max(earlier.length, 1)))];
  return inTurn === undefined ? recent : [inTurn, ...recent];
}

/** Number of rows written; `null` when the day's candles stand. */
async function refreshDay(
  store: StoreClient,
  day: UnixSeconds,
  finalThrough: UnixSeconds,
  nowMicros: () => bigint,
): Promise<number | null> {
  const dayEnd = day + DAY_SECONDS;
  const through = least(dayEnd, finalThrough);
  const made = await candleDay(store, day);
  const closes = await closesBefore(store, day, DAY_SECONDS);
  const range = { fromTime: day, toTime: through };
  const slots = (await slotsOfTimes(store, range)) ?? { fromSlot: 1n, toSlot: 0n };
  const ticks = await digestOfTicks(store, slots, range, made?.through ?? day);
  const digest = ticks.digest ^ digestOfCloses(closes);
  if (made?.through === through && made.digest === digest) return null;
  const isGrown =
    made !== null && made.digest === (ticks.digestThrough ^ digestOfCloses(closes)) && made.through < through;
  const from = isGrown ? made.through : day;
  const before = await keptCandles(store, { fromTime: day, toTime: dayEnd }, MOST_CANDLES_PER_DAY);
  const newTicks = await ticksBetween(store, slots, { fromTime: from, toTime: through });
  const after = candlesOfDay(
    minutesBefore(before, from),
    newTicks,
    new Map(closes.map((each) => [each.model, each.close])),
  );
  const changes = changesBetween(before, after);
  await insertCandles(store, changes, nowMicros());
  await insertCandleDay(store, { day, through, digest }, nowMicros());
  return changes.length;
}

/** The prices before a day are part of what its candles are made from. */
function digestOfCloses(closes: readonly { model: number; close: bigint }[]): bigint {
  const words = closes.map(({ model, close }) => (BigInt(model + 1) << 128n) | close);
  return words.reduce((digest, word) => {
    const mixed = (digest ^ word) * 0x9e37_79b9_7f4a_7c15n;
    return BigInt.asUintN(64, mixed ^ (mixed >> 64n) ^ (mixed >> 128n));
  }, 0n);
}

function minutesBefore(rows: readonly CandleRow[], time: UnixSeconds): CandleRow[] {
  return rows.filter(({ intervalSeconds, start }) => BigInt(intervalSeconds) === MINUTE_SECONDS && start < time);
}

/** Candles of all lengths from the minutes that stand and the ticks after them. */
function candlesOfDay(
  standing: readonly CandleRow[],
  ticks: readonly TickRow[],
  closes: ReadonlyMap<number, bigint>,
): CandleRow[] {
  const minutesByModel = groupBy(standing, ({ model }) => String(model));
  const ticksByModel = groupBy(ticks, ({ model }) => String(model));
  const models = new Set([...minutesByModel.keys(), ...ticksByModel.keys()]);
  return [...models].flatMap((name) => {
    const kept = (minutesByModel.get(name) ?? []).map(candleFromRow);
    const carried = kept.at(-1)?.close ?? closes.get(Number(name)) ?? null;
    const minutes = [...kept, ...minuteCandles(ticksByModel.get(name) ?? [], carried)];
    return INTERVALS_SECONDS.flatMap((interval) => rowsOf(Number(name), interval, minutes));
  });
}

function rowsOf(model: number, intervalSeconds: bigint, minutes: readonly Candle[]): CandleRow[] {
  return longerCandles(minutes, intervalSeconds).map((candle) => rowOfCandle(model, intervalSeconds, candle));
}

/** Rows to be written so that the kept candles become those that should be; what has gone is said to have no ticks. */
function changesBetween(before: readonly CandleRow[], after: readonly CandleRow[]): CandleRow[] {
  const keyOf = ({ model, intervalSeconds, start }: CandleRow) => `${model}/${intervalSeconds}/${start}`;
  const kept = new Map(before.map((row) => [keyOf(row), row]));
  const wanted = new Set(after.map(keyOf));
  const gone = before.filter((row) => !wanted.has(keyOf(row))).map((row) => ({ ...row, tickCount: 0n }));
  const changed = after.filter((row) => {
    const standing = kept.get(keyOf(row));
    return standing === undefined || !isEqual(standing, row);
  });
  return [...changed, ...gone];
}

function isEqual(left: CandleRow, right: CandleRow): boolean {
  return (Object.keys(left) as (keyof CandleRow)[]).every((name) => left[name] === right[name]);
}
