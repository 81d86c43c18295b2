/**
 * The record of a part of a simulated day: events and instructions of four programs fold to what the chain has, account
 * by account and block by block. What is changed in the record is found, told with both sides, and gone once it is mended.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runVerifyAccounts } from '../../../cli/verify-accounts.ts';
import { reconciliationStatus, unreconciledIn } from '../../../indexer/store/queries/ledger/reconciliation.ts';
import { vaultSurpluses } from '../../../indexer/store/queries/ledger/token-balances.ts';
import { oneRow } from '../../../indexer/store/rows.ts';
import { quoted } from '../../../indexer/store/sql-text.ts';
import { reconciledPrograms } from '../../../jobs/reconcile/program-folds.ts';
import { Reconciler } from '../../../jobs/reconcile/reconcile-job.ts';
import {
  compareRange,
  type ReconcileContext,
  reconcileAgain,
  reconcileNewBlocks,
} from '../../../jobs/reconcile/reconciler.ts';
import { reconciledRange } from '../../../jobs/rewards/steps/reconciled-range.ts';
import { decodeOperatorPool, encodeOperatorPool } from '../../../programs/staking/client.generated.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { expectSameBalancesByRpc } from './balances-by-rpc.ts';
import { expectOrdersOfAccounts } from './day-market.ts';
import { expectComparedVaults, expectCountedSupply, expectProvenLedger, expectWholeTreasury } from './day-money.ts';
import { expectMoneyOverGraphql } from './money-over-graphql.ts';
import { type RecordedDay, recordDay } from './recorded-day.ts';

const LIMIT_MS = 300_000;
const ALL = { fromSlot: 0n, toSlot: 2n ** 63n };

let clickhouse: RunningClickHouse;
let day: RecordedDay;
let context: ReconcileContext;

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('own');
  day = await recordDay(clickhouse, { seed: 5, providers: 11, tickCount: 14, ticksPerEpoch: 4 });
  const { store, settings } = day;
  context = { store, programs: reconciledPrograms(settings), signal: new AbortController().signal };
}, LIMIT_MS);

afterAll(async () => {
  await day?.stop();
  await clickhouse?.stop();
});

const incidents = () => unreconciledIn(day.store, ALL, 100);

it('every account of every block is what events and instructions say', { timeout: LIMIT_MS }, async () => {
  expect(await reconcileNewBlocks(context)).toEqual([]);
  const { finalizedSlot } = day;
  expect(await reconciliationStatus(day.store)).toEqual({
    ...{ reconciledThroughSlot: finalizedSlot, comparedThroughSlot: finalizedSlot, openIncidentCount: 0n },
  });
  const { kinds } = await oneRow<{ kinds: bigint }>(
    day.store,
    "SELECT uniqExact(name) AS kinds FROM canonical_accounts WHERE name != '' AND slot > 0",
  );
  expect(kinds).toBeGreaterThan(20n);
  await expectComparedVaults(day);
  await runVerifyAccounts(day.settings, {}, context.signal);
});

it('token balances are those that a node tells by RPC, byte for byte', { timeout: LIMIT_MS }, async () => {
  expect.hasAssertions();
  await expectSameBalancesByRpc(day);
});

it('orders, sessions and leases are told as the accounts have them', { timeout: LIMIT_MS }, async () => {
  expect.hasAssertions();
  await expectOrdersOfAccounts(day, day.finalizedSlot);
});

it('a range may begin and end at any slot', { timeout: LIMIT_MS }, async () => {
  const slot = fc.bigInt(0n, day.finalizedSlot);
  const range = fc
    .tuple(slot, slot)
    .map(([one, other]) => (one < other ? [one, other] : [other, one]) as [bigint, bigint]);
  await fc.assert(
    fc.asyncProperty(range, async ([fromSlot, toSlot]) => {
      expect((await compareRange(context, { fromSlot, toSlot })).incidents).toEqual([]);
    }),
    { numRuns: 8 },
  );
});

/** A row of a table in place of the one with the same key; the one before comes back by writing it again. */
async function replace(table: string, where: string, change: string): Promise<bigint> {
  const { store } = day;
  const { slot } = await oneRow<{ slot: bigint }>(store, `SELECT max(slot) AS slot FROM ${table} WHERE ${where}`);
  const row = `slot = ${slot} AND ${where}`;
  await store.command(
    `CREATE TABLE kept_${table} ENGINE = MergeTree ORDER BY slot AS SELECT * FROM ${table} FINAL WHERE ${row} LIMIT 1`,
  );
  await store.command(`INSERT INTO ${quoted(table)} SELECT * REPLACE (${change}) FROM kept_${table}`);
  return slot;
}

