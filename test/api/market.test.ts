/** Market data over GraphQL, from the record of a compiled exchange that traded and of a market that sold. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { refreshCandles } from '../../jobs/market/refresh-candles.ts';
import { refreshRates } from '../../jobs/market/refresh-rates.ts';
import { decodeMarketplace, decodeOffer, decodeProvider } from '../../programs/marketplace/client.generated.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { type LivedBlock, livedBlocks } from '../jobs/market/exchange-life.ts';
import { type ChosenBlock, type MarketDatabase, marketChain, openMarketDatabase } from '../jobs/market/market-chain.ts';
import { marketplaceAccounts } from '../jobs/market/marketplace-accounts.ts';
import { createMarket, list, type Market, must } from '../programs/marketplace/actors.ts';
import { expectFundsToBeVaults, expectInterestToBeMarkets } from './exchange-accounts.ts';
import { endedSessions, expectEndedSessions, leases, session } from './rented-hour.ts';
import { type RunningApi, startApi } from './start-api.ts';

const HOUR = 3_600n;
const [INFER, USDC] = [bytesOf('INFER'), bytesOf('USDC')];

let server: RunningClickHouse;
let database: MarketDatabase;
let api: RunningApi;
let lived: LivedBlock[];
let market: Market;
/** Start of the hour in which purchases are settled, after the exchange's life. */
let hour = 0n;

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
  lived = await livedBlocks(9, 100);
  market = await createMarket();
  must(market.stage, list(market.stage, market.inferOffer), list(market.stage, market.usdcOffer));
  const chain = marketChain(database.tables, [...lived, ...hourOfPurchases()]);
  const store = createBlockStore(database.client, database.tables);
  await store.commit(chain);
  const last = chain.at(-1)?.block;
  if (last === undefined) throw new Error('no blocks');
  await store.markFinalized(last.slot, last.blockhash);
  let clock = 0n;
  const nowMicros = () => (clock += 1n);
  const registry = await loadProgramRegistry(database.settings);
  const [, marketplace, exchange, governance] = registry.programs.map(({ id }) => id);
  if (marketplace === undefined || exchange === undefined || governance === undefined) throw new Error('no programs');
  await refreshCandles(database.client, 'all', nowMicros);
  await refreshRates(database.client, { marketplace, exchange, governance }, 'all', nowMicros);
  api = await startApi(database.client, registry);
}, 180_000);

afterAll(async () => {
  await api.stop();
  await database.drop();
  await server.stop();
});

