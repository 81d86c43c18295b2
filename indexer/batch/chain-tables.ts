/**
 * The tables of sql/0001_chain.sql as the batch stage writes them, and the envelope of the typed event tables.
 * Column order here is the order in the insert, and the order that content hashes are taken over.
 * @module
 */
import { canonicalJson } from '../decode/canonical-json.ts';
import type { DecodedAccount, DecodedEvent, DecodedInstruction, Undecoded } from '../decode/decoded-block.ts';
import type { EventTable } from '../decode/event-tables.ts';
import type { Block, BlockHeader, TokenChange, Transaction } from '../domain/chain.ts';
import { PUBLIC_KEY_BYTES } from '../domain/units.ts';
import { type Column, type TableShape, transactionOf } from './table-shape.ts';

/** As much of an event table as rows need. */
export type TypedTable = Pick<EventTable, 'table' | 'columns'>;

const NO_BYTES = new Uint8Array(0);
const NO_KEY = new Uint8Array(PUBLIC_KEY_BYTES);

const ofBlock: readonly Column<unknown>[] = [
  { name: 'slot', type: 'UInt64', read: (_, { decoded }) => decoded.block.slot },
  { name: 'bank', type: 'UInt32', read: (_, { decoded }) => decoded.block.bank },
  { name: 'blockhash', type: 'FixedString(32)', read: (_, { decoded }) => decoded.block.blockhash },
  { name: 'block_time', type: 'Int64', read: (_, { blockTime }) => blockTime },
];

const ofEvent: readonly Column<DecodedEvent>[] = [
  ...ofBlock,
  { name: 'tx_index', type: 'UInt32', read: (row) => row.transactionIndex },
  { name: 'ix_path', type: 'Array(UInt16)', read: (row) => row.path },
  { name: 'ordinal', type: 'UInt32', read: (row) => row.ordinal },
  { name: 'position', type: 'UInt32', read: (row) => row.position },
  {
    name: 'signature',
    type: 'FixedString(64)',
    read: (row, context) => transactionOf(context, row.transactionIndex).signature,
  },
];

export const transactionsTable: TableShape<Transaction> = {
  table: 'transactions',
  columns: [
    ...ofBlock,
    { name: 'tx_index', type: 'UInt32', read: (row) => row.index },
    { name: 'signature', type: 'FixedString(64)', read: (row) => row.signature },
    { name: 'fee_payer', type: 'FixedString(32)', read: (row) => row.accountKeys[0] ?? NO_KEY },
    { name: 'failed', type: 'UInt8', read: (row) => (row.error === null ? 0 : 1) },
    { name: 'error', type: 'String', read: (row) => row.error ?? NO_BYTES },
    { name: 'fee_lamports', type: 'UInt64', read: (row) => row.feeLamports },
    { name: 'compute_units', type: 'Nullable(UInt64)', read: (row) => row.computeUnits },
    { name: 'log_truncated', type: 'UInt8', read: (row, { truncated }) => (truncated.has(row.index) ? 1 : 0) },
  ],
};

export const eventsTable: TableShape<DecodedEvent> = {
  table: 'events',
  columns: [
    ...ofEvent,
    { name: 'program', type: 'FixedString(32)', read: (row) => row.programId },
    { name: 'name', type: 'LowCardinality(String)', read: (row) => row.name },
    { name: 'typed_table', type: 'LowCardinality(String)', read: (row) => row.table },
    { name: 'transport', type: 'LowCardinality(String)', read: (row) => row.transport },
    { name: 'data', type: 'String', read: (row) => row.data },
  ],
};

export const instructionsTable: TableShape<DecodedInstruction> = {
  table: 'instructions',
  columns: [
    ...ofBlock,
    { name: 'tx_index', type: 'UInt32', read: (row) => row.transactionIndex },
    { name: 'ix_path', type: 'Array(UInt16)', read: (row) => row.path },
    {
      name: 'signature',
      type: 'FixedString(64)',
      read: (row, context) => transactionOf(context, row.transactionIndex).signature,
    },
    { name: 'program', type: 'FixedString(32)', read: (row) => row.programId },
    { name: 'name', type: 'LowCardinality(String)', read: (row) => row.name },
    { name: 'failed', type: 'UInt8', read: (row) => (row.failed ? 1 : 0) },
    {
      name: 'account_names',
      type: 'Array(LowCardinality(String))',
      read: (row) => row.accounts.map((each) => each.name ?? ''),
    },
    { name: 'accounts', type: 'Array(FixedString(32))', read: (row) => row.accounts.map((each) => each.publicKey) },
    { name: 'args', type: 'String', read: (row) => canonicalJson(row.layout, row.args) },
    { name: 'data', type: 'String', read: (row) => row.data },
  ],
};

export const accountsTable: TableShape<DecodedAccount> = {
  table: 'accounts',
  columns: [
    ...ofBlock,
    { name: 'public_key', type: 'FixedString(32)', read: (row) => row.state.publicKey },
    { name: 'program', type: 'FixedString(32)', read: (row) => row.state.owner },
    { name: 'name', type: 'LowCardinality(String)', read: (row) => row.name },
    { name: 'lamports', type: 'UInt64', read: (row) => row.state.lamports },
    { name: 'write_version', type: 'UInt64', read: (row) => row.state.writeVersion },
    {
      name: 'fields',
      type: 'String',
      read: (row) => (row.layout === null ? '' : canonicalJson(row.layout, row.fields)),
    },
    { name: 'data', type: 'String', read: (row) => row.state.data },
  ],
};

