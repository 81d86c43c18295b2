/**
 * A record of the marketplace written by hand on a real ClickHouse: blocks with the events that a test needs, in the
 * tables that the programs' own IDLs make.
 * @module
 */
import { createHash } from 'node:crypto';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { createStoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { migrate } from '../../indexer/store/migrate.ts';
import { startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { settingsFor } from '../indexer/store/store-fixture.ts';

type Field = bigint | boolean | number | string | Uint8Array;

/** One event; fields that are left out have the zero of their type. Objects in lists become JSON. */
export interface RecordedEvent {
  readonly table: string;
  readonly fields: Readonly<Record<string, Field | readonly (bigint | number)[] | readonly object[]>>;
}

export interface MarketRecord {
  readonly store: StoreClient;
  /** Writes a block; each event is a transaction of its own unless it is in a list with others. */
  block(slot: bigint, time: bigint, transactions: readonly (RecordedEvent | readonly RecordedEvent[])[]): Promise<void>;
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
  const clickhouse = await startEmbeddedClickHouse();
  const settings = settingsFor(clickhouse.url, 'record');
  const store = createStoreClient(settings);
  await migrate(store, settings);
  await ensureEventTables(store, (await loadProgramRegistry(settings)).tables);
  const block: MarketRecord['block'] = async (slot, time, transactions) => {
    for (const [index, each] of transactions.entries()) {
      const events = Array.isArray(each) ? (each as readonly RecordedEvent[]) : [each as RecordedEvent];
      for (const [position, event] of events.entries()) {
        await store.command(insertOf(event, { slot, time, index, position }));
      }
    }
    await store.command(`INSERT INTO blocks (slot, blockhash, parent_slot, block_time, provable, has_accounts, sign)
VALUES (${slot}, ${literal(hashOf(slot))}, ${slot - 1n}, ${time}, 1, 1, 1)`);
  };
  return {
    store,
    block,
    async stop() {
      await store.close();
      await clickhouse.stop();
    },
  };
}

const hashOf = (slot: bigint) => keyOf(`block ${slot}`);

interface Place {
  readonly slot: bigint;
  readonly time: bigint;
  readonly index: number;
  readonly position: number;
}

function insertOf({ table, fields }: RecordedEvent, { slot, time, index, position }: Place): string {
  const row: RecordedEvent['fields'] = {
    ...{ slot, blockhash: hashOf(slot), block_time: time, tx_index: index, ordinal: position, position },
    signature: signatureOf(slot, index),
    ...fields,
  };
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')})`;
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
