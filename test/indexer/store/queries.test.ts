import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { blockAt, blocksPage } from '../../../indexer/store/queries/chain/blocks.ts';
import { chainIdentity, claimChainIdentity } from '../../../indexer/store/queries/chain/chain-identity.ts';
import { chainCounts, chainStatus } from '../../../indexer/store/queries/chain/chain-status.ts';
import { findGaps } from '../../../indexer/store/queries/chain/gaps.ts';
import { transactionBySignature } from '../../../indexer/store/queries/chain/transactions.ts';
import { accountChanges, accountStates } from '../../../indexer/store/queries/rows/account-states.ts';
import { accountAsOf, accountsAsOf } from '../../../indexer/store/queries/rows/accounts.ts';
import type { EventPlace } from '../../../indexer/store/queries/rows/event-place.ts';
import { type EventRow, eventCounts, eventsPage } from '../../../indexer/store/queries/rows/events.ts';
import { type InstructionFilter, instructionsPage } from '../../../indexer/store/queries/rows/instructions.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { bytesOf, chainOf, smallEventTables } from './small-chain.ts';
import { type Database, openDatabase } from './store-fixture.ts';

const firstSlot = 990n;
const lastSlot = 1_029n;
const blocks = chainOf(firstSlot, 40, 'main', null);
const abandoned = chainOf(1_020n, 8, 'abandoned', blocks[29] ?? null);
const transactions = blocks.flatMap((each) => each.block.transactions);
const events = blocks.flatMap((each) => each.events.map((event) => ({ event, block: each.block })));

let server: RunningClickHouse;
let database: Database;
let store: BlockStore;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openDatabase(server.url);
  store = createBlockStore(database.client, smallEventTables);
  await store.commit(blocks.slice(0, 30));
  await store.commit(abandoned);
  await store.cancelAbove(1_019n);
  await store.commit(blocks.slice(30));
  await store.markFinalized(1_010n, blocks[20]?.block.blockhash ?? new Uint8Array());
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

describe('blocks', () => {
  it('have the status that the finalized cursor gives them', async () => {
    expect(await chainStatus(database.client)).toMatchObject({
      headSlot: lastSlot,
      headBlockTime: 1_700_000_000n + lastSlot,
      finalizedSlot: 1_010n,
    });
    expect((await blockAt(database.client, 1_010n))?.status).toBe('finalized');
    expect((await blockAt(database.client, 1_011n))?.status).toBe('confirmed');
    expect(await blockAt(database.client, 5n)).toBeNull();
  });

  it('are counted without those that were cancelled', async () => {
    expect(await chainCounts(database.client, 0n, 2_000n)).toMatchObject({
      firstSlot,
      lastSlot,
      blockCount: 40n,
      transactionCount: BigInt(transactions.length),
      eventCount: BigInt(events.length),
      unprovableCount: 0n,
    });
  });

  it('come newest first in pages without overlap', async () => {
    const slots: bigint[] = [];
    for (let before = lastSlot + 1n; ; ) {
      const page = await blocksPage(database.client, before, 7);
      slots.push(...page.map((each) => each.slot));
      if (page.length < 7) break;
      before = page.at(-1)?.slot ?? 0n;
    }
    expect(slots).toEqual(blocks.map((each) => each.block.slot).reverse());
  });

  it('are found below any number of blocks that were cancelled', async () => {
    const other = await openDatabase(server.url);
    await other.client.command('SYSTEM STOP MERGES blocks');
    const kept = chainOf(1n, 5, 'kept', null);
    const replaced = Array.from({ length: 4 }, (_, fork) => chainOf(6n, 40, `fork ${fork}`, kept[4] ?? null));
    const ofOther = createBlockStore(other.client, smallEventTables);
    await ofOther.commit(kept);
    for (const fork of replaced) {
      await ofOther.commit(fork);
      await ofOther.cancelAbove(5n);
    }
    const [{ markCount } = { markCount: 0n }] = await rows<{ markCount: bigint }>(
      other.client,
      'SELECT count() AS markCount FROM blocks',
    );
    // More than are looked through at once.
    expect(markCount).toBeGreaterThan(300n);
    expect((await blocksPage(other.client, 100n, 3)).map(({ slot }) => slot)).toEqual([5n, 4n, 3n]);
    expect((await blocksPage(other.client, 3n, 9)).map(({ slot }) => slot)).toEqual([2n, 1n]);
    await other.client.command('SYSTEM START MERGES blocks');
    await other.drop();
  });
});

