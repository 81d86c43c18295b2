/**
 * Blocks of a range by RPC, written as the live stream would have written them.
 *
 * In: a range of slots. Out: blocks in the store, in pieces of up to 256 slots. Only final blocks are taken, so that no
 * fork can touch what is written. Below the record it goes downwards, each block found by the hash that the one above it
 * names; above the head upwards, each piece walked back to the head. What a node says of skipped slots proves nothing and
 * is not asked: it only tells which blocks to fetch several at a time.
 *
 * Nothing is remembered but in the store. The same call again, after a crash or beside another, writes the same rows.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { compareBytes, fromBase58, toBase58 } from '../domain/base58.ts';
import type { Block } from '../domain/chain.ts';
import { checkInput, InputError, PlumblineError, UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import { blockFromRpc } from '../rpc/rpc-block.ts';
import type { ChainRpc } from '../rpc/rpc-client.ts';
import { type FillStore, PARTITION_SLOTS, type RecordedSpan } from '../store/fill-store.ts';
import { type RetryOptions, retried } from './retry.ts';

export interface BackfillOptions {
  /** First slot wanted. */
  readonly fromSlot: Slot;
  /** Last slot wanted; `null` for all up to the record, or to the newest final block where the record ends before. */
  readonly toSlot: Slot | null;
  readonly store: FillStore;
  readonly rpc: Pick<ChainRpc, 'finalizedSlot' | 'firstAvailableSlot' | 'blockSlots' | 'block'>;
  /** base58 addresses of our programs */
  readonly programs: ReadonlySet<string>;
  readonly decode: (block: Block) => DecodedBlock;
  readonly retry: RetryOptions;
  readonly onPiece: (piece: BackfilledPiece) => void;
  readonly blocksAtOnce?: number;
}

export interface BackfilledPiece {
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
  readonly blockCount: number;
  readonly transactionCount: number;
  readonly eventCount: number;
  readonly undecodedCount: number;
}

const PIECE_SLOTS = 256n;
const BLOCKS_AT_ONCE = 4;

/** The parent that a block names: what has to be found next. */
interface ParentLink {
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
}

/**
 * Fill the range. Ends early, with what is written written, when the retry's signal is aborted.
 * @throws InputError `BACKFILL__BAD_RANGE`, `BACKFILL__NOT_FINAL`, `BACKFILL__DETACHED` for a range that does not touch the
 *   record, `BACKFILL__RANGE_PRUNED` for one that the node does not have; InvariantError `STORE__RECORD_DIFFERS`; errors of
 *   node and store once the retry gives up
 */
export async function runBackfill(options: BackfillOptions): Promise<void> {
  const { store, fromSlot, retry } = options;
  const span = await retried(() => store.span(), retry);
  const toSlot = await checkedEnd(options, span);
  if (span === null) {
    await fillEmpty(options, toSlot);
    return;
  }
  if (fromSlot <= span.head.slot) {
    const above = toSlot >= span.head.slot ? null : await retried(() => store.firstAbove(toSlot), retry);
    await fillDown(options, above ?? linkTo(span.head));
  }
  if (toSlot > span.head.slot) await fillUp(options, span.head, toSlot);
}

async function checkedEnd(options: BackfillOptions, span: RecordedSpan | null): Promise<Slot> {
  const { fromSlot, rpc, retry, store } = options;
  const finalSlot = await retried(() => rpc.finalizedSlot(), retry);
  const isBelow = span !== null && fromSlot < span.first.slot;
  const toSlot = options.toSlot ?? (isBelow ? span.first.parentSlot : finalSlot);
  const range = { fromSlot, toSlot };
  checkInput(fromSlot <= toSlot, 'BACKFILL__BAD_RANGE', `There is no slot from ${fromSlot} to ${toSlot}`, range);
  checkInput(
    toSlot <= finalSlot,
    'BACKFILL__NOT_FINAL',
    `Slot ${toSlot} is not final yet: give --to ${finalSlot} at most`,
    { ...range, finalSlot },
  );
  await checkAvailable(options, range);
  if (span === null) return toSlot;
  checkInput(
    fromSlot <= span.head.slot + 1n,
    'BACKFILL__DETACHED',
    `The record ends at slot ${span.head.slot}; blocks are written only where they link to it: give --from ${span.head.slot + 1n}`,
    { ...range, headSlot: span.head.slot },
  );
  const above = toSlot < span.head.slot ? await retried(() => store.firstAbove(toSlot), retry) : null;
  checkInput(
    above === null || above.parentSlot <= toSlot || above.parentSlot < fromSlot,
    'BACKFILL__DETACHED',
    `The record goes on at slot ${above?.slot}; blocks are written only where they link to it: give --to ${above?.parentSlot}`,
    { ...range, aboveSlot: above?.slot ?? null },
  );
  return toSlot;
}

