/**
 * A decoded block as the rows it will be stored as: encoded as soon as it is decoded, so that what waits for the store is
 * a few buffers, and the objects of a block die young. Rows stand in the order of `row-order.ts`; every byte follows from
 * the block, its mark is made when it is committed.
 * @module
 */
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { Block } from '../domain/chain.ts';
import { BlockTables, type OpenTable, type TableRows } from './block-tables.ts';
import { blockPrefix } from './chain-rows.ts';
import { accountsTable, type BlockSummary, type TypedTable } from './chain-tables.ts';
import { compareEvents, compareInstructions } from './row-order.ts';
import { type BlockContext, compileRowWriter, contextOf } from './table-shape.ts';
import { addTokenChanges } from './token-rows.ts';

/** A block ready to be stored. `block` is its header, as in `DecodedBlock`. */
export interface PreparedBlock extends BlockSummary {
  /** Tables that the block has rows for, but `blocks`. */
  readonly rows: readonly TableRows[];
  /** Bytes of all rows: what it keeps in memory, about. */
  readonly byteCount: number;
}

const writeAccount = compileRowWriter(accountsTable);

/** Makes rows of blocks, one block after another. Its buffers are used again for each. */
export class BlockRowEncoder {
  readonly #tables: BlockTables;

  /** @throws InputError `BATCH__UNKNOWN_TYPE` */
  constructor(eventTables: readonly TypedTable[]) {
    this.#tables = new BlockTables(eventTables);
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
      this.#tables.clear();
    }
  }

  #prepare(decoded: DecodedBlock): PreparedBlock {
    const tables = this.#tables;
    const context = contextOf(decoded);
    const prefix = blockPrefix(context);
    const transactions = inOrder(decoded.block.transactions, (left, right) => left.index - right.index);
    for (const row of transactions) tables.addTransaction(row, prefix, context);
    for (const event of inOrder(decoded.events, compareEvents)) tables.addEvent(event, prefix, context);
    for (const row of inOrder(decoded.instructions, compareInstructions)) tables.addInstruction(row, prefix, context);
    addTokenChanges(tables.tokenBalances, transactions, decoded, context);
    const undecodedCount = tables.addUndecoded(decoded.undecoded, context, false);
    const hash = tables.contentHash();
    // Undecoded accounts stand behind what is undecoded of transactions, which is hashed.
    tables.addUndecoded(decoded.undecoded, context, true);
    addAccounts(tables.accounts, decoded, context);
    const rows = tables.take();
    const block: PreparedBlock = {
      block: headerOf(decoded.block),
      transactionCount: transactions.length,
      eventCount: decoded.events.length,
      instructionCount: decoded.instructions.length,
      accountCount: decoded.accounts.length,
      undecodedCount,
      isProvable: decoded.truncatedTransactions.length === 0,
      contentHash: hash,
      rows,
      byteCount: byteCountOf(rows),
    };
    tables.assign(block);
    return block;
  }
}

export function addAccounts(
  open: OpenTable,
  { accounts }: Pick<DecodedBlock, 'accounts'>,
  context: BlockContext,
): void {
  const rows = inOrder(accounts, (left, right) => Buffer.compare(left.state.publicKey, right.state.publicKey));
  for (const row of rows) writeAccount(open.writer, row, context);
  open.rowCount += rows.length;
}

export function byteCountOf(rows: readonly TableRows[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** The block without what its rows are made of. Its transactions are not asked for: they may be packed. */
export function headerOf(block: Block): BlockSummary['block'] {
  const { slot, bank, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight, hasAccounts } = block;
  return { slot, bank, blockhash, parentSlot, parentBlockhash, blockTime, blockHeight, hasAccounts };
}

/** Mostly they are in order already, and a copy of thousands is not free. */
export function inOrder<Row>(rows: readonly Row[], compare: (left: Row, right: Row) => number): readonly Row[] {
  for (let index = 1; index < rows.length; index += 1) {
    if (compare(rows[index - 1] as Row, rows[index] as Row) > 0) return rows.toSorted(compare);
  }
  return rows;
}
