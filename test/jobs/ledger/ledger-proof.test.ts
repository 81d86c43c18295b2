/** The ledger on a real ClickHouse: a view of settlements, proven block by block, and an alarm where it does not hold. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { ledgerStatus, openLedgerFaults } from '../../../indexer/store/queries/ledger/ledger-faults.ts';
import { ledgerTotals, settlementsEnd, settlementsPage } from '../../../indexer/store/queries/market/settlements.ts';
import { entriesOf, sumOf } from '../../../jobs/ledger/entries.ts';
import { type LedgerContext, proveAgain, proveNewBlocks } from '../../../jobs/ledger/ledger-proof.ts';
import { provenLedger } from '../../../jobs/ledger/proven-ledger.ts';
import { afterPaying, NOTHING_PAID, partsOfOrder } from '../../../jobs/ledger/settlement-rule.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { LivedRecord, step } from '../market/lived-record.ts';
import {
  type ChosenBlock,
  type ChosenEvent,
  empty,
  type MarketDatabase,
  marketChain,
  openMarketDatabase,
} from '../market/market-chain.ts';
import {
  INFER,
  initialized,
  orderCreated,
  SETTLEMENT_TABLES,
  settled,
  TERMS,
  totalsOf,
  USDC,
  workload,
} from './settled-events.ts';

const TIME = 1_700_000_000n;
const EVERYTHING = { fromSlot: 0n, toSlot: 2n ** 60n };
const PAST_ALL = { slot: 2n ** 60n, transactionIndex: 0, position: 0 };
const LIMIT_MS = 120_000;

let server: RunningClickHouse;
let database: MarketDatabase;
let clock = 0n;

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url, SETTLEMENT_TABLES);
});
afterAll(async () => {
  await database?.drop();
  await server?.stop();
});

const key = (name: string) => bytesOf(name);
const contextOf = ({ client }: MarketDatabase): LedgerContext => ({
  store: client,
  programs: { marketplace: key('marketplace'), exchange: key('exchange'), governance: key('governance') },
  nowMicros: () => (clock += 1n),
  signal: new AbortController().signal,
});
const context = () => contextOf(database);
const faults = () => openLedgerFaults(database.client, EVERYTHING, 100);

/** Blocks from the chain's first one on, all final. */
async function record(blocks: readonly (readonly ChosenEvent[])[]): Promise<DecodedBlock[]> {
  const chosen = blocks.map((events, index): ChosenBlock => ({ slot: BigInt(index + 1), time: TIME, events }));
  const chain = marketChain(database.tables, chosen);
  const store = createBlockStore(database.client, database.tables);
  await store.commit(chain);
  const last = chain.at(-1)?.block;
  if (last !== undefined) await store.markFinalized(last.slot, last.blockhash);
  return chain;
}

const firstPiece = afterPaying(NOTHING_PAID, 1_000_003n, partsOfOrder(TERMS, NOTHING_PAID, 1_000_003n, false));
const honest: readonly (readonly ChosenEvent[])[] = [
  [initialized, orderCreated('a'), orderCreated('b', USDC), orderCreated('session')],
  [settled('order', { name: 'a', amount: 9_999_999n }), workload('w1', 77)],
  [
    settled('order', { name: 'b', amount: 101n, mint: USDC }),
    settled('usage', { name: 'session', amount: 1_000_003n }),
  ],
  [settled('usage', { name: 'session', amount: 7n, before: firstPiece, buyer: 'other' }), workload('w2', 1)],
];