/** Asked before anything is fetched; a node that cannot tell is found out at the first block that it lacks. */
async function checkAvailable({ rpc, retry }: BackfillOptions, range: { fromSlot: Slot; toSlot: Slot }): Promise<void> {
  const first = await retried(() => rpc.firstAvailableSlot(), retry).catch((error: unknown) => {
    if (error instanceof PlumblineError && error.code === 'RPC__REFUSED') return 0n;
    throw error;
  });
  if (first > range.fromSlot) throw pruned(range.fromSlot, `it has blocks from slot ${first} on, give --from ${first}`);
}

function pruned(slot: Slot, hint: string): InputError {
  const message = `The node no longer has the block of slot ${slot}: ${hint}, or set SOLANA_RPC_URL to one that keeps it`;
  return new InputError('BACKFILL__RANGE_PRUNED', message, { slot });
}

/** An empty record begins with the last final block of the range. */
async function fillEmpty(options: BackfillOptions, toSlot: Slot): Promise<void> {
  const { fromSlot, rpc, store, retry } = options;
  for (let high = toSlot; high >= fromSlot; high -= PIECE_SLOTS) {
    const low = lowestOfPiece(high, fromSlot);
    const slot = (await retried(() => rpc.blockSlots(low, high, 'finalized'), retry)).at(-1);
    const found = slot === undefined ? null : await retried(() => rpc.block(slot, 'finalized'), retry);
    if (slot === undefined || found === null) continue;
    const blockhash = fromBase58(found.blockhash);
    await fillDown(options, linkTo({ slot, blockhash }));
    await retried(() => store.markFinalized(slot, blockhash), retry);
    return;
  }
}

/** From the block that `link` names down to the first slot wanted. */
async function fillDown(options: BackfillOptions, link: ParentLink): Promise<void> {
  const { fromSlot, retry } = options;
  for (let next: ParentLink | null = link; next !== null && next.parentSlot >= fromSlot; ) {
    if (retry.signal.aborted) return;
    const low = lowestOfPiece(next.parentSlot, fromSlot);
    const piece: Block[] = await walkDown(options, next, low);
    await write(options, piece, low, next.parentSlot);
    next = parentLinkOf(piece[0] as Block);
  }
}

/** From the head upwards; each piece is walked back from its last block to where the one before ended. */
async function fillUp(options: BackfillOptions, head: RecordedSpan['head'], toSlot: Slot): Promise<void> {
  const { rpc, store, retry } = options;
  let end: { readonly slot: Slot; readonly blockhash: Uint8Array } = head;
  for (let low = head.slot + 1n; low <= toSlot && !retry.signal.aborted; ) {
    const [from, high] = [low, highestOfPiece(low, toSlot)];
    low = high + 1n;
    const slot = (await retried(() => rpc.blockSlots(from, high, 'finalized'), retry)).at(-1);
    const found = slot === undefined ? null : await retried(() => rpc.block(slot, 'finalized'), retry);
    if (slot === undefined || found === null) continue;
    const last = linkTo({ slot, blockhash: fromBase58(found.blockhash) });
    const piece = await walkDown(options, last, end.slot + 1n);
    await write(options, piece, from, high);
    end = piece.at(-1) as Block;
  }
  if (end !== head) await retried(() => store.markFinalized(end.slot, end.blockhash), retry);
}

function linkTo({ slot, blockhash }: { slot: Slot; blockhash: Uint8Array }): ParentLink {
  return { parentSlot: slot, parentBlockhash: blockhash };
}

