/**
 * Decoded blocks in, one RowBinary body per table out, in which every byte follows from the blocks and their
 * generations. Rows of each block stand in the order of `row-order.ts`; the commit marks are a body of their own.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { checkInvariant } from '../domain/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  accountsTable,
  type BlockMark,
  blocksTable,
  eventsTable,
  eventTableShape,
  instructionsTable,
  type TypedTable,
  transactionsTable,
  undecodedTable,
} from './chain-tables.ts';
import { contentHash } from './content-hash.ts';
import { compareEvents, compareInstructions, compareUndecoded } from './row-order.ts';
import { type BlockContext, compileRowWriter, contextOf, type RowWriter, type TableShape } from './table-shape.ts';

/** One insert. */
export interface TableBatch {
  readonly table: string;
  readonly columnNames: readonly string[];
  readonly rowCount: number;
  readonly bytes: Uint8Array;
}

export interface BlockBatch {
  /** Every table that has rows, but `blocks`; in no order that matters. */
  readonly rows: readonly TableBatch[];
  /** Rows of `blocks`: to be inserted when all others are in. */
  readonly marks: TableBatch;
}

export type BatchEncoder = (
  blocks: readonly DecodedBlock[],
  generationOf: (block: DecodedBlock) => number,
  /** As `BlockMark.keptAccountCount`; `null` for all unless told otherwise. */
  keptAccountCountOf?: (block: DecodedBlock) => number | null,
) => BlockBatch;

/**
 * An encoder for the chain tables and the given event tables. Compiled once, used for every batch.
 * @param decodedBy number of IDLs added to the registry that decodes the blocks: of two marks of a block the later
 *   registry's counts
 * @throws InputError `BATCH__UNKNOWN_TYPE`; when used, InvariantError `BATCH__NO_EVENT_TABLE` for an event whose table
 *   was not given, `BATCH__OUT_OF_RANGE` and `BATCH__WRONG_VALUE` for a value that does not fit its column
 */
export function createBatchEncoder(eventTables: readonly TypedTable[], decodedBy = 0): BatchEncoder {
  const encoders = encodersOf(eventTables);
  return (blocks, generationOf, keptAccountCountOf = () => null) => {
    const open = openTables(encoders);
    for (const decoded of blocks) {
      const keptAccountCount = keptAccountCountOf(decoded);
      addBlock(open, decoded, { generation: generationOf(decoded), decodedBy, keptAccountCount });
    }
    const { blocks: marks, typed, ...chain } = open;
    const all = [...Object.values(chain), ...typed.values()] as OpenTable<never>[];
    return { rows: all.filter((each) => each.rowCount > 0).map((each) => each.close()), marks: marks.close() };
  };
}

interface TableEncoder<Row> {
  readonly shape: TableShape<Row>;
  readonly writeRow: RowWriter<Row>;
}

function encoderOf<Row>(shape: TableShape<Row>): TableEncoder<Row> {
  return { shape, writeRow: compileRowWriter(shape) };
}

function encodersOf(eventTables: readonly TypedTable[]) {
  return {
    transactions: encoderOf(transactionsTable),
    events: encoderOf(eventsTable),
    instructions: encoderOf(instructionsTable),
    accounts: encoderOf(accountsTable),
    undecoded: encoderOf(undecodedTable),
    blocks: encoderOf<BlockMark>(blocksTable),
    typed: new Map(eventTables.map((each) => [each.table, encoderOf(eventTableShape(each))])),
  };
}

type OpenTables = ReturnType<typeof openTables>;

function openTables(encoders: ReturnType<typeof encodersOf>) {
  const { transactions, events, instructions, accounts, undecoded, blocks, typed } = encoders;
  return {
    transactions: new OpenTable(transactions),
    events: new OpenTable(events),
    instructions: new OpenTable(instructions),
    accounts: new OpenTable(accounts),
    undecoded: new OpenTable(undecoded),
    blocks: new OpenTable(blocks),
    typed: new Map([...typed].map(([table, encoder]) => [table, new OpenTable(encoder)])),
  };
}

function addBlock(open: OpenTables, decoded: DecodedBlock, mark: Omit<BlockMark, 'contentHash' | 'sign'>): void {
  const context = contextOf(decoded);
  const events = decoded.events.toSorted(compareEvents);
  const fromAccounts = decoded.undecoded.filter((each) => each.source === 'account');
  const fromTransactions = decoded.undecoded.filter((each) => each.source !== 'account');
  const hash = contentHash({
    transactions: open.transactions.add(
      decoded.block.transactions.toSorted((left, right) => left.index - right.index),
      context,
    ),
    events: open.events.add(events, context),
    instructions: open.instructions.add(decoded.instructions.toSorted(compareInstructions), context),
    undecoded: open.undecoded.add(fromTransactions.toSorted(compareUndecoded), context),
  });
  open.undecoded.add(fromAccounts.toSorted(compareUndecoded), context);
  open.accounts.add(
    decoded.accounts.toSorted((left, right) => Buffer.compare(left.state.publicKey, right.state.publicKey)),
    context,
  );
  for (const event of events) {
    const table = open.typed.get(event.table);
    checkInvariant(table !== undefined, 'BATCH__NO_EVENT_TABLE', `No table ${event.table} for event ${event.name}`, {
      table: event.table,
      slot: decoded.block.slot,
    });
    table.add([event], context);
  }
  open.blocks.add([{ contentHash: hash, sign: 1, ...mark }], context);
}

class OpenTable<Row> {
  readonly #encoder: TableEncoder<Row>;
  readonly #writer = new ByteWriter();
  rowCount = 0;

  constructor(encoder: TableEncoder<Row>) {
    this.#encoder = encoder;
  }

  /** The rows just added; their bytes are valid until the next call. */
  add(rows: readonly Row[], context: BlockContext): { rowCount: number; bytes: Uint8Array } {
    const start = this.#writer.length;
    for (const row of rows) this.#encoder.writeRow(this.#writer, row, context);
    this.rowCount += rows.length;
    return { rowCount: rows.length, bytes: this.#writer.peek(start) };
  }

  close(): TableBatch {
    return {
      table: this.#encoder.shape.table,
      columnNames: this.#encoder.shape.columns.map((each) => each.name),
      rowCount: this.rowCount,
      bytes: this.#writer.peek(),
    };
  }
}