describe('a ledger', () => {
  beforeEach(() => empty(database.client));

  it('has balanced entries for every settlement, and sums that are zero', async () => {
    const chain = await record(honest);
    const page = await settlementsPage(database.client, {}, 100n, PAST_ALL, 100);
    expect(page.map(({ kind }) => kind)).toEqual(['workload', 'session', 'session', 'order', 'workload', 'order']);
    for (const settlement of page) {
      const entries = entriesOf(settlement);
      expect(entries.map(({ account }) => account)).toEqual(['CUSTOMER', 'PROVIDER', 'TREASURY', 'BURN', 'VERIFIERS']);
      expect(sumOf(entries)).toBe(0n);
      expect(entries[0]?.amount).toBe(-settlement.amount);
    }
    expect(await ledgerTotals(database.client, {}, 100n)).toEqual(totalsOf(chain));
    await proveNewBlocks(context());
    expect(await faults()).toEqual([]);
    expect(await ledgerStatus(database.client)).toMatchObject({ ledgerThroughSlot: 4n, lookedThroughSlot: 4n });
  });

  it('is asked by kind, token, customer, time, and place, and as of any slot', async () => {
    await record(honest);
    const names = async (filter: Parameters<typeof settlementsPage>[1], slot = 100n) =>
      (await settlementsPage(database.client, filter, slot, PAST_ALL, 100)).map(({ kind, slot }) => `${kind} ${slot}`);
    expect(await names({ kind: 'session' })).toEqual(['session 4', 'session 3']);
    expect(await names({ mint: USDC })).toEqual(['order 3']);
    expect(await names({ customer: key('other') })).toEqual(['session 4']);
    expect(await names({ provider: key('host'), subject: key('w1') })).toEqual(['workload 2']);
    expect(await names({ fromTime: TIME + 1n })).toEqual([]);
    expect(await names({ toTime: TIME + 1n, kind: 'order' }, 2n)).toEqual(['order 2']);
    const [{ debited } = { debited: 0n }] = await ledgerTotals(database.client, { kind: 'order', mint: INFER }, 100n);
    expect(debited).toBe(9_999_999n);
    const place = { slot: 3n, transactionIndex: 1, position: 0 };
    const rest = await settlementsPage(database.client, {}, 100n, place, 2);
    expect(rest.map(({ kind, slot }) => `${kind} ${slot}`)).toEqual(['order 3', 'workload 2']);
  });

  it('is proven in pieces of whole slots', async () => {
    await record(honest);
    const bounds = { fromSlot: 1n, toSlot: 4n };
    const end = (most: number) => settlementsEnd(database.client, bounds, most);
    expect(await Promise.all([end(1), end(2), end(3), end(4), end(6)])).toEqual([1n, 2n, 2n, 3n, 4n]);
  });

  it('prices a workload by the numbers in force at its place', async () => {
    const rateCpuId = [...parameters.keys()].indexOf('rate_cpu_micro');
    const set = {
      table: 'marketplace_parameters_set',
      fields: { changes: [{ id: rateCpuId, value: 2_000_000n }] },
    };
    const dear = { credits: 8n, amount: 8_000n, provider_amount: 7_200n, fee: 800n, fee_treasury: 800n };
    await record([[initialized], [workload('cheap', 1), set, workload('dear', 1, dear), workload('late', 1)]]);
    await proveNewBlocks(context());
    const found = await faults();
    expect(found.map(({ kind, transactionIndex }) => `${kind} ${transactionIndex}`)).toEqual(['price 3']);
  });
});

