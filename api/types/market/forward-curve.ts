/**
 * `index(model).forwardCurve`: prices of GPU time to come, from dated futures.
 * @module
 */

import { MOST_VALUES } from '../../../indexer/store/queries/rows/field-conditions.ts';
import type { CurveNode, ForwardCurve, Spot, TenorPoint } from '../../../jobs/market/forward-curve.ts';
import { type CurveRequest, readForwardCurve } from '../../../jobs/market/read-forward-curve.ts';
import { curveEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';
import { MarketIndexType } from './market-index.ts';

const SettlementType = builder.enumType('SeriesSettlement', {
  description: 'What a series of dated futures settles on.',
  values: {
    POINT: { description: 'The anchor at its expiry.' },
    AVERAGE: { description: 'The time-weighted mean of the anchor over its delivery period.' },
  },
});

const SpotSource = builder.enumType('SpotSource', {
  description: 'Where a spot price is from.',
  values: {
    REFERENCE_RATE: { description: 'The reference rate of the last whole hour, in INFER at the rate in force.' },
    ON_CHAIN_INDEX: { description: 'The on-chain index, since that hour has no reference rate.' },
  },
});

const TenorKind = builder.enumType('TenorKind', {
  description: 'How a forward is known.',
  values: {
    QUOTED: { description: 'A series settles on that moment.' },
    INTERPOLATED: { description: 'Between quotes.' },
    ABSENT: { description: 'Not known; the reason stands beside it.' },
  },
});

const TenorAbsence = builder.enumType('TenorAbsence', {
  description: 'Why a forward is not known.',
  values: {
    NO_NODES: { description: 'No series is live.' },
    BEFORE_FIRST_NODE: { description: 'The curve begins later.' },
    BEYOND_LAST_NODE: { description: 'The last series settles earlier. Nothing is extrapolated.' },
  },
});

const CurveShape = builder.enumType('CurveShape', {
  description: 'The last forward against spot.',
  values: {
    CONTANGO: { description: 'Above.' },
    BACKWARDATION: { description: 'Below.' },
    FLAT: { description: 'Equal.' },
  },
});

const SpotType = builder.objectRef<Spot>('Spot').implement({
  description: 'The price of now.',
  fields: (t) => ({
    price: t.field({
      type: 'U128',
      description: 'Base units of INFER per GPU-hour times 10^6.',
      resolve: ({ price }) => price,
    }),
    source: t.field({ type: SpotSource, description: 'Where it is from.', resolve: ({ source }) => source }),
  }),
});

const NodeType = builder.objectRef<CurveNode>('CurveNode').implement({
  description: 'A live series of dated futures.',
  fields: (t) => ({
    series: t.field({ type: 'PublicKey', description: 'Address of the series.', resolve: (node) => node.series }),
    deliveryStart: t.field({
      type: 'I64',
      description: 'Start of the delivery period, Unix seconds; the expiry for a series on a point.',
      resolve: (node) => node.deliveryStart,
    }),
    expiry: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (node) => node.expiry }),
    secondsToSettlement: t.field({
      type: 'I64',
      description: 'From the slot asked for to the expiry.',
      resolve: (node) => node.secondsToSettlement,
    }),
    mark: t.field({
      type: 'U128',
      description: 'Price at which the exchange would trade it, base units of INFER per GPU-hour times 10^6.',
      resolve: (node) => node.mark,
    }),
    remainingQuote: t.float({
      description: 'Mean that the mark leaves for what is still to be delivered; the mark itself before delivery.',
      resolve: (node) => node.quote,
    }),
    lastPrice: t.field({
      type: 'U128',
      nullable: true,
      description: 'Price of the last trade, as the mark; null without a trade.',
      resolve: (node) => node.lastPrice,
    }),
    tradedAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds of the last trade.',
      resolve: (node) => node.tradedAt,
    }),
    longSize: t.field({ type: 'U64', description: 'GPU-seconds held long.', resolve: (node) => node.longSize }),
    shortSize: t.field({ type: 'U64', description: 'GPU-seconds held short.', resolve: (node) => node.shortSize }),
    isUsed: t.exposeBoolean('isUsed', {
      description: 'The curve goes through it; not where its period overlaps another or leaves a gap.',
    }),
  }),
});

const TenorType = builder.objectRef<TenorPoint>('Tenor').implement({
  description: 'The forward price a number of days ahead.',
  fields: (t) => ({
    days: t.exposeInt('days', { description: 'Days of 86,400 seconds from the slot asked for.' }),
    kind: t.field({ type: TenorKind, description: 'How it is known.', resolve: ({ kind }) => kind }),
    forward: t.exposeFloat('forward', {
      nullable: true,
      description: 'Base units of INFER per GPU-hour times 10^6; null when absent.',
    }),
    absence: t.field({
      type: TenorAbsence,
      nullable: true,
      description: 'Why it is absent; null when it is not.',
      resolve: ({ absence }) => absence,
    }),
    annualisedBasis: t.exposeFloat('annualisedBasis', {
      nullable: true,
      description: '(forward / spot − 1) · 365 / days; null without a forward.',
    }),
  }),
});

const ForwardCurveType = builder.objectRef<ForwardCurve & CurveRequest>('ForwardCurve').implement({
  description: 'Forward prices of a GPU model, as they could be known at the slot asked for.',
  fields: (t) => ({
    settlement: t.field({
      type: SettlementType,
      description: 'What its series settle on: averages are joined monotone convex, points log-linear.',
      resolve: ({ settlement }) => settlement,
    }),
    spot: t.field({ type: SpotType, nullable: true, description: 'The price of now.', resolve: ({ spot }) => spot }),
    nodes: t.field({
      type: [NodeType],
      description: 'Live series, by expiry.',
      resolve: ({ nodes }) => [...nodes],
    }),
    tenors: t.field({
      type: [TenorType],
      description: 'Forwards 7, 30, 60, 90, 180 and 365 days ahead.',
      resolve: ({ tenors }) => [...tenors],
    }),
    shape: t.field({
      type: CurveShape,
      nullable: true,
      description: 'Contango or backwardation; null without a forward.',
      resolve: ({ shape }) => shape,
    }),
    source: sourceField(t, ({ model, slot, nodes }) => ({
      ruleVersion: 'forward-curve-1',
      events: curveEvents(
        model,
        nodes.slice(0, MOST_VALUES).map(({ series }) => series),
      ),
      bounds: recordUpTo(slot),
    })),
    slopePerYear: t.exposeFloat('slopePerYear', {
      nullable: true,
      description: 'Rise from the first to the last tenor that is known, as part of spot per year.',
    }),
    rollYield: t.exposeFloat('rollYield', {
      nullable: true,
      description: '(spot / forward − 1) · 365 / days of the nearest series.',
    }),
  }),
});

builder.objectField(MarketIndexType, 'forwardCurve', (t) =>
  t.field({
    type: ForwardCurveType,
    nullable: true,
    description: 'Forward curve as of the slot; it never changes when later blocks arrive.',
    args: { settlement: t.arg({ type: SettlementType, required: true, description: 'Which series it is made of.' }) },
    resolve: async ({ model, slot }, { settlement }, { store, programs, walletLinks }) => {
      const asked = { model, settlement, slot };
      const curve = await readForwardCurve(store, programs, asked, (last) => walletLinks.upTo(last, store));
      return curve === null ? null : { ...curve, ...asked };
    },
  }),
);