export const undecodedTable: TableShape<Undecoded> = {
  table: 'undecoded',
  columns: [
    ...ofBlock,
    { name: 'source', type: 'LowCardinality(String)', read: (row) => row.source },
    { name: 'tx_index', type: 'UInt32', read: (row) => row.transactionIndex },
    { name: 'ix_path', type: 'Array(UInt16)', read: (row) => row.path },
    { name: 'ordinal', type: 'UInt32', read: (row) => row.ordinal },
    { name: 'public_key', type: 'FixedString(32)', read: (row) => row.publicKey ?? NO_KEY },
    { name: 'program', type: 'FixedString(32)', read: (row) => row.programId },
    { name: 'reason', type: 'LowCardinality(String)', read: (row) => row.reason },
    { name: 'data', type: 'String', read: (row) => row.data },
    { name: 'position', type: 'UInt32', read: (row) => row.position },
    { name: 'transport', type: 'LowCardinality(String)', read: (row) => row.transport },
    { name: 'accounts', type: 'Array(FixedString(32))', read: (row) => row.accounts },
  ],
};

/** A change of a token account, of the transaction with this index. */
interface TokenBalanceRow extends TokenChange {
  readonly transactionIndex: number;
}

export const tokenBalancesTable: TableShape<TokenBalanceRow> = {
  table: 'token_balances',
  columns: [
    ...ofBlock,
    { name: 'tx_index', type: 'UInt32', read: (row) => row.transactionIndex },
    { name: 'account', type: 'FixedString(32)', read: (row) => row.publicKey },
    { name: 'amount_before', type: 'UInt64', read: (row) => row.before },
    { name: 'amount', type: 'UInt64', read: (row) => row.after },
  ],
};

/** What the commit mark of a block says of it, when its rows are written and it need not be kept any more. */
export interface BlockSummary {
  readonly block: BlockHeader & Pick<Block, 'hasAccounts'>;
  readonly transactionCount: number;
  readonly eventCount: number;
  readonly instructionCount: number;
  readonly accountCount: number;
  /** Of events and instructions. */
  readonly undecodedCount: number;
  readonly isProvable: boolean;
  readonly contentHash: Uint8Array;
}

/** The commit mark: one row per block. */
export interface BlockMark {
  readonly summary: BlockSummary;
  readonly sign: 1 | -1;
  readonly generation: number;
  /** Number of IDLs that had been added to the registry which decoded the block. */
  readonly decodedBy: number;
  /** Account states that an earlier writer brought, where this one's source has none; `null` where it has not to be asked. */
  readonly keptAccountCount: number | null;
}

export const blocksTable: TableShape<BlockMark> = {
  table: 'blocks',
  columns: [
    { name: 'slot', type: 'UInt64', read: ({ summary }) => summary.block.slot },
    { name: 'bank', type: 'UInt32', read: ({ summary }) => summary.block.bank },
    { name: 'blockhash', type: 'FixedString(32)', read: ({ summary }) => summary.block.blockhash },
    { name: 'block_time', type: 'Int64', read: ({ summary }) => summary.block.blockTime ?? -1n },
    { name: 'parent_slot', type: 'UInt64', read: ({ summary }) => summary.block.parentSlot },
    { name: 'parent_blockhash', type: 'FixedString(32)', read: ({ summary }) => summary.block.parentBlockhash },
    { name: 'block_height', type: 'Int64', read: ({ summary }) => summary.block.blockHeight ?? -1n },
    { name: 'transaction_count', type: 'UInt32', read: ({ summary }) => summary.transactionCount },
    { name: 'event_count', type: 'UInt32', read: ({ summary }) => summary.eventCount },
    { name: 'instruction_count', type: 'UInt32', read: ({ summary }) => summary.instructionCount },
    {
      name: 'account_count',
      type: 'UInt32',
      read: ({ summary, keptAccountCount }) => keptAccountCount ?? summary.accountCount,
    },
    { name: 'undecoded_count', type: 'UInt32', read: ({ summary }) => summary.undecodedCount },
    { name: 'provable', type: 'UInt8', read: ({ summary }) => (summary.isProvable ? 1 : 0) },
    {
      name: 'has_accounts',
      type: 'UInt8',
      read: ({ summary, keptAccountCount }) => (summary.block.hasAccounts || keptAccountCount !== null ? 1 : 0),
    },
    { name: 'content_hash', type: 'FixedString(32)', read: ({ summary }) => summary.contentHash },
    { name: 'sign', type: 'Int8', read: (row) => row.sign },
    { name: 'generation', type: 'UInt32', read: (row) => row.generation },
    { name: 'decoded_by', type: 'UInt32', read: (row) => row.decodedBy },
  ],
};

/** Envelope, then the columns of the event's own fields. */
export function eventTableShape(eventTable: TypedTable): TableShape<DecodedEvent> {
  const typed = eventTable.columns.map(
    (column): Column<DecodedEvent> => ({
      name: column.name,
      type: column.type,
      read: (row) => column.read(row.fields),
    }),
  );
  return { table: eventTable.table, columns: [...ofEvent, ...typed] };
}
