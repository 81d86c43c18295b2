/**
 * `offers(model)`: the unified order book of a GPU model.
 * @module
 */

import type { Slot } from '../../../indexer/domain/units.ts';
import type { BookedOffer, OrderBook } from '../../../jobs/market/order-book.ts';
import { readOrderBook } from '../../../jobs/market/read-order-book.ts';
import { bookEvents } from '../../reads/source-events.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { snapshotAt } from '../../schema/connection.ts';
import { recordUpTo, sourceField } from '../chain/source.ts';

const OfferType = builder.objectRef<BookedOffer>('Offer').implement({
  description: 'An offer of GPU time that takes orders now.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the offer.', resolve: (row) => row.offer }),
    provider: t.field({ type: 'PublicKey', description: 'Who sells.', resolve: (row) => row.provider }),
    tier: t.exposeInt('tier', { description: 'Of the provider: 1 consumer, 2 mining fleet, 3 data center.' }),
    region: t.exposeInt('region', { description: 'Number of the region it delivers in.' }),
    scorePpm: t.exposeInt('scorePpm', {
      description: 'Displayed score of the provider as of the latest reward epoch, in ppm; 0 before the first.',
    }),
    unitsFree: t.exposeInt('unitsFree', { description: 'GPUs that can be ordered.' }),
    units: t.exposeInt('units', { description: 'GPUs of the offer.' }),
    minSeconds: t.exposeInt('minSeconds', { description: 'Shortest time.' }),
    maxSeconds: t.exposeInt('maxSeconds', { description: 'Longest time.' }),
    isInUsdc: t.exposeBoolean('isInUsdc', { description: 'Paid in USDC (6 decimals), else in INFER (9).' }),
    isByIndex: t.boolean({ description: 'Priced by the index plus a spread.', resolve: (row) => row.pricing === 1 }),
    orderPrice: t.field({
      type: 'U64',
      description: 'What an order now is priced at: base units of its token per GPU-hour.',
      resolve: (row) => row.orderPrice,
    }),
    usdcPrice: t.field({
      type: 'U128',
      description: 'The same in base units of USDC per GPU-hour times 10^6, by the rate in force; the book’s order.',
      resolve: (row) => row.usdcPrice,
    }),
    depthUnits: t.exposeInt('depthUnits', { description: 'GPUs free in this offer and in all better ones.' }),
  }),
});

interface BookPlace {
  readonly model: number;
  /** It is as of this slot. */
  readonly slot: Slot;
}

const OrderBookType = builder.objectRef<OrderBook & BookPlace>('OrderBook').implement({
  description: 'Offers of a GPU model that take orders now, best first, and how much of what is offered is in use.',
  fields: (t) => ({
    offers: t.field({
      type: [OfferType],
      description: 'By price in USDC, then by score, then by address.',
      args: {
        first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
        skip: t.arg.int({ description: 'How many to leave out before them.' }),
      },
      complexity: ({ first }) => ({ field: 1, multiplier: Math.max(1, Math.min(first, MAX_PAGE_SIZE)) }),
      resolve: ({ offers }, { first, skip }) => {
        const from = Math.max(skip ?? 0, 0);
        return offers.slice(from, from + Math.max(0, Math.min(first, MAX_PAGE_SIZE)));
      },
    }),
    isPaused: t.exposeBoolean('isPaused', {
      description: 'New orders are paused: nothing is in the book, whatever is offered.',
    }),
    offerCount: t.int({ description: 'Offers in the book.', resolve: ({ offers }) => offers.length }),
    units: t.exposeInt('units', { description: 'GPUs of all open offers, free or in use.' }),
    unitsFree: t.exposeInt('unitsFree', { description: 'GPUs free in open offers, priced now or not.' }),
    utilisationPpm: t.field({
      type: 'U64',
      nullable: true,
      description: 'GPUs in use of all, in ppm; null without any.',
      resolve: (book) => book.utilisationPpm,
    }),
    source: sourceField(t, ({ model, slot }) => ({
      ...{ ruleVersion: 'book-1', events: bookEvents(model), bounds: recordUpTo(slot) },
    })),
  }),
});

builder.queryField('offers', (t) =>
  t.field({
    type: OrderBookType,
    nullable: true,
    description: 'The order book of a GPU model; null until the marketplace is set up.',
    args: {
      model: t.arg.int({ required: true, description: 'GPU model, by its place in the catalogue.' }),
      region: t.arg.int({ description: 'Only of this region.' }),
      tier: t.arg.int({ description: 'Only of providers of this tier.' }),
      minScorePpm: t.arg.int({ description: 'Only of providers with at least this score.' }),
      maxUsdcPrice: t.arg({ type: 'U128', description: 'Only at or below this price, as `usdcPrice`.' }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    complexity: { field: 1, multiplier: 1 },
    resolve: async (_, { model, atSlot, ...filter }, context) => {
      const slot = await snapshotAt(atSlot, context);
      const book = await readOrderBook(context.store, context.programs, { model, slot }, filter);
      return book === null ? null : { ...book, model, slot };
    },
  }),
);