describe('gaps', () => {
  it('are none in a chain, across a fork too', async () => {
    expect(await findGaps(database.client, firstSlot, lastSlot)).toEqual([]);
  });

  it('are found by parent links, and skipped slots are none', async () => {
    const other = await openDatabase(server.url);
    const chain = chainOf(10n, 4, 'a', null);
    const afterSkipped = chainOf(20n, 2, 'a', chain[3] ?? null);
    const beyond = chainOf(22n, 6, 'a', afterSkipped[1] ?? null);
    await createBlockStore(other.client, smallEventTables).commit([...chain, ...afterSkipped, ...beyond]);
    // As if the blocks of slots 21 to 23 had never arrived.
    await other.client.command(
      `INSERT INTO blocks SELECT * REPLACE (-1 AS sign, generation + 1 AS generation) FROM blocks FINAL WHERE slot BETWEEN 21 AND 23`,
    );
    const gap = { afterSlot: 20n, nextSlot: 24n, parentSlot: 23n, kind: 'missing' };
    expect(await findGaps(other.client, 10n, 40n)).toEqual([gap]);
    expect(await findGaps(other.client, 23n, 40n)).toEqual([gap]);
    expect(await findGaps(other.client, 25n, 40n)).toEqual([]);
    await other.drop();
  });
});

describe('events', () => {
  const keyOf = (row: EventRow): EventPlace => row;

  it('come newest first in pages without overlap', async () => {
    const paged: EventRow[] = [];
    for (let before: EventPlace | null = null; ; ) {
      const page: EventRow[] = await eventsPage(database.client, {}, 9, before);
      paged.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      before = keyOf(last);
    }
    const expected = events.map(({ event, block }) => [block.slot, event.transactionIndex, event.position]).reverse();
    expect(paged.map((each) => [each.slot, each.transactionIndex, each.position])).toEqual(expected);
    expect(Buffer.from(paged[0]?.data ?? [])).toEqual(Buffer.from(events.at(-1)?.event.data ?? []));
  });

  it('are filtered by name, program, range and signature', async () => {
    const deposits = await eventsPage(database.client, { name: 'DepositEvent', program: bytesOf('program') }, 500);
    expect(deposits.length).toBe(events.length / 2);
    expect(await eventsPage(database.client, { program: bytesOf('other') }, 500)).toEqual([]);
    const ranged = await eventsPage(database.client, { fromSlot: 1_000n, toSlot: 1_003n }, 500);
    expect(ranged.length).toBe(events.filter(({ block }) => block.slot >= 1_000n && block.slot <= 1_003n).length);
    const [some] = deposits;
    const ofTransaction = await eventsPage(database.client, { signature: some?.signature ?? new Uint8Array() }, 500);
    expect(ofTransaction.map((each) => each.name)).toEqual(['CloseEvent', 'DepositEvent']);
    const lost = abandoned.flatMap((each) => each.block.transactions)[0];
    expect(await eventsPage(database.client, { signature: lost?.signature ?? new Uint8Array() }, 500)).toEqual([]);
  });

  it('are counted by name', async () => {
    const counts = await eventCounts(database.client, 0n, 2_000n);
    expect(counts.map((each) => [each.name, each.eventCount])).toEqual([
      ['CloseEvent', BigInt(events.length / 2)],
      ['DepositEvent', BigInt(events.length / 2)],
    ]);
  });

  it('come back typed as they were decoded', async () => {
    type Deposit = Readonly<Record<string, unknown>>;
    const typed = 'SELECT * FROM canonical_bank_deposit WHERE slot < 2000 ORDER BY slot, tx_index, position';
    const found = await rows<Deposit>(database.client, typed);
    const expected = events.filter(({ event }) => event.table === 'bank_deposit');
    expect(found.map((each) => each['slot'])).toEqual(expected.map(({ block }) => block.slot));
    for (const [index, { event }] of expected.entries()) {
      const { owner, amount, total, note, roots, slot } = event.fields;
      const row = found[index] as Deposit;
      expect(row).toMatchObject({ amount, total, note, field_slot: slot });
      expect(Buffer.from(row['owner'] as Uint8Array)).toEqual(Buffer.from(owner as Uint8Array));
      expect((row['roots'] as Uint8Array[]).map(toBase58)).toEqual((roots as Uint8Array[]).map(toBase58));
    }
  });

  it('can be read by people', async () => {
    const [row] = await rows<{ owner: string; signature: string; ix_path: string; roots: string[] }>(
      database.client,
      'SELECT owner, signature, ix_path, roots FROM readable_bank_deposit ORDER BY slot, tx_index LIMIT 1',
    );
    const { event, block } = events[0] as (typeof events)[number];
    expect(row).toEqual({
      owner: toBase58(event.fields['owner'] as Uint8Array),
      signature: toBase58(block.transactions[0]?.signature ?? new Uint8Array()),
      ix_path: '0.1',
      roots: (event.fields['roots'] as Uint8Array[]).map(toBase58),
    });
  });
});

