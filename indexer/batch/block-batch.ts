/**
 * Decoded blocks in, one RowBinary body per table out, in which every byte follows from the blocks and their
 * generations. The commit marks are a body of their own. A block that was prepared before gives the same bytes.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { BlockRowEncoder, type PreparedBlock } from './block-rows.ts';
import type { TableRows } from './block-tables.ts';
import { ByteWriter } from './byte-writer.ts';
import { type BlockMark, blocksTable, type TypedTable } from './chain-tables.ts';
import { compileRowWriter } from './table-shape.ts';

/** One insert. */
export interface TableBatch extends TableRows {
  /** The same bytes in pieces, where they were never one. */
  readonly chunks?: readonly Uint8Array[];
}

export interface BlockBatch {
  /** Every table that has rows, but `blocks`; in no order that matters. */
  readonly rows: readonly TableBatch[];
  /** Rows of `blocks`: to be inserted when all others are in. */
  readonly marks: TableBatch;
}

/** What can be committed: `block` is the header of either. */
export type CommitBlock = DecodedBlock | PreparedBlock;

export interface BatchEncoder {
  (
    blocks: readonly CommitBlock[],
    generationOf: (block: CommitBlock) => number,
    /** As `BlockMark.keptAccountCount`; `null` for all unless told otherwise. */
    keptAccountCountOf?: (block: CommitBlock) => number | null,
  ): BlockBatch;
  /** Encode a block now and commit it later. */
  readonly prepare: (decoded: DecodedBlock) => PreparedBlock;
}

/**
 * An encoder for the chain tables and the given event tables. Compiled once, used for every batch.
 * @param decodedBy number of IDLs added to the registry that decodes the blocks: of two marks of a block the later
 *   registry's counts
 * @throws InputError `BATCH__UNKNOWN_TYPE`; when used, those of `BlockRowEncoder.prepare`
 */
export function createBatchEncoder(eventTables: readonly TypedTable[], decodedBy = 0): BatchEncoder {
  const encoder = new BlockRowEncoder(eventTables);
  const prepare = (decoded: DecodedBlock) => encoder.prepare(decoded);
  const encode = (
    blocks: readonly CommitBlock[],
    generationOf: (block: CommitBlock) => number,
    keptAccountCountOf: (block: CommitBlock) => number | null = () => null,
  ): BlockBatch => {
    const prepared = blocks.map((each) => ('rows' in each ? each : prepare(each)));
    const marks = prepared.map((summary): BlockMark => {
      const keptAccountCount = keptAccountCountOf(summary);
      return { summary, sign: 1, generation: generationOf(summary), decodedBy, keptAccountCount };
    });
    return { rows: joined(prepared), marks: marksBatch(marks) };
  };
  return Object.assign(encode, { prepare });
}

/** The rows of all blocks, by table. */
function joined(blocks: readonly PreparedBlock[]): TableBatch[] {
  const byTable = new Map<string, TableRows[]>();
  for (const { rows } of blocks) {
    for (const each of rows) {
      const sameTable = byTable.get(each.table);
      if (sameTable === undefined) byTable.set(each.table, [each]);
      else sameTable.push(each);
    }
  }
  return [...byTable.values()].map(batchOf);
}

function batchOf(parts: readonly TableRows[]): TableBatch {
  const { table, columnNames } = parts[0] as TableRows;
  const chunks = parts.map(({ bytes }) => bytes);
  return {
    table,
    columnNames,
    rowCount: parts.reduce((sum, { rowCount }) => sum + rowCount, 0),
    chunks,
    // Put together only for who asks: an insert does not.
    get bytes() {
      return Buffer.concat(chunks);
    },
  };
}

const markColumnNames = blocksTable.columns.map(({ name }) => name);
const writeMark = compileRowWriter(blocksTable);

function marksBatch(marks: readonly BlockMark[]): TableBatch {
  const writer = new ByteWriter();
  for (const mark of marks) writeMark(writer, mark, undefined as never);
  return { table: blocksTable.table, columnNames: markColumnNames, rowCount: marks.length, bytes: writer.peek() };
}
