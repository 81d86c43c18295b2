/**
 * `index(model).referenceRates` and `.surveillance`: rates from settled purchases alone, with their inputs, and what the
 * data says of its own reliability.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import { timeAtSlot } from '../../../indexer/store/queries/chain/block-times.ts';
import { type RateRow, ratesBetween } from '../../../indexer/store/queries/market/reference-rates.ts';
import { type PriceSummary, priceSummary } from '../../../jobs/market/daily-prices.ts';
import type { PurchaseCost, TradeCost } from '../../../jobs/market/manipulation-cost.ts';
import { type PricedPurchase, type RateInputs, rateInputs } from '../../../jobs/market/rate-inputs.ts';
import { readSurveillance, type Surveillance } from '../../../jobs/market/read-surveillance.ts';
import { type RateWindow, REFERENCE_RATE_RULE } from '../../../jobs/market/reference-rate.ts';
import type { ApiContext } from '../../context.ts';
import { indexTicks, purchases } from '../../reads/source-events.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { slotsOf, sourceField, timesOf } from '../chain/source.ts';
import { checkRange } from './buckets.ts';
import { MarketIndexType } from './market-index.ts';

/** A page has no more at a time, and most windows have no purchase. */
const MOST_PRICED_RATES = 50n;
const MOST_RATES = 500n;
const MOST_WATCHED = 48n;
const MOST_DAYS = 31n;

const SECONDS = { HOUR: 3_600n, DAY: 86_400n } as const;

const RateWindowEnum = builder.enumType('RateWindow', {
  description: 'Length of the windows that rates are made over; they begin at multiples of it in UTC.',
  values: { HOUR: { description: 'One hour.' }, DAY: { description: 'One day.' } },
});

const RateStatus = builder.enumType('RateStatus', {
  description: 'Whether a window has a rate.',
  values: {
    OK: { description: 'It has.' },
    INSUFFICIENT_DATA: { description: 'Fewer than four of twelve partitions have three buyer clusters.' },
  },
});

const Exclusion = builder.enumType('RateExclusion', {
  description: 'Why a purchase is listed and does not count.',
  values: {
    SAME_CLUSTER: { description: 'Buyer and provider belong to one cluster of wallets.' },
    UNKNOWN_PROVIDER: { description: 'The owner of the provider is not on record.' },
    NO_CONVERSION: { description: 'No rate between its token and USDC was in force.' },
  },
});

const RateInputType = builder.objectRef<PricedPurchase>('RateInput').implement({
  description: 'A settled purchase: a whole order, or what was settled of a session.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Slot of its settlement.', resolve: (row) => row.slot }),
    signature: t.field({
      type: 'Signature',
      description: 'Transaction that settled it.',
      resolve: (row) => row.signature,
    }),
    order: t.field({ type: 'PublicKey', description: 'Address of the order.', resolve: (row) => row.order }),
    price: t.field({
      type: 'U128',
      description: 'Base units of USDC per GPU-hour times 10^6; INFER at the rate in force at its block.',
      resolve: (row) => row.price,
    }),
    gpuSeconds: t.field({ type: 'U64', description: 'What was purchased.', resolve: (row) => row.gpuSeconds }),
    cluster: t.exposeString('cluster', { description: 'Cluster of the buyer: hex of its lowest wallet.' }),
    exclusion: t.field({
      type: Exclusion,
      nullable: true,
      description: 'Why it does not count; null when it does.',
      resolve: (row) => row.exclusion,
    }),
  }),
});

const ReferenceRateType = builder.objectRef<RateRow>('ReferenceRate').implement({
  description: 'Price of a GPU-hour over a window, from settled purchases alone. Base units of USDC times 10^6.',
  fields: (t) => ({
    windowStart: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.windowStart }),
    lengthSeconds: t.exposeInt('lengthSeconds', { description: 'Length of the window.' }),
    status: t.field({
      type: RateStatus,
      description: 'Whether there is a rate. None is carried over or invented.',
      resolve: (row) => (row.status === 'OK' ? 'OK' : 'INSUFFICIENT_DATA'),
    }),
    rate: t.field({
      type: 'U128',
      nullable: true,
      description: 'Mean of the partitions that count, down; null without a rate.',
      resolve: (row) => (row.status === 'OK' ? row.rate : null),
    }),
    partitions: t.field({
      type: ['U128'],
      nullable: { list: false, items: true },
      description: 'Weighted median price of each of twelve partitions; null where it does not count.',
      resolve: (row) => row.partitionValues.map((value) => (value === 0n ? null : value)),
    }),
    purchaseCount: t.exposeInt('purchaseCount', { description: 'Purchases looked at, excluded ones too.' }),
    excludedCount: t.exposeInt('excludedCount', { description: 'Purchases that are listed and do not count.' }),
    gpuSeconds: t.field({ type: 'U64', description: 'GPU-seconds of all of them.', resolve: (row) => row.gpuSeconds }),
    ruleVersion: t.exposeString('ruleVersion', { description: 'Version of the rule.' }),
    firstSlot: t.field({ type: 'U64', description: 'First slot of the window.', resolve: (row) => row.firstSlot }),
    lastSlot: t.field({ type: 'U64', description: 'Last slot of the window.', resolve: (row) => row.lastSlot }),
    source: sourceField(t, ({ firstSlot, lastSlot, ruleVersion, model }) => ({
      ...{ ruleVersion, events: purchases(model), bounds: { fromSlot: firstSlot, toSlot: lastSlot } },
    })),
    inputHash: t.exposeString('inputHash', { description: 'SHA-256 of the inputs as canonical JSON, hexadecimal.' }),
    inputs: t.field({
      type: [RateInputType],
      description: 'The purchases in chain order, from the record.',
      args: {
        first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
        skip: t.arg.int({ description: 'How many to leave out before them.' }),
      },
      complexity: ({ first }) => ({ field: 1, multiplier: Math.max(1, Math.min(first, MAX_PAGE_SIZE)) }),
      resolve: async (row, { first, skip }, context) => {
        const window = { start: row.windowStart, lengthSeconds: BigInt(row.lengthSeconds) };
        const inputs = await inputsOf(context, window, row.model);
        const from = Math.max(skip ?? 0, 0);
        return inputs?.purchases.slice(from, from + Math.max(0, Math.min(first, MAX_PAGE_SIZE))) ?? [];
      },
    }),
  }),
});

