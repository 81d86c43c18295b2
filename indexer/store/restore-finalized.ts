/**
 * A finalized block counts, and its ancestors, whatever was written. A writer that is far behind may still follow a branch
 * there, and cancel blocks in the moment between its own look at the cursor and the mark: it sees no block that is final yet,
 * and who moves the cursor sees no block that is cancelled. Each looks again behind what it wrote, so one of the two finds the
 * contradiction and lets the cursor hold.
 *
 * Down to where that was done stands beside the cursor, written with its next move. Where who moved it died before it looked,
 * whoever begins next, or moves it next, looks from there; where nobody ever did, down to the record's beginning. And as one who
 * cancelled may have died before it looked, whoever begins looks at the newest final blocks in any case.
 * @module
 */
import { checkInvariant } from '../domain/errors.ts';
import { killable } from '../domain/kill-points.ts';
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { type BlockIdentity, cancelBlocks, cancelMarks, markKey, marksBetween, restoreBlocks } from './marks.ts';
import { type Cursor, cursor, moveFinalized } from './queries/chain/cursors.ts';
import { rows } from './rows.ts';

type Place = Pick<BlockIdentity, 'slot' | 'blockhash'>;

interface ParentedMark extends BlockIdentity {
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
  readonly sign: number;
}

interface Contradictions {
  /** Of the final chain, and cancelled. */
  readonly lost: ParentedMark[];
  /** Beside the final chain, and counted. */
  readonly replaced: ParentedMark[];
}

const MAX_SLOT = 2n ** 64n - 1n;
const BEGINNING = -1n;
/** Marks that are held at once. */
const WINDOW_SLOTS = 10_000n;

/** Finality as one process writes it. */
export class Finality {
  /** Down to here this process, or one before it, has looked. */
  #looked: Cursor | null = null;

  constructor(private readonly client: StoreClient) {}

  /** To be called before the record is followed: what was made final counts, whoever died over it. */
  async restore(): Promise<void> {
    const { client } = this;
    this.#looked ??= await cursor(client, 'finalized_looked');
    const finalized = await cursor(client, 'finalized');
    if (finalized === null) return;
    const looked = this.#looked?.slot ?? BEGINNING;
    const recent = finalized.slot > WINDOW_SLOTS ? finalized.slot - WINDOW_SLOTS : BEGINNING;
    await restoreFinalized(client, finalized, recent < looked ? recent : looked);
    this.#looked = finalized;
  }

  /**
   * Moves the cursor, never backwards.
   * @throws InvariantError `STORE__NOT_COMMITTED` when the block does not count, or did not a moment later
   */
  async mark(slot: Slot, blockhash: Uint8Array): Promise<void> {
    const { client } = this;
    const mark = (await marksBetween(client, slot, slot)).get(markKey({ slot, bank: 0, blockhash }));
    checkCommitted(slot, mark?.sign === 1);
    this.#looked ??= await cursor(client, 'finalized_looked');
    await killable('finalized-cursor', () => moveFinalized(client, { slot, blockhash }, this.#looked));
    // Another writer may have cancelled it since, or blocks below it before; or moved the cursor further.
    const finalized = (await cursor(client, 'finalized')) ?? { slot, blockhash };
    const wasLost = await restoreFinalized(client, finalized, this.#looked?.slot ?? BEGINNING);
    this.#looked = finalized;
    checkCommitted(slot, !wasLost);
  }
}

function checkCommitted(slot: Slot, isCommitted: boolean): void {
  checkInvariant(isCommitted, 'STORE__NOT_COMMITTED', `Block ${slot} is finalized but not committed here`, { slot });
}

/**
 * Makes a finalized block count again, and its ancestors above a slot, and what another branch wrote in their place no more.
 * @returns whether the block itself did not count
 */
export async function restoreFinalized(client: StoreClient, finalized: Place, aboveSlot: Slot): Promise<boolean> {
  const { lost, replaced } = await contradictions(client, finalized, aboveSlot);
  const wasLost = lost[0]?.slot === finalized.slot;
  // In this order: a reader finds a chain that is too short, and never two.
  if (replaced.length > 0) await cancelBlocks(client, replaced);
  if (wasLost) await cancelMarks(client, finalized.slot, MAX_SLOT);
  if (lost.length > 0) await restoreBlocks(client, lost);
  return wasLost;
}

/** Down along parents. Where a mark is missing altogether, nothing says which of the blocks below are the chain's. */
async function contradictions(client: StoreClient, finalized: Place, aboveSlot: Slot): Promise<Contradictions> {
  const [lost, replaced]: [ParentedMark[], ParentedMark[]] = [[], []];
  let next: Place = finalized;
  let isBroken = false;
  for (let high = finalized.slot; high > aboveSlot && high >= 0n && !isBroken; ) {
    const low = high - WINDOW_SLOTS > aboveSlot ? high - WINDOW_SLOTS : aboveSlot;
    const marks = await parentedMarks(client, low + 1n, high);
    const chain = new Set<ParentedMark>();
    while (next.slot > low && !isBroken) {
      const mark = marks.get(placeKey(next));
      if (mark === undefined) isBroken = true;
      else {
        chain.add(mark);
        next = { slot: mark.parentSlot, blockhash: mark.parentBlockhash };
      }
    }
    lost.push(...[...chain].filter(({ sign }) => sign !== 1));
    const isBeside = (mark: ParentedMark) =>
      mark.sign === 1 && !chain.has(mark) && (!isBroken || mark.slot > next.slot);
    replaced.push(...[...marks.values()].filter(isBeside));
    high = low;
  }
  return { lost, replaced };
}

async function parentedMarks(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<Map<string, ParentedMark>> {
  const found = await rows<ParentedMark>(
    client,
    `SELECT slot, bank, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash, sign FROM blocks FINAL
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}`,
    { fromSlot, toSlot },
  );
  return new Map(found.map((mark) => [placeKey(mark), mark]));
}

function placeKey({ slot, blockhash }: Place): string {
  return `${slot}/${Buffer.from(blockhash).toString('hex')}`;
}
