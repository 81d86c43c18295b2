/**
 * Serialized transactions, legacy and version 0, read strictly: what a validator would refuse to deserialize or sanitize
 * is refused here, because the virtual machine below aborts the process on bytes it cannot read.
 * Source: the transaction format of solana-message and its `sanitize` rules.
 * @module
 */
import { InputError } from '../../../indexer/domain/errors.ts';

export interface ParsedInstruction {
  readonly programIdIndex: number;
  readonly accounts: Uint8Array;
  readonly data: Uint8Array;
}

export interface ParsedLookup {
  readonly accountKey: Uint8Array;
  readonly writableIndexes: Uint8Array;
  readonly readonlyIndexes: Uint8Array;
}

export interface ParsedMessage {
  readonly version: 'legacy' | 0;
  readonly numRequiredSignatures: number;
  readonly numReadonlySignedAccounts: number;
  readonly numReadonlyUnsignedAccounts: number;
  readonly accountKeys: readonly Uint8Array[];
  readonly recentBlockhash: Uint8Array;
  readonly instructions: readonly ParsedInstruction[];
  readonly lookups: readonly ParsedLookup[];
}

export interface ParsedTransaction extends ParsedMessage {
  /** The whole transaction as it came. */
  readonly bytes: Uint8Array;
  readonly signatures: readonly Uint8Array[];
}

/** Largest serialized transaction the network carries, PACKET_DATA_SIZE. */
export const MAX_TRANSACTION_BYTES = 1232;
const MAX_ACCOUNT_KEYS = 256;

/** @throws InputError `LOCALNET__BAD_TRANSACTION` with the validator's wording of the reason */
export function parseTransaction(bytes: Uint8Array): ParsedTransaction {
  const reader = new Reader(bytes);
  const signatures = reader.list(() => reader.take(64));
  const message = readMessage(reader);
  reader.finish();
  if (signatures.length !== message.numRequiredSignatures)
    refuse('Transaction failed to sanitize accounts offsets correctly');
  return { ...message, bytes, signatures };
}

/** A message without signatures, as `getFeeForMessage` takes it. @throws InputError `LOCALNET__BAD_TRANSACTION` */
export function parseMessage(bytes: Uint8Array): ParsedMessage {
  const reader = new Reader(bytes);
  const message = readMessage(reader);
  reader.finish();
  return message;
}

/** Whether the transaction may write to one of its static keys. */
export function isStaticWritable(message: ParsedMessage, index: number): boolean {
  if (index < message.numRequiredSignatures) {
    return index < message.numRequiredSignatures - message.numReadonlySignedAccounts;
  }
  return index < message.accountKeys.length - message.numReadonlyUnsignedAccounts;
}

/** The same transaction with other signatures or another blockhash would differ only here: offset of the blockhash. */
export function blockhashOffset(transaction: ParsedTransaction): number {
  const versionBytes = transaction.version === 0 ? 1 : 0;
  const signatureBytes = shortLengthBytes(transaction.signatures.length) + 64 * transaction.signatures.length;
  const keyBytes = shortLengthBytes(transaction.accountKeys.length) + 32 * transaction.accountKeys.length;
  return signatureBytes + versionBytes + 3 + keyBytes;
}

function readMessage(reader: Reader): ParsedMessage {
  const version = readVersion(reader);
  const [numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts] = [
    reader.byte(),
    reader.byte(),
    reader.byte(),
  ];
  const accountKeys = reader.list(() => reader.take(32));
  const recentBlockhash = reader.take(32);
  const instructions = reader.list(() => ({
    programIdIndex: reader.byte(),
    accounts: reader.bytes(),
    data: reader.bytes(),
  }));
  const lookups =
    version === 0
      ? reader.list(() => ({
          accountKey: reader.take(32),
          writableIndexes: reader.bytes(),
          readonlyIndexes: reader.bytes(),
        }))
      : [];
  const message = {
    ...{ version, numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts },
    ...{ accountKeys, recentBlockhash, instructions, lookups },
  };
  sanitize(message);
  return message;
}

function readVersion(reader: Reader): 'legacy' | 0 {
  if ((reader.peek() & 0x80) === 0) return 'legacy';
  const version = reader.byte() & 0x7f;
  if (version !== 0) refuse(`unsupported transaction version ${version}`);
  return 0;
}

function sanitize(message: ParsedMessage): void {
  const staticCount = message.accountKeys.length;
  const loadedCount = message.lookups.reduce(
    (sum, table) => sum + table.writableIndexes.length + table.readonlyIndexes.length,
    0,
  );
  const sound =
    message.numRequiredSignatures + message.numReadonlyUnsignedAccounts <= staticCount &&
    message.numReadonlySignedAccounts < message.numRequiredSignatures &&
    staticCount + loadedCount <= MAX_ACCOUNT_KEYS &&
    message.lookups.every((table) => table.writableIndexes.length + table.readonlyIndexes.length > 0) &&
    message.instructions.every(
      (instruction) =>
        instruction.programIdIndex > 0 &&
        instruction.programIdIndex < staticCount &&
        instruction.accounts.every((index) => index < staticCount + loadedCount),
    );
  if (!sound) refuse('Transaction failed to sanitize accounts offsets correctly');
}

class Reader {
  #offset = 0;
  readonly #input: Uint8Array;

  constructor(input: Uint8Array) {
    if (input.length > MAX_TRANSACTION_BYTES) {
      refuse(
        `decoded solana_transaction::versioned::VersionedTransaction too large: ${input.length} bytes (max: ${MAX_TRANSACTION_BYTES} bytes)`,
      );
    }
    this.#input = input;
  }

  peek(): number {
    return this.#input[this.#offset] ?? this.#short();
  }

  byte(): number {
    const value = this.peek();
    this.#offset += 1;
    return value;
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#input.length) this.#short();
    const part = this.#input.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }

  /** Solana's compact u16 length: seven bits a byte, at most three bytes, shortest form only. */
  length(): number {
    let value = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) !== 0) continue;
      if ((byte === 0 && shift > 0) || value > 0xffff) break;
      return value;
    }
    return refuse('failed to deserialize solana_transaction::versioned::VersionedTransaction: invalid length');
  }

  bytes(): Uint8Array {
    return this.take(this.length());
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.length() }, read);
  }

  finish(): void {
    if (this.#offset !== this.#input.length) {
      refuse('failed to deserialize solana_transaction::versioned::VersionedTransaction: trailing bytes');
    }
  }

  #short(): never {
    return refuse(
      'failed to deserialize solana_transaction::versioned::VersionedTransaction: io error: failed to fill whole buffer',
    );
  }
}

function shortLengthBytes(length: number): number {
  return length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
}

function refuse(reason: string): never {
  throw new InputError('LOCALNET__BAD_TRANSACTION', reason);
}
