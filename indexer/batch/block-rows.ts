/**
 * A decoded block as the rows it will be stored as: encoded as soon as it is decoded, so that what waits for the store is
 * a few buffers, and the objects of a block die young. Rows stand in the order of `row-order.ts`; every byte follows from
 * the block, its mark is made when it is committed.
 * @module
 */
import type { DecodedBlock, DecodedEvent } from '../decode/decoded-block.ts';
import { checkInvariant } from '../domain/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  blockPrefix,
  TypedRowWriter,
  writeEventEnvelope,
  writeEventRest,
  writeInstruction,
  writeTransaction,
} from './chain-rows.ts';
import {
  accountsTable,
  type BlockSummary,
  eventsTable,
  eventTableShape,
  instructionsTable,
  type TypedTable,
  transactionsTable,
  undecodedTable,
} from './chain-tables.ts';
import { contentHash, type HashedRows } from './content-hash.ts';
import { compareEvents, compareInstructions, compareUndecoded } from './row-order.ts';
import { type BlockContext, compileRowWriter, contextOf, type TableShape } from './table-shape.ts';

/** Rows of one block in one table. */
export interface TableRows {
  readonly table: string;
  readonly columnNames: readonly string[];
  readonly rowCount: number;
  readonly bytes: Uint8Array;
}

/** A block ready to be stored. `block` is its header, as in `DecodedBlock`. */
export interface PreparedBlock extends BlockSummary {
  /** Tables that the block has rows for, but `blocks`. */
  readonly rows: readonly TableRows[];
  /** Bytes of all rows: what it keeps in memory, about. */
  readonly byteCount: number;
}

/** A table that rows of the block at hand are written into. */
class OpenTable {
  readonly writer = new ByteWriter();
  readonly #columnNames: readonly string[];
  rowCount = 0;

  constructor(private readonly shape: Pick<TableShape<never>, 'table'> & { columns: readonly { name: string }[] }) {
    this.#columnNames = shape.columns.map(({ name }) => name);
  }

  /** A copy of the rows; the table is empty then. */
  take(): TableRows | null {
    if (this.rowCount === 0) return null;
    const { table } = this.shape;
    const rows = { table, columnNames: this.#columnNames, rowCount: this.rowCount, bytes: this.writer.copy() };
    this.clear();
    return rows;
  }

  clear(): void {
    this.writer.clear();
    this.rowCount = 0;
  }

  hashed(): HashedRows {
    return { rowCount: this.rowCount, bytes: this.writer.peek() };
  }
}

const writeUndecoded = compileRowWriter(undecodedTable);
const writeAccount = compileRowWriter(accountsTable);

/** Makes rows of blocks, one block after another. Its buffers are used again for each. */
export class BlockRowEncoder {
  readonly #transactions = new OpenTable(transactionsTable);
  readonly #events = new OpenTable(eventsTable);
  readonly #instructions = new OpenTable(instructionsTable);
  readonly #accounts = new OpenTable(accountsTable);
  readonly #undecoded = new OpenTable(undecodedTable);
  readonly #typed: ReadonlyMap<string, { readonly open: OpenTable; readonly row: TypedRowWriter }>;

  /** @throws InputError `BATCH__UNKNOWN_TYPE` */
  constructor(eventTables: readonly TypedTable[]) {
    this.#typed = new Map(
      eventTables.map((each) => [
        each.table,
        { open: new OpenTable(eventTableShape(each)), row: new TypedRowWriter(each) },
      ]),
    );
  }

