/**
 * Candles as of any slot: kept ones where their bucket was over, and the ticks of the rest. What is answered is the same
 * however far the kept ones reach. Blocks that a backfill brings below them are in once their day has been made again.
 * @module
 */
import type { Candle, Tick } from '../../indexer/domain/candle.ts';
import { least, most } from '../../indexer/domain/extremes.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { slotsOfTimes, type TimeRange } from '../../indexer/store/queries/chain/block-times.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import {
  type CandleHorizon,
  type CandlePiece,
  type CandleReach,
  type CandleRow,
  candleHorizon,
  candleReach,
  keptIn,
  keptPriceBefore,
  openSlots,
  ticksOf,
  ticksOfBlocks,
  type WrittenTick,
  writtenCandlesOf,
  writtenTicksOf,
} from '../../indexer/store/queries/market/candles.ts';
import { candleFromRow } from './candle-row.ts';
import { DAY_SECONDS, floorTo, HOUR_SECONDS, longerCandles, MINUTE_SECONDS, minuteCandles } from './candles.ts';

export interface CandleRequest extends TimeRange {
  readonly model: number;
  /** One of the lengths that are kept. */
  readonly intervalSeconds: bigint;
  readonly slot: Slot;
}

export interface CandleAnswer {
  readonly candles: readonly Candle[];
  /** The index before the first bucket; `null` when there was none. */
  readonly priceBefore: bigint | null;
  /** Time of the slot asked for: a bucket that holds it is still open. */
  readonly time: UnixSeconds;
}

/** Of buckets that begin in the range, by time; the caller bounds it. */
export async function readCandles(store: StoreClient, request: CandleRequest): Promise<CandleAnswer> {
  const { model, intervalSeconds, slot } = request;
  const fromTime = -floorTo(-request.fromTime, intervalSeconds);
  const range = { fromTime, toTime: floorTo(request.toTime - 1n, intervalSeconds) + intervalSeconds };
  const reach = await candleReach(store);
  const [horizon, ahead] = await Promise.all([
    candleHorizon(store, slot, fromTime, reach.through),
    askAhead(store, request, range, reach),
  ]);
  if (horizon === null) return { candles: [], priceBefore: null, time: 0n };
  const { time, keptTo } = horizon;
  const [kept, ticks] = await Promise.all([
    keptCandles(store, model, keptPieces(range, intervalSeconds, keptTo), ahead),
    openTicks(store, model, horizon, { ...range, fromTime: most(fromTime, keptTo) }, ahead),
  ]);
  const [first] = kept;
  const priceBefore =
    first === undefined ? await priceAt(store, request, range.fromTime, horizon) : candleFromRow(first).priceBefore;
  const standing = kept.map(candleFromRow);
  const minutes = minuteCandles(ticks, standing.at(-1)?.close ?? priceBefore);
  const wholeCount = kept.filter((row) => BigInt(row.intervalSeconds) === intervalSeconds).length;
  const rest = longerCandles([...standing.slice(wholeCount), ...minutes], intervalSeconds);
  return { candles: [...standing.slice(0, wholeCount), ...rest], priceBefore, time };
}

/** What was asked for before it was known what is needed. */
interface Ahead {
  readonly pieces: readonly CandlePiece[];
  readonly candles: readonly CandleRow[];
  readonly slots: SlotBounds;
  readonly tickRange: TimeRange;
  readonly ticks: readonly WrittenTick[];
}

/**
 * Candles and ticks are asked for together with the blocks that tell which of them are needed: one way to the store
 * instead of two. Right for ranges that end at the slot's time, well before it, or after the newest block; what it does not
 * hold is asked for after all.
 */
async function askAhead(
  store: StoreClient,
  { model, intervalSeconds, slot, toTime }: CandleRequest,
  range: TimeRange,
  { through, newestSlot }: CandleReach,
): Promise<Ahead> {
  const slots = openSlots(slot);
  // It ends after the slot, nobody knows by how much.
  if (toTime > through && openSlots(newestSlot).fromSlot > slot) return { ...NOTHING_AHEAD, slots };
  const keptTo = least(through, floorTo(toTime - 1n, MINUTE_SECONDS));
  const pieces = [{ intervalSeconds, ...range }, ...keptPieces(range, intervalSeconds, keptTo).slice(1)];
  const tickRange = { ...range, fromTime: most(range.fromTime, keptTo) };
  const [candles, ticks] = await Promise.all([
    writtenCandlesOf(store, model, pieces),
    isEmpty(tickRange) ? [] : writtenTicksOf(store, model, slots, tickRange),
  ]);
  return { pieces, candles, slots, tickRange, ticks };
}

