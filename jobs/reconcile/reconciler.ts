/**
 * Compares finalized blocks with what their events and instructions say, from where it was left to the newest one, and
 * looks again at what differed. Everything it knows stands in ClickHouse: it can be killed at any point and run anywhere,
 * even twice.
 *
 * A range begins with the accounts as the chain had them at its start, which the range before has compared; so memory is
 * bounded by what a page touches. Blocks without account states are folded and compared at the next snapshot.
 * @module
 */
import { compareBytes, fromBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { blockAt } from '../../indexer/store/queries/chain/blocks.ts';
import { cursor, moveCursor } from '../../indexer/store/queries/chain/cursors.ts';
import type { SlotBounds } from '../../indexer/store/queries/chain/slot-windows.ts';
import {
  type Incident,
  insertIncidents,
  openRanges,
  unknownFrom,
  unreconciledIn,
} from '../../indexer/store/queries/ledger/reconciliation.ts';
import {
  balancesToldFrom,
  settleSurpluses,
  tokenBalancesBefore,
  type VaultSurplus,
} from '../../indexer/store/queries/ledger/token-balances.ts';
import { eventsCompleteAfter } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { loadPage } from './load-page.ts';
import { type FoldedProgram, RangeFold } from './range-fold.ts';

export interface ReconcileContext {
  readonly store: StoreClient;
  readonly programs: readonly FoldedProgram[];
  readonly signal: AbortSignal;
}

/** Incidents of one block that are held at once; a block that differs in more tells the rest when it is looked at again. */
const MOST_INCIDENTS = 10_000;
const RANGES_AGAIN = 20;

/**
 * Compare every finalized block that was not compared yet.
 * @returns incidents found, in chain order
 */
export async function reconcileNewBlocks(context: ReconcileContext): Promise<readonly Incident[]> {
  const { store } = context;
  const finalized = await cursor(store, 'finalized');
  const fromSlot = (await cursor(store, 'reconciled'))?.slot ?? (await eventsCompleteAfter(store));
  if (finalized === null || fromSlot === null) return [];
  const unknown = await unknownFrom(store, fromSlot, finalized.slot);
  const toSlot = unknown === null ? finalized.slot : unknown - 1n;
  const found: Incident[] = [];
  await foldRange(context, { fromSlot, toSlot }, async (range, incidents, surpluses) => {
    found.push(...incidents);
    await settle(store, range, incidents);
    await settleSurpluses(store, range, surpluses);
    const block = await blockAt(store, range.toSlot);
    if (block !== null) await moveCursor(store, 'reconciled', block.slot, block.blockhash);
  });
  return found;
}

export interface LookedAgain {
  /** Slots that agree now. */
  readonly mended: readonly Slot[];
  /** Where the next look begins; 0 when this one came to the end. */
  readonly afterSlot: Slot;
}

/** Fold again some ranges that end in a difference, after a slot: what was missing may have come since. */
export async function reconcileAgain(context: ReconcileContext, afterSlot: Slot = 0n): Promise<LookedAgain> {
  const { store, signal } = context;
  const mended: Slot[] = [];
  const ranges = await openRanges(store, afterSlot, RANGES_AGAIN);
  for (const { fromSlot, slot } of ranges) {
    if (signal.aborted) break;
    let isMended = true;
    await foldRange(context, { fromSlot, toSlot: slot }, async (range, incidents, surpluses) => {
      isMended &&= incidents.length === 0;
      await settle(store, range, incidents);
      await settleSurpluses(store, range, surpluses);
    });
    if (isMended) mended.push(slot);
  }
  const last = ranges.length < RANGES_AGAIN ? undefined : ranges.at(-1);
  return { mended, afterSlot: last?.slot ?? 0n };
}

export interface RangeComparison {
  readonly incidents: readonly Incident[];
  /** Where the last comparison was made: blocks behind it have no account states yet. */
  readonly comparedThroughSlot: Slot;
}

/** Compare the blocks after a slot as of which accounts are known, up to another, and write nothing. */
export async function compareRange(context: ReconcileContext, range: SlotBounds): Promise<RangeComparison> {
  const found: Incident[] = [];
  let comparedThroughSlot = range.fromSlot;
  await foldRange(context, range, async ({ toSlot }, incidents) => {
    found.push(...incidents);
    comparedThroughSlot = toSlot;
  });
  return { incidents: found, comparedThroughSlot };
}

/** Called for each part of a range that ends where accounts are known, with the incidents in it. */
type Compared = (
  range: SlotBounds,
  incidents: readonly Incident[],
  surpluses: readonly VaultSurplus[],
) => Promise<void>;

/** Blocks after `fromSlot` up to `toSlot`, page by page. */
async function foldRange(context: ReconcileContext, range: SlotBounds, compared: Compared): Promise<void> {
  const { store, programs, signal } = context;
  const keys = programs.map(({ key }) => key);
  let fold = new RangeFold(programs, range.fromSlot);
  let [start, nextSlot] = [range.fromSlot, range.fromSlot + 1n];
  let incidents: Incident[] = [];
  const toldFrom = await balancesToldFrom(store);
  while (!signal.aborted) {
    const question = { fromSlot: nextSlot, toSlot: range.toSlot, programs: keys, beforeSlot: fold.comparedSlot };
    const page = await loadPage(store, question);
    const last = page.blocks.at(-1);
    if (last === undefined) return;
    fold.learn(page.before);
    for (const block of page.blocks) incidents.push(...fold.fold(block));
    const unknown = fold.vaults.unknown().map((vault) => fromBase58(vault));
    fold.vaults.learn(await tokenBalancesBefore(store, start, unknown));
    incidents.push(...fold.vaults.compare(toldFrom));
    nextSlot = last.block.slot + 1n;
    if (!fold.isComparedToEnd) continue;
    await compared({ fromSlot: start, toSlot: last.block.slot }, incidents, fold.vaults.surpluses);
    fold = new RangeFold(programs, last.block.slot);
    [start, incidents] = [last.block.slot, []];
  }
}

/** Writes what differs, and closes what stood for blocks of the range and does so no more. */
async function settle(
  store: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  incidents: readonly Incident[],
): Promise<void> {
  const known = await unreconciledIn(store, { fromSlot: fromSlot + 1n, toSlot }, MOST_INCIDENTS);
  const gone = known.filter((each) => !incidents.some((other) => isSame(each, other)));
  await insertIncidents(store, incidents, true);
  await insertIncidents(store, gone, false);
}

function isSame(left: Incident, right: Incident): boolean {
  return left.slot === right.slot && left.field === right.field && compareBytes(left.publicKey, right.publicKey) === 0;
}
