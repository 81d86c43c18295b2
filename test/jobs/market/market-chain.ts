/**
 * Blocks with chosen events of the programs' own layouts, for tests of what is computed from the record; and a database
 * with the tables of all programs.
 * @module
 */
import type { DecodedBlock, DecodedEvent } from '../../../indexer/decode/decoded-block.ts';
import type { EventTable } from '../../../indexer/decode/event-tables.ts';
import type { DecodedFields } from '../../../indexer/decode/value.ts';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { quoted } from '../../../indexer/store/sql-text.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { type Database, openDatabase, settingsFor } from '../../indexer/store/store-fixture.ts';

export interface MarketDatabase extends Database {
  readonly tables: readonly EventTable[];
}

/** With the tables of all events, or of those named. */
export async function openMarketDatabase(url: string, names?: readonly string[]): Promise<MarketDatabase> {
  const database = await openDatabase(url);
  const registry = await loadProgramRegistry(settingsFor(url, database.client.database));
  const tables = registry.tables.filter(({ table }) => names?.includes(table) ?? true);
  await ensureEventTables(database.client, tables);
  return { ...database, tables };
}

/** Takes every row out of every table, but for the migrations: quicker than another database. */
export async function empty(client: StoreClient): Promise<void> {
  const filled = await rows<{ name: string }>(
    client,
    `SELECT name FROM system.tables
WHERE database = {database:String} AND total_rows > 0 AND engine LIKE '%MergeTree' AND name != 'migrations'`,
    { database: client.database },
  );
  for (const { name } of filled) await client.command(`TRUNCATE TABLE ${quoted(name)}`);
}

/** An event of a program by the name of its table, with the fields that matter to the test; others are zero. */
export interface ChosenEvent {
  readonly table: string;
  readonly fields: DecodedFields;
  /** Who pays for its transaction. */
  readonly feePayer?: Uint8Array;
}

export interface ChosenBlock {
  readonly slot: bigint;
  readonly time: bigint;
  /** Each in a transaction of its own, in this order. */
  readonly events: readonly ChosenEvent[];
  /** Tells two blocks of one slot apart. */
  readonly branch?: string;
  /** States after the block. */
  readonly accounts?: readonly ChosenAccount[];
}

export interface ChosenAccount {
  readonly publicKey: Uint8Array;
  readonly program: Uint8Array;
  /** Type in the IDL. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** The blocks, each the child of the one before; the first is the child of `parent`, or of a block unknown. */
export function marketChain(
  tables: readonly EventTable[],
  blocks: readonly ChosenBlock[],
  parent: DecodedBlock | null = null,
): DecodedBlock[] {
  const chain: DecodedBlock[] = [];
  for (const each of blocks) chain.push(marketBlock(tables, each, chain.at(-1) ?? parent));
  return chain;
}

function marketBlock(tables: readonly EventTable[], chosen: ChosenBlock, parent: DecodedBlock | null): DecodedBlock {
  const { slot, time, events, branch = '', accounts = [] } = chosen;
  const parentHash = parent?.block.blockhash ?? bytesOf('before');
  const name = `${branch}/${slot}/${Buffer.from(parentHash).toString('hex')}`;
  return {
    block: {
      slot,
      bank: 0,
      blockhash: bytesOf(name),
      parentSlot: parent?.block.slot ?? (slot > 0n ? slot - 1n : 0n),
      parentBlockhash: parentHash,
      blockTime: time,
      blockHeight: slot,
      transactions: events.map(({ feePayer }, index) => ({
        ...{
          index,
          signature: bytesOf(`${name}/${index}`, 64),
          error: null,
          feeLamports: 5_000n,
          computeUnits: null,
          balanceTurns: [],
          tokenChanges: [],
        },
        ...{ accountKeys: [feePayer ?? bytesOf(`${name}/${index}/payer`)], instructions: [], innerInstructions: [] },
        logMessages: [],
      })),
      accounts: [],
      hasAccounts: true,
    },
    events: events.map((each, index) => decodedEvent(tables, each, index)),
    accounts: accounts.map(({ publicKey, program, name: type, data }, index) => ({
      state: { ...{ publicKey, owner: program, lamports: 1n, data }, writeVersion: BigInt(index), signature: null },
      ...{ name: type, fields: {}, layout: null },
    })),
    ...{ instructions: [], undecoded: [], truncatedTransactions: [] },
  };
}

function decodedEvent(tables: readonly EventTable[], { table, fields }: ChosenEvent, index: number): DecodedEvent {
  const of = tables.find((each) => each.table === table);
  if (of === undefined) throw new Error(`no table ${table}`);
  return {
    ...{ transactionIndex: index, path: [0], programId: of.programId, ordinal: 0, position: 0, transport: 'log' },
    ...{ name: of.eventName, table, data: new Uint8Array(8), fields },
    layout: { kind: 'struct', name: of.eventName, fields: [] },
  };
}
