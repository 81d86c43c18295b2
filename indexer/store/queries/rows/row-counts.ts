/**
 * How many rows of a long history meet a condition. Which blocks count need not be looked at where nothing else is stored:
 * a stretch in which a table has as many rows as the blocks that count say is all of theirs, each once, and is counted
 * without a look at any block. What was cancelled, or written twice, makes it have more; such stretches are counted by
 * the canonical view, as is what is not final.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { oneRow, rows } from '../../rows.ts';
import { quoted } from '../../sql-text.ts';
import type { ChunkPrint } from '../chain/block-chunks.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import type { SqlCondition } from './field-conditions.ts';

/** The final stretches of the chain. */
export interface FinalStretches {
  readonly chunkSlots: bigint;
  /** Stretches with a smaller number are final. */
  readonly below: bigint;
  /** Those that have blocks. */
  readonly chunks: ReadonlyMap<bigint, ChunkPrint>;
}

/** Rows of a table in a final stretch that count; absent where that is not known. */
type KnownRows = (chunk: bigint) => bigint | undefined;

export interface ChunkCount {
  readonly chunk: bigint;
  /** Stored, whether they count or not. */
  readonly rowCount: bigint;
  /** Of these, those that meet the condition. */
  readonly matchCount: bigint;
}

/** Stretches that the canonical view is asked for at once. */
const CHUNKS_AT_ONCE = 16n;
const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/**
 * Rows of canonical blocks.
 * @param table of rows with an envelope, `canonical_` before which is its view
 * @param knownRows as the blocks have it, or what is known of them
 */
export async function countRows(
  client: StoreClient,
  table: string,
  condition: SqlCondition,
  range: SlotBounds,
  stretches: FinalStretches,
  knownRows: KnownRows,
): Promise<bigint> {
  const { chunkSlots } = stretches;
  const whole = wholeStretches(range, stretches);
  if (whole === null) return countOfView(client, table, condition, [range], chunkSlots);
  const found = await chunkCounts(client, table, condition, whole, chunkSlots);
  const isSure = ({ chunk, rowCount }: ChunkCount) => knownRows(chunk) === rowCount;
  const unsure = found.filter((each) => !isSure(each)).map(({ chunk }) => chunk);
  const others = [
    { fromSlot: range.fromSlot, toSlot: whole.fromSlot - 1n },
    ...joined(unsure, chunkSlots),
    { fromSlot: whole.toSlot + 1n, toSlot: range.toSlot },
  ];
  const ofOthers = await countOfView(client, table, condition, others, chunkSlots);
  return found.filter(isSure).reduce((sum, { matchCount }) => sum + matchCount, ofOthers);
}

/** The final stretches that lie in a range as a whole; `null` when there are none. */
export function wholeStretches(
  { fromSlot, toSlot }: SlotBounds,
  { chunkSlots, below: finalBelow }: FinalStretches,
): SlotBounds | null {
  const from = (fromSlot + chunkSlots - 1n) / chunkSlots;
  const end = (toSlot + 1n) / chunkSlots;
  const below = end < finalBelow ? end : finalBelow;
  return from < below ? { fromSlot: from * chunkSlots, toSlot: below * chunkSlots - 1n } : null;
}

/** Slots of stretches, neighbours in one range. */
function joined(chunks: readonly bigint[], chunkSlots: bigint): SlotBounds[] {
  const ranges: { fromSlot: bigint; toSlot: bigint }[] = [];
  for (const chunk of chunks.toSorted((left, right) => (left < right ? -1 : 1))) {
    const [fromSlot, toSlot] = [chunk * chunkSlots, (chunk + 1n) * chunkSlots - 1n];
    const last = ranges.at(-1);
    if (last?.toSlot === fromSlot - 1n) last.toSlot = toSlot;
    else ranges.push({ fromSlot, toSlot });
  }
  return ranges;
}

/** Stored rows of a range by stretch, and those that meet a condition, as of one moment. */
export function chunkCounts(
  client: StoreClient,
  table: string,
  { sql, params }: SqlCondition,
  bounds: SlotBounds,
  chunkSlots: bigint,
): Promise<ChunkCount[]> {
  return rows<ChunkCount>(
    client,
    // No column of an event is called as these are.
    `SELECT \`@chunk\` AS chunk, count() AS rowCount, countIf(\`@isMatch\`) AS matchCount FROM (
  SELECT intDiv(slot, {chunkSlots:UInt64}) AS \`@chunk\`, ${sql} AS \`@isMatch\` FROM ${quoted(table)} WHERE ${inRange}
) GROUP BY chunk`,
    { ...params, ...bounds, chunkSlots },
  );
}

async function countOfView(
  client: StoreClient,
  table: string,
  { sql, params }: SqlCondition,
  ranges: readonly SlotBounds[],
  chunkSlots: bigint,
): Promise<bigint> {
  let sum = 0n;
  for (const range of ranges)
    for (const bounds of pieces(range, CHUNKS_AT_ONCE * chunkSlots)) {
      const { found } = await oneRow<{ found: bigint }>(
        client,
        `SELECT count() AS found FROM (SELECT 1 FROM ${quoted(`canonical_${table}`)} WHERE ${inRange} AND ${sql})`,
        { ...params, ...bounds },
      );
      sum += found;
    }
  return sum;
}

/** A range in pieces of at most so many slots; none of an empty one. */
export function pieces({ fromSlot, toSlot }: SlotBounds, slots: bigint): SlotBounds[] {
  const found: SlotBounds[] = [];
  for (let from = fromSlot; from <= toSlot; from += slots) {
    const end = from + slots - 1n;
    found.push({ fromSlot: from, toSlot: end < toSlot ? end : toSlot });
  }
  return found;
}