async function restore(table: string): Promise<void> {
  await day.store.command(`INSERT INTO ${quoted(table)} SELECT * FROM kept_${table}`);
  await day.store.command(`DROP TABLE kept_${table}`);
}

/** Looks at everything again, as a first pass does. */
async function fromTheStart(): Promise<void> {
  await day.store.command("ALTER TABLE cursors DELETE WHERE name = 'reconciled' SETTINGS mutations_sync = 2");
  await reconcileNewBlocks(context);
}

it('an event that is not there is found at its block, and gone when it comes', { timeout: LIMIT_MS }, async () => {
  const slot = await replace('events', "name = 'StakeEvent'", "toFixedString('', 32) AS program");
  await fromTheStart();
  const found = await incidents();
  expect(new Set(found.map((each) => each.slot))).toEqual(new Set([slot]));
  const shares = found.find(({ kind, field }) => kind === 'OperatorPool' && field === 'totalShares');
  expect(BigInt(shares?.seen ?? 0)).toBeGreaterThan(BigInt(shares?.expected ?? 0));
  expect(found.map(({ kind }) => kind)).toContain('StakingRecord');
  const status = await reconciliationStatus(day.store);
  expect(status.reconciledThroughSlot).toBeLessThan(slot);
  expect(status.comparedThroughSlot).toBe(day.finalizedSlot);

  expect((await reconcileAgain(context)).mended).toEqual([]);
  await restore('events');
  expect((await reconcileAgain(context)).mended).toEqual([slot]);
  expect(await incidents()).toEqual([]);
  expect((await reconciliationStatus(day.store)).reconciledThroughSlot).toBe(day.finalizedSlot);
});

it('an amount that is not the one of the chain is told with both sides', { timeout: LIMIT_MS }, async () => {
  // Behind discriminator, index, pool, epoch, record, owner and a flag; the shares follow.
  const [before, amount] = [115, 'reinterpretAsUInt64(substring(data, 116, 8)) + 7'];
  const raised = `concat(substring(data, 1, ${before}), reinterpretAsString(toUInt64(${amount}) + bitShiftLeft(toUInt64(1), 56)), substring(data, 124)) AS data`;
  const slot = await replace('events', "name = 'StakeEvent'", raised);
  await fromTheStart();
  const found = await incidents();
  expect(new Set(found.map((each) => each.slot))).toEqual(new Set([slot]));
  const staked = found.find(({ field }) => field === 'totalStakedAmount');
  expect(BigInt(staked?.expected ?? 0) - BigInt(staked?.seen ?? 0)).toBe(7n + 2n ** 56n);
  await restore('events');
  expect((await reconcileAgain(context)).mended).toEqual([slot]);
});