describe('an alarm', () => {
  beforeEach(() => empty(database.client));
  afterEach(async () => {
    expect(await provenLedger(context(), { fromSlot: 0n, toSlot: 0n })).toBeNull();
  });

  const wrong: readonly (readonly [string, readonly (readonly ChosenEvent[])[], readonly string[]])[] = [
    [
      'a unit that nobody has',
      [[settled('order', { name: 'a', amount: 500n }, { fee_treasury: 0n })]],
      ['unbalanced', 'parts'],
    ],
    [
      'a part that is another’s',
      [
        [
          settled(
            'order',
            { name: 'a', amount: 10_000n },
            { fee: 0n, provider_amount: 10_000n, fee_treasury: 0n, fee_burn: 0n, fee_verifier: 0n },
          ),
        ],
      ],
      ['parts'],
    ],
    ['a price that is not the rule’s', [[workload('w', 5, { vcpus: 4 })]], ['price']],
    [
      'an order that is settled twice',
      [
        [settled('order', { name: 'a', amount: 10_000n })],
        [
          settled('order', {
            name: 'a',
            amount: 0n,
            before: { amount: 10_000n, fee: 333n, burn: 83n, verifiers: 36n },
          }),
        ],
      ],
      ['twice'],
    ],
    ['a workload that is settled twice', [[workload('w', 5)], [], [workload('w', 5)]], ['twice']],
    ['an order that nobody created', [[settled('order', { name: 'nobody', amount: 5n })]], ['unknown_order']],
  ];

  it.each(wrong)('%s stops rewards, and says where it is', async (_, blocks, kinds) => {
    await record([[initialized, orderCreated('a')], ...blocks]);
    const range = { fromSlot: 0n, toSlot: BigInt(blocks.length + 1) };
    await expect(provenLedger(context(), range)).rejects.toMatchObject({ code: 'LEDGER__IMBALANCE', retryable: true });
    const found = await faults();
    expect(found.map(({ kind }) => kind).toSorted()).toEqual([...kinds].toSorted());
    const status = await ledgerStatus(database.client);
    expect(status.ledgerThroughSlot).toBe(BigInt(blocks.length));
    expect(status.lookedThroughSlot).toBe(range.toSlot);
  });

  it('goes on until the settlement is what it has to be, and then is gone', async () => {
    const unbalanced = settled('order', { name: 'a', amount: 500n }, { fee_treasury: 0n });
    const [, block] = await record([[initialized, orderCreated('a')], [unbalanced]]);
    await proveNewBlocks(context());
    await proveAgain(context(), 7n);
    expect((await faults()).length).toBe(2);
    const { client } = database;
    const slot = block?.block.slot ?? 0n;
    const { fee_treasury: due } = settled('order', { name: 'a', amount: 500n }).fields;
    await client.command(
      `INSERT INTO marketplace_order_settled SELECT * REPLACE (toUInt64(${due}) AS fee_treasury) FROM marketplace_order_settled WHERE slot = ${slot}`,
    );
    await proveAgain(context(), 3n);
    expect(await faults()).toEqual([]);
    expect(await provenLedger(context(), { fromSlot: 0n, toSlot: slot })).toBeNull();
  });

  it('an epoch waits for blocks that are not proven yet', async () => {
    await record([[initialized]]);
    expect(await provenLedger(context(), { fromSlot: 0n, toSlot: 9n })).toContain('up to slot 1 of 9');
  });
});

describe('a ledger that lives', () => {
  /** Orders and workloads by a number: what a fork brings a second time is a fault, and has to be one straight on as well. */
  function eventsOf(seed: number): ChosenEvent[] {
    const name = `order ${seed % 40}`;
    const mint = seed % 3 === 0 ? USDC : INFER;
    const pieces = [
      orderCreated(name, mint),
      settled('order', { name, amount: BigInt(seed) * 977n, mint }),
      workload(`workload ${seed}`, (seed % 900) + 1),
    ];
    return pieces.slice(0, seed % 4);
  }

  it('is that of the final chain alone, after any forks and replays', { timeout: LIMIT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), fc.nat(), async (steps, at) => {
        const open = () => openMarketDatabase(server.url, SETTLEMENT_TABLES);
        const [lived, straight] = [await open(), await open()];
        try {
          const refresh = () => proveNewBlocks(contextOf(lived));
          const life = new LivedRecord(lived, { eventsOf, missingCount: 0, refresh });
          await life.run({ kind: 'extend', depth: 0, seeds: [5, 6, 7], pace: 17 });
          for (const each of steps) await life.run(each);
          const last = life.chain.at(-1)?.block;
          if (last === undefined) throw new Error('nothing lived');
          await createBlockStore(straight.client, straight.tables).commit(life.chain);
          for (const each of [lived, straight]) {
            await createBlockStore(each.client, each.tables).markFinalized(last.slot, last.blockhash);
            await proveNewBlocks(contextOf(each));
          }
          const asOf = life.chain.slice(0, (at % life.chain.length) + 1);
          const slot = asOf.at(-1)?.block.slot ?? 0n;
          expect(await ledgerTotals(lived.client, {}, slot)).toEqual(totalsOf(asOf));
          const of = async ({ client }: MarketDatabase) => [
            await openLedgerFaults(client, EVERYTHING, 1_000),
            await settlementsPage(client, {}, slot, PAST_ALL, 1_000),
            await ledgerStatus(client),
          ];
          expect(await of(lived)).toEqual(await of(straight));
        } finally {
          await lived.drop();
          await straight.drop();
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});
