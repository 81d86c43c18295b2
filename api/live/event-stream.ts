/**
 * The stream of one subscriber: events of the canonical chain as blocks are committed, each with the cursor to go on from.
 * @module
 */
import { GraphQLError } from 'graphql';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type BranchBlock, blocksSeenAt, eventsSeenBetween } from '../../indexer/store/queries/chain/block-branches.ts';
import { lastBlockUntil } from '../../indexer/store/queries/chain/blocks.ts';
import type { EventRow } from '../../indexer/store/queries/rows/events.ts';
import { groupBy } from '../../jobs/group-by.ts';
import { numbersOf, readCursor, tagOf, writeCursor } from '../schema/cursor.ts';
import { nextSteps, type WalkStep } from './chain-walk.ts';
import type { BlockFeed } from './live-record.ts';

export type EventMessageKind = 'EVENT' | 'RETRACTION' | 'GAP' | 'CHECKPOINT';

export interface EventMessage {
  readonly kind: EventMessageKind;
  readonly cursor: string;
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly event: EventRow | null;
}

/** Where a reader is: in a block, after a place. `null` before the first block. */
interface Place {
  readonly block: BranchBlock;
  readonly transactionIndex: number;
  readonly position: number;
}

export interface StreamStart {
  readonly after: string | null;
  /** Without a cursor: from this slot on, else from what is new. */
  readonly fromSlot: Slot | null;
}

/** After all of a block. */
const END = 2 ** 32 - 1;
/** Blocks without a message after which the reader is told how far it is, so that it need not begin further back. */
const CHECKPOINT_BLOCKS = 64;
const CURSOR_KEY_LENGTH = 2;

/**
 * Ends when `signal` is aborted.
 * @throws GraphQLError `API__BAD_CURSOR`; errors of the store
 */
export async function* eventStream(
  feed: BlockFeed,
  store: StoreClient,
  matches: (event: EventRow) => boolean,
  start: StreamStart,
  signal: AbortSignal,
): AsyncGenerator<EventMessage> {
  await feed.join();
  try {
    let place = await placeAtStart(feed, store, start);
    let silentBlocks = 0;
    while (!signal.aborted) {
      const seen = feed.version;
      const rest = place === null || place.position === END ? [] : await restOfBlock(feed, store, place);
      const steps = rest.length > 0 ? rest : await nextSteps(feed, store, place?.block ?? null);
      const eventsOf = await eventsOfSteps(store, steps);
      for (const step of steps) {
        const messages = messagesOf(step, eventsOf(step.block).filter(matches), place);
        yield* messages;
        place = placeAfter(step);
        silentBlocks = messages.length > 0 ? 0 : silentBlocks + 1;
        if (silentBlocks < CHECKPOINT_BLOCKS || place === null) continue;
        silentBlocks = 0;
        yield messageAt('CHECKPOINT', place, null);
      }
      if (steps.length === 0) await feed.changed(seen, signal);
    }
  } finally {
    feed.leave();
  }
}

async function placeAtStart(feed: BlockFeed, store: StoreClient, start: StreamStart): Promise<Place | null> {
  if (start.after !== null) return placeOfCursor(store, start.after);
  if (start.fromSlot === null) {
    const newest = feed.found?.at(-1);
    return newest === undefined ? null : endOf(newest);
  }
  const before = start.fromSlot === 0n ? null : await lastBlockUntil(store, start.fromSlot - 1n);
  return before === null ? null : endOf(before);
}

async function placeOfCursor(store: StoreClient, text: string): Promise<Place> {
  const { snapshot, blockTag, key } = readCursor(text, CURSOR_KEY_LENGTH);
  const [, transactionIndex, position] = numbersOf([String(snapshot), ...key]);
  const block = (await blocksSeenAt(store, snapshot)).find(({ blockhash }) => tagOf(blockhash) === blockTag);
  if (block === undefined)
    throw new GraphQLError(`Slot ${snapshot} of the cursor has no such block here`, {
      extensions: { code: 'API__BAD_CURSOR' },
    });
  return { block, transactionIndex: Number(transactionIndex), position: Number(position) };
}

function endOf(block: BranchBlock): Place {
  return { block, transactionIndex: END, position: END };
}

/** The block that the reader has begun, once more: what comes after its place is still to be told. */
async function restOfBlock(feed: BlockFeed, store: StoreClient, { block }: Place): Promise<readonly WalkStep[]> {
  const [next] = await nextSteps(feed, store, block);
  return next?.kind === 'retraction' ? [next] : [{ kind: 'block', block, isGap: false }];
}

/** Events of all blocks that are stepped on, in one question. */
async function eventsOfSteps(store: StoreClient, steps: readonly WalkStep[]) {
  const slots = steps.flatMap((step) => (step.kind === 'block' ? [step.block.slot] : []));
  const [first, last] = [slots[0], slots.at(-1)];
  const events = first === undefined || last === undefined ? [] : await eventsSeenBetween(store, first, last);
  const byBlock = groupBy(events, blockText);
  return (block: BranchBlock) => byBlock.get(blockText(block)) ?? [];
}

function blockText({ slot, blockhash }: Pick<BranchBlock, 'slot' | 'blockhash'>): string {
  return `${slot}/${Buffer.from(blockhash).toString('hex')}`;
}

function messagesOf(step: WalkStep, events: readonly EventRow[], from: Place | null): EventMessage[] {
  if (step.kind === 'retraction') {
    const { block, back } = step;
    const { cursor } = messageAt('RETRACTION', endOf(back ?? block), null);
    return [{ kind: 'RETRACTION', cursor, slot: block.slot, blockhash: block.blockhash, event: null }];
  }
  const isBegun = from !== null && blockText(from.block) === blockText(step.block);
  const told = isBegun ? events.filter((event) => isAfter(event, from)) : events;
  const { slot, blockhash } = step.block;
  // Its cursor is that of before: who goes on from it is told of the gap again, and loses nothing.
  const gap = step.isGap && from !== null ? [{ ...messageAt('GAP', from, null), slot, blockhash }] : [];
  return [...gap, ...told.map((event) => messageAt('EVENT', { block: step.block, ...event }, event))];
}

function isAfter(event: EventRow, place: Place): boolean {
  if (event.transactionIndex !== place.transactionIndex) return event.transactionIndex > place.transactionIndex;
  return event.position > place.position;
}

function placeAfter(step: WalkStep): Place | null {
  if (step.kind === 'block') return endOf(step.block);
  return step.back === null ? null : endOf(step.back);
}

function messageAt(kind: EventMessageKind, place: Place, event: EventRow | null): EventMessage {
  const { slot, blockhash } = place.block;
  const key = [String(place.transactionIndex), String(place.position)];
  return { kind, cursor: writeCursor({ snapshot: slot, blockTag: tagOf(blockhash), key }), slot, blockhash, event };
}