const PurchaseCostType = builder.objectRef<PurchaseCost>('MoveByPurchases').implement({
  description: 'Purchases from oneself that lift the index by a hundredth: at least this, base units of INFER.',
  fields: (t) => ({
    value: t.field({ type: 'U128', description: 'Paid and received back.', resolve: (row) => row.value }),
    fee: t.field({ type: 'U128', description: 'Lost: the fee.', resolve: (row) => row.fee }),
    burned: t.field({ type: 'U128', description: 'Part of the fee that is burned.', resolve: (row) => row.burned }),
  }),
});

const TradeCostType = builder.objectRef<TradeCost>('MoveByTrades').implement({
  description: 'Perpetual positions that lift the index by a hundredth while they are open, base units of INFER.',
  fields: (t) => ({
    notional: t.field({ type: 'U128', description: 'To be opened.', resolve: (row) => row.notional }),
    fee: t.field({ type: 'U128', description: 'Lost: fees of opening and closing.', resolve: (row) => row.fee }),
  }),
});

const SurveillanceType = builder.objectRef<Surveillance>('Surveillance').implement({
  description: 'What a window says of the reliability of its prices.',
  fields: (t) => ({
    windowStart: t.field({ type: 'I64', description: 'Unix seconds.', resolve: ({ rate }) => rate.windowStart }),
    washSharePpm: t.field({
      type: 'U64',
      description: 'Part of the GPU-seconds purchased that was bought within one cluster, in ppm.',
      resolve: (row) => row.washSharePpm,
    }),
    concentrationPpm: t.int({
      description: 'Sum of the squared shares of the buyer clusters that count, in ppm: 1,000,000 when one buys all.',
      resolve: ({ rate }) => rate.concentrationPpm,
    }),
    largestSharePpm: t.int({
      description: 'Share of the largest buyer cluster, in ppm.',
      resolve: ({ rate }) => rate.largestSharePpm,
    }),
    premiumPpm: t.field({
      type: 'I128',
      nullable: true,
      description: 'Time-weighted on-chain index over the reference rate, less one, in ppm; null without either.',
      resolve: (row) => row.premiumPpm,
    }),
    moveByPurchases: t.field({
      type: PurchaseCostType,
      nullable: true,
      description:
        'What lifting the index by a hundredth would have cost by purchases at the window’s end; null without an index.',
      resolve: (row) => row.byPurchases,
    }),
    moveByTrades: t.field({
      type: TradeCostType,
      nullable: true,
      description: 'Likewise by trades; null where trades cannot move it so far.',
      resolve: (row) => row.byTrades,
    }),
    source: sourceField(t, ({ rate: { firstSlot, lastSlot, ruleVersion, model } }) => ({
      ruleVersion: `surveillance-1 over ${ruleVersion}`,
      events: [...purchases(model), ...indexTicks(model)],
      bounds: { fromSlot: firstSlot, toSlot: lastSlot },
    })),
  }),
});

/** Windows that a range may have rates of, as far as they are priced. */
function windowsIn(from: bigint, to: bigint, lengthSeconds: bigint): number {
  return Number(clamped((to - from) / lengthSeconds + 1n, 1n, MOST_PRICED_RATES));
}

/** Each window asks the store several things. */
function watchedCost(windowCount: number) {
  return { field: 20 * windowCount, multiplier: windowCount };
}

function clamped(value: bigint, least: bigint, most: bigint): bigint {
  return value < least ? least : value > most ? most : value;
}

