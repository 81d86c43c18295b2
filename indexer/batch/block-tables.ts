/**
 * The tables of one block while its rows are written, one block after another: their buffers are used again for each.
 * @module
 */
import type { DecodedEvent, DecodedInstruction, Undecoded } from '../decode/decoded-block.ts';
import type { Transaction } from '../domain/chain.ts';
import { checkInvariant } from '../domain/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  TypedRowWriter,
  writeEventEnvelope,
  writeEventRest,
  writeInstruction,
  writeTransaction,
} from './chain-rows.ts';
import {
  accountsTable,
  eventsTable,
  eventTableShape,
  instructionsTable,
  type TypedTable,
  tokenBalancesTable,
  transactionsTable,
  undecodedTable,
} from './chain-tables.ts';
import { contentHash, type HashedRows } from './content-hash.ts';
import { RowMemory } from './row-memory.ts';
import { compareUndecoded } from './row-order.ts';
import { type BlockContext, compileRowWriter, type TableShape } from './table-shape.ts';

/** Rows of one block in one table. */
export interface TableRows {
  readonly table: string;
  readonly columnNames: readonly string[];
  readonly rowCount: number;
  readonly bytes: Uint8Array;
}

/** A table that rows of the block at hand are written into. */
export class OpenTable {
  readonly writer = new ByteWriter();
  readonly #columnNames: readonly string[];
  rowCount = 0;
  #keptLength = 0;
  #keptRowCount = 0;

  constructor(private readonly shape: Pick<TableShape<never>, 'table'> & { columns: readonly { name: string }[] }) {
    this.#columnNames = shape.columns.map(({ name }) => name);
  }

  /** A copy of the rows; the table is empty then. */
  take(memory: RowMemory): TableRows | null {
    if (this.rowCount === 0) return null;
    const { table } = this.shape;
    const bytes = memory.keep(this.writer.peek());
    const rows = { table, columnNames: this.#columnNames, rowCount: this.rowCount, bytes };
    this.clear();
    return rows;
  }

  clear(): void {
    this.writer.clear();
    this.rowCount = 0;
    this.keep();
  }

  /** What is here stays, whatever `undo` says. */
  keep(): void {
    this.#keptLength = this.writer.length;
    this.#keptRowCount = this.rowCount;
  }

  /** Forget what came since `keep`. */
  undo(): void {
    this.writer.cutTo(this.#keptLength);
    this.rowCount = this.#keptRowCount;
  }

  hashed(): HashedRows {
    return { rowCount: this.rowCount, bytes: this.writer.peek() };
  }
}

const writeUndecoded = compileRowWriter(undecodedTable);

export interface TypedRows {
  readonly open: OpenTable;
  readonly row: TypedRowWriter;
}

export class BlockTables {
  readonly transactions = new OpenTable(transactionsTable);
  readonly events = new OpenTable(eventsTable);
  readonly instructions = new OpenTable(instructionsTable);
  readonly accounts = new OpenTable(accountsTable);
  readonly undecoded = new OpenTable(undecodedTable);
  readonly tokenBalances = new OpenTable(tokenBalancesTable);
  readonly typed: ReadonlyMap<string, TypedRows>;
  readonly #all: readonly OpenTable[];
  readonly #memory = new RowMemory();

  /** @throws InputError `BATCH__UNKNOWN_TYPE` */
  constructor(eventTables: readonly TypedTable[]) {
    this.typed = new Map(
      eventTables.map((each) => [
        each.table,
        { open: new OpenTable(eventTableShape(each)), row: new TypedRowWriter(each) },
      ]),
    );
    const { transactions, events, instructions, accounts, undecoded, tokenBalances } = this;
    const typed = [...this.typed.values()].map(({ open }) => open);
    this.#all = [transactions, events, instructions, accounts, undecoded, tokenBalances, ...typed];
  }

  addTransaction(row: Transaction, prefix: Uint8Array, context: BlockContext): void {
    writeTransaction(this.transactions.writer, row, prefix, context);
    this.transactions.rowCount += 1;
  }

  /** @throws InvariantError `BATCH__NO_EVENT_TABLE` */
  addEvent(event: DecodedEvent, prefix: Uint8Array, context: BlockContext): void {
    const { writer } = this.events;
    writeEventEnvelope(writer, event, prefix, context);
    const typed = this.typed.get(event.table);
    checkInvariant(typed !== undefined, 'BATCH__NO_EVENT_TABLE', `No table ${event.table} for event ${event.name}`, {
      table: event.table,
      slot: context.decoded.block.slot,
    });
    typed.row.write(typed.open.writer, event, prefix, context);
    typed.open.rowCount += 1;
    writeEventRest(writer, event);
    this.events.rowCount += 1;
  }

  addInstruction(row: DecodedInstruction, prefix: Uint8Array, context: BlockContext): void {
    writeInstruction(this.instructions.writer, row, prefix, context);
    this.instructions.rowCount += 1;
  }

  /** Those of transactions or of accounts, in their order; how many there are. */
  addUndecoded(undecoded: readonly Undecoded[], context: BlockContext, ofAccounts: boolean): number {
    const rows = undecoded.filter(({ source }) => (source === 'account') === ofAccounts).sort(compareUndecoded);
    for (const row of rows) writeUndecoded(this.undecoded.writer, row, context);
    this.undecoded.rowCount += rows.length;
    return rows.length;
  }

  /** Over what is here now, of the tables that are hashed. */
  contentHash(): Uint8Array {
    return contentHash({
      transactions: this.transactions.hashed(),
      events: this.events.hashed(),
      instructions: this.instructions.hashed(),
      undecoded: this.undecoded.hashed(),
    });
  }

  /** The rows of all tables, which are empty then. */
  take(): TableRows[] {
    return this.#all.flatMap((open) => open.take(this.#memory) ?? []);
  }

  /** The rows taken last are this block's. */
  assign(block: object): void {
    this.#memory.assign(block);
  }

  clear(): void {
    for (const open of this.#all) open.clear();
  }
}
