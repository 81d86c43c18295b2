/**
 * Pages in Relay's shape. `first` (or `last`, where a list goes both ways) is mandatory, and a cursor carries the snapshot of the request that made it: all pages
 * of one walk are as of the same block, so no row is missed or seen twice while blocks arrive. When a fork replaces that
 * block, the walk ends with an error that says so; a walk `atSlot` of a finalized slot never does.
 * @module
 */
import type { ObjectRef } from '@pothos/core';
import { GraphQLError } from 'graphql';
import type { Slot } from '../../indexer/domain/units.ts';
import { lastBlockUntil } from '../../indexer/store/queries/chain/blocks.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import type { ReadOrder } from '../../indexer/store/queries/chain/slot-walk.ts';
import { type EventPlace, placeAfterSlot } from '../../indexer/store/queries/rows/event-place.ts';
import type { ApiContext } from '../context.ts';
import { builder, MAX_PAGE_SIZE } from './builder.ts';
import { placeOfKey, readCursor, tagOf, writeCursor } from './cursor.ts';

export interface Connection<T> {
  readonly snapshot: Slot;
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Of all rows of the list in its snapshot, where the list can be counted. */
  readonly count?: () => Promise<bigint>;
}

type SchemaTypesOf = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

/** Cost of counting a list: about what reading all of it costs the ledger, beside a page. */
const COUNT_COST = 4_000;

/** Slots in which calls may be counted by their accounts or arguments, which are read for it. */
const MOST_COUNTED_SLOTS = 100_000n;

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly atSlot?: bigint | null | undefined;
}

/** Where a page starts: the snapshot, and the key of the row beside it (`null` for the page at the list's end). */
export interface PageStart {
  readonly snapshot: Slot;
  /** Of the block at the snapshot. It may be on its way where the block cannot be replaced any more. */
  readonly blockTag: Promise<string>;
  readonly key: readonly string[] | null;
  /** Rows of the page. */
  readonly size: number;
  /** The rows before the key are wanted, nearest last. */
  readonly isBackward: boolean;
}

interface PageEnd {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

const PageInfo = builder.objectRef<PageEnd>('PageInfo').implement({
  description: 'Where a page ends.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether rows follow this page in the same snapshot.' }),
    endCursor: t.exposeString('endCursor', { nullable: true, description: 'Give it as `after` to get the next page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether rows come before this page in the same snapshot.',
    }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Give it as `before`, with `last`, to get the page before, where the list goes both ways.',
    }),
  }),
});

/** What the arguments of a root field are made with. */
export type FieldArguments = Parameters<Parameters<typeof builder.queryField>[1]>[0];

/** `first`, `after` and `atSlot`, as every list of the API takes them. */
export function pageArgs(t: FieldArguments) {
  return {
    first: t.arg.int({ required: true, description: `Rows of the page, 1 to ${MAX_PAGE_SIZE}.` }),
    after: t.arg.string({ description: 'Cursor of the last row of the page before.' }),
    atSlot: t.arg({
      type: 'U64',
      description: 'Answer as of this slot; the newest committed one if absent. A cursor brings its own.',
    }),
  };
}

/** Those of a list that goes both ways: `first` with `after`, or `last` with `before`. */
export function twoWayPageArgs(t: FieldArguments) {
  return {
    ...pageArgs(t),
    first: t.arg.int({ description: `Rows of the page, 1 to ${MAX_PAGE_SIZE}; this or \`last\` is mandatory.` }),
    last: t.arg.int({ description: `Rows before \`before\`, or at the end of the list, 1 to ${MAX_PAGE_SIZE}.` }),
    before: t.arg.string({ description: 'Cursor of the first row of the page after.' }),
  };
}

/** Cost of a list: each row costs its fields. */
export function pageCost({ first, last }: Pick<PageArguments, 'first' | 'last'>) {
  return { field: 1, multiplier: Math.max(1, Math.min(first ?? last ?? 1, MAX_PAGE_SIZE)) };
}

