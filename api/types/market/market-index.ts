/**
 * `index(model)`: the on-chain index of a GPU model and its perpetual market. Candles, reference rates, surveillance and the
 * forward curve stand in files of their own.
 * @module
 */
import type { Slot } from '../../../indexer/domain/units.ts';
import { type OpenInterestRow, openInterest } from '../../../indexer/store/queries/market/market-history.ts';
import { type IndexStateRow, indexStateAsOf } from '../../../indexer/store/queries/market/series.ts';
import { once } from '../../../jobs/once.ts';
import { indexTicks } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { BUCKETS_COST, bucketArgs, bucketsOf } from './buckets.ts';

interface MarketIndex {
  readonly model: number;
  readonly slot: Slot;
  /** Read when a field wants it; `null` while the model has no index. */
  readonly state: () => Promise<IndexStateRow | null>;
}

const OpenInterestPoint = builder.objectRef<OpenInterestRow>('OpenInterestPoint').implement({
  description: 'Open interest and funding of a perpetual market after the last change in a bucket of time.',
  fields: (t) => ({
    start: t.field({ type: 'I64', description: 'Start of the bucket, Unix seconds.', resolve: (row) => row.start }),
    longSize: t.field({ type: 'U64', description: 'GPU-seconds held long.', resolve: (row) => row.longSize }),
    shortSize: t.field({ type: 'U64', description: 'GPU-seconds held short.', resolve: (row) => row.shortSize }),
    longNotional: t.field({
      type: 'U64',
      description: 'Long positions at their entry prices, base units of INFER.',
      resolve: (row) => row.longNotional,
    }),
    shortNotional: t.field({
      type: 'U64',
      description: 'Short positions at their entry prices, base units of INFER.',
      resolve: (row) => row.shortNotional,
    }),
    fundingLong: t.field({
      type: 'I128',
      description:
        'What a GPU-second held long has owed since the index began: base units of INFER times 3.6 · 10^9; below zero when it received.',
      resolve: (row) => row.fundingLong,
    }),
    fundingShort: t.field({
      type: 'I128',
      description: 'Likewise of a GPU-second held short.',
      resolve: (row) => row.fundingShort,
    }),
    mark: t.field({
      type: 'U128',
      description: 'Mark price, base units of INFER per GPU-hour times 10^6.',
      resolve: (row) => row.mark,
    }),
  }),
});

export const MarketIndexType = builder.objectRef<MarketIndex>('MarketIndex').implement({
  description:
    'Market data of a GPU model: its on-chain index and what is made beside it. Prices are base units of INFER per GPU-hour times 10^6.',
  fields: (t) => ({
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    slot: t.field({ type: 'U64', description: 'Everything below is as of this slot.', resolve: ({ slot }) => slot }),
    price: t.field({
      type: 'U128',
      nullable: true,
      description:
        'The index: moved by its own market, and published beside the reference rate; null until the model has one.',
      resolve: async ({ state }) => (await state())?.price ?? null,
    }),
    anchor: t.field({
      type: 'U128',
      nullable: true,
      description: 'The price without open positions, which purchases alone move and futures settle on; null likewise.',
      resolve: async ({ state }) => (await state())?.anchor ?? null,
    }),
    longSize: t.field({
      type: 'U64',
      description: 'GPU-seconds held long.',
      resolve: async ({ state }) => (await state())?.longSize ?? 0n,
    }),
    shortSize: t.field({
      type: 'U64',
      description: 'GPU-seconds held short.',
      resolve: async ({ state }) => (await state())?.shortSize ?? 0n,
    }),
    source: sourceField(t, ({ model, slot }) => ({
      ...{ ruleVersion: 'index-1', events: indexTicks(model), bounds: recordUpTo(slot) },
    })),
    openInterest: t.field({
      type: [OpenInterestPoint],
      description: 'Open interest and funding over time: a point for each bucket in which something changed.',
      args: bucketArgs(t),
      complexity: BUCKETS_COST,
      resolve: ({ model, slot }, args, { store }) => {
        const { range, seconds, limit } = bucketsOf(args);
        return openInterest(store, { model, slot, ...range }, seconds, limit);
      },
    }),
  }),
});

builder.queryField('index', (t) =>
  t.field({
    type: MarketIndexType,
    nullable: true,
    description: 'Market data of a GPU model; null for a number that no model can have.',
    args: {
      model: t.arg.int({ required: true, description: 'GPU model, by its place in the catalogue.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    resolve: async (_, { model, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      if (model < 0 || model > 255) return null;
      return { model, slot, state: once(() => indexStateAsOf(context.store, model, slot)) };
    },
  }),
);