const NOTHING_AHEAD = { pieces: [], candles: [], tickRange: { fromTime: 0n, toTime: 0n }, ticks: [] };

const isEmpty = ({ fromTime, toTime }: TimeRange): boolean => fromTime >= toTime;
const isWithin = (inner: TimeRange, outer: TimeRange): boolean =>
  isEmpty(inner) || (outer.fromTime <= inner.fromTime && outer.toTime >= inner.toTime);

async function keptCandles(store: StoreClient, model: number, pieces: readonly CandlePiece[], ahead: Ahead) {
  const isAhead = (piece: CandlePiece): boolean =>
    ahead.pieces.some((asked) => asked.intervalSeconds === piece.intervalSeconds && isWithin(piece, asked));
  const lacking = pieces.filter((piece) => !isAhead(piece));
  const found = await writtenCandlesOf(store, model, lacking);
  const ofLacking = new Set(lacking.map(({ intervalSeconds }) => Number(intervalSeconds)));
  const written = [...ahead.candles.filter((row) => !ofLacking.has(row.intervalSeconds)), ...found];
  // In the order in which each question had them where they begin together.
  return keptIn(found.length === 0 ? written : written.sort((left, right) => Number(left.start - right.start)), pieces);
}

/** Those that no kept candle tells of. */
async function openTicks(
  store: StoreClient,
  model: number,
  { slots, openBlocks, time }: CandleHorizon,
  range: TimeRange,
  ahead: Ahead | null,
): Promise<readonly Tick[]> {
  const open = { ...range, toTime: least(range.toTime, time + 1n) };
  if (isEmpty(open)) return [];
  if (openBlocks === null) return ticksOf(store, model, slots, open);
  const isAhead = ahead !== null && ahead.slots.fromSlot <= slots.fromSlot && isWithin(open, ahead.tickRange);
  const written = isAhead ? ahead.ticks : await writtenTicksOf(store, model, slots, open);
  return ticksOfBlocks(written, openBlocks);
}

/** What the open bucket is put together from: each further length is read from another place of the disk, for a few rows. */
const PIECES_SECONDS = [HOUR_SECONDS, MINUTE_SECONDS];

/** Whole buckets, and the one that was open at `keptTo` by the hours and minutes within it. */
function keptPieces({ fromTime, toTime }: TimeRange, intervalSeconds: bigint, keptTo: UnixSeconds): CandlePiece[] {
  let from = fromTime;
  return [intervalSeconds, ...PIECES_SECONDS.filter((length) => length < intervalSeconds)].map((length) => {
    const piece = { intervalSeconds: length, fromTime: from, toTime: least(toTime, floorTo(keptTo, length)) };
    from = most(from, piece.toTime);
    return piece;
  });
}

/** The index before a time, from kept candles and, beyond them, from ticks. */
async function priceAt(
  store: StoreClient,
  { model, slot }: CandleRequest,
  time: UnixSeconds,
  horizon: CandleHorizon,
): Promise<bigint | null> {
  const { keptTo } = horizon;
  const range = { fromTime: keptTo, toTime: least(time, horizon.time + 1n) };
  const ticks = range.fromTime < range.toTime ? await ticksBetween(store, model, slot, horizon, range) : [];
  return ticks.at(-1)?.price ?? keptPriceBefore(store, model, least(time, keptTo), DAY_SECONDS);
}

/** Of a range that begins where kept candles end. */
async function ticksBetween(store: StoreClient, model: number, slot: Slot, horizon: CandleHorizon, range: TimeRange) {
  if (horizon.isFromKept) return openTicks(store, model, horizon, range, null);
  const slots = await slotsOfTimes(store, range);
  return slots === null ? [] : ticksOf(store, model, { ...slots, toSlot: least(slots.toSlot, slot) }, range);
}
