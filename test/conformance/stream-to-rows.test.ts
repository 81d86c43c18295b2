/**
 * The recorded streams, served over gRPC, through the whole pipeline into ClickHouse: the same rows whichever transport
 * read them and however many told them, and as many as the fixtures' README says.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { parseIdlText } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import { rpcAncestry } from '../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../indexer/pipeline/pipeline.ts';
import { type IndexerStatus, newStatus } from '../../indexer/pipeline/status.ts';
import { chainRpc } from '../../indexer/rpc/rpc-client.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { officialTransport } from '../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../indexer/stream/raw-transport.ts';
import type { Feed } from '../../indexer/stream/subscription.ts';
import type { StreamTransport } from '../../indexer/stream/transport.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RecordingName, recordedMessages } from '../indexer/stream/recordings.ts';
import { type ReplayServer, startReplayServer } from '../indexer/stream/replay-server.ts';
import { describeShared, sharedPath } from './shared-data.ts';

const transports = { raw: rawTransport, official: officialTransport };
const TABLES = ['blocks', 'transactions', 'events', 'instructions', 'accounts', 'undecoded'];

let server: RunningClickHouse;
const databases: Database[] = [];

describeShared('a recorded stream through the whole pipeline', () => {
  beforeAll(async () => {
    server = await startPreparedClickHouse('own');
  });
  afterAll(async () => {
    for (const each of databases) await each.client.close();
    await server.stop();
  });

  test.each([
    {
      recording: 'confirmed',
      feed: 'transactions',
      lastSlot: 275n,
      expected: { blocks: 148, transactions: 411, events: 524 },
    },
    {
      recording: 'filtered-blocks',
      feed: 'blocks',
      lastSlot: 73n,
      expected: { blocks: 64, transactions: 160, events: 160 },
    },
  ] as const)('$recording: raw transport and official client give equal tables', async (each) => {
    const { recording, feed, lastSlot } = each;
    const raw = await rowsThroughRaw(recording, feed, lastSlot);
    const official = await rowsThrough([{ transport: 'official', recording }], feed, lastSlot);
    for (const [table, count] of Object.entries(each.expected)) {
      expect([table, raw.get(table)?.trim().split('\n').length]).toEqual([table, count]);
    }
    expect(raw).toEqual(official);
  });

  test('confirmed and replay from two servers at once, in whatever order they come, are the rows of blocks.json', async () => {
    const through = (first: Played['transport'], second: Played['transport']) =>
      rowsThrough(
        [
          { transport: first, recording: 'confirmed' },
          { transport: second, recording: 'replay', joinsAt: 140n },
        ],
        'transactions',
        275n,
      );
    const merged = await through('raw', 'official');
    const turned = await through('official', 'raw');
    const alone = await rowsThroughRaw('confirmed', 'transactions', 275n);
    for (const table of ['transactions', 'events', 'instructions']) {
      expect([table, merged.get(table)]).toEqual([table, alone.get(table)]);
      expect([table, turned.get(table)]).toEqual([table, alone.get(table)]);
    }
    expect(signaturesOf(merged)).toEqual(trueSignatures(128, 275));
  }, 120_000);
});

/** Slot, position and signature of every transaction, as its RPC tells. */
function trueSignatures(fromSlot: number, toSlot: number): string[] {
  const text = gunzipSync(readFileSync(sharedPath('fixtures/yellowstone/blocks.json.gz'))).toString();
  const { blocks } = JSON.parse(text) as {
    blocks: readonly { slot: number; programTransactions: readonly { index: number; signature: string }[] }[];
  };
  return blocks
    .filter(({ slot }) => slot >= fromSlot && slot <= toSlot)
    .flatMap(({ slot, programTransactions }) =>
      programTransactions.map(({ index, signature }) => `${slot} ${index} ${signature}`),
    );
}

function signaturesOf(tables: ReadonlyMap<string, string>): string[] {
  const lines = (tables.get('readable transactions') ?? '').trim().split('\n');
  return lines.map((line) => line.replaceAll('\t', ' '));
}

function registry(): Registry {
  const idl = parseIdlText(readFileSync(sharedPath('fixtures/yellowstone/idl.json'), 'utf8'));
  return buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
}

const throughRaw = new Map<RecordingName, Promise<Map<string, string>>>();

/** Done once for each recording: several tests compare with it. */
function rowsThroughRaw(recording: RecordingName, feed: Feed, lastSlot: bigint): Promise<Map<string, string>> {
  const known = throughRaw.get(recording) ?? rowsThrough([{ transport: 'raw', recording }], feed, lastSlot);
  throughRaw.set(recording, known);
  return known;
}

interface Played {
  readonly transport: 'raw' | 'official';
  readonly recording: RecordingName;
  /** Joins once this slot is committed: a stream that begins later than the record would leave a gap at its start. */
  readonly joinsAt?: bigint;
}

/** Two that play at once stop for a moment now and then, so that each is ahead at some times and behind at others. */
async function startServers(played: readonly Played[], status: IndexerStatus): Promise<ReplayServer[]> {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  return Promise.all(
    played.map(({ recording, joinsAt = -1n }) => {
      const messages = recordedMessages(recording);
      return startReplayServer(async (call) => {
        while ((status.committedSlot ?? 0n) < joinsAt) await pause(5);
        for (const [index, message] of messages.entries()) {
          call.write(message);
          if (played.length > 1 && index % 200 === 199) await pause(20);
        }
      });
    }),
  );
}

/** Every table's rows as text, by table, of a fresh database that these endpoints filled. */
async function rowsThrough(played: readonly Played[], feed: Feed, lastSlot: bigint): Promise<Map<string, string>> {
  const known = registry();
  const database = await openDatabase(server.url);
  databases.push(database);
  await ensureEventTables(database.client, known.tables);
  const status = newStatus();
  const servers = await startServers(played, status);
  const [transport, ...others] = played.map((each, index) =>
    transports[each.transport]({ url: servers[index]?.url ?? '', xToken: '' }),
  );
  const stop = new AbortController();
  const dependencies = {
    ...{ transport: transport as StreamTransport, others },
    ancestry: rpcAncestry(chainRpc('http://127.0.0.1:1'), new Set()),
    store: createBlockStore(database.client, known.tables),
    decode: (block: Parameters<typeof decodeBlock>[0]) => decodeBlock(block, known),
    log: { info: () => undefined, warn: () => undefined },
  };
  const ended = runPipeline(dependencies, { feed, programs: [], startSlot: 0n }, status, stop.signal);
  while (status.committedSlot !== lastSlot) await Promise.race([ended, new Promise((next) => setTimeout(next, 10))]);
  stop.abort();
  await ended;
  for (const server of servers) await server.close();
  return dump(database.client, known);
}

async function dump(client: StoreClient, known: Registry): Promise<Map<string, string>> {
  const tables = [...TABLES, ...known.tables.map(({ table }) => table)];
  const texts = tables.map(async (table) => {
    const bytes = await client.bytes(`SELECT * FROM canonical_${table} ORDER BY ALL`, {}, 'TabSeparated');
    return [table, bytes.toString('latin1')] as const;
  });
  const readable = await client.bytes(
    'SELECT slot, tx_index, base58Encode(signature) FROM canonical_transactions ORDER BY slot, tx_index',
    {},
    'TabSeparated',
  );
  return new Map([...(await Promise.all(texts)), ['readable transactions', readable.toString()]]);
}
