/**
 * `exchange`: the exchange's money; `positions` of an owner; `liquidations`.
 * @module
 */
import { PPM } from '../../../indexer/domain/units.ts';
import {
  type FundsRow,
  fundsAsOf,
  type LiquidationRow,
  liquidationsPage,
  type PositionRow,
  positionsOf,
} from '../../../indexer/store/queries/market/exchange.ts';
import { type FundsPointRow, fundsHistory } from '../../../indexer/store/queries/market/market-history.ts';
import { builder, MAX_PAGE_SIZE, type ObjectFields } from '../../schema/builder.ts';
import {
  connectionType,
  pageArgs,
  pageCost,
  pageStart,
  placeBefore,
  snapshotAt,
  toConnection,
} from '../../schema/connection.ts';
import { placeKey } from '../../schema/cursor.ts';
import { BUCKETS_COST, bucketArgs, bucketsOf } from './buckets.ts';

function utilisationPpm({ openNotional, bankroll }: Pick<FundsRow, 'bankroll' | 'openNotional'>): bigint | null {
  return bankroll === 0n ? null : (openNotional * PPM) / bankroll;
}

interface Money extends Pick<FundsRow, 'bankroll' | 'openNotional'> {
  readonly margin: bigint;
  readonly insurance: bigint;
  readonly claimsReserve: bigint;
}

/** What the exchange holds, now or at the end of a bucket of time. */
function moneyFields<Row extends Money>(t: ObjectFields<Row>) {
  return {
    margin: t.field({ type: 'U64', description: 'Collateral of all traders.', resolve: (row) => row.margin }),
    bankroll: t.field({ type: 'U64', description: 'What pays profits.', resolve: (row) => row.bankroll }),
    insurance: t.field({ type: 'U64', description: 'What meets shortfalls.', resolve: (row) => row.insurance }),
    claimsReserve: t.field({
      type: 'U64',
      description: 'Inflow that waits to be paid to claims; it lies with the bankroll.',
      resolve: (row) => row.claimsReserve,
    }),
    openNotional: t.field({
      type: 'U64',
      description: 'All open positions at their entry prices.',
      resolve: (row) => row.openNotional,
    }),
    utilisationPpm: t.field({
      type: 'U64',
      nullable: true,
      description: 'Open notional over bankroll in ppm; null without bankroll.',
      resolve: utilisationPpm,
    }),
  };
}

const FundsPointType = builder.objectRef<FundsPointRow>('ExchangeFundsPoint').implement({
  description: 'Money of the exchange after the last change in a bucket of time; base units of INFER.',
  fields: (t) => ({
    start: t.field({ type: 'I64', description: 'Start of the bucket, Unix seconds.', resolve: (row) => row.start }),
    ...moneyFields(t),
  }),
});

const ExchangeType = builder.objectRef<FundsRow>('Exchange').implement({
  description: 'Money of the exchange after its last change, from events; base units of INFER.',
  fields: (t) => ({
    ...moneyFields(t),
    claimsIssued: t.field({
      type: 'U128',
      description: 'Profit that could not be paid when it was made, since the beginning.',
      resolve: (row) => row.claimsIssued,
    }),
    claimsFunded: t.field({
      type: 'U128',
      description: 'Part of it that inflow has met.',
      resolve: (row) => row.claimsFunded,
    }),
    slot: t.field({ type: 'U64', description: 'Slot of its last change.', resolve: (row) => row.slot }),
    signature: t.field({ type: 'Signature', description: 'Transaction of it.', resolve: (row) => row.signature }),
    history: t.field({
      type: [FundsPointType],
      description: 'Its money over time: a point for each bucket in which some of it moved.',
      args: bucketArgs(t),
      complexity: BUCKETS_COST,
      resolve: ({ slot }, args, { store }) => {
        const { range, seconds, limit } = bucketsOf(args);
        return fundsHistory(store, { slot, ...range }, seconds, limit);
      },
    }),
  }),
});

builder.queryField('exchange', (t) =>
  t.field({
    type: ExchangeType,
    nullable: true,
    description: 'The exchange’s money; null before any came in.',
    args: { atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }) },
    resolve: async (_, { atSlot }, context) => fundsAsOf(context.store, await snapshotAt(atSlot, context)),
  }),
);

export const PositionType = builder.objectRef<PositionRow>('Position').implement({
  description: 'An open position of a trader.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the position.', resolve: (row) => row.position }),
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    series: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Series of dated futures; null for a perpetual position.',
      resolve: (row) => row.series,
    }),
    size: t.field({ type: 'I64', description: 'GPU-seconds; below zero for a short.', resolve: (row) => row.size }),
    entryPrice: t.field({
      type: 'U128',
      description: 'Base units of INFER per GPU-hour times 10^6.',
      resolve: (row) => row.entryPrice,
    }),
    notional: t.field({ type: 'U64', description: 'Base units of INFER at entry.', resolve: (row) => row.notional }),
    collateral: t.field({ type: 'U64', description: 'Base units of INFER.', resolve: (row) => row.collateral }),
    slot: t.field({ type: 'U64', description: 'Slot of its last change.', resolve: (row) => row.slot }),
  }),
});

builder.queryField('positions', (t) =>
  t.field({
    type: [PositionType],
    description: 'Open positions of an owner, by address.',
    args: {
      owner: t.arg({ type: 'PublicKey', required: true, description: 'Wallet of the trader.' }),
      first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    complexity: pageCost,
    resolve: async (_, { owner, first, atSlot }, context) => {
      const slot = await snapshotAt(atSlot, context);
      return positionsOf(context.store, owner, slot, Math.max(0, Math.min(first, MAX_PAGE_SIZE)));
    },
  }),
);

const LiquidationType = builder.objectRef<LiquidationRow>('Liquidation').implement({
  description: 'A position that was closed below its maintenance margin; amounts are base units of INFER.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Slot of it.', resolve: (row) => row.slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
    time: t.field({ type: 'I64', description: 'Block time, Unix seconds.', resolve: (row) => row.time }),
    position: t.field({ type: 'PublicKey', description: 'Address of the position.', resolve: (row) => row.position }),
    owner: t.field({ type: 'PublicKey', description: 'Its trader.', resolve: (row) => row.owner }),
    keeper: t.field({ type: 'PublicKey', description: 'Who liquidated it.', resolve: (row) => row.keeper }),
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    size: t.field({ type: 'U64', description: 'GPU-seconds that were closed.', resolve: (row) => row.size }),
    price: t.field({
      type: 'U128',
      description: 'Base units of INFER per GPU-hour times 10^6.',
      resolve: (row) => row.price,
    }),
    equity: t.field({
      type: 'I64',
      description: 'Collateral and result before it; below zero when margin could not carry the loss.',
      resolve: (row) => row.equity,
    }),
    keeperFee: t.field({ type: 'U64', description: 'Of the keeper.', resolve: (row) => row.keeperFee }),
    shortfall: t.field({
      type: 'U64',
      description: 'What margin lacked of the loss.',
      resolve: (row) => row.shortfall,
    }),
    covered: t.field({ type: 'U64', description: 'What insurance met of that.', resolve: (row) => row.covered }),
  }),
});

const LiquidationConnection = connectionType('Liquidations', LiquidationType);

builder.queryField('liquidations', (t) =>
  t.field({
    type: LiquidationConnection,
    description: 'Liquidations of perpetual and dated positions, newest first.',
    args: pageArgs(t),
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const found = await liquidationsPage(context.store, start.snapshot, placeBefore(start), args.first + 1);
      return toConnection(start, found, (row) => placeKey({ ...row, position: row.place }), context);
    },
  }),
);
