/**
 * A recorded stream whose IDL comes late: decoded again from what was kept, every table is that of an indexer which had
 * the IDL from the start, whatever crashes, forks of knowledge and repetitions lie on the way.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addIdl, type IdlAddition } from '../../indexer/add-idl.ts';
import { Assembler } from '../../indexer/assemble/assembler.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import type { Block } from '../../indexer/domain/chain.ts';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { recordedRegistry } from '../../indexer/program-registry.ts';
import { redecodeKept } from '../../indexer/redecode-kept.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { recordedUpdates } from '../indexer/stream/recordings.ts';
import { describeShared, sharedPath } from './shared-data.ts';

const UPGRADE_SLOT = 150n;
const TABLES = ['blocks', 'transactions', 'events', 'instructions', 'accounts', 'undecoded'];

interface IdlJson {
  readonly address: string;
  readonly events: readonly unknown[];
  readonly instructions: readonly unknown[];
  readonly accounts?: readonly unknown[];
}

let server: RunningClickHouse;
let folder: string;
let blocks: Block[];
let full: IdlJson;
const databases: Database[] = [];

describeShared('an IDL that comes after the blocks', () => {
  beforeAll(async () => {
    server = await startPreparedClickHouse('small');
    folder = mkdtempSync(join(tmpdir(), 'plumbline-idl-'));
    full = JSON.parse(readFileSync(sharedPath('fixtures/yellowstone/idl.json'), 'utf8')) as IdlJson;
    writeFileSync(join(folder, 'full.json'), JSON.stringify(full));
    writeFileSync(join(folder, 'empty.json'), JSON.stringify({ ...full, events: [], instructions: [], accounts: [] }));
    const assembler = new Assembler({ hasAccounts: true });
    const facts = recordedUpdates('confirmed').flatMap((each) => assembler.push(each));
    blocks = facts.flatMap((each) => (each.kind === 'block' ? [each.block] : []));
  });
  afterAll(async () => {
    for (const each of databases) await each.client.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('gives the tables of an indexer that had it from the start, and below its slot changes nothing', async () => {
    const early = await openRecord();
    await add(early, 'full.json', UPGRADE_SLOT);
    await commit(early);
    const late = await openRecord();
    await commit(late);
    const before = await dump(late.client);
    expect(before.get('events')).toBe('');
    const report = await redecodeKept(late.client, await add(late, 'full.json', UPGRADE_SLOT));
    expect(report).toMatchObject({ refusedSlots: [] });
    expect(report.resolvedCount).toBeGreaterThan(500);
    expect(await dump(late.client)).toEqual(await dump(early.client));
    const problems = (await verifyBlocks(late.client, 0n, 1_000n)).problems;
    expect(problems).toEqual([]);
    const below = `SELECT count() FROM canonical_undecoded WHERE source != 'account' AND slot < ${UPGRADE_SLOT}`;
    expect(Number((await late.client.bytes(below, {}, 'TabSeparated')).toString())).toBeGreaterThan(0);
    expect(await redecodeKept(late.client, await recordedRegistry(late.settings, late.client))).toEqual({
      ...{ blockCount: 0, resolvedCount: 0, refusedSlots: [] },
    });
  });

  test('killed at any insert and repeated, it gives the same', async () => {
    const early = await openRecord();
    await add(early, 'full.json', UPGRADE_SLOT);
    await commit(early);
    const late = await openRecord();
    await commit(late);
    const addition = await add(late, 'full.json', UPGRADE_SLOT);
    for (let inserts = 0, isDone = false; !isDone; inserts += 1) {
      isDone = await redecodeKept(dyingAfter(late.client, inserts), addition).then(
        () => true,
        () => false,
      );
    }
    expect(await dump(late.client)).toEqual(await dump(early.client));
  });

  test('a writer that has not heard of it undoes nothing, and two that decode again at once do no harm', async () => {
    const early = await openRecord();
    await add(early, 'full.json', UPGRADE_SLOT);
    await commit(early);
    const late = await openRecord();
    const old = await recordedRegistry(late.settings, late.client);
    await commit(late, old);
    const addition = await add(late, 'full.json', UPGRADE_SLOT);
    await Promise.all([redecodeKept(late.client, addition), redecodeKept(late.client, addition)]);
    await commit(late, old);
    await redecodeKept(late.client, addition);
    expect(await dump(late.client)).toEqual(await dump(early.client));
    // And the other way round: blocks that a newer registry wrote first.
    await commit(early, old);
    await redecodeKept(early.client, addition);
    expect(await dump(early.client)).toEqual(await dump(late.client));
  });

  test('a record that lost payloads is not declared whole', async () => {
    const late = await openRecord();
    await commit(late);
    await late.client.command(
      "ALTER TABLE undecoded DELETE WHERE source = 'event' AND slot = 152 SETTINGS mutations_sync = 2",
    );
    const { refusedSlots } = await redecodeKept(late.client, await add(late, 'full.json', UPGRADE_SLOT));
    expect(refusedSlots).toEqual([152n]);
    const slots = (await verifyBlocks(late.client, 0n, 1_000n)).problems.map(({ slot }) => slot);
    expect(new Set(slots)).toEqual(new Set([152n]));
  });

  test('the same again is no addition, another text from the same slot is refused', async () => {
    const record = await openRecord();
    expect(await add(record, 'full.json', UPGRADE_SLOT)).toMatchObject({
      isNew: true,
      revision: 2,
      prefix: 'recorded',
    });
    expect(await add(record, 'full.json', UPGRADE_SLOT)).toMatchObject({ isNew: false, revision: 2 });
    await expect(add(record, 'empty.json', UPGRADE_SLOT)).rejects.toMatchObject({ code: 'IDL__DUPLICATE_VERSION' });
    expect((await recordedRegistry(record.settings, record.client)).revision).toBe(2);
  });
});

interface Record {
  readonly client: StoreClient;
  readonly settings: Settings;
}

/** A database whose registry knows the program, and nothing of what it does. */
async function openRecord(): Promise<Record> {
  const database = await openDatabase(server.url);
  databases.push(database);
  const { CLICKHOUSE_URL, CLICKHOUSE_DATABASE } = database.settings;
  const settings = readSettings({ CLICKHOUSE_URL, CLICKHOUSE_DATABASE, OWN_PROGRAMS: 'false' });
  const record = { client: database.client, settings };
  await addIdl(settings, record.client, { ...fileOf('empty.json'), fromSlot: 0n, prefix: 'recorded' });
  return record;
}

