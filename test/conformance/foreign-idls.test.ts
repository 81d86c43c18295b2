/** Programs of others by their published IDLs alone: a table per event in a real ClickHouse, and recorded events in them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bs58 from 'bs58';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addIdl } from '../../indexer/add-idl.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { eventAuthorityOf } from '../../indexer/decode/event-authority.ts';
import type { Block } from '../../indexer/domain/chain.ts';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { redecodeKept } from '../../indexer/redecode-kept.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { rows } from '../../indexer/store/rows.ts';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { describeShared, readShared, sharedPath } from './shared-data.ts';

interface Golden {
  readonly idl?: string;
  readonly base64?: string;
  readonly base58?: string;
  readonly decoded: { readonly name: string; readonly data: Record<string, unknown> } | null;
}

const programs = [
  { name: 'drift', id: 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH', file: 'drift', events: 26 },
  { name: 'meteora', id: 'LBUZKhRxPF3XUpBCjp4YzTKgLccjZhTSDM9YuVaPwxo', file: 'meteora_dlmm', events: 22 },
] as const;
const EVENT_TAG = Buffer.from('e445a52e51cb9a1d', 'hex');

let server: RunningClickHouse;
let database: Database;
let settings: Settings;

describeShared('published IDLs of other programs', () => {
  beforeAll(async () => {
    server = await startPreparedClickHouse('small');
    database = await openDatabase(server.url);
    const { CLICKHOUSE_URL, CLICKHOUSE_DATABASE } = database.settings;
    settings = readSettings({ CLICKHOUSE_URL, CLICKHOUSE_DATABASE, OWN_PROGRAMS: 'false' });
  });
  afterAll(async () => {
    await database.drop();
    await server.stop();
  });

  test.each(programs)('$name: every event has its table, and recorded ones stand in them as recorded', async (each) => {
    const path = sharedPath(`fixtures/idl/${each.file}.json`);
    const { registry, revision } = await addIdl(settings, database.client, {
      ...{ path, program: each.id, fromSlot: 0n, prefix: each.name },
    });
    const made = await rows<{ name: string }>(
      database.client,
      'SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, {prefix:String})',
      { prefix: `${each.name}_` },
    );
    expect(made).toHaveLength(each.events);
    const goldens = readShared<Golden[]>('fixtures/golden_events.json').filter(
      ({ idl, decoded }) => idl?.startsWith(each.file) && decoded !== null,
    );
    expect(goldens.length).toBeGreaterThan(0);
    const head = await createBlockStore(database.client, []).head();
    const block = blockWith(each.id, goldens, head);
    const decoded = decodeBlock(block, registry);
    await createBlockStore(database.client, registry.tables, undefined, revision).commit([decoded]);
    for (const [index, { decoded: wanted }] of goldens.entries()) {
      const event = decoded.events[index];
      expect(event?.name).toBe(wanted?.name);
      const [row] = await rows<Record<string, unknown>>(
        database.client,
        `SELECT * FROM canonical_${event?.table} WHERE slot = {slot:UInt64} AND tx_index = {index:UInt32}`,
        { slot: block.slot, index },
      );
      expectColumns(row ?? {}, wanted?.data ?? {});
    }
    expect((await verifyBlocks(database.client, 0n, 10n)).problems).toEqual([]);
  });

  test('every published IDL at hand is one of these', () => {
    const files = readdirSync(sharedPath('fixtures/idl')).sort();
    expect(files).toEqual(programs.map(({ file }) => `${file}.json`).sort());
  });

  test('an upgrade brings a second version: older blocks keep the first, what was kept from its slot on is decoded', async () => {
    const [drift] = programs;
    const own = await openDatabase(server.url);
    const { CLICKHOUSE_URL, CLICKHOUSE_DATABASE } = own.settings;
    const before = readSettings({ CLICKHOUSE_URL, CLICKHOUSE_DATABASE, OWN_PROGRAMS: 'false' });
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-upgrade-'));
    const idl = readShared<{ events: readonly { name: string }[] }>(`fixtures/idl/${drift.file}.json`);
    const goldens = readShared<Golden[]>('fixtures/golden_events.json').filter(
      ({ idl: name, decoded }) => name?.startsWith(drift.file) && decoded !== null,
    );
    const lateName = goldens[0]?.decoded?.name;
    const early = { ...idl, events: idl.events.filter(({ name }) => name !== lateName) };
    writeFileSync(join(folder, 'early.json'), JSON.stringify(early));
    const common = { program: drift.id, prefix: 'drift' };
    const first = await addIdl(before, own.client, { ...common, path: join(folder, 'early.json'), fromSlot: 0n });
    const blocks = [blockWith(drift.id, goldens, null)];
    while (blocks.length < 3) blocks.push(blockWith(drift.id, goldens, blocks.at(-1) ?? null));
    const decoded = blocks.map((block) => decodeBlock(block, first.registry));
    expect(decoded.map(({ undecoded }) => undecoded.filter(({ source }) => source === 'event').length)).toEqual(
      blocks.map(() => goldens.filter(({ decoded: each }) => each?.name === lateName).length),
    );
    await createBlockStore(own.client, first.registry.tables, undefined, first.revision).commit(decoded);
    const path = sharedPath(`fixtures/idl/${drift.file}.json`);
    const second = await addIdl(before, own.client, { ...common, path, fromSlot: 2n });
    const { resolvedCount, refusedSlots } = await redecodeKept(own.client, second);
    const perBlock = decoded[0]?.undecoded.filter(({ source }) => source === 'event').length ?? 0;
    expect([resolvedCount, refusedSlots]).toEqual([2 * perBlock, []]);
    const slots = await rows<{ slot: bigint; reason: string }>(
      own.client,
      "SELECT DISTINCT slot, reason FROM canonical_undecoded WHERE source = 'event'",
    );
    expect(slots).toEqual([{ slot: 1n, reason: 'unknown_discriminator' }]);
    expect((await verifyBlocks(own.client, 0n, 10n)).problems).toEqual([]);
    await own.drop();
    rmSync(folder, { recursive: true });
  });

  test('an IDL that would take a table of ours is refused, and leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-foreign-'));
    const idl = {
      metadata: { name: 'account', version: '0.1.0', spec: '0.1.0' },
      events: [{ name: 'Snapshots', discriminator: [1, 2, 3, 4, 5, 6, 7, 8] }],
      types: [{ name: 'Snapshots', type: { kind: 'struct', fields: [{ name: 'a', type: 'u8' }] } }],
    };
    writeFileSync(join(folder, 'idl.json'), JSON.stringify(idl));
    const program = bs58.encode(bytesOf('another program'));
    const added = { path: join(folder, 'idl.json'), program, fromSlot: 0n, prefix: null };
    await expect(addIdl(settings, database.client, added)).rejects.toMatchObject({ code: 'STORE__TABLE_TAKEN' });
    expect(
      await rows(database.client, 'SELECT 1 AS one FROM idls WHERE program = {program:String}', { program }),
    ).toEqual([]);
    expect(await addIdl(settings, database.client, { ...added, prefix: 'foreign' })).toMatchObject({ isNew: true });
    rmSync(folder, { recursive: true });
  });
});

/** One transaction per event, by the way it was recorded: a log entry, or an instruction that the program sends itself. */
function blockWith(
  program: string,
  goldens: readonly Golden[],
  parent: { slot: bigint; blockhash: Uint8Array } | null,
): Block {
  const id = bs58.decode(program);
  const authority = eventAuthorityOf(id);
  const transactions = goldens.map((golden, index) => {
    const log = golden.base64 === undefined ? [] : [`Program data: ${golden.base64}`];
    const payload = Buffer.from(golden.base58 === undefined ? [] : bs58.decode(golden.base58));
    const data = payload.subarray(0, 8).equals(EVENT_TAG) ? payload : Buffer.concat([EVENT_TAG, payload]);
    const call = { programIdIndex: 1, accounts: Uint8Array.of(2), data, stackHeight: 2 };
    const isCall = golden.base64 === undefined;
    const inside = isCall ? [`Program ${program} invoke [2]`, `Program ${program} success`] : log;
    return {
      ...{
        index,
        signature: bytesOf(`${program}/${index}`, 64),
        error: null,
        feeLamports: 5_000n,
        computeUnits: null,
        balanceTurns: [],
        tokenChanges: [],
      },
      accountKeys: [bytesOf('payer'), id, authority],
      instructions: [{ programIdIndex: 1, accounts: new Uint8Array(0), data: new Uint8Array(8) }],
      innerInstructions: isCall ? [{ index: 0, instructions: [call] }] : [],
      logMessages: [`Program ${program} invoke [1]`, ...inside, `Program ${program} success`],
    };
  });
  const slot = (parent?.slot ?? 0n) + 1n;
  return {
    ...{
      slot,
      bank: 0,
      blockhash: bytesOf(`${program}/${slot}`),
      parentSlot: parent?.slot ?? 0n,
      transactions,
      accounts: [],
    },
    ...{
      parentBlockhash: parent?.blockhash ?? bytesOf('before'),
      blockTime: 1_700_000_000n,
      blockHeight: slot,
      hasAccounts: true,
    },
  };
}

/** Columns of fields that have one of their own; the rest of an event's values is compared in `golden-events.test.ts`. */
function expectColumns(row: Record<string, unknown>, wanted: Record<string, unknown>): void {
  let compared = 0;
  for (const [name, value] of Object.entries(wanted)) {
    const found = row[name];
    if (found === undefined || typeof value === 'object') continue;
    compared += 1;
    expect([name, shown(found, value)]).toEqual([name, value]);
  }
  expect(compared).toBeGreaterThan(0);
}

function shown(found: unknown, like: unknown): unknown {
  if (found instanceof Uint8Array) return bs58.encode(found);
  return typeof like === 'number' ? Number(found) : typeof like === 'string' ? String(found) : found;
}
