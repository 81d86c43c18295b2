/**
 * Keeps the candles of finalized blocks: makes those of new minutes, and makes a day again when its ticks are no longer
 * those it was made from, as after a backfill below it. Forks cannot reach it, since finalized blocks stay.
 *
 * Safe to kill and to run twice: candles are written before the row that says what they were made from, and only where
 * they differ.
 * @module
 */
import { least } from '../../indexer/domain/extremes.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { finalizedTime, slotsOfTimes } from '../../indexer/store/queries/chain/block-times.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import {
  type CandleDayRow,
  candleDays,
  closesBefore,
  daysOfTicks,
  digestsOfTicks,
  insertCandleDays,
  remakeCandles,
  type TickDayRow,
  type TickDigestRow,
} from '../../indexer/store/queries/market/candles.ts';
import { groupBy } from '../group-by.ts';
import { DAY_SECONDS, floorTo, INTERVALS_SECONDS, MINUTE_SECONDS } from './candles.ts';

/** `recent`: the days since the last that is complete, days without candles, and some of the others in turn; `all`: every day. */
export type RefreshScope = 'all' | 'recent';

/** Ticks that are looked at together; a day is never parted. */
const TICKS_TOGETHER = 1_000_000n;
/** Ticks of earlier days that are looked at in turn: a tenth of a second of one core. */
const TICKS_IN_TURN = 200_000n;

/** A day as it should be. */
interface DueDay extends CandleDayRow {
  readonly closesBefore: ReadonlyMap<number, bigint>;
  readonly made: CandleDayRow | undefined;
  /** Nothing but later ticks is new since it was made. */
  readonly isGrown: boolean;
}

/** Number of days that were made. */
export async function refreshCandles(
  store: StoreClient,
  scope: RefreshScope,
  nowMicros: () => bigint,
): Promise<number> {
  const newest = await finalizedTime(store);
  if (newest === null) return 0;
  const through = floorTo(newest, MINUTE_SECONDS);
  const days = (await daysOfTicks(store)).filter(({ day }) => day < through);
  const made = new Map((await candleDays(store)).map((each) => [each.day, each]));
  const due = new Set(scope === 'all' ? days : recentDays(days, made, through));
  let daysMade = 0;
  // In order: a day begins with the price that the one before ended with, so one that was made again leads to the next.
  for (let index = 0; index < days.length; ) {
    const together = dueTogether(days.slice(index), due);
    const changed = together.length === 0 ? [] : await refreshDays(store, together, made, through, nowMicros);
    daysMade += changed.length;
    index += Math.max(together.length, 1);
    const next = days[index];
    if (next !== undefined && changed.length > 0 && changed.at(-1)?.day === together.at(-1)?.day) due.add(next);
  }
  return daysMade;
}

function recentDays(
  days: readonly TickDayRow[],
  made: ReadonlyMap<UnixSeconds, CandleDayRow>,
  through: UnixSeconds,
): TickDayRow[] {
  const lastComplete = days.findLastIndex(({ day }) => made.get(day)?.through === day + DAY_SECONDS);
  const earlier = days.slice(0, Math.max(lastComplete, 0));
  const pieces = piecesOf(earlier, TICKS_IN_TURN);
  const inTurn = pieces[Number((through / MINUTE_SECONDS) % BigInt(Math.max(pieces.length, 1)))] ?? [];
  const unmade = earlier.filter(({ day }) => !made.has(day));
  return [...inTurn, ...unmade, ...days.slice(Math.max(lastComplete, 0))];
}

/** The days at the head of a list that are due, as many as are looked at together. */
function dueTogether(days: readonly TickDayRow[], due: ReadonlySet<TickDayRow>): TickDayRow[] {
  const end = days.findIndex((each) => !due.has(each));
  return piecesOf(end < 0 ? days : days.slice(0, end), TICKS_TOGETHER)[0] ?? [];
}