builder.objectField(MarketIndexType, 'referenceRates', (t) =>
  t.field({
    type: [ReferenceRateType],
    description: 'Reference rates of finished windows with purchases that begin in a range, oldest first.',
    args: {
      window: t.arg({ type: RateWindowEnum, required: true, description: 'Length of the windows.' }),
      from: t.arg({ type: 'I64', required: true, description: 'Unix seconds.' }),
      to: t.arg({ type: 'I64', required: true, description: 'Unix seconds, exclusive; at most 500 windows later.' }),
    },
    complexity: ({ window, from, to }) => ({ field: 1, multiplier: windowsIn(from, to, SECONDS[window]) }),
    resolve: async ({ model, slot }, { window, from, to }, { store }) => {
      const lengthSeconds = SECONDS[window];
      checkRange(from, to, lengthSeconds, MOST_RATES);
      const now = (await timeAtSlot(store, slot)) ?? 0n;
      const range = { lengthSeconds, ruleVersion: REFERENCE_RATE_RULE, fromTime: from, toTime: to };
      return (await ratesBetween(store, range, model)).filter((row) => row.windowStart + lengthSeconds <= now);
    },
  }),
);

interface DayOfPrices extends PriceSummary {
  readonly start: UnixSeconds;
  readonly model: number;
  /** As of this slot. */
  readonly slot: Slot;
}

const DailyPriceType = builder.objectRef<DayOfPrices>('DailyPrice').implement({
  description: 'Prices of the purchases of a day that count; base units of USDC per GPU-hour times 10^6.',
  fields: (t) => ({
    start: t.field({ type: 'I64', description: 'Start of the day in UTC, Unix seconds.', resolve: (day) => day.start }),
    purchaseCount: t.exposeInt('purchaseCount', { description: 'Purchases that count.' }),
    gpuSeconds: t.field({ type: 'U64', description: 'GPU-seconds of them.', resolve: (day) => day.gpuSeconds }),
    min: t.field({ type: 'U128', description: 'Lowest price.', resolve: (day) => day.min }),
    max: t.field({ type: 'U128', description: 'Highest price.', resolve: (day) => day.max }),
    mean: t.field({ type: 'U128', description: 'Mean weighted by GPU-seconds, down.', resolve: (day) => day.mean }),
    median: t.field({
      type: 'U128',
      description: 'Median of the purchases, each once; of two in the middle the mean, down.',
      resolve: (day) => day.median,
    }),
    source: sourceField(t, ({ start, model, slot }) => ({
      ...{ ruleVersion: `daily-prices-1 over ${REFERENCE_RATE_RULE}`, events: purchases(model) },
      bounds: slotsOf(timesOf(start, SECONDS.DAY), slot),
    })),
  }),
});

builder.objectField(MarketIndexType, 'dailyPrices', (t) =>
  t.field({
    type: [DailyPriceType],
    description: 'Prices by day, oldest first; days without purchases that count are absent.',
    args: {
      from: t.arg({ type: 'I64', required: true, description: 'Unix seconds.' }),
      to: t.arg({ type: 'I64', required: true, description: 'Unix seconds, exclusive; at most 31 days later.' }),
    },
    complexity: ({ from, to }) => ({ field: 1, multiplier: windowsIn(from, to, SECONDS.DAY) }),
    resolve: async ({ model, slot }, { from, to }, context) => {
      checkRange(from, to, SECONDS.DAY, MOST_DAYS);
      const days: DayOfPrices[] = [];
      for (let start = from - (from % SECONDS.DAY); start < to; start += SECONDS.DAY) {
        const summary = await pricesOfDay(context, model, start, slot);
        if (summary !== null) days.push({ ...summary, start, model, slot });
      }
      return days;
    },
  }),
);

function pricesOfDay(context: ApiContext, model: number, start: UnixSeconds, slot: Slot): Promise<PriceSummary | null> {
  return context.keptDays.find({ model, start, end: start + SECONDS.DAY }, slot, async () => {
    const inputs = await inputsOf(context, { start, lengthSeconds: SECONDS.DAY }, model, slot);
    return { toSlot: inputs?.slots.toSlot ?? null, summary: priceSummary(inputs?.purchases ?? []) };
  });
}

function inputsOf(
  { store, programs, walletLinks }: ApiContext,
  window: RateWindow,
  model: number,
  lastSlot?: Slot,
): Promise<RateInputs | null> {
  return rateInputs(store, programs, window, model, lastSlot, (slot) => walletLinks.upTo(slot, store));
}

builder.objectField(MarketIndexType, 'surveillance', (t) =>
  t.field({
    type: [SurveillanceType],
    description: 'Surveillance of finished windows with purchases that begin in a range, oldest first.',
    args: {
      window: t.arg({ type: RateWindowEnum, required: true, description: 'Length of the windows.' }),
      from: t.arg({ type: 'I64', required: true, description: 'Unix seconds.' }),
      to: t.arg({ type: 'I64', required: true, description: 'Unix seconds, exclusive; at most 48 windows later.' }),
    },
    complexity: ({ window, from, to }) => watchedCost(windowsIn(from, to, SECONDS[window])),
    resolve: ({ model, slot }, { window, from, to }, { store, programs }) => {
      const lengthSeconds = SECONDS[window];
      checkRange(from, to, lengthSeconds, MOST_WATCHED);
      return readSurveillance(store, programs, { model, lengthSeconds, fromTime: from, toTime: to, slot });
    },
  }),
);
