/**
 * A table as the batch stage sees it: its columns, their ClickHouse types, and how each is read from a row of the
 * decoded block. `compileRowWriter` turns that into one function per table.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { ColumnValue } from '../decode/event-tables.ts';
import type { Transaction } from '../domain/chain.ts';
import { checkInvariant } from '../domain/errors.ts';
import type { ByteWriter } from './byte-writer.ts';
import { codecOf } from './column-codec.ts';

/** What a row may need to know beside itself. */
export interface BlockContext {
  readonly decoded: DecodedBlock;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: bigint;
  readonly transactions: TransactionFinder;
  readonly truncated: ReadonlySet<number>;
}

/** Transactions by their index in the block. Rows ask in order, so that the last answer or the next is mostly the one. */
export class TransactionFinder {
  #positions: ReadonlyMap<number, number> | null = null;
  #at = 0;

  constructor(private readonly transactions: readonly Transaction[]) {}

  find(index: number): Transaction | undefined {
    const { transactions } = this;
    for (let at = this.#at; at <= this.#at + 1; at += 1) {
      const transaction = transactions[at];
      if (transaction?.index !== index) continue;
      this.#at = at;
      return transaction;
    }
    return this.#search(index);
  }

  #search(index: number): Transaction | undefined {
    this.#positions ??= new Map(this.transactions.map((each, position) => [each.index, position]));
    this.#at = this.#positions.get(index) ?? this.#at;
    const transaction = this.transactions[this.#at];
    return transaction?.index === index ? transaction : undefined;
  }
}

export interface Column<Row> {
  readonly name: string;
  /** ClickHouse type, e.g. `FixedString(32)`. */
  readonly type: string;
  read(row: Row, context: BlockContext): ColumnValue;
}

export interface TableShape<Row> {
  readonly table: string;
  readonly columns: readonly Column<Row>[];
}

export type RowWriter<Row> = (writer: ByteWriter, row: Row, context: BlockContext) => void;

/** @throws InputError `BATCH__UNKNOWN_TYPE` when a column has a type that cannot be written */
export function compileRowWriter<Row>(shape: TableShape<Row>): RowWriter<Row> {
  const columns = shape.columns.map((column) => ({ column, codec: codecOf(column.type) }));
  return (writer, row, context) => {
    for (const { column, codec } of columns) codec.write(writer, column.read(row, context));
  };
}

export function contextOf(decoded: DecodedBlock): BlockContext {
  return {
    decoded,
    blockTime: decoded.block.blockTime ?? -1n,
    transactions: new TransactionFinder(decoded.block.transactions),
    truncated: new Set(decoded.truncatedTransactions),
  };
}

/** @throws InvariantError `BATCH__NO_TRANSACTION` when a row names a transaction that its block does not have */
export function transactionOf(context: BlockContext, transactionIndex: number): Transaction {
  const transaction = context.transactions.find(transactionIndex);
  checkInvariant(transaction !== undefined, 'BATCH__NO_TRANSACTION', 'A row names a transaction that its block lacks', {
    slot: context.decoded.block.slot,
    transactionIndex,
  });
  return transaction;
}