/** `node` is the reference of the rows' type. `isCounted` where the pages know how many rows the list has. */
export function connectionType<T extends object>(
  name: string,
  node: ObjectRef<SchemaTypesOf, T>,
  { isCounted = false }: { readonly isCounted?: boolean } = {},
) {
  const edge = builder.objectRef<Connection<T>['edges'][number]>(`${name}Edge`).implement({
    description: `A row of ${name} with its place.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'The place of this row in its snapshot.' }),
      node: t.field({ type: node, description: 'The row.', resolve: (each) => each.node as never }),
    }),
  });
  return builder.objectRef<Connection<T>>(`${name}Connection`).implement({
    description: `A page of ${name}.`,
    fields: (t) => ({
      snapshotSlot: t.field({
        type: 'U64',
        description: 'The page is as of this slot.',
        resolve: (page) => page.snapshot,
      }),
      edges: t.field({
        type: [edge],
        description: 'The rows.',
        complexity: { multiplier: 1 },
        resolve: (page) => [...page.edges],
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where the page ends.',
        resolve: ({ hasNextPage, hasPreviousPage, edges }) => ({
          ...{ hasNextPage, hasPreviousPage },
          ...{ startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
        }),
      }),
      ...(isCounted
        ? {
            totalCount: t.field({
              type: 'U64',
              description: `Rows of the whole list as of the snapshot; costs ${COUNT_COST} points.`,
              complexity: COUNT_COST,
              resolve: (page) => page.count?.() ?? 0n,
            }),
          }
        : {}),
    }),
  });
}

/** @throws GraphQLError `API__BAD_PAGE`, `API__BAD_CURSOR`, `API__FUTURE_SLOT` */
export async function pageStart(args: PageArguments, keyLength: number, context: ApiContext): Promise<PageStart> {
  const { first, last, after, before } = args;
  const isBackward = isGiven(last);
  const size = (isBackward ? last : first) ?? 0;
  if (isGiven(first) === isBackward || isGiven(isBackward ? after : before))
    throw pageError('API__BAD_PAGE', 'A page takes first and after, or last and before');
  if (size < 1 || size > MAX_PAGE_SIZE)
    throw pageError('API__BAD_PAGE', `A page of ${size} rows is asked for, it must be 1 to ${MAX_PAGE_SIZE}`);
  const beside = isBackward ? before : after;
  if (isGiven(beside)) {
    const { snapshot, blockTag, key } = readCursor(beside, keyLength);
    return { snapshot, blockTag: Promise.resolve(blockTag), key, size, isBackward };
  }
  const snapshot = await snapshotAt(args.atSlot, context);
  const blockTag = blockTagAt(snapshot, context);
  // Whoever asks for the rows waits for it too, but later.
  blockTag.catch(() => {});
  // Of a later state than the rows it would hide that they are of a block that was replaced.
  if (!isGiven(args.atSlot) || !(await isFinal(snapshot, context))) await blockTag;
  return { snapshot, blockTag, key: null, size, isBackward };
}

async function isFinal(slot: Slot, { store }: ApiContext): Promise<boolean> {
  return slot <= ((await cursor(store, 'finalized'))?.slot ?? -1n);
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** What the rows of a page of events, newest first, stand before. @throws GraphQLError `API__BAD_CURSOR` */
export function placeBefore({ snapshot, key }: PageStart): EventPlace {
  return key === null ? placeAfterSlot(snapshot) : placeOfKey(key);
}

/** From which end a list whose newest rows come first is read for a page. */
export function readOrderOf({ isBackward }: PageStart): ReadOrder {
  return isBackward ? 'oldest' : 'newest';
}

async function blockTagAt(slot: Slot, context: ApiContext): Promise<string> {
  const head = await context.snapshot();
  const block = head?.slot === slot ? head : await lastBlockUntil(context.store, slot);
  return block === null ? 'none' : tagOf(block.blockhash);
}

/** Read after the rows, so that a fork between two pages is seen whenever it came. @throws GraphQLError `API__SNAPSHOT_REPLACED` */
async function checkSnapshot({ snapshot, blockTag, key }: PageStart, { store }: ApiContext): Promise<void> {
  if (key === null) return;
  const block = await lastBlockUntil(store, snapshot);
  if ((block === null ? 'none' : tagOf(block.blockhash)) === (await blockTag)) return;
  const message = `A fork replaced the block at slot ${snapshot} that this walk began at: begin again without after`;
  throw pageError('API__SNAPSHOT_REPLACED', message);
}

/** The slot an answer is as of. @throws GraphQLError `API__FUTURE_SLOT` */
export async function snapshotAt(atSlot: bigint | null | undefined, context: ApiContext): Promise<Slot> {
  const newest = (await context.snapshot())?.slot ?? 0n;
  if (atSlot !== null && atSlot !== undefined && atSlot > newest)
    throw pageError('API__FUTURE_SLOT', `Slot ${atSlot} is not committed yet, the newest is ${newest}`);
  return atSlot ?? newest;
}

/**
 * `found` holds up to one row more than the page, in the order it was read: the one too many says that others follow.
 * @throws GraphQLError `API__SNAPSHOT_REPLACED`
 */
export async function toConnection<T>(
  start: PageStart,
  found: readonly T[],
  keyOf: (row: T) => readonly string[],
  context: ApiContext,
  count?: () => Promise<bigint>,
): Promise<Connection<T>> {
  await checkSnapshot(start, context);
  const { snapshot, size, isBackward } = start;
  const blockTag = await start.blockTag;
  const page = found.slice(0, size);
  if (isBackward) page.reverse();
  const edges = page.map((node) => ({ node, cursor: writeCursor({ snapshot, blockTag, key: keyOf(node) }) }));
  const [isMore, isBeside] = [found.length > size, start.key !== null];
  const [hasNextPage, hasPreviousPage] = isBackward ? [isBeside, isMore] : [isMore, isBeside];
  return { snapshot, edges, hasNextPage, hasPreviousPage, ...(count ? { count } : {}) };
}

/**
 * A count that reads what is wide, which a signature bounds as well.
 * @throws GraphQLError `API__TOO_COMPLEX`
 */
export function checkCounted(
  { fromSlot, signature }: { readonly fromSlot?: Slot; readonly signature?: Uint8Array },
  snapshot: Slot,
): void {
  if (signature !== undefined || snapshot - (fromSlot ?? 0n) < MOST_COUNTED_SLOTS) return;
  const message = `Calls are counted by account, argument or program in at most ${MOST_COUNTED_SLOTS} slots: give fromSlot`;
  throw pageError('API__TOO_COMPLEX', message);
}

function pageError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
