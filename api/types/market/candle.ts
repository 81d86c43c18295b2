/**
 * `index(model).candles`: candles of the on-chain index.
 * @module
 */
import { least, most } from '../../../indexer/domain/extremes.ts';
import type { Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import {
  type FilledCandle,
  filledCandles,
  timeWeightedPrice,
  volumeWeightedPrice,
} from '../../../jobs/market/candles.ts';
import { readCandles } from '../../../jobs/market/read-candles.ts';
import { indexTicks } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { slotsOf, sourceField, timesOf } from '../chain/source.ts';
import { checkRange } from './buckets.ts';
import { MarketIndexType } from './market-index.ts';

/** Most candles of one answer. */
const MOST_CANDLES = 1_000n;
const MOST_PRICED_CANDLES = 200n;

interface CandleOfInterval extends FilledCandle {
  /** Of the bucket, or the time of the slot that the answer is as of where that lies inside it. */
  readonly end: UnixSeconds;
  readonly intervalSeconds: bigint;
  readonly model: number;
  /** It is as of this slot. */
  readonly slot: Slot;
}

const SECONDS = { MINUTE: 60n, MINUTES_5: 300n, HOUR: 3_600n, HOURS_4: 14_400n, DAY: 86_400n } as const;

const CandleInterval = builder.enumType('CandleInterval', {
  description: 'Length of a candle. Buckets begin at multiples of it, by block time in UTC.',
  values: {
    MINUTE: { description: 'One minute.' },
    MINUTES_5: { description: 'Five minutes.' },
    HOUR: { description: 'One hour.' },
    HOURS_4: { description: 'Four hours.' },
    DAY: { description: 'One day.' },
  },
});

const CandleType = builder.objectRef<CandleOfInterval>('Candle').implement({
  description:
    'Ticks of the on-chain index in one bucket of time: one for each perpetual trade and each settled purchase. Prices are base units of INFER per GPU-hour times 10^6.',
  fields: (t) => ({
    start: t.field({ type: 'I64', description: 'Start of the bucket, Unix seconds.', resolve: (row) => row.start }),
    open: t.field({ type: 'U128', description: 'Index after the first tick.', resolve: (row) => row.open }),
    high: t.field({ type: 'U128', description: 'Highest index.', resolve: (row) => row.high }),
    low: t.field({ type: 'U128', description: 'Lowest index.', resolve: (row) => row.low }),
    close: t.field({ type: 'U128', description: 'Index after the last tick.', resolve: (row) => row.close }),
    tickCount: t.field({ type: 'U64', description: 'Trades and purchases.', resolve: (row) => row.tickCount }),
    purchaseCount: t.field({ type: 'U64', description: 'Purchases.', resolve: (row) => row.purchaseCount }),
    purchaseGpuSeconds: t.field({
      type: 'U128',
      description: 'GPU-seconds purchased.',
      resolve: (row) => row.purchaseGpuSeconds,
    }),
    purchaseValue: t.field({
      type: 'U128',
      description: 'Value of the purchases, base units of INFER.',
      resolve: (row) => row.purchaseValue,
    }),
    tradeGpuSeconds: t.field({
      type: 'U128',
      description: 'GPU-seconds traded.',
      resolve: (row) => row.tradeGpuSeconds,
    }),
    tradeValue: t.field({
      type: 'U128',
      description: 'Value of the trades, base units of INFER.',
      resolve: (row) => row.tradeValue,
    }),
    vwap: t.field({
      type: 'U128',
      nullable: true,
      description: 'Mean price of what was purchased and traded, weighted by GPU-seconds; null without any.',
      resolve: volumeWeightedPrice,
    }),
    twap: t.field({
      type: 'U128',
      description:
        'Mean of the index weighted by time, over the bucket (from the first tick of all, where that lies in it) up to its end or the slot asked for.',
      resolve: (row) => timeWeightedPrice(row, row.end),
    }),
    source: sourceField(t, ({ start, intervalSeconds, model, slot }) => ({
      ...{ ruleVersion: 'candles-1', events: indexTicks(model) },
      bounds: slotsOf(timesOf(start, intervalSeconds), slot),
    })),
    filled: t.exposeBoolean('isFilled', { description: 'No tick lies in the bucket: the close before it stands.' }),
  }),
});

/** Candles that a range may have, as far as they are priced. */
function candlesIn(from: UnixSeconds, to: UnixSeconds, seconds: bigint): number {
  return Number(most(1n, least((to - from) / seconds + 1n, MOST_PRICED_CANDLES)));
}

builder.objectField(MarketIndexType, 'candles', (t) =>
  t.field({
    type: [CandleType],
    description: 'Candles whose buckets begin in a range, oldest first; buckets without ticks are absent.',
    args: {
      interval: t.arg({ type: CandleInterval, required: true, description: 'Length of each.' }),
      from: t.arg({ type: 'I64', required: true, description: 'Unix seconds.' }),
      to: t.arg({
        type: 'I64',
        required: true,
        description: 'Unix seconds, exclusive; at most 1,000 intervals later.',
      }),
      fill: t.arg.boolean({ description: 'Buckets without ticks too, from the first tick of all on.' }),
    },
    complexity: ({ interval, from, to }) => ({ field: 1, multiplier: candlesIn(from, to, SECONDS[interval]) }),
    resolve: async ({ model, slot }, { interval, from, to, fill }, { store }) => {
      const intervalSeconds = SECONDS[interval];
      checkRange(from, to, intervalSeconds, MOST_CANDLES);
      const request = { model, slot, intervalSeconds, fromTime: from, toTime: to };
      const { candles, priceBefore, time } = await readCandles(store, request);
      const first = from + ((intervalSeconds - (from % intervalSeconds)) % intervalSeconds);
      const shown =
        fill === true
          ? filledCandles(candles, priceBefore, first, least(to, time + 1n), intervalSeconds)
          : candles.map((each) => ({ ...each, isFilled: false }));
      return shown.map((each) => ({
        ...{ ...each, end: least(each.start + intervalSeconds, time), intervalSeconds, model, slot },
      }));
    },
  }),
);