describe('instructions and transactions', () => {
  it('come in chain order, failed ones when asked for', async () => {
    const question = { program: bytesOf('program'), name: 'deposit', toSlot: 2_000n };
    const read = (filter: InstructionFilter) => instructionsPage(database.client, filter, 1_000, null, 'oldest');
    const good = await read({ ...question, failed: false });
    expect(good.length).toBe(transactions.filter((each) => each.error === null).length);
    const all = await read(question);
    expect(all.length).toBe(transactions.length);
    expect(all[0]).toMatchObject({ accountNames: ['owner', ''], args: '{"closed":false}', path: [0] });
  });

  it('are found by signature while their block counts', async () => {
    const [wanted] = transactions;
    const found = await transactionBySignature(database.client, wanted?.signature ?? new Uint8Array());
    expect(found).toMatchObject({
      feeLamports: 5_000n,
      computeUnits: wanted?.computeUnits,
      transactionIndex: wanted?.index,
    });
    const lost = abandoned.flatMap((each) => each.block.transactions)[0];
    expect(await transactionBySignature(database.client, lost?.signature ?? new Uint8Array())).toBeNull();
  });
});

describe('accounts', () => {
  it('are those that live after the slot, in their latest state', async () => {
    for (const slot of [992n, 1_004n, 1_019n, 1_024n, 1_029n]) {
      const latest = new Map<string, { slot: bigint; lamports: bigint }>();
      for (const { block, accounts } of blocks.filter((each) => each.block.slot <= slot)) {
        for (const { state } of accounts) {
          latest.set(toBase58(state.publicKey), { slot: block.slot, lamports: state.lamports });
        }
      }
      const living = [...latest].filter(([, each]) => each.lamports > 0n).map(([key, each]) => [key, each.slot]);
      const question = { program: bytesOf('program'), name: 'Vault', slot, limit: 100 };
      const found = await accountsAsOf(database.client, question);
      expect(new Map(found.map((each) => [toBase58(each.publicKey), each.slot]))).toEqual(
        new Map(living as [string, bigint][]),
      );
      const [first] = found;
      if (first !== undefined) {
        expect((await accountsAsOf(database.client, { ...question, afterKey: first.publicKey })).length).toBe(
          found.length - 1,
        );
        expect((await accountAsOf(database.client, first.publicKey, slot))?.slot).toBe(first.slot);
      }
    }
  });
});

describe('an account whose IDL came later', () => {
  it('is told as it was decoded then, before the engine has merged the two rows', async () => {
    const { client, drop } = await openDatabase(server.url);
    const own = createBlockStore(client, smallEventTables);
    await client.command('SYSTEM STOP MERGES accounts');
    const unread = { name: '', fields: {}, layout: null };
    await own.commit(
      blocks.map((each) => ({ ...each, accounts: each.accounts.map((one) => ({ ...one, ...unread })) })),
    );
    await own.commit(blocks);
    const [key = expect.fail('no account')] = blocks.flatMap(({ accounts }) =>
      accounts.map(({ state }) => state.publicKey),
    );
    const states = blocks.flatMap(({ block, accounts }) =>
      accounts
        .filter(({ state }) => Buffer.compare(state.publicKey, key) === 0)
        .map(({ state, name }) => ({ slot: block.slot, name, isLiving: state.lamports > 0n })),
    );
    for (const { slot, name, isLiving } of states) {
      const found = await accountStates(client, [key], slot);
      expect(found.map((each) => [each.slot, each.name])).toEqual(isLiving ? [[slot, name]] : []);
    }
    // The only field is the same in all of them.
    const first = states.find(({ isLiving }) => isLiving)?.slot;
    expect(await accountChanges(client, key, [['closed']], lastSlot)).toMatchObject([
      { slot: first, values: ['false'] },
    ]);
    await drop();
  });
});

