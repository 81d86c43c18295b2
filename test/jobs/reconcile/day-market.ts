/**
 * What is told of the market as of a slot, from events alone, against the accounts of that slot: orders, sessions, leases,
 * the exchange's money, positions, series, indexes.
 * @module
 */
import { expect } from 'vitest';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { fundsAsOf, positionsOf } from '../../../indexer/store/queries/market/exchange.ts';
import { leasesEnding } from '../../../indexer/store/queries/market/leases.ts';
import { ordersPage } from '../../../indexer/store/queries/market/orders.ts';
import { indexStateAsOf, seriesAsOf } from '../../../indexer/store/queries/market/series.ts';
import { sessionsPage } from '../../../indexer/store/queries/market/sessions.ts';
import { accountsAsOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { reconciledPrograms } from '../../../jobs/reconcile/program-folds.ts';
import {
  decodeExchange,
  decodeFuturePosition,
  decodeIndex,
  decodePosition,
  decodeSeries,
  decodeTrader,
} from '../../../programs/exchange/client.generated.ts';
import { decodeOrder } from '../../../programs/marketplace/client.generated.ts';
import type { RecordedDay } from './recorded-day.ts';

const EVER = 2n ** 62n;
const MOST = 100_000;
const NEWEST = { slot: 2n ** 63n, transactionIndex: 0, position: 0 };
/** `Order.status`. */
const [STARTED, SETTLED, REFUNDED, DISPUTED] = [1, 2, 3, 4];

type OrderAccount = ReturnType<typeof decodeOrder> & { readonly address: string };

/** Orders, sessions and leases as of a slot. */
export async function expectOrdersOfAccounts(day: RecordedDay, slot: bigint): Promise<void> {
  const [, marketplace] = reconciledPrograms(day.settings).map(({ key }) => key);
  if (!marketplace) throw new Error('no programs');
  const accounts = await accountsAsOf(day.store, marketplace, 'Order', slot);
  const orders = accounts.map(({ publicKey, data }) => ({ ...decodeOrder(data), address: hexOf(publicKey) }));
  await expectOrders(day.store, orders, slot);
  await expectSessions(day.store, orders, slot);
  await expectLeases(day.store, orders, slot);
}

/** The exchange's money, indexes, series and positions as of a slot. */
export async function expectExchangeOfAccounts(day: RecordedDay, slot: bigint): Promise<void> {
  const [, , exchange] = reconciledPrograms(day.settings).map(({ key }) => key);
  if (!exchange) throw new Error('no programs');
  await expectExchange(day.store, exchange, slot);
  await expectPositions(day.store, exchange, slot);
}

const byKey = <Row extends readonly unknown[]>(rows: readonly Row[]) =>
  rows.toSorted((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));

async function expectOrders(store: StoreClient, orders: readonly OrderAccount[], slot: bigint): Promise<void> {
  const told = await ordersPage(store, slot, NEWEST, MOST);
  const seen = told.map(({ order, startedAt, settledAt, refundedAt, providerAmount, fee }) => {
    const paid = settledAt === 0n ? null : [providerAmount, fee];
    return [hexOf(order), startedAt, settledAt, refundedAt, paid] as const;
  });
  const had = orders.map(({ address, status, startedAt, endedAt, paid, feePaid }) => {
    const [settledAt, refundedAt] = [status === SETTLED ? endedAt : 0n, status === REFUNDED ? endedAt : 0n];
    return [address, startedAt, settledAt, refundedAt, status === SETTLED ? [paid - feePaid, feePaid] : null] as const;
  });
  expect(byKey(seen)).toEqual(byKey(had));
}

/** Seconds are paid for as the marketplace's arithmetic has it, and what a session is not paid for goes back. */
async function expectSessions(store: StoreClient, orders: readonly OrderAccount[], slot: bigint): Promise<void> {
  const told = await sessionsPage(store, slot, NEWEST, MOST);
  const seen = told.map(({ order, settledSeconds, billed, closedAt, refunded }) => {
    return [hexOf(order), settledSeconds, billed, closedAt, refunded] as const;
  });
  const had = orders
    .filter(({ isStreaming }) => isStreaming)
    .map((order) => {
      const seconds = BigInt(order.settledSeconds);
      const billed = (BigInt(order.units) * seconds * order.pricePerGpuHour) / 3_600n;
      const isOver = order.status === SETTLED || order.status === REFUNDED;
      return [order.address, seconds, billed, order.endedAt, isOver ? order.amount - order.paid : 0n] as const;
    });
  expect(byKey(seen)).toEqual(byKey(had));
}

async function expectLeases(store: StoreClient, orders: readonly OrderAccount[], slot: bigint): Promise<void> {
  const seen = (await leasesEnding(store, slot, EVER, MOST)).map(
    ({ order, endsAt }) => [hexOf(order), endsAt] as const,
  );
  const running = orders.filter(({ status, leaseEndedAt }) => status === STARTED && leaseEndedAt === 0n);
  expect(orders.some(({ status, leaseEndedAt }) => status === DISPUTED && leaseEndedAt === 0n)).toBe(false);
  const had = running.map(({ address, startedAt, seconds }) => [address, startedAt + BigInt(seconds)] as const);
  expect(byKey(seen)).toEqual(byKey(had));
}

async function expectExchange(store: StoreClient, exchange: Uint8Array, slot: bigint): Promise<void> {
  const [account] = await accountsAsOf(store, exchange, 'Exchange', slot);
  const told = await fundsAsOf(store, slot);
  if (account !== undefined && told !== null) expect(told).toMatchObject(decodeExchange(account.data).funds);
  const series = (await accountsAsOf(store, exchange, 'Series', slot)).map(({ publicKey, data }) => ({
    ...decodeSeries(data),
    address: hexOf(publicKey),
  }));
  for (const { data } of await accountsAsOf(store, exchange, 'Index', slot)) {
    const { model, market } = decodeIndex(data);
    const state = (await indexStateAsOf(store, model, slot)) as Record<string, unknown> | null;
    for (const [field, value] of Object.entries(state ?? {})) {
      expect([field, value]).toEqual([field, (market as unknown as Record<string, unknown>)[field]]);
    }
    const seen = (await seriesAsOf(store, model, slot)).map((each) => [
      ...[
        hexOf(each.series),
        each.isAverage,
        each.deliveryStart,
        each.expiry,
        each.basisBoundPpm,
        each.depthGpuSeconds,
      ],
      ...[each.longSize, each.shortSize, each.lastPrice, each.tradedAt, each.settledAt],
    ]);
    const had = series
      .filter((each) => each.model === model)
      .map(({ market: ofSeries, ...each }) => [
        ...[each.address, each.isAverage, each.deliveryStart, each.expiry, each.basisBoundPpm, each.depthGpuSeconds],
        ...[ofSeries.longSize, ofSeries.shortSize, ofSeries.lastPrice, ofSeries.tradedAt, ofSeries.settledAt],
      ]);
    expect(byKey(seen)).toEqual(byKey(had));
  }
}

async function expectPositions(store: StoreClient, exchange: Uint8Array, slot: bigint): Promise<void> {
  const asOf = (name: string) => accountsAsOf(store, exchange, name, slot);
  const held = [
    ...(await asOf('Position')).map(({ publicKey, data }) => ({ publicKey, ...decodePosition(data) })),
    ...(await asOf('FuturePosition')).map(({ publicKey, data }) => ({ publicKey, ...decodeFuturePosition(data) })),
  ].filter(({ holding }) => holding.size !== 0n);
  for (const { publicKey, data } of await asOf('Trader')) {
    const owner = fromBase58(decodeTrader(data).owner);
    const seen = (await positionsOf(store, owner, slot, MOST)).map(
      ({ position, size, entryPrice, notional, collateral }) =>
        [hexOf(position), size, entryPrice, notional, collateral] as const,
    );
    const had = held
      .filter(({ trader }) => hexOf(fromBase58(trader)) === hexOf(publicKey))
      .map(({ publicKey: address, holding: { size, entryPrice, notional, collateral } }) => {
        return [hexOf(address), size, entryPrice, notional, collateral] as const;
      });
    expect(byKey(seen)).toEqual(byKey(had));
  }
}
