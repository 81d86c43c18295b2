/**
 * The recorded streams, served over gRPC, through the whole pipeline into ClickHouse: the same rows whichever transport
 * read them, and as many as the fixtures' README says.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { parseIdlText } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import { rpcAncestry } from '../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../indexer/pipeline/pipeline.ts';
import { newStatus } from '../../indexer/pipeline/status.ts';
import { chainRpc } from '../../indexer/rpc/rpc-client.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { officialTransport } from '../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../indexer/stream/raw-transport.ts';
import type { Feed } from '../../indexer/stream/subscription.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RecordingName, recordedMessages } from '../indexer/stream/recordings.ts';
import { startReplayServer } from '../indexer/stream/replay-server.ts';
import { describeShared, sharedPath } from './shared-data.ts';

const transports = { raw: rawTransport, official: officialTransport };
const TABLES = ['blocks', 'transactions', 'events', 'instructions', 'accounts', 'undecoded'];

let server: RunningClickHouse;
const databases: Database[] = [];

describeShared('a recorded stream through the whole pipeline', () => {
  beforeAll(async () => {
    server = await startEmbeddedClickHouse();
  });
  afterAll(async () => {
    for (const each of databases) await each.drop();
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
    const raw = await rowsThrough('raw', each.recording, each.feed, each.lastSlot);
    const official = await rowsThrough('official', each.recording, each.feed, each.lastSlot);
    for (const [table, count] of Object.entries(each.expected)) {
      expect([table, raw.get(table)?.trim().split('\n').length]).toEqual([table, count]);
    }
    expect(raw).toEqual(official);
  });
});

function registry(): Registry {
  const idl = parseIdlText(readFileSync(sharedPath('fixtures/yellowstone/idl.json'), 'utf8'));
  return buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
}

/** Every table's rows as text, by table, of a fresh database that one transport filled. */
async function rowsThrough(
  transport: 'raw' | 'official',
  recording: RecordingName,
  feed: Feed,
  lastSlot: bigint,
): Promise<Map<string, string>> {
  const known = registry();
  const database = await openDatabase(server.url);
  databases.push(database);
  await ensureEventTables(database.client, known.tables);
  const messages = recordedMessages(recording);
  const stream = await startReplayServer((call) => {
    for (const message of messages) call.write(message);
  });
  const status = newStatus();
  const stop = new AbortController();
  const dependencies = {
    transport: transports[transport]({ url: stream.url, xToken: '' }),
    ancestry: rpcAncestry(chainRpc('http://127.0.0.1:1'), new Set()),
    store: createBlockStore(database.client, known.tables),
    decode: (block: Parameters<typeof decodeBlock>[0]) => decodeBlock(block, known),
    log: { info: () => undefined, warn: () => undefined },
  };
  const ended = runPipeline(dependencies, { feed, programs: [], startSlot: 0n }, status, stop.signal);
  while (status.committedSlot !== lastSlot) await Promise.race([ended, new Promise((next) => setTimeout(next, 10))]);
  stop.abort();
  await ended;
  await stream.close();
  return dump(database.client, known);
}

async function dump(client: StoreClient, known: Registry): Promise<Map<string, string>> {
  const tables = [...TABLES, ...known.tables.map(({ table }) => table)];
  const texts = tables.map(async (table) => {
    const bytes = await client.bytes(`SELECT * FROM canonical_${table} ORDER BY ALL`, {}, 'TabSeparated');
    return [table, bytes.toString('latin1')] as const;
  });
  return new Map(await Promise.all(texts));
}