describe('an answer that the engine cannot give now', () => {
  it.each([
    [202, 'TOO_MANY_SIMULTANEOUS_QUERIES'],
    [241, 'MEMORY_LIMIT_EXCEEDED'],
    [394, 'QUERY_WAS_CANCELLED'],
    [439, 'CANNOT_SCHEDULE_TASK'],
    [745, 'SERVER_OVERLOADED'],
  ])('%i %s is worth another try', async (code, name) => {
    const sql =
      'SELECT throwIf(1, {name:String}, toInt16({code:Int16})) SETTINGS allow_custom_error_code_in_throwif = 1';
    const named = await rows<{ found: string }>(database.client, 'SELECT errorCodeToName({code:Int16}) AS found', {
      code,
    });
    expect(named).toEqual([{ found: name }]);
    await expect(rows(database.client, sql, { code, name })).rejects.toMatchObject({
      code: 'STORE__BUSY',
      retryable: true,
    });
  });
});

it('a question that needs more memory than it may take is too large, and no better asked again', async () => {
  const limits = { max_memory_usage: '10000000' };
  const asked = rows(database.client, 'SELECT groupArray(number) AS all FROM numbers(10000000)', {}, { limits });
  await expect(asked).rejects.toMatchObject({ code: 'STORE__QUERY_TOO_LARGE', retryable: false });
});

describe('chain identity', () => {
  it('is that of the first chain and no other', async () => {
    expect(await chainIdentity(database.client)).toBeNull();
    await claimChainIdentity(database.client, { genesisHash: 'one', firstSlot: 5n });
    await claimChainIdentity(database.client, { genesisHash: 'one', firstSlot: 9n });
    expect(await chainIdentity(database.client)).toEqual({ genesisHash: 'one', firstSlot: 5n });
    await expect(claimChainIdentity(database.client, { genesisHash: 'two', firstSlot: 5n })).rejects.toMatchObject({
      code: 'STORE__WRONG_CHAIN',
    });
  });
});

describe('verify', () => {
  it('finds a sound range sound, with one hash per 1,000 slots', async () => {
    const report = await verifyBlocks(database.client, firstSlot, lastSlot);
    expect(report.problems).toEqual([]);
    expect(report.buckets.map((each) => [each.fromSlot, each.toSlot, each.blockCount])).toEqual([
      [990n, 999n, 10],
      [1_000n, 1_029n, 30],
    ]);
    expect(report.rowCount).toBeGreaterThan(events.length);
  });

  it('gives another indexer of the same chain the same hashes', async () => {
    const other = await openDatabase(server.url);
    const otherStore = createBlockStore(other.client, smallEventTables);
    for (const each of blocks) await otherStore.commit([each]);
    const reports = await Promise.all([database, other].map(({ client }) => verifyBlocks(client, firstSlot, lastSlot)));
    expect(reports[0]).toEqual(reports[1]);
    await other.drop();
  });

  it('finds a row that was lost, changed or added', async () => {
    const other = await openDatabase(server.url);
    await createBlockStore(other.client, smallEventTables).commit(blocks);
    const busy = blocks.filter((each) => each.events.length > 0).map((each) => each.block.slot);
    const [lost, changed, added, untyped] = busy as [bigint, bigint, bigint, bigint];
    const run = (sql: string) => other.client.command(sql);
    await run(`ALTER TABLE events DELETE WHERE slot = ${lost} SETTINGS mutations_sync = 1`);
    await run(
      `INSERT INTO instructions SELECT * REPLACE ('{"closed":true}' AS args) FROM instructions WHERE slot = ${changed}`,
    );
    await run(
      `INSERT INTO transactions SELECT * REPLACE (99 AS tx_index) FROM transactions WHERE slot = ${added} LIMIT 1`,
    );
    await run(`ALTER TABLE bank_close DELETE WHERE slot = ${untyped} SETTINGS mutations_sync = 1`);
    const { problems } = await verifyBlocks(other.client, firstSlot, lastSlot);
    const expected = [
      `${lost} count events`,
      `${lost} content`,
      `${lost} count bank_close`,
      `${lost} count bank_deposit`,
      `${changed} content`,
      `${added} count transactions`,
      `${added} content`,
      `${untyped} count bank_close`,
    ];
    const found = problems.map((each) => `${each.slot} ${each.kind}${each.kind === 'count' ? ` ${each.table}` : ''}`);
    expect(found.sort()).toEqual(expected.sort());
    await other.drop();
  });
});