  /**
   * The rows of a block.
   * @throws InvariantError `BATCH__NO_EVENT_TABLE` for an event whose table was not given, `BATCH__NO_TRANSACTION`,
   *   `BATCH__OUT_OF_RANGE` and `BATCH__WRONG_VALUE` for a value that does not fit its column
   */
  prepare(decoded: DecodedBlock): PreparedBlock {
    try {
      return this.#prepare(decoded);
    } finally {
      for (const open of this.#tables()) open.clear();
    }
  }

  #prepare(decoded: DecodedBlock): PreparedBlock {
    const context = contextOf(decoded);
    const prefix = blockPrefix(context);
    this.#addTransactions(decoded, prefix, context);
    for (const event of inOrder(decoded.events, compareEvents)) this.#addEvent(event, prefix, context);
    for (const row of inOrder(decoded.instructions, compareInstructions)) {
      writeInstruction(this.#instructions.writer, row, prefix, context);
      this.#instructions.rowCount += 1;
    }
    const undecodedCount = this.#addUndecoded(decoded, context, false);
    const hash = contentHash({
      transactions: this.#transactions.hashed(),
      events: this.#events.hashed(),
      instructions: this.#instructions.hashed(),
      undecoded: this.#undecoded.hashed(),
    });
    this.#addUndecoded(decoded, context, true);
    this.#addAccounts(decoded, context);
    const rows = [...this.#tables()].flatMap((open) => open.take() ?? []);
    const byteCount = rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return { ...summaryOf(decoded, undecodedCount, hash), rows, byteCount };
  }

  *#tables(): Generator<OpenTable> {
    yield* [this.#transactions, this.#events, this.#instructions, this.#accounts, this.#undecoded];
    for (const { open } of this.#typed.values()) yield open;
  }

  #addTransactions({ block }: DecodedBlock, prefix: Uint8Array, context: BlockContext): void {
    for (const row of inOrder(block.transactions, (left, right) => left.index - right.index)) {
      writeTransaction(this.#transactions.writer, row, prefix, context);
      this.#transactions.rowCount += 1;
    }
  }

  #addEvent(event: DecodedEvent, prefix: Uint8Array, context: BlockContext): void {
    const { writer } = this.#events;
    writeEventEnvelope(writer, event, prefix, context);
    const typed = this.#typed.get(event.table);
    checkInvariant(typed !== undefined, 'BATCH__NO_EVENT_TABLE', `No table ${event.table} for event ${event.name}`, {
      table: event.table,
      slot: context.decoded.block.slot,
    });
    typed.row.write(typed.open.writer, event, prefix, context);
    typed.open.rowCount += 1;
    writeEventRest(writer, event);
    this.#events.rowCount += 1;
  }

  /** Undecoded accounts stand behind those of transactions, which are hashed. */
  #addUndecoded({ undecoded }: DecodedBlock, context: BlockContext, ofAccounts: boolean): number {
    const rows = undecoded.filter(({ source }) => (source === 'account') === ofAccounts).sort(compareUndecoded);
    for (const row of rows) writeUndecoded(this.#undecoded.writer, row, context);
    this.#undecoded.rowCount += rows.length;
    return rows.length;
  }

  #addAccounts({ accounts }: DecodedBlock, context: BlockContext): void {
    const rows = inOrder(accounts, (left, right) => Buffer.compare(left.state.publicKey, right.state.publicKey));
    for (const row of rows) writeAccount(this.#accounts.writer, row, context);
    this.#accounts.rowCount += rows.length;
  }
}

/** Mostly they are in order already, and a copy of thousands is not free. */
function inOrder<Row>(rows: readonly Row[], compare: (left: Row, right: Row) => number): readonly Row[] {
  for (let index = 1; index < rows.length; index += 1) {
    if (compare(rows[index - 1] as Row, rows[index] as Row) > 0) return rows.toSorted(compare);
  }
  return rows;
}

function summaryOf(decoded: DecodedBlock, undecodedCount: number, hash: Uint8Array): BlockSummary {
  const { transactions, accounts: _, ...header } = decoded.block;
  return {
    block: header,
    transactionCount: transactions.length,
    eventCount: decoded.events.length,
    instructionCount: decoded.instructions.length,
    accountCount: decoded.accounts.length,
    undecodedCount,
    isProvable: decoded.truncatedTransactions.length === 0,
    contentHash: hash,
  };
}