it('an account that is not what its calls made of it keeps rewards from being computed', {
  timeout: LIMIT_MS,
}, async () => {
  const { store, finalizedSlot } = day;
  const row = await oneRow<{ slot: bigint; publicKey: Uint8Array; data: Uint8Array }>(
    store,
    `SELECT slot, public_key AS publicKey, data FROM accounts FINAL WHERE name = 'OperatorPool'
ORDER BY slot DESC, public_key LIMIT 1`,
    {},
    { bytesColumns: ['data'] },
  );
  const pool = decodeOperatorPool(row.data);
  const changed = encodeOperatorPool({ ...pool, totalUnstaking: pool.totalUnstaking + 3n });
  const hex = Buffer.concat([changed, row.data.subarray(changed.length)]).toString('hex');
  const key = Buffer.from(row.publicKey).toString('hex');
  const slot = await replace('accounts', `public_key = unhex('${key}')`, `unhex('${hex}') AS data`);
  await fromTheStart();
  const [found, ...others] = await incidents();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ slot, kind: 'OperatorPool', field: 'totalUnstaking', publicKey: row.publicKey });
  expect([found?.expected, found?.seen]).toEqual([`${pool.totalUnstaking}`, `${pool.totalUnstaking + 3n}`]);

  const [staking, marketplace, , governance] = context.programs.map((each) => each.key) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  await expect(runVerifyAccounts(day.settings, {}, context.signal)).rejects.toMatchObject({
    code: 'VERIFY__ACCOUNTS_DIFFER',
  });
  const programs = { staking, marketplace, governance };
  const epoch = { store, programs, reconciled: context.programs, signal: context.signal };
  const range = { fromSlot: 0n, toSlot: finalizedSlot };
  await expect(reconciledRange(epoch, range)).rejects.toMatchObject({
    code: 'REWARDS__NOT_RECONCILED',
    retryable: true,
  });
  expect(await reconciledRange(epoch, { ...range, toSlot: slot - 1n })).toBeNull();
  const said: string[] = [];
  const say = (_: object, text: string) => said.push(text);
  let nowMs = 0;
  const reconciler = new Reconciler(context, { warn: say, info: say } as never, () => nowMs);
  await reconciler.advance();
  expect(reconciler.status).toMatchObject({ openIncidents: 1, comparedThroughSlot: Number(finalizedSlot) });
  await restore('accounts');
  nowMs += 10_000;
  await reconciler.advance();
  const reconciledThroughSlot = Number(finalizedSlot);
  expect(reconciler.status).toMatchObject({ openIncidents: 0, vaultSurpluses: 2, reconciledThroughSlot });
  expect(said).toEqual(['accounts are what events say again']);
  expect(await reconciledRange(epoch, range)).toBeNull();
  expect(await reconciledRange(epoch, { ...range, toSlot: finalizedSlot + 1n })).toContain(`slot ${finalizedSlot}`);
});

const STAKED = `account IN (SELECT accounts[indexOf(account_names, 'staked_token_account')] FROM instructions
  WHERE name = 'stake')`;

it('a vault that holds less than calls say is told with both figures, and holds up rewards until it is mended', {
  timeout: LIMIT_MS,
}, async () => {
  const { store, finalizedSlot } = day;
  const { account, amount } = await oneRow<{ account: Uint8Array; amount: bigint }>(
    store,
    `SELECT account, amount FROM token_balances FINAL WHERE ${STAKED} ORDER BY slot DESC, tx_index DESC LIMIT 1`,
  );
  const vault = `account = unhex('${Buffer.from(account).toString('hex')}')`;
  const slot = await replace('token_balances', `${vault} AND amount = ${amount}`, 'amount - 3 AS amount');
  await fromTheStart();
  const [found, ...others] = await incidents();
  expect(others).toEqual([]);
  const both = { expected: `${amount}`, seen: `${amount - 3n}` };
  expect(found).toMatchObject({ slot, kind: 'Vault', field: 'balance', publicKey: account, ...both });
  const programs = Object.fromEntries(context.programs.map(({ key, fold }) => [fold.program, key]));
  const epoch = { store, programs: programs as never, reconciled: context.programs, signal: context.signal };
  await expect(reconciledRange(epoch, { fromSlot: 0n, toSlot: finalizedSlot })).rejects.toMatchObject({
    code: 'REWARDS__NOT_RECONCILED',
  });
  expect((await reconcileAgain(context)).mended).toEqual([]);
  await restore('token_balances');
  expect((await reconcileAgain(context)).mended).toEqual([slot]);
  expect(await incidents()).toEqual([]);
});

