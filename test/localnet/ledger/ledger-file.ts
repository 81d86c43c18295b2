/**
 * The append-only file that is the chain: a header that says which chain it is, then blocks, and rollbacks where a fork
 * replaced blocks. A record counts when it is whole (length and CRC agree); a torn tail is cut off at opening, so a process
 * killed at any moment starts again from its last whole block.
 *
 * Record: u32 length of the payload, u32 CRC-32 of kind and payload, u8 kind, payload. Little endian.
 * @module
 */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { InputError } from '../../../indexer/domain/errors.ts';

export const recordKind = { header: 1, block: 2, rollback: 3 } as const;
export type RecordKind = (typeof recordKind)[keyof typeof recordKind];

export interface LedgerRecord {
  readonly kind: RecordKind;
  readonly payload: Buffer;
  /** Where the record starts in the file; {@link LedgerFile.read} takes it. */
  readonly offset: number;
}

const PREFIX_BYTES = 9;
const MAX_PAYLOAD_BYTES = 1 << 30;

export class LedgerFile {
  readonly #file: number;
  readonly #path: string;
  #end: number;

  /** @throws InputError `LOCALNET__LEDGER_FILE` when the file cannot be opened */
  constructor(path: string) {
    this.#path = path;
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#file = openSync(path, 'a+');
    } catch (error) {
      throw new InputError(
        'LOCALNET__LEDGER_FILE',
        `Cannot open the ledger file ${path}: ${(error as Error).message}`,
        { path },
        error,
      );
    }
    this.#end = fstatSync(this.#file).size;
  }

  /** Every whole record from the start. Cuts off what follows the last one when the walk ends. */
  *records(): Generator<LedgerRecord> {
    let offset = 0;
    for (;;) {
      const record = this.#readAt(offset);
      if (record === undefined) break;
      yield record;
      offset += PREFIX_BYTES + record.payload.length;
    }
    if (offset < this.#end) ftruncateSync(this.#file, offset);
    this.#end = offset;
  }

  /** Appends one record in one write. @returns its offset */
  append(kind: RecordKind, payload: Uint8Array): number {
    const record = Buffer.allocUnsafe(PREFIX_BYTES + payload.length);
    record.writeUInt32LE(payload.length, 0);
    record.writeUInt8(kind, 8);
    record.set(payload, PREFIX_BYTES);
    record.writeUInt32LE(crc32(record.subarray(8)), 4);
    const offset = this.#end;
    let written = 0;
    while (written < record.length) written += writeSync(this.#file, record, written);
    this.#end += record.length;
    return offset;
  }

  /** @throws InputError `LOCALNET__LEDGER_DAMAGED` when there is no whole record at `offset` */
  read(offset: number): LedgerRecord {
    const record = this.#readAt(offset);
    if (record === undefined) {
      throw new InputError(
        'LOCALNET__LEDGER_DAMAGED',
        `The ledger file ${this.#path} has no whole record at byte ${offset}`,
        { offset },
      );
    }
    return record;
  }

  close(): void {
    closeSync(this.#file);
  }

  #readAt(offset: number): LedgerRecord | undefined {
    const prefix = this.#readBytes(offset, PREFIX_BYTES);
    if (prefix === undefined) return undefined;
    const length = prefix.readUInt32LE(0);
    if (length > MAX_PAYLOAD_BYTES) return undefined;
    const record = this.#readBytes(offset + 8, 1 + length);
    if (record === undefined || crc32(record) !== prefix.readUInt32LE(4)) return undefined;
    return { kind: record.readUInt8(0) as RecordKind, payload: record.subarray(1), offset };
  }

  #readBytes(offset: number, length: number): Buffer | undefined {
    if (offset + length > this.#end) return undefined;
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#file, bytes, done, length - done, offset + done);
      if (count === 0) return undefined;
      done += count;
    }
    return bytes;
  }
}
