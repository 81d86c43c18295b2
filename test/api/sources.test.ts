/** `source` of computed values: the blocks, the rule and the transactions that a record written by hand says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as sourceEvents from '../../api/reads/source-events.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { refreshRates } from '../../jobs/market/refresh-rates.ts';
import { settingsFor } from '../indexer/store/store-fixture.ts';
import { keyOf, type MarketRecord, openMarketRecord, type RecordedEvent, signatureOf } from '../jobs/market-record.ts';
import { type RunningApi, startApi } from './start-api.ts';

const HOUR = 3_600n;
const [INFER, USDC] = [keyOf('INFER'), keyOf('USDC')];
const proposal = keyOf('proposal');
/** Slot 1 opens the market; from slot 2 on a block each five minutes, of an hour that begins with it. */
const timeOf = (slot: bigint) => 100n * HOUR + (slot - 2n) * 300n;
const LAST = 15n;

let record: MarketRecord;
let api: RunningApi;

const settled = (buyer: string, model: number, fields: RecordedEvent['fields'] = {}): RecordedEvent => ({
  table: 'marketplace_order_settled',
  fields: {
    ...{ provider: keyOf('provider'), buyer: keyOf(buyer), order: keyOf(buyer), model, mint: USDC, amount: 5n },
    ...{ price_per_gpu_hour: 2_000_000n, gpu_seconds: 3_600n, ...fields },
  },
});
const tick = (model: number, fields: RecordedEvent['fields'] = {}): RecordedEvent => ({
  table: 'exchange_index_updated',
  fields: {
    ...{ model, price: 1_000n, market_price: 1_000n, market_anchor: 1_000n, market_bound_ppm: 100_000 },
    ...{ market_depth_gpu_seconds: 1_000_000n, ...fields },
  },
});

/** By block: purchases of three buyers in one transaction each, a tick of the model in the fourth, one of another in the fifth. */
function transactionsAt(slot: bigint): readonly (RecordedEvent | readonly RecordedEvent[])[] {
  if (slot === 1n)
    return [
      { table: 'marketplace_marketplace_initialized', fields: { infer_mint: INFER, usdc_mint: USDC, models: [] } },
      {
        table: 'marketplace_provider_registered',
        fields: { provider: keyOf('provider'), owner: keyOf('owner'), payout: keyOf('owner') },
      },
      {
        table: 'governance_proposal_created',
        fields: { proposal, proposal_id: 0n, action_changes: '[]', action_spend: 'null', action_model: 'null' },
      },
      { table: 'governance_signal_given', fields: { proposal } },
      { table: 'governance_signal_given', fields: { proposal: keyOf('another proposal') } },
    ];
  // Of a block that was replaced: nothing counts it.
  const replaced = [tick(0, { blockhash: keyOf('replaced') }), settled('a', 0, { blockhash: keyOf('replaced') })];
  const bought = ['a', 'b', 'c'].map((buyer) => settled(buyer, 0));
  return [...bought, [tick(0), tick(0)], tick(1), [settled('d', 1, { mint: INFER })], replaced];
}

beforeAll(async () => {
  record = await openMarketRecord();
  const slots = Array.from({ length: Number(LAST) }, (_, index) => BigInt(index + 1));
  await record.write(slots.map((slot) => ({ slot, time: timeOf(slot), transactions: transactionsAt(slot) })));
  await record.store.command(`INSERT INTO cursors (name, slot) SELECT 'finalized', ${LAST}`);
  const registry = await loadProgramRegistry(settingsFor('http://127.0.0.1:1', 'record'));
  const [, marketplace, exchange, governance] = registry.programs.map(({ id }) => id) as [never, ...Uint8Array[]];
  let clock = 0n;
  const programs = { marketplace, exchange, governance } as Parameters<typeof refreshRates>[1];
  await refreshRates(record.store, programs, 'all', () => (clock += 1n));
  api = await startApi(record.store, registry);
}, 120_000);
afterAll(async () => {
  await api?.stop();
  await record?.stop();
});

