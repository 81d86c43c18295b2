/**
 * `orders`: each with the state that its events have brought it to.
 * @module
 */
import { type OrderRow, ordersPage } from '../../../indexer/store/queries/market/orders.ts';
import { builder } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, placeBefore, toConnection } from '../../schema/connection.ts';
import { placeKey } from '../../schema/cursor.ts';

const OrderState = builder.enumType('OrderState', {
  description: 'Where an order stands.',
  values: {
    CREATED: { description: 'Paid into its vault, delivery not started.' },
    STARTED: { description: 'The provider has started the delivery.' },
    SETTLED: { description: 'Paid out: confirmed or ruled on, or a session that is over and was used.' },
    REFUNDED: { description: 'Paid back to the buyer.' },
  },
});

export const OrderType = builder.objectRef<OrderRow>('Order').implement({
  description: 'An order of the marketplace.',
  fields: (t) => ({
    address: t.field({ type: 'PublicKey', description: 'Address of the order.', resolve: (row) => row.order }),
    state: t.field({ type: OrderState, description: 'State as of the snapshot.', resolve: stateOf }),
    provider: t.field({ type: 'PublicKey', description: 'Who delivers.', resolve: (row) => row.provider }),
    buyer: t.field({ type: 'PublicKey', description: 'Who pays.', resolve: (row) => row.buyer }),
    operatorPool: t.field({
      type: 'PublicKey',
      description: 'Pool fixed at creation.',
      resolve: (row) => row.operatorPool,
    }),
    mint: t.field({
      type: 'PublicKey',
      description: 'Token it is paid in: INFER (9 decimals) or USDC (6).',
      resolve: (row) => row.mint,
    }),
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    units: t.exposeInt('units', { description: 'GPUs.' }),
    seconds: t.exposeInt('seconds', { description: 'Bought time.' }),
    pricePerGpuHour: t.field({
      type: 'U64',
      description: 'Base units of the token.',
      resolve: (row) => row.pricePerGpuHour,
    }),
    amount: t.field({ type: 'U64', description: 'Base units locked at creation.', resolve: (row) => row.amount }),
    providerAmount: t.field({
      type: 'U64',
      nullable: true,
      description: 'Base units paid to the provider; null until settled.',
      resolve: (row) => (row.settledAt === 0n ? null : row.providerAmount),
    }),
    fee: t.field({
      type: 'U64',
      nullable: true,
      description: 'Base units of fee; null until settled.',
      resolve: (row) => (row.settledAt === 0n ? null : row.fee),
    }),
    createdAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.createdAt }),
    createdSlot: t.field({ type: 'U64', description: 'Slot of its creation.', resolve: (row) => row.createdSlot }),
    createdSignature: t.field({
      type: 'Signature',
      description: 'Transaction that created it.',
      resolve: (row) => row.createdSignature,
    }),
    endSignature: t.field({
      type: 'Signature',
      nullable: true,
      description: 'Transaction that settled, closed or refunded it.',
      resolve: (row) => row.endSignature,
    }),
  }),
});

function stateOf(row: OrderRow): 'CREATED' | 'STARTED' | 'SETTLED' | 'REFUNDED' {
  if (row.settledAt !== 0n) return 'SETTLED';
  if (row.refundedAt !== 0n) return 'REFUNDED';
  return row.startedAt !== 0n ? 'STARTED' : 'CREATED';
}

const OrderConnection = connectionType('Orders', OrderType);

builder.queryField('orders', (t) =>
  t.field({
    type: OrderConnection,
    description: 'Orders, newest first.',
    args: {
      ...pageArgs(t),
      buyer: t.arg({ type: 'PublicKey', description: 'Only those that this wallet pays for.' }),
      provider: t.arg({ type: 'PublicKey', description: 'Only those that this provider delivers.' }),
    },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const found = await ordersPage(context.store, start.snapshot, placeBefore(start), args.first + 1, args);
      return toConnection(start, found, (row) => placeKey({ ...row, slot: row.createdSlot }), context);
    },
  }),
);
