/**
 * A chain of blocks made of recorded transactions: block `n` is the same bytes whenever it is made, no two transactions
 * have one signature and no two events one payload, so that nothing compresses better than it would on a real chain.
 *
 * A block is a template in which signatures and some bytes of every event are overwritten; the header stands in front.
 * @module
 */
import {
  SubscribeUpdate,
  type SubscribeUpdateBlock,
  SubscribeUpdateTransactionInfo,
} from '@triton-one/yellowstone-grpc';
import { DATA_PREFIX, eventTexts, type TransactionInfo } from './recorded-transactions.ts';

export const FIRST_SLOT = 4_000_000n;
const SIGNATURE_BYTES = 64;
/** Base64 characters of an event's first field that vary: those of its bytes 9 to 14. */
const VARYING_AT = 12;
const VARYING_CHARACTERS = 8;
const BLOCK_TRANSACTIONS_TAG = 50;
const UPDATE_BLOCK_TAG = 42;
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64 = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

export interface BlockCounts {
  readonly transactions: number;
  /** Of transactions that succeeded. */
  readonly events: number;
}

/** 44 characters of base58 that are 32 bytes, different for every block. */
export function blockhashText(number: number): string {
  let text = '';
  for (let rest = number + 1; text.length < 43; rest = Math.floor(rest / 58)) text = `${BASE58[rest % 58]}${text}`;
  return `A${text}`;
}

export class BlockLoad {
  readonly counts: BlockCounts;
  /** All transactions of a block as fields of a `SubscribeUpdateBlock`. */
  readonly #template: Buffer;
  readonly #signaturesAt: readonly (readonly number[])[];
  readonly #eventsAt: readonly number[];

  constructor(transactions: readonly TransactionInfo[], transactionsPerBlock: number) {
    const parts: Buffer[] = [];
    const signaturesAt: number[][] = [];
    const eventsAt: number[] = [];
    let events = 0;
    let offset = 0;
    for (let index = 0; index < transactionsPerBlock; index += 1) {
      const info = transactions[index % transactions.length] as TransactionInfo;
      const field = fieldOf({ ...info, index: String(index) });
      signaturesAt.push(placesOf(field, Buffer.from(info.signature), offset));
      for (const text of eventTexts(info))
        eventsAt.push(...placesOf(field, Buffer.from(DATA_PREFIX + text), offset, eventsAt));
      events += info.meta?.err === undefined ? eventTexts(info).length : 0;
      parts.push(field);
      offset += field.length;
    }
    this.#template = Buffer.concat(parts);
    this.#signaturesAt = signaturesAt;
    this.#eventsAt = eventsAt.map((at) => at + DATA_PREFIX.length + VARYING_AT);
    this.counts = { transactions: transactionsPerBlock, events };
  }

  /** The `SubscribeUpdate` of block `number`. */
  block(number: number): Buffer {
    const header = blockHeader(number);
    const prefix = lengthPrefix(UPDATE_BLOCK_TAG, header.length + this.#template.length);
    const bytes = Buffer.concat([prefix, header, this.#template]);
    this.#vary(bytes.subarray(prefix.length + header.length), number);
    return bytes;
  }

  #vary(bytes: Buffer, number: number): void {
    const next = randomWords(number);
    const signature = Buffer.alloc(SIGNATURE_BYTES);
    for (const places of this.#signaturesAt) {
      for (let at = 0; at < SIGNATURE_BYTES; at += 4) signature.writeUInt32LE(next(), at);
      for (const at of places) signature.copy(bytes, at);
    }
    for (const at of this.#eventsAt) {
      let bits = next();
      for (let step = 0; step < VARYING_CHARACTERS; step += 1) {
        if (step === VARYING_CHARACTERS / 2) bits = next();
        bytes[at + step] = BASE64[bits & 63] as number;
        bits >>>= 6;
      }
    }
  }
}

function fieldOf(info: TransactionInfo): Buffer {
  const body = SubscribeUpdateTransactionInfo.encode(info).finish();
  return Buffer.concat([lengthPrefix(BLOCK_TRANSACTIONS_TAG, body.length), body]);
}

/** Where `wanted` stands in `bytes`, counted from `offset` on; without the places that are `known`. */
function placesOf(bytes: Buffer, wanted: Buffer, offset: number, known: readonly number[] = []): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) {
    if (!known.includes(at + offset, Math.max(0, known.length - 16))) places.push(at + offset);
  }
  return places;
}

function blockHeader(number: number): Uint8Array {
  const slot = FIRST_SLOT + BigInt(number);
  const header = SubscribeUpdate.encode({
    filters: [],
    block: {
      slot: String(slot),
      blockhash: blockhashText(number),
      parentSlot: String(slot - 1n),
      parentBlockhash: blockhashText(number - 1),
      blockTime: { timestamp: String(1_700_000_000 + Math.floor(number * 0.4)) },
      blockHeight: { blockHeight: String(number + 1) },
      executedTransactionCount: '0',
      transactions: [],
      updatedAccountCount: '0',
      accounts: [],
      entriesCount: '0',
      entries: [],
      rewards: undefined,
    } as unknown as SubscribeUpdateBlock,
    createdAt: undefined,
  } as unknown as SubscribeUpdate).finish();
  // Tag and length of the block go: the transactions still come behind.
  let at = 1;
  while ((header[at] ?? 0) >= 0x80) at += 1;
  return header.subarray(at + 1);
}

function lengthPrefix(tag: number, length: number): Buffer {
  const bytes = [tag];
  let rest = length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** Marsaglia's xorshift, seeded by a number. */
function randomWords(seed: number): () => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
