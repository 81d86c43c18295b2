/**
 * A record of the marketplace written by hand on a real ClickHouse: blocks with the events that a test needs, in the
 * tables that the programs' own IDLs make, and each in `events` as the indexer would have it, but for the bytes.
 * @module
 */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { EventTable } from '../../indexer/decode/event-tables.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { groupBy } from '../../jobs/group-by.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { openDatabase, settingsFor } from '../indexer/store/store-fixture.ts';

type Field = bigint | boolean | number | string | Uint8Array;

/** One event; fields that are left out have the zero of their type. Objects in lists become JSON. */
export interface RecordedEvent {
  readonly table: string;
  readonly fields: Readonly<Record<string, Field | readonly (bigint | number)[] | readonly object[]>>;
}

export interface RecordedBlock {
  readonly slot: bigint;
  readonly time: bigint;
  /** Each event is a transaction of its own unless it is in a list with others. */
  readonly transactions: readonly (RecordedEvent | readonly RecordedEvent[])[];
}

export interface MarketRecord {
  readonly store: StoreClient;
  /** Writes blocks that follow one another. */
  write(blocks: readonly RecordedBlock[]): Promise<void>;
  stop(): Promise<void>;
}

/** Bytes that follow from a name. */
export function keyOf(name: string): Uint8Array {
  return createHash('sha256').update(name).digest();
}

/** The signature of a transaction of `block`. */
export function signatureOf(slot: bigint, transactionIndex: number): Uint8Array {
  return createHash('sha512').update(`${slot}/${transactionIndex}`).digest();
}

export async function openMarketRecord(): Promise<MarketRecord> {
  const clickhouse = await startPreparedClickHouse('own');
  const { client: store } = await openDatabase(clickhouse.url);
  const { tables } = await loadProgramRegistry(settingsFor(clickhouse.url, store.database));
  const typeOf = new Map(tables.map((each) => [each.table, each]));
  return {
    store,
    async write(blocks) {
      const rows = blocks.flatMap((block) => rowsOf(block, typeOf));
      for (const [into, group] of groupBy(
        rows,
        ({ table, fields }) => `${table} (${Object.keys(fields).join(', ')})`,
      )) {
        const values = group.map(({ fields }) => `(${Object.values(fields).map(literal).join(', ')})`);
        await store.command(`INSERT INTO ${into} VALUES ${values.join(', ')}`);
      }
    },
    async stop() {
      await store.close();
      await clickhouse.stop();
    },
  };
}

const hashOf = (slot: bigint) => keyOf(`block ${slot}`);

/** The events of a block, and the block itself last: its row makes the others count. */
function rowsOf({ slot, time, transactions }: RecordedBlock, typeOf: ReadonlyMap<string, EventTable>): RecordedEvent[] {
  const blockhash = hashOf(slot);
  const block = { slot, blockhash, parent_slot: slot - 1n, block_time: time, provable: 1, has_accounts: 1, sign: 1 };
  const events = transactions.flatMap((each, index) =>
    [each].flat().flatMap(({ table, fields }, position) => {
      const place = { slot, blockhash, block_time: time, tx_index: index, ix_path: [0], ordinal: position, position };
      const at = { ...place, signature: signatureOf(slot, index) };
      const { programId, eventName } = typeOf.get(table) ?? expect.fail(`no table ${table}`);
      const of = { program: programId, name: eventName, typed_table: table, transport: 'log' };
      return [
        { table, fields: { ...at, ...fields } },
        { table: 'events', fields: { ...at, ...of } },
      ];
    }),
  );
  return [...events, { table: 'blocks', fields: block }];
}

function literal(value: RecordedEvent['fields'][string]): string {
  if (value instanceof Uint8Array) return `unhex('${Buffer.from(value).toString('hex')}')`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object') return String(value);
  const isObjects = value.some((each) => typeof each === 'object');
  return isObjects ? `'${JSON.stringify(value, asText)}'` : `[${value.join(', ')}]`;
}

/** As the indexer writes JSON: 64-bit integers are text. */
function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