const fileOf = (name: string) => ({ path: join(folder, name), program: full.address, prefix: null });

function add({ settings, client }: Record, name: string, fromSlot: bigint): Promise<IdlAddition> {
  return addIdl(settings, client, { ...fileOf(name), fromSlot });
}

async function commit(record: Record, known?: { registry: IdlAddition['registry']; revision: number }): Promise<void> {
  const { registry, revision } = known ?? (await recordedRegistry(record.settings, record.client));
  const store = createBlockStore(record.client, registry.tables, undefined, revision);
  await store.commit(blocks.map((block) => decodeBlock(block, registry)));
}

function dyingAfter(client: StoreClient, inserts: number): StoreClient {
  let left = inserts;
  const insert: StoreClient['insert'] = async (batch) => {
    if (left === 0) throw new Error('killed');
    left -= 1;
    await client.insert(batch);
  };
  return { ...client, insert };
}

/** Every table's canonical rows as text, the typed ones of the program included. */
async function dump(client: StoreClient): Promise<Map<string, string>> {
  const typed = (
    await client.bytes(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'canonical\\\\_recorded\\\\_%' ORDER BY name",
      {},
      'TabSeparated',
    )
  ).toString();
  const names = typed.split('\n').filter((name) => name !== '');
  const tables = [...TABLES, ...names.map((name) => name.replace('canonical_', ''))];
  const texts = tables.map(async (table) => {
    // How large the registry was tells the way, not the result.
    const columns = table === 'blocks' ? '* EXCEPT decoded_by' : '*';
    const bytes = await client.bytes(`SELECT ${columns} FROM canonical_${table} ORDER BY ALL`, {}, 'TabSeparated');
    return [table, bytes.toString('latin1')] as const;
  });
  return new Map(await Promise.all(texts));
}