/** The chain's first block is its own parent. */
function parentLinkOf({ slot, parentSlot, parentBlockhash }: Block): ParentLink | null {
  return parentSlot < slot ? { parentSlot, parentBlockhash } : null;
}

/** A piece never leaves its partition: see `fill-store.ts`. */
function lowestOfPiece(high: Slot, fromSlot: Slot): Slot {
  const bounds = [fromSlot, high - (high % PARTITION_SLOTS), high - PIECE_SLOTS + 1n];
  return bounds.reduce((highest, each) => (each > highest ? each : highest));
}

function highestOfPiece(low: Slot, toSlot: Slot): Slot {
  const bounds = [toSlot, low - (low % PARTITION_SLOTS) + PARTITION_SLOTS - 1n, low + PIECE_SLOTS - 1n];
  return bounds.reduce((lowest, each) => (each < lowest ? each : lowest));
}

/** Blocks from the one that `link` names down to the last with `slot >= low`, in chain order, each proven by its hash. */
async function walkDown(options: BackfillOptions, link: ParentLink, low: Slot): Promise<Block[]> {
  const fetched = await fetchRange(options, low, link.parentSlot);
  const walked: Block[] = [];
  for (let next: ParentLink | null = link; next !== null && next.parentSlot >= low; ) {
    const block: Block = fetched.get(next.parentSlot) ?? (await retried(fetchOf(options, next), options.retry));
    const isNamed: boolean = compareBytes(block.blockhash, next.parentBlockhash) === 0;
    walked.push(isNamed ? block : await retried(fetchOf(options, next), options.retry));
    next = parentLinkOf(walked.at(-1) as Block);
  }
  return walked.reverse();
}

async function fetchRange(options: BackfillOptions, low: Slot, high: Slot): Promise<Map<Slot, Block>> {
  const { rpc, programs, retry, blocksAtOnce = BLOCKS_AT_ONCE } = options;
  const slots = await retried(() => rpc.blockSlots(low, high, 'finalized'), retry);
  const blocks = new Map<Slot, Block>();
  for (let start = 0; start < slots.length; start += blocksAtOnce) {
    const fetches = slots.slice(start, start + blocksAtOnce).map(async (slot) => {
      const found = await retried(() => rpc.block(slot, 'finalized'), retry).catch(asPruned(slot));
      if (found !== null) blocks.set(slot, blockFromRpc(slot, found, programs));
    });
    await Promise.all(fetches);
  }
  return blocks;
}

/** The very block that a link names, which exists since the block above it is final. */
function fetchOf({ rpc, programs }: BackfillOptions, link: ParentLink): () => Promise<Block> {
  return async () => {
    const { parentSlot: slot, parentBlockhash } = link;
    const found = await rpc.block(slot, 'finalized').catch(asPruned(slot));
    if (found === null) throw pruned(slot, 'another block names it as its parent, give a higher --from');
    const block = blockFromRpc(slot, found, programs);
    if (compareBytes(block.blockhash, parentBlockhash) === 0) return block;
    const hash = toBase58(parentBlockhash);
    const message = `The RPC has another final block at slot ${slot} than ${hash}, which the chain above it names`;
    throw new UpstreamError('BACKFILL__OTHER_BLOCK', message, { slot, hash });
  };
}

function asPruned(slot: Slot): (error: unknown) => never {
  return (error) => {
    if (error instanceof PlumblineError && error.code === 'RPC__BLOCK_PRUNED')
      throw pruned(slot, 'give a higher --from');
    throw error;
  };
}

async function write(options: BackfillOptions, piece: readonly Block[], fromSlot: Slot, toSlot: Slot): Promise<void> {
  const decoded = piece.map(options.decode);
  await retried(() => options.store.fill(decoded), options.retry);
  const sum = (count: (each: DecodedBlock) => number) => decoded.reduce((total, each) => total + count(each), 0);
  options.onPiece({
    ...{ fromSlot, toSlot, blockCount: piece.length },
    transactionCount: sum(({ block }) => block.transactions.length),
    eventCount: sum(({ events }) => events.length),
    undecodedCount: sum(({ undecoded }) => undecoded.length),
  });
}