it('what strangers send to a vault is shown, and holds up nothing', { timeout: LIMIT_MS }, async () => {
  const { store } = day;
  const before = await vaultSurpluses(store, 100);
  const slot = await replace('token_balances', STAKED, 'amount + 9 AS amount');
  await fromTheStart();
  expect(await incidents()).toEqual([]);
  const brought = (await vaultSurpluses(store, 100)).filter((each) => each.slot >= slot);
  expect(brought).toContainEqual(expect.objectContaining({ slot, amount: 9n }));
  await restore('token_balances');
  await fromTheStart();
  expect(await vaultSurpluses(store, 100)).toEqual(before);
});

it('blocks whose account states were not delivered are compared at the next snapshot', {
  timeout: LIMIT_MS,
}, async () => {
  const { store, finalizedSlot } = day;
  const hole = { from: finalizedSlot - 120n, to: finalizedSlot - 100n };
  const inHole = `slot BETWEEN ${hole.from} AND ${hole.to}`;
  // A block that comes without accounts has a newer mark, since nothing less complete would count.
  await store.command(
    `INSERT INTO blocks SELECT * REPLACE (toUInt8(0) AS has_accounts, toUInt32(generation + 2) AS generation)
FROM (SELECT * FROM blocks FINAL WHERE ${inHole})`,
  );
  await fromTheStart();
  const waiting = await reconciliationStatus(store);
  expect(waiting.comparedThroughSlot).toBeLessThan(hole.from);
  const snapshot = await oneRow<{ slot: bigint; blockhash: Uint8Array }>(
    store,
    `SELECT slot, blockhash FROM blocks FINAL WHERE sign = 1 AND slot > ${hole.to} ORDER BY slot LIMIT 1`,
  );
  await store.command(
    `INSERT INTO account_snapshots (slot, blockhash, account_count)
SELECT ${snapshot.slot}, toFixedString(unhex({blockhash:String}), 32), 1`,
    { blockhash: snapshot.blockhash },
  );
  expect(await reconcileNewBlocks(context)).toEqual([]);
  expect((await reconciliationStatus(store)).reconciledThroughSlot).toBe(finalizedSlot);
});

it('rows of blocks that the chain gave up count for nothing', { timeout: LIMIT_MS }, async () => {
  const { store } = day;
  const hash = "toFixedString(unhex('07'), 32) AS blockhash";
  const { slot } = await oneRow<{ slot: bigint }>(
    store,
    "SELECT max(slot) AS slot FROM events WHERE name = 'StakeEvent'",
  );
  const copy = (table: string, change: string) =>
    store.command(
      `INSERT INTO ${table} SELECT * REPLACE (${hash}${change}) FROM (SELECT * FROM ${table} FINAL WHERE slot = ${slot})`,
    );
  // The same transactions once more, in a block that was replaced, with other states after it.
  for (const table of ['transactions', 'events', 'instructions']) await copy(table, '');
  await copy('token_balances', ', toUInt64(amount + 1) AS amount_before, toUInt64(0) AS amount');
  await copy('accounts', ', concat(substring(data, 1, 8), reverse(substring(data, 9))) AS data');
  await copy('blocks', ', toInt8(-1) AS sign, toUInt32(1) AS generation');
  await fromTheStart();
  expect(await incidents()).toEqual([]);
  expect((await reconciliationStatus(store)).reconciledThroughSlot).toBe(day.finalizedSlot);
});

it('the ledger of the day is balanced and as the rule has it', { timeout: LIMIT_MS }, async () => {
  expect.hasAssertions();
  await expectProvenLedger(day);
});

it('the treasury holds what came in less what a vote spent, to the unit', { timeout: LIMIT_MS }, async () => {
  expect.hasAssertions();
  await expectWholeTreasury(day);
});

it('every token is burned, locked or in circulation, and none can be minted any more', {
  timeout: LIMIT_MS,
}, async () => {
  expect.hasAssertions();
  await expectCountedSupply(day);
});

it('the API answers what the record says of ledger, treasury and supply', { timeout: LIMIT_MS }, async () => {
  expect.hasAssertions();
  await expectMoneyOverGraphql(day);
});
