/**
 * Cursors: the snapshot that a walk began at, and the key of a row in it. Base64url of parts with dots between.
 * @module
 */
import { GraphQLError } from 'graphql';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import { PUBLIC_KEY_BYTES, type Slot, U64_MAX } from '../../indexer/domain/units.ts';
import type { EventPlace } from '../../indexer/store/queries/rows/event-place.ts';

const U32_MAX = 2 ** 32 - 1;
const MOST_PATH_STEPS = 16;
const U16_MAX = 2 ** 16 - 1;
const MAX_CURSOR_CHARACTERS = 1_000;

const TAG_BYTES = 8;

export interface Cursor {
  readonly snapshot: Slot;
  /** First bytes of the hash of the snapshot's block, hexadecimal: tells a fork from the chain the walk began on. */
  readonly blockTag: string;
  readonly key: readonly string[];
}

/** First bytes of a block's hash, hexadecimal. */
export function tagOf(blockhash: Uint8Array): string {
  return Buffer.from(blockhash.subarray(0, TAG_BYTES)).toString('hex');
}

export function writeCursor({ snapshot, blockTag, key }: Cursor): string {
  return Buffer.from([String(snapshot), blockTag, ...key].join('.')).toString('base64url');
}

const cursorPart = /^[0-9A-Za-z]{1,100}$/;

/** @throws GraphQLError `API__BAD_CURSOR` */
export function readCursor(cursor: string, keyLength: number): Cursor {
  const text = Buffer.from(cursor.slice(0, MAX_CURSOR_CHARACTERS), 'base64url').toString('latin1');
  const [snapshot, blockTag, ...key] = text.split('.');
  const isWhole = snapshot && isSlot(snapshot) && blockTag && key.length === keyLength;
  if (!isWhole || !key.every((part) => cursorPart.test(part))) throw badCursor();
  return { snapshot: BigInt(snapshot), blockTag, key };
}

function isSlot(text: string): boolean {
  return /^\d{1,20}$/.test(text) && BigInt(text) <= U64_MAX;
}

function badCursor(): GraphQLError {
  return new GraphQLError('after, or before, is not a cursor of this list', {
    extensions: { code: 'API__BAD_CURSOR' },
  });
}

/** The parts of a key that are numbers of a place on the chain. @throws GraphQLError `API__BAD_CURSOR` */
export function numbersOf(key: readonly string[]): bigint[] {
  const [slot, ...places] = key;
  if (!isSlot(slot ?? '') || !places.every(isPlace)) throw badCursor();
  return key.map(BigInt);
}

/** Of a transaction in its block, or of an event in its transaction: 32 bits. */
function isPlace(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= U32_MAX;
}

/** The key of a row that stands at the place of an event. */
export function placeKey({ slot, transactionIndex, position }: EventPlace): string[] {
  return [String(slot), String(transactionIndex), String(position)];
}

/** @throws GraphQLError `API__BAD_CURSOR` */
export function placeOfKey(key: readonly string[]): EventPlace {
  const [slot = 0n, transactionIndex, position] = numbersOf(key);
  return { slot, transactionIndex: Number(transactionIndex), position: Number(position) };
}

/** The part of a key that is an address. @throws GraphQLError `API__BAD_CURSOR` */
export function addressOf(key: readonly string[]): Uint8Array {
  try {
    return fromBase58(key[0] ?? '', PUBLIC_KEY_BYTES);
  } catch {
    throw badCursor();
  }
}

/** A call path as part of a key. */
export function pathPart(path: readonly number[]): string {
  return path.join('x');
}

/** @throws GraphQLError `API__BAD_CURSOR` */
export function pathOf(part: string | undefined): number[] {
  const steps = (part ?? '').split('x');
  const isPath = steps.length <= MOST_PATH_STEPS && steps.every((step) => /^\d{1,5}$/.test(step));
  if (!isPath || steps.some((step) => Number(step) > U16_MAX)) throw badCursor();
  return steps.map(Number);
}
