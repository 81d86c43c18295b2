/**
 * Pages in Relay's shape. `first` is mandatory, and a cursor carries the snapshot of the request that made it: all pages
 * of one walk are as of the same block, so no row is missed or seen twice while blocks arrive. When a fork replaces that
 * block, the walk ends with an error that says so; a walk `atSlot` of a finalized slot never does.
 * @module
 */
import type { ObjectRef } from '@pothos/core';
import { GraphQLError } from 'graphql';
import { fromBase58 } from '../indexer/domain/base58.ts';
import { PUBLIC_KEY_BYTES, type Slot } from '../indexer/domain/units.ts';
import { lastBlockUntil } from '../indexer/store/queries/blocks.ts';
import { builder, MAX_PAGE_SIZE } from './builder.ts';
import type { ApiContext } from './context.ts';

export interface Connection<T> {
  readonly snapshot: Slot;
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
}

type SchemaTypesOf = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

const TAG_BYTES = 8;
const U64_MAX = 2n ** 64n - 1n;
const U32_MAX = 2 ** 32 - 1;

interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly atSlot?: bigint | null | undefined;
}

/** Where a page starts: the snapshot, and the key of the row before it (`null` for the first page). */
export interface PageStart {
  readonly snapshot: Slot;
  /** First bytes of the hash of the snapshot's block, hexadecimal: tells a fork from the chain the walk began on. */
  readonly blockTag: string;
  readonly key: readonly string[] | null;
}

interface PageEnd {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const PageInfo = builder.objectRef<PageEnd>('PageInfo').implement({
  description: 'Where a page ends.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether rows follow this page in the same snapshot.' }),
    endCursor: t.exposeString('endCursor', { nullable: true, description: 'Give it as `after` to get the next page.' }),
  }),
});

/** `first`, `after` and `atSlot`, as every list of the API takes them. */
export function pageArgs(t: Parameters<Parameters<typeof builder.queryField>[1]>[0]) {
  return {
    first: t.arg.int({ required: true, description: `Rows of the page, 1 to ${MAX_PAGE_SIZE}.` }),
    after: t.arg.string({ description: 'Cursor of the last row of the page before.' }),
    atSlot: t.arg({
      type: 'U64',
      description: 'Answer as of this slot; the newest committed one if absent. A cursor brings its own.',
    }),
  };
}

/** Cost of a list: each row costs its fields. */
export function pageCost(args: { readonly first: number }) {
  return { field: 1, multiplier: Math.max(1, Math.min(args.first, MAX_PAGE_SIZE)) };
}

/** `node` is the reference of the rows' type. */
export function connectionType<T extends object>(name: string, node: ObjectRef<SchemaTypesOf, T>) {
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
        resolve: (page) => ({ hasNextPage: page.hasNextPage, endCursor: page.edges.at(-1)?.cursor ?? null }),
      }),
    }),
  });
}

/** @throws GraphQLError `API__BAD_PAGE`, `API__BAD_CURSOR`, `API__FUTURE_SLOT` */
export async function pageStart(args: PageArguments, keyLength: number, context: ApiContext): Promise<PageStart> {
  if (args.first < 1 || args.first > MAX_PAGE_SIZE)
    throw pageError('API__BAD_PAGE', `first is ${args.first}, it must be 1 to ${MAX_PAGE_SIZE}`);
  if (args.after !== null && args.after !== undefined) return readCursor(args.after, keyLength);
  const snapshot = await snapshotAt(args.atSlot, context);
  return { snapshot, blockTag: await blockTagAt(snapshot, context), key: null };
}

async function blockTagAt(slot: Slot, context: ApiContext): Promise<string> {
  const head = await context.snapshot();
  const block = head?.slot === slot ? head : await lastBlockUntil(context.store, slot);
  return block === null ? 'none' : tagOf(block.blockhash);
}

function tagOf(blockhash: Uint8Array): string {
  return Buffer.from(blockhash.subarray(0, TAG_BYTES)).toString('hex');
}

/** Read after the rows, so that a fork between two pages is seen whenever it came. @throws GraphQLError `API__SNAPSHOT_REPLACED` */
async function checkSnapshot({ snapshot, blockTag, key }: PageStart, { store }: ApiContext): Promise<void> {
  if (key === null) return;
  const block = await lastBlockUntil(store, snapshot);
  if ((block === null ? 'none' : tagOf(block.blockhash)) === blockTag) return;
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
 * `found` holds up to `first + 1` rows: the one too many says that a page follows.
 * @throws GraphQLError `API__SNAPSHOT_REPLACED`
 */
export async function toConnection<T>(
  start: PageStart,
  first: number,
  found: readonly T[],
  keyOf: (row: T) => readonly string[],
  context: ApiContext,
): Promise<Connection<T>> {
  await checkSnapshot(start, context);
  const edges = found.slice(0, first).map((node) => ({ node, cursor: writeCursor(start, keyOf(node)) }));
  return { snapshot: start.snapshot, edges, hasNextPage: found.length > first };
}

function writeCursor({ snapshot, blockTag }: PageStart, key: readonly string[]): string {
  return Buffer.from([String(snapshot), blockTag, ...key].join('.')).toString('base64url');
}

const cursorPart = /^[0-9A-Za-z]{1,100}$/;

function readCursor(cursor: string, keyLength: number): PageStart {
  const [snapshot, blockTag, ...key] = Buffer.from(cursor.slice(0, 1_000), 'base64url').toString('latin1').split('.');
  if (
    !snapshot ||
    !isSlot(snapshot) ||
    !blockTag ||
    key.length !== keyLength ||
    !key.every((part) => cursorPart.test(part))
  ) {
    throw pageError('API__BAD_CURSOR', 'after is not a cursor of this list');
  }
  return { snapshot: BigInt(snapshot), blockTag, key };
}

function isSlot(text: string): boolean {
  return /^\d{1,20}$/.test(text) && BigInt(text) <= U64_MAX;
}

function pageError(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The parts of a key that are numbers of a place on the chain. @throws GraphQLError `API__BAD_CURSOR` */
export function numbersOf(key: readonly string[]): bigint[] {
  const [slot, ...places] = key;
  if (!isSlot(slot ?? '') || !places.every(isPlace))
    throw pageError('API__BAD_CURSOR', 'after is not a cursor of this list');
  return key.map(BigInt);
}

/** Of a transaction in its block, or of an event in its transaction: 32 bits. */
function isPlace(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= U32_MAX;
}

/** The part of a key that is an address. @throws GraphQLError `API__BAD_CURSOR` */
export function addressOf(key: readonly string[]): Uint8Array {
  try {
    return fromBase58(key[0] ?? '', PUBLIC_KEY_BYTES);
  } catch {
    throw pageError('API__BAD_CURSOR', 'after is not a cursor of this list');
  }
}