/** Days in their order, in pieces of one day or more with at most so many ticks. */
function piecesOf(days: readonly TickDayRow[], mostTicks: bigint): TickDayRow[][] {
  const pieces: TickDayRow[][] = [];
  let ticks = 0n;
  for (const each of days) {
    ticks += each.tickCount;
    if (pieces.length === 0 || ticks > mostTicks) {
      pieces.push([]);
      ticks = each.tickCount;
    }
    pieces.at(-1)?.push(each);
  }
  return pieces;
}

/** Days that follow one another; those that were made. */
async function refreshDays(
  store: StoreClient,
  days: readonly TickDayRow[],
  made: ReadonlyMap<UnixSeconds, CandleDayRow>,
  finalThrough: UnixSeconds,
  nowMicros: () => bigint,
): Promise<CandleDayRow[]> {
  const starts = days.map(({ day }) => day);
  const [first = 0n, last = first] = [starts[0], starts.at(-1)];
  const range = { fromTime: first, toTime: least(last + DAY_SECONDS, finalThrough) };
  const slots = (await slotsOfTimes(store, range)) ?? { fromSlot: 1n, toSlot: 0n };
  const standing = made.get(first)?.through ?? first;
  const ticks = groupBy(await digestsOfTicks(store, slots, range, standing), ({ day }) => String(day));
  const closes = new Map((await closesBefore(store, first, DAY_SECONDS)).map(({ model, close }) => [model, close]));
  const changed: DueDay[] = [];
  for (const day of starts) {
    const ofDay = ticks.get(String(day)) ?? [];
    const through = least(day + DAY_SECONDS, finalThrough);
    const due = dueDay({ day, through, closesBefore: new Map(closes), made: made.get(day) }, ofDay, standing);
    if (due.made?.through !== through || due.made.digest !== due.digest) changed.push(due);
    for (const { model, close } of ofDay) closes.set(model, close);
  }
  await makeDays(store, slots, changed, nowMicros);
  return changed;
}

/** @param standing time before which the digests tell of standing ticks: where the first day of all was made up to */
function dueDay(
  day: Omit<DueDay, 'digest' | 'isGrown'>,
  ticks: readonly TickDigestRow[],
  standing: UnixSeconds,
): DueDay {
  const before = digestOfCloses(day.closesBefore);
  const xor = (digests: readonly bigint[]) => digests.reduce((all, each) => all ^ each, before);
  const stands = day.made?.through === standing && day.made.digest === xor(ticks.map((each) => each.digestStanding));
  return { ...day, digest: xor(ticks.map(({ digest }) => digest)), isGrown: stands && standing < day.through };
}

/** The days from the first that changed to the last: those between them that stand are made as they are, and not written. */
async function makeDays(
  store: StoreClient,
  slots: SlotBounds,
  changed: readonly DueDay[],
  nowMicros: () => bigint,
): Promise<void> {
  const [first, last] = [changed[0], changed.at(-1)];
  if (first === undefined || last === undefined) return;
  const fromTime = first.isGrown ? (first.made?.through ?? first.day) : first.day;
  const days = { fromTime: first.day, toTime: last.day + DAY_SECONDS };
  const range = { slots, days, ticks: { fromTime, toTime: last.through }, closes: first.closesBefore };
  await remakeCandles(store, range, INTERVALS_SECONDS, nowMicros());
  const written = changed.map(({ day, through, digest }) => ({ day, through, digest }));
  await insertCandleDays(store, written, nowMicros());
}

/** The prices before a day are part of what its candles are made from. */
function digestOfCloses(closes: ReadonlyMap<number, bigint>): bigint {
  const byModel = [...closes].sort(([left], [right]) => left - right);
  const words = byModel.map(([model, close]) => (BigInt(model + 1) << 128n) | close);
  return words.reduce((digest, word) => {
    const mixed = (digest ^ word) * 0x9e37_79b9_7f4a_7c15n;
    return BigInt.asUintN(64, mixed ^ (mixed >> 64n) ^ (mixed >> 128n));
  }, 0n);
}