/** Three buyers in every partition at two dollars, a fourth that is the provider's own at ninety. */
function hourOfPurchases(): ChosenBlock[] {
  const end = lived.at(-1);
  if (end === undefined) throw new Error('nothing lived');
  hour = end.time - (end.time % HOUR) + HOUR;
  const owner = bytesOf('owner');
  const opening = [
    {
      table: 'marketplace_marketplace_initialized',
      fields: { infer_mint: INFER, usdc_mint: USDC, bond_infer_per_usdc: 10n ** 10n },
    },
    { table: 'marketplace_provider_registered', fields: { provider: bytesOf('provider'), owner, payout: owner } },
  ];
  const settled = (buyer: Uint8Array, pricePerGpuHour: bigint) => ({
    table: 'marketplace_order_settled',
    fields: {
      ...{ provider: bytesOf('provider'), buyer, order: bytesOf('order'), model: 0, mint: USDC },
      ...{ price_per_gpu_hour: pricePerGpuHour, gpu_seconds: 3_600n },
    },
  });
  const partitions = Array.from({ length: 12 }, (_, index) => ({
    slot: end.slot + 2n + BigInt(index),
    time: hour + 300n * BigInt(index),
    events: [...['a', 'b', 'c'].map((name) => settled(bytesOf(name), 2_000_000n)), settled(owner, 90_000_000n)],
  }));
  return [
    { slot: end.slot + 1n, time: end.time, events: opening, accounts: marketplaceAccounts(market) },
    ...partitions,
    { slot: end.slot + 14n, time: hour + HOUR, events: [...endedSessions(hour), ...session(), ...leases(hour + HOUR)] },
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
async function answer(query: string): Promise<any> {
  const { data, errors } = await api.ask(query);
  expect(errors).toBeUndefined();
  return data;
}

describe('the index of a model', () => {
  it('has candles whose ticks and volumes are those of the exchange', async () => {
    const from = (lived[0]?.time ?? 0n) - ((lived[0]?.time ?? 0n) % 86_400n);
    const { index } =
      await answer(`{ index(model: 0) { model price candles(interval: DAY, from: "${from}", to: "${hour + 86_400n}") {
      start open high low close tickCount purchaseGpuSeconds tradeGpuSeconds purchaseValue tradeValue vwap twap filled } } }`);
    const ticks = lived.flatMap(({ told }) =>
      told.flatMap((event) => (event.name === 'IndexUpdated' && event.data.model === 0 ? [event.data] : [])),
    );
    expect(ticks.length).toBeGreaterThan(5);
    const sum = (values: readonly bigint[]) => String(values.reduce((total, each) => total + each, 0n));
    const total = (name: string) => sum(index.candles.map((each: Record<string, string>) => BigInt(each[name] ?? '')));
    expect(total('tickCount')).toBe(String(ticks.length));
    const of = (cause: number) => ticks.filter((tick) => tick.cause === cause);
    expect(total('tradeGpuSeconds')).toBe(sum(of(0).map(({ gpuSeconds }) => gpuSeconds)));
    expect(total('purchaseGpuSeconds')).toBe(sum(of(1).map(({ gpuSeconds }) => gpuSeconds)));
    expect(total('tradeValue')).toBe(sum(of(0).map(({ value }) => value)));
    expect(index.candles.at(-1).close).toBe(String(ticks.at(-1)?.price));
    expect(index.price).toBe(String(ticks.at(-1)?.price));
  });

  it('fills buckets without ticks on request, from the first tick on and no further than the slot', async () => {
    const first = lived.find(({ told }) =>
      told.some((event) => event.name === 'IndexUpdated' && event.data.model === 0),
    );
    const from = (first?.time ?? 0n) - ((first?.time ?? 0n) % HOUR);
    const { index } = await answer(`{ index(model: 0) {
      all: candles(interval: HOUR, from: "${from - 3n * HOUR}", to: "${from + 400n * HOUR}", fill: true) { start filled tickCount }
      some: candles(interval: HOUR, from: "${from - 3n * HOUR}", to: "${from + 400n * HOUR}") { start } } }`);
    const starts = index.all.map(({ start }: { start: string }) => BigInt(start));
    expect(starts[0]).toBe(from);
    expect(starts.every((start: bigint, at: number) => at === 0 || start === starts[at - 1] + HOUR)).toBe(true);
    expect(starts.at(-1)).toBe(hour + HOUR);
    const ticked = index.all.filter(({ filled }: { filled: boolean }) => !filled);
    expect(ticked.map(({ start }: { start: string }) => start)).toEqual(
      index.some.map(({ start }: { start: string }) => start),
    );
  });

  it('is as of any slot what it was then', async () => {
    const at = lived.at(Math.floor(lived.length / 2));
    const last = lived
      .filter(({ slot }) => slot <= (at?.slot ?? 0n))
      .flatMap(({ told }) => told)
      .findLast((event) => (event.name === 'IndexUpdated' || event.name === 'IndexAdvanced') && event.data.model === 0);
    const { index } = await answer(`{ index(model: 0, atSlot: "${at?.slot}") { slot price longSize shortSize
      openInterest(from: "0", to: "60000000000", bucketSeconds: 60000000) { longSize shortSize fundingLong mark } } }`);
    if (last?.name !== 'IndexUpdated' && last?.name !== 'IndexAdvanced') throw new Error('no index');
    const { price, longSize, shortSize, fundingLong } = last.data.market;
    const text = { longSize: String(longSize), shortSize: String(shortSize) };
    expect(index).toMatchObject({ slot: String(at?.slot), price: String(price), ...text });
    expect(index.openInterest.at(-1)).toEqual({
      ...text,
      fundingLong: String(fundingLong),
      mark: String(last.data.mark),
    });
    expect(await answer('{ index(model: 9) { price } }')).toEqual({ index: { price: null } });
    expect(await answer('{ index(model: 256) { price } }')).toEqual({ index: null });
  });

  it('refuses ranges that are empty or too long', async () => {
    for (const [from, to] of [
      ['5', '5'],
      ['0', '999999999999'],
      ['-5', '60'],
    ]) {
      const query = `{ index(model: 0) { candles(interval: MINUTE, from: "${from}", to: "${to}") { start } } }`;
      const { errors } = await api.ask(query);
      expect(errors?.[0]?.extensions?.code).toBe('API__BAD_RANGE');
    }
  });
});

describe('the reference rate of a model', () => {
  it('comes with its inputs, those that do not count too', async () => {
    const { index } =
      await answer(`{ index(model: 0) { referenceRates(window: HOUR, from: "${hour}", to: "${hour + HOUR}") {
      windowStart status rate partitions purchaseCount excludedCount ruleVersion
      inputs(first: 2, skip: 3) { price gpuSeconds exclusion } } } }`);
    expect(index.referenceRates).toEqual([
      {
        ...{ windowStart: String(hour), status: 'OK', rate: '2000000000000', ruleVersion: 'prr-1' },
        ...{ partitions: Array(12).fill('2000000000000'), purchaseCount: 48, excludedCount: 12 },
        inputs: [
          { price: '90000000000000', gpuSeconds: '3600', exclusion: 'SAME_CLUSTER' },
          { price: '2000000000000', gpuSeconds: '3600', exclusion: null },
        ],
      },
    ]);
  });

  it('is watched: wash volume, concentration, premium and the cost of a move', async () => {
    const { index } =
      await answer(`{ index(model: 0) { price anchor surveillance(window: HOUR, from: "${hour}", to: "${hour + HOUR}") {
      windowStart washSharePpm concentrationPpm largestSharePpm premiumPpm
      moveByPurchases { value fee burned } moveByTrades { notional fee } } } }`);
    const [watched, ...others] = index.surveillance;
    expect(others).toEqual([]);
    expect(watched).toMatchObject({ washSharePpm: '250000', concentrationPpm: 333_333, largestSharePpm: 333_333 });
    // The index did not move in that hour: its mean is its price. Two dollars at ten INFER each are twenty.
    expect(watched.premiumPpm).toBe(String((BigInt(index.price) * 1_000_000n) / (20n * 10n ** 15n) - 1_000_000n));
    expect(BigInt(watched.moveByPurchases.value)).toBeGreaterThan(BigInt(watched.moveByPurchases.fee));
    expect(BigInt(watched.moveByPurchases.fee)).toBeGreaterThanOrEqual(BigInt(watched.moveByPurchases.burned));
  });

  it('has rates and surveillance of a window once it is over, at its end and not before', async () => {
    const range = `window: HOUR, from: "${hour}", to: "${hour + HOUR}"`;
    const firstAfter = (lived.at(-1)?.slot ?? 0n) + 14n;
    for (const [slot, count] of [
      [firstAfter - 1n, 0],
      [firstAfter, 1],
    ] as const) {
      const { index } = await answer(`{ index(model: 0, atSlot: "${slot}") {
        referenceRates(${range}) { windowStart } surveillance(${range}) { windowStart } } }`);
      expect([index.referenceRates.length, index.surveillance.length]).toEqual([count, count]);
    }
  });
});

describe('the exchange', () => {
  const told = () => lived.flatMap((block) => block.told);

  it('has the money that its last event left it, and utilisation of it', async () => {
    const last = told().findLast((event) => 'funds' in event.data);
    if (last === undefined || !('funds' in last.data)) throw new Error('no funds');
    const { funds } = last.data;
    const { exchange } = await answer(
      '{ exchange { margin bankroll insurance claimsIssued openNotional utilisationPpm } }',
    );
    expect(exchange).toEqual({
      ...{ margin: String(funds.margin), bankroll: String(funds.bankroll), insurance: String(funds.insurance) },
      ...{ claimsIssued: String(funds.claimsIssued), openNotional: String(funds.openNotional) },
      utilisationPpm: String((funds.openNotional * 1_000_000n) / funds.bankroll),
    });
    expect(await answer('{ exchange(atSlot: "0") { margin } }')).toEqual({ exchange: null });
  });

  it('holds what its vaults on the chain hold, after every change, and its markets are their accounts', async () => {
    await expectFundsToBeVaults(answer, lived);
    await expectInterestToBeMarkets(answer, lived);
  });

  it('has the positions that events left every trader with, perpetual and dated', async () => {
    const held = new Map<string, { owner: string; size: bigint; entryPrice: bigint; series: string | null }>();
    for (const { data } of told()) {
      if (!('holding' in data)) continue;
      const address = 'position' in data ? data.position : data.futurePosition;
      const series = 'series' in data ? data.series : null;
      held.set(address, { owner: data.owner, series, ...data.holding });
    }
    const open = [...held].filter(([, { size }]) => size !== 0n);
    expect(open.some(([, { series }]) => series === null) && open.some(([, { series }]) => series !== null)).toBe(true);
    for (const owner of new Set([...held.values()].map((each) => each.owner))) {
      const { positions } = await answer(
        `{ positions(owner: "${owner}", first: 100) { address size entryPrice series } }`,
      );
      const expected = open
        .filter(([, each]) => each.owner === owner)
        .map(([address, { size, entryPrice, series }]) => {
          return { address, size: String(size), entryPrice: String(entryPrice), series };
        });
      const byAddress = (a: { address: string }, b: { address: string }) => (a.address < b.address ? -1 : 1);
      expect(positions.toSorted(byAddress)).toEqual(expected.toSorted(byAddress));
    }
  });

  it('lists liquidations newest first, page by page', async () => {
    const expected = told().flatMap(({ name, data }) => {
      if (name !== 'PositionLiquidated' && name !== 'FutureLiquidated') return [];
      const position = 'position' in data ? data.position : data.futurePosition;
      return [{ position, size: String(data.size), equity: String(data.equity), price: String(data.price) }];
    });
    const found: unknown[] = [];
    for (let after = ''; ; ) {
      const { liquidations } = await answer(`{ liquidations(first: 1${after}) {
        edges { node { position size equity price } } pageInfo { hasNextPage endCursor } } }`);
      found.push(...liquidations.edges.map(({ node }: { node: unknown }) => node));
      if (!liquidations.pageInfo.hasNextPage) break;
      after = `, after: "${liquidations.pageInfo.endCursor}"`;
    }
    expect(found).toEqual(expected.toReversed());
    expect(found.length).toBeGreaterThan(0);
  });
});

it('offers are a book of what the marketplace lists', async () => {
  const { offers } = await answer(`{ offers(model: 0, tier: 1) { offerCount units unitsFree utilisationPpm
    offers(first: 10) { address isInUsdc isByIndex tier scorePpm unitsFree orderPrice usdcPrice depthUnits } } }`);
  const listed = [market.inferOffer, market.usdcOffer].map(({ offer }) => market.chain.read(offer, decodeOffer));
  const units = listed.reduce((sum, each) => sum + each.units, 0);
  expect(offers).toMatchObject({ offerCount: 2, units, unitsFree: units, utilisationPpm: '0' });
  expect(offers.offers.map(({ orderPrice }: { orderPrice: string }) => orderPrice).toSorted()).toEqual(
    listed.map(({ pricePerGpuHour }) => String(pricePerGpuHour)).toSorted(),
  );
  expect(offers.offers.at(-1).depthUnits).toBe(units);
  const { offers: dear } = await answer('{ offers(model: 0, maxUsdcPrice: "1") { offerCount units } }');
  expect(dear).toEqual({ offerCount: 0, units });
  expect(await answer('{ offers(model: 0, atSlot: "1") { offerCount } }')).toEqual({ offers: null });
});

it('supply is what offers hold, and leases about to end come soonest first', async () => {
  const { supply } = await answer(
    '{ supply { model region jurisdiction tier units unitsBusy vramGb offerCount providerCount } }',
  );
  const offers = [market.inferOffer, market.usdcOffer].map(({ offer }) => market.chain.read(offer, decodeOffer));
  const units = offers.reduce((sum, each) => sum + each.units, 0);
  const seller = market.chain.read(market.inferOffer.party.provider, decodeProvider);
  const { models } = market.chain.read(market.stage.marketplace, decodeMarketplace);
  expect(supply).toEqual([
    {
      ...{
        model: 0,
        region: offers[0]?.region,
        tier: seller.tier,
        units,
        unitsBusy: 0,
        offerCount: 2,
        providerCount: 1,
      },
      jurisdiction: Buffer.from(seller.jurisdiction).toString('latin1'),
      vramGb: String(units * (models[0]?.vramGb ?? 0)),
    },
  ]);
  const { leasesEnding } = await answer('{ leasesEnding(withinSeconds: 600, first: 10) { order units endsAt } }');
  const end = hour + HOUR;
  expect(leasesEnding).toEqual([
    { order: toBase58(bytesOf('second lease')), units: 4, endsAt: String(end + 300n) },
    { order: toBase58(bytesOf('extended lease')), units: 4, endsAt: String(end + 500n) },
  ]);
});

it('a session is billed by the second, and shown beside what begun hours would have cost', async () => {
  const { sessions } =
    await answer(`{ sessions(first: 5) { edges { node { units settledSeconds billed billedPerHour closedAt
    usage(first: 10) { fromSecond toSecond amount } } } } }`);
  const billed = (2n * 3_661n * 1_000_003n) / 3_600n;
  expect(sessions.edges).toHaveLength(4);
  const { usage, ...node } = sessions.edges[0].node;
  expect(node).toEqual({
    ...{ units: 2, settledSeconds: '3661', billed: String(billed), closedAt: null },
    billedPerHour: String(2n * 2n * 1_000_003n),
  });
  expect(usage.map((each: Record<string, number>) => [each['fromSecond'], each['toSecond']])).toEqual([
    [0, 1],
    [1, 3_601],
    [3_601, 3_661],
  ]);
  expect(usage.reduce((sum: bigint, { amount }: { amount: string }) => sum + BigInt(amount), 0n)).toBe(billed);
});

it('a session is over however it ended: closed with paid use, refunded without, or ruled on', async () => {
  expect.hasAssertions();
  await expectEndedSessions(answer, hour);
});

it('what a provider did counts whole orders and sessions alike', async () => {
  const { provider } = await answer(
    `{ provider(address: "${toBase58(bytesOf('provider'))}") { settledCount refundedCount gpuSeconds } }`,
  );
  // Four orders in each of twelve partitions, and two sessions of ten seconds that are over; one more runs.
  const gpuSeconds = 48 * 3_600 + 10 + 10 + 2 * 3_661;
  expect(provider).toEqual({ settledCount: '50', refundedCount: '1', gpuSeconds: String(gpuSeconds) });
});

it('prices of a day are those of the purchases that count', async () => {
  const day = hour - (hour % 86_400n);
  const { index } = await answer(`{ index(model: 0) { dailyPrices(from: "${day}", to: "${day + 86_400n}") {
    purchaseCount gpuSeconds min max mean median } } }`);
  const price = '2000000000000';
  expect(index.dailyPrices).toEqual([
    { purchaseCount: 36, gpuSeconds: String(36 * 3_600), min: price, max: price, mean: price, median: price },
  ]);
});

it('a forward curve names its spot, its series and why a tenor is absent', async () => {
  const { index } = await answer(`{ index(model: 0) { forwardCurve(settlement: POINT) {
    settlement spot { price source } nodes { series expiry mark isUsed } tenors { days kind forward absence } } } }`);
  const curve = index.forwardCurve;
  expect(curve.spot).toEqual({ price: String(20n * 10n ** 15n), source: 'REFERENCE_RATE' });
  expect(curve.tenors.map(({ days }: { days: number }) => days)).toEqual([7, 30, 60, 90, 180, 365]);
  for (const { kind, forward, absence } of curve.tenors) {
    expect(kind === 'ABSENT' ? [forward, typeof absence] : [typeof forward, absence]).toEqual(
      kind === 'ABSENT' ? [null, 'string'] : ['number', null],
    );
  }
});

it('the price of a model by HTTP is the newest reference rate with its inputs, and the index', async () => {
  const response = await fetch(`${api.url}/price/0`);
  // biome-ignore lint/suspicious/noExplicitAny: as docs/api.md describes it
  const price: any = await response.json();
  const { index } = await answer(`{ index(model: 0) { price
    referenceRates(window: HOUR, from: "${hour}", to: "${hour + HOUR}") { rate inputHash purchaseCount excludedCount partitions } } }`);
  const [{ rate, inputHash: sha256, purchaseCount, excludedCount, partitions }] = index.referenceRates;
  expect(price.index.inferPerGpuHour).toBe(index.price);
  expect(price.referenceRate).toMatchObject({ usdcPerGpuHour: rate, status: 'OK', isNewestWindow: true });
  expect(price.referenceRate.inputs).toMatchObject({ purchaseCount, excludedCount, sha256, partitions });
  const headers = { 'if-none-match': response.headers.get('etag') ?? '' };
  expect((await fetch(`${api.url}/price/${price.name}`, { headers })).status).toBe(304);
});
