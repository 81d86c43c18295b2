/**
 * One hash over what a block means for us: equal for every indexer, every feed and for a backfill, so that two records
 * can be compared without comparing rows.
 *
 * Left out on purpose: account states (an RPC backfill has none), block time and height (a feed may send them late or
 * not at all), versions of IDLs beyond the names they gave. SHA-256 over, all integers little-endian and all byte
 * strings behind a u32 length: slot u64, bank u32, blockhash, parent slot u64, parent blockhash; then the transactions
 * (index u32, signature, failed u8); the events; the instructions; the undecoded of events and instructions; the
 * indexes of truncated transactions. Each list stands behind its u32 count.
 * @module
 */
import { createHash } from 'node:crypto';
import type { DecodedBlock, DecodedEvent, DecodedInstruction, InstructionPath, Undecoded } from './decoded-block.ts';

/** 32 bytes. */
export function contentHash(decoded: DecodedBlock): Uint8Array {
  const { block } = decoded;
  writer.clear();
  writer.u64(block.slot).u32(block.bank).bytes(block.blockhash).u64(block.parentSlot).bytes(block.parentBlockhash);
  writer.u32(block.transactions.length);
  for (const { index, signature, error } of block.transactions)
    writer
      .u32(index)
      .bytes(signature)
      .u8(error === null ? 0 : 1);
  writer.u32(decoded.events.length);
  for (const event of decoded.events) writeEvent(writer, event);
  writer.u32(decoded.instructions.length);
  for (const instruction of decoded.instructions) writeInstruction(writer, instruction);
  const undecoded = decoded.undecoded.filter(({ source }) => source !== 'account');
  writer.u32(undecoded.length);
  for (const each of undecoded) writeUndecoded(writer, each);
  writer.u32(decoded.truncatedTransactions.length);
  for (const index of decoded.truncatedTransactions) writer.u32(index);
  return new Uint8Array(createHash('sha256').update(writer.written()).digest());
}

interface Located {
  readonly transactionIndex: number;
  readonly path: InstructionPath;
  readonly programId: Uint8Array;
}

function writeLocation(writer: ByteWriter, { transactionIndex, path, programId }: Located): void {
  writer.u32(transactionIndex).u32(path.length);
  for (const step of path) writer.u32(step);
  writer.bytes(programId);
}

function writeEvent(writer: ByteWriter, event: DecodedEvent): void {
  writeLocation(writer, event);
  writer.u32(event.ordinal).u32(event.position).text(event.transport).text(event.name).bytes(event.data);
}

function writeInstruction(writer: ByteWriter, instruction: DecodedInstruction): void {
  writeLocation(writer, instruction);
  writer
    .text(instruction.name)
    .u8(instruction.failed ? 1 : 0)
    .u32(instruction.accounts.length);
  for (const { name, publicKey } of instruction.accounts) writer.text(name ?? '').bytes(publicKey);
  writer.bytes(instruction.data);
}

function writeUndecoded(writer: ByteWriter, undecoded: Undecoded): void {
  writeLocation(writer, undecoded);
  writer.text(undecoded.source).u32(undecoded.ordinal).text(undecoded.reason).bytes(undecoded.data);
}

class ByteWriter {
  private buffer = Buffer.allocUnsafe(65_536);
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  written(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  u8(value: number): this {
    this.length = this.room(1).writeUInt8(value, this.length);
    return this;
  }

  u32(value: number): this {
    this.length = this.room(4).writeUInt32LE(value, this.length);
    return this;
  }

  u64(value: bigint): this {
    this.length = this.room(8).writeBigUInt64LE(value, this.length);
    return this;
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value, 'utf8'));
  }

  bytes(value: Uint8Array): this {
    this.u32(value.length).room(value.length).set(value, this.length);
    this.length += value.length;
    return this;
  }

  private room(byteCount: number): Buffer {
    if (this.length + byteCount > this.buffer.length) {
      const larger = Buffer.allocUnsafe(2 * (this.length + byteCount));
      larger.set(this.written());
      this.buffer = larger;
    }
    return this.buffer;
  }
}

/** One for all blocks, since hashing is synchronous; as large as the largest block so far. */
const writer = new ByteWriter();