const SOURCE = 'source { fromSlot toSlot ruleVersion events transactions(first: 60) { slot signature } }';

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
async function answer(query: string): Promise<any> {
  const { data, errors } = await api.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

/** Transactions of blocks, newest first. */
function signaturesOf(fromSlot: bigint, toSlot: bigint, indexes: readonly number[]) {
  const slots = Array.from({ length: Number(toSlot - fromSlot) + 1 }, (_, index) => toSlot - BigInt(index));
  return slots.flatMap((slot) =>
    indexes.toReversed().map((index) => ({ slot: String(slot), signature: toBase58(signatureOf(slot, index)) })),
  );
}

describe('the source', () => {
  it('of a candle is the ticks of its bucket and model, each transaction once, as of the slot', async () => {
    for (const [atSlot, last] of [
      [LAST, 13n],
      [9n, 9n],
    ] as const) {
      const { index } =
        await answer(`{ index(model: 0, atSlot: "${atSlot}") { candles(interval: HOUR, from: "${timeOf(2n)}",
        to: "${timeOf(14n)}") { tickCount ${SOURCE} } } }`);
      const [{ source, tickCount }] = index.candles;
      expect(source).toMatchObject({ fromSlot: '2', toSlot: String(last), ruleVersion: 'candles-1' });
      expect(source.events).toEqual(['exchange_index_updated']);
      expect(source.transactions).toEqual(signaturesOf(2n, last, [3]));
      expect(tickCount).toBe(String(2n * (last - 1n)));
    }
  });

  it('of a reference rate, of its surveillance and of the day’s prices is the purchases of the window', async () => {
    const range = `from: "${timeOf(2n)}", to: "${timeOf(14n)}"`;
    const { index } =
      await answer(`{ index(model: 0) { referenceRates(window: HOUR, ${range}) { purchaseCount firstSlot lastSlot
      ${SOURCE} inputs(first: 60) { slot signature } } surveillance(window: HOUR, ${range}) { ${SOURCE} }
      dailyPrices(${range}) { purchaseCount ${SOURCE} } ${SOURCE} } }`);
    const [{ source, purchaseCount, inputs, firstSlot, lastSlot }] = index.referenceRates;
    expect([purchaseCount, source.ruleVersion]).toEqual([36, 'prr-1']);
    expect([source.fromSlot, source.toSlot]).toEqual([firstSlot, lastSlot]);
    expect(source.transactions).toEqual(signaturesOf(2n, 13n, [0, 1, 2]));
    // What the rate itself lists as its inputs.
    expect(source.transactions).toEqual(inputs.toReversed());
    expect(index.surveillance[0].source.transactions).toEqual(signaturesOf(2n, 13n, [0, 1, 2, 3]));
    expect(index.dailyPrices[0].purchaseCount).toBe(source.transactions.length + 6);
    expect(index.dailyPrices[0].source.transactions).toEqual(signaturesOf(2n, LAST, [0, 1, 2]));
    expect(index.source).toMatchObject({ fromSlot: '1', toSlot: String(LAST) });
  });

  it('of the ledger’s totals is the settlements that pass their filter', async () => {
    const buyer = toBase58(keyOf('b'));
    const { all, one } = await answer(`{ all: ledgerTotals(atSlot: "6") { mint settlementCount ${SOURCE} }
      one: ledgerTotals(customer: "${buyer}", fromTime: "${timeOf(4n)}", toTime: "${timeOf(9n)}") { settlementCount ${SOURCE} } }`);
    for (const { mint, settlementCount, source } of all) {
      const indexes = mint === toBase58(USDC) ? [0, 1, 2] : [5];
      expect(source.transactions).toEqual(signaturesOf(2n, 6n, indexes));
      expect(settlementCount).toBe(String(source.transactions.length));
      expect(source).toMatchObject({ fromSlot: '1', toSlot: '6', ruleVersion: 'ledger-1' });
    }
    expect(one).toMatchObject([{ settlementCount: '5', source: { fromSlot: '4', toSlot: '8' } }]);
    expect(one[0].source.transactions).toEqual(signaturesOf(4n, 8n, [1]));
  });

  it('of a proposal is the events of its life, and of nobody else’s', async () => {
    const { proposal: found } = await answer(`{ proposal(id: "0") { ${SOURCE} } }`);
    expect(found.source).toMatchObject({ fromSlot: '1', toSlot: String(LAST), ruleVersion: 'governance-1' });
    expect(found.source.transactions).toEqual(signaturesOf(1n, 1n, [2, 3]));
  });

  it('of many values at once costs more than a query may', async () => {
    const { errors } = await api.ask(`{ index(model: 0) { candles(interval: MINUTE, from: "0", to: "59940") {
      source { toSlot transactions(first: 1) { signature } } } } }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['API__TOO_COMPLEX']);
  });
});

it.each([LAST, 5n])('the network’s totals are of the blocks up to slot %s that count', async (slot) => {
  const { network, _meta } =
    await answer(`{ _meta { slot finalizedSlot gaps incidentCount } network(atSlot: "${slot}") {
    health { slot finalizedSlot gaps incidentCount } totals { record { blockCount } poolCount staked unstaking bond offerCount
    providerCount orderCount settledCount refundedCount gpuSeconds source { fromSlot toSlot events } } } }`);
  expect(network.health).toEqual(_meta);
  const { source, ...totals } = network.totals;
  const settledCount = 4n * (slot - 1n);
  expect(totals).toEqual({
    ...{ record: { blockCount: String(slot) }, poolCount: '0', staked: '0', unstaking: '0', bond: '0' },
    ...{ offerCount: '0', orderCount: '0', refundedCount: '0', providerCount: '1' },
    ...{ settledCount: String(settledCount), gpuSeconds: String(3_600n * settledCount) },
  });
  expect(source).toMatchObject({ fromSlot: '1', toSlot: String(slot) });
  expect(source.events).toContain('marketplace_order_settled');
});

it('tables and columns that a source speaks of are those of the programs', async () => {
  const { tables } = await loadProgramRegistry(settingsFor('http://127.0.0.1:1', 'record'));
  const columnsOf = new Map(
    tables.map(({ table, columns }) => [table, new Map(columns.map((each) => [each.name, each.type]))]),
  );
  const key = keyOf('key');
  const filter = { subject: key, customer: key, provider: key };
  const all = [
    ...[sourceEvents.indexTicks(0), sourceEvents.purchases(0), sourceEvents.curveEvents(0, [key])],
    ...[sourceEvents.providerEvents(key), sourceEvents.paidWork(key), sourceEvents.poolEvents(key)],
    ...[sourceEvents.bookEvents(0), sourceEvents.proposalEvents(key), sourceEvents.settlementEvents(key, filter)],
    sourceEvents.doneByProviders,
  ].flat();
  expect(all.length).toBeGreaterThan(40);
  expect(all.filter(({ table }) => !columnsOf.has(table))).toEqual([]);
  for (const { table, conditions } of all)
    for (const { column } of conditions)
      expect([table, column.name, columnsOf.get(table)?.get(column.name)]).toEqual([table, column.name, column.type]);
});
