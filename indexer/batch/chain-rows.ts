/**
 * Rows of the tables that every event costs, written by hand: byte for byte what `compileRowWriter` makes of the shapes
 * in `chain-tables.ts` (a test compares them), in a fifth of its time. What is the same for all rows of a block, or for
 * all events of a kind, is encoded once and copied.
 * @module
 */
import { jsonWriter } from '../decode/canonical-json.ts';
import type { DecodedEvent, DecodedInstruction, InstructionPath } from '../decode/decoded-block.ts';
import type { StructLayout } from '../decode/layout.ts';
import type { Transaction } from '../domain/chain.ts';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../domain/units.ts';
import { latestSource } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import { eventTableShape, type TypedTable } from './chain-tables.ts';
import { type PayloadWriter, payloadWriter } from './payload-columns.ts';
import { type BlockContext, compileRowWriter, type RowWriter, transactionOf } from './table-shape.ts';

const NO_KEY = new Uint8Array(PUBLIC_KEY_BYTES);

/** Slot, bank, blockhash and time: the first columns of every row of a block. */
export function blockPrefix({ decoded: { block }, blockTime }: BlockContext): Uint8Array {
  const writer = new ByteWriter();
  writer.uint64(block.slot);
  writer.uint32(block.bank);
  writer.fixed(block.blockhash, PUBLIC_KEY_BYTES);
  writer.int64(blockTime);
  return writer.copy();
}

export function writeTransaction(
  writer: ByteWriter,
  row: Transaction,
  prefix: Uint8Array,
  { truncated }: BlockContext,
): void {
  writer.bytes(prefix);
  writer.uint32(row.index);
  writer.fixed(row.signature, SIGNATURE_BYTES);
  writer.fixed(row.accountKeys[0] ?? NO_KEY, PUBLIC_KEY_BYTES);
  writer.uint8(row.error === null ? 0 : 1);
  writer.varint(row.error?.length ?? 0);
  if (row.error !== null) writer.bytes(row.error);
  writer.uint64(row.feeLamports);
  writer.uint8(row.computeUnits === null ? 1 : 0);
  if (row.computeUnits !== null) writer.uint64(row.computeUnits);
  writer.uint8(truncated.has(row.index) ? 1 : 0);
}

export function writeInstruction(
  writer: ByteWriter,
  row: DecodedInstruction,
  prefix: Uint8Array,
  context: BlockContext,
): void {
  writer.bytes(prefix);
  writer.uint32(row.transactionIndex);
  writePath(writer, row.path);
  writer.fixed(transactionOf(context, row.transactionIndex).signature, SIGNATURE_BYTES);
  writer.fixed(row.programId, PUBLIC_KEY_BYTES);
  writer.name(row.name);
  writer.uint8(row.failed ? 1 : 0);
  writer.varint(row.accounts.length);
  for (const { name } of row.accounts) writer.name(name ?? '');
  writer.varint(row.accounts.length);
  for (const { publicKey } of row.accounts) writer.fixed(publicKey, PUBLIC_KEY_BYTES);
  writer.text(jsonWriter(row.layout)(row.args));
  writer.varint(row.data.length);
  writer.bytes(row.data);
}

function writePath(writer: ByteWriter, path: InstructionPath): void {
  writer.varint(path.length);
  for (const step of path) writer.uint16(step);
}

/** The columns that `events` and every typed table begin with. */
export function writeEventEnvelope(
  writer: ByteWriter,
  row: DecodedEvent,
  prefix: Uint8Array,
  context: BlockContext,
): void {
  writer.bytes(prefix);
  writer.uint32(row.transactionIndex);
  writePath(writer, row.path);
  writer.uint32(row.ordinal);
  writer.uint32(row.position);
  writer.fixed(transactionOf(context, row.transactionIndex).signature, SIGNATURE_BYTES);
}

/** What `events` has behind the envelope. */
export function writeEventRest(writer: ByteWriter, row: DecodedEvent): void {
  writer.fixed(row.programId, PUBLIC_KEY_BYTES);
  writer.name(row.name);
  writer.name(row.table);
  writer.name(row.transport);
  writer.varint(row.data.length);
  writer.bytes(row.data);
}

const sourceOf = latestSource();

/** Writes the rows of a typed table. */
export class TypedRowWriter {
  readonly #payloadWriters = new Map<StructLayout, PayloadWriter | null>();
  readonly #writeWhole: RowWriter<DecodedEvent>;

  /** @throws InputError `BATCH__UNKNOWN_TYPE` */
  constructor(private readonly table: TypedTable) {
    this.#writeWhole = compileRowWriter(eventTableShape(table));
  }

  write(writer: ByteWriter, row: DecodedEvent, prefix: Uint8Array, context: BlockContext): void {
    const fromPayload = row.payloadAt === undefined ? null : this.payloadWriter(row.layout);
    if (fromPayload !== null) {
      const before = writer.length;
      writeEventEnvelope(writer, row, prefix, context);
      if (fromPayload(writer, sourceOf(row.data), row.payloadAt as number, row.data.length)) return;
      writer.cutTo(before);
    }
    this.#writeWhole(writer, row, context);
  }

  /** Writes the table's own columns from the bytes of an event; `null` where they have to be decoded for that. */
  payloadWriter(layout: StructLayout): PayloadWriter | null {
    const known = this.#payloadWriters.get(layout);
    if (known !== undefined) return known;
    const made = payloadWriter(layout, this.table);
    this.#payloadWriters.set(layout, made);
    return made;
  }
}
