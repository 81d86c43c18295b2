/**
 * `sessions`: orders paid per second, what was billed of them, and what the begun hour would have cost.
 * @module
 */
import type { Slot } from '../../../indexer/domain/units.ts';
import {
  type SessionRow,
  sessionsPage,
  type UsagePiece,
  usagePieces,
} from '../../../indexer/store/queries/market/sessions.ts';
import { billedPerHour } from '../../../jobs/market/session-billing.ts';
import { builder, MAX_PAGE_SIZE } from '../../schema/builder.ts';
import { connectionType, pageArgs, pageCost, pageStart, placeBefore, toConnection } from '../../schema/connection.ts';
import { placeKey } from '../../schema/cursor.ts';

interface Session extends SessionRow {
  readonly asOf: Slot;
}

const UsageType = builder.objectRef<UsagePiece>('Usage').implement({
  description: 'Seconds of a session that were settled together.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Slot of the settlement.', resolve: (row) => row.slot }),
    signature: t.field({ type: 'Signature', description: 'Its transaction.', resolve: (row) => row.signature }),
    settledAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.settledAt }),
    fromSecond: t.int({
      description: 'First second of the session that it paid for, from 0.',
      resolve: (row) => row.settledSeconds - row.seconds,
    }),
    toSecond: t.int({ description: 'Exclusive.', resolve: (row) => row.settledSeconds }),
    gpuSeconds: t.field({ type: 'U64', description: 'Seconds times GPUs.', resolve: (row) => row.gpuSeconds }),
    amount: t.field({ type: 'U64', description: 'Base units of the token.', resolve: (row) => row.amount }),
    fee: t.field({ type: 'U64', description: 'Part of the amount that was the fee.', resolve: (row) => row.fee }),
  }),
});

const SessionType = builder.objectRef<Session>('Session').implement({
  description: 'An order that is paid per second.',
  fields: (t) => ({
    order: t.field({ type: 'PublicKey', description: 'Address of the order.', resolve: (row) => row.order }),
    provider: t.field({ type: 'PublicKey', description: 'Who delivers.', resolve: (row) => row.provider }),
    buyer: t.field({ type: 'PublicKey', description: 'Who pays.', resolve: (row) => row.buyer }),
    mint: t.field({ type: 'PublicKey', description: 'Token of all amounts.', resolve: (row) => row.mint }),
    model: t.exposeInt('model', { description: 'GPU model, by its place in the catalogue.' }),
    units: t.exposeInt('units', { description: 'GPUs.' }),
    pricePerGpuHour: t.field({
      type: 'U64',
      description: 'Base units of the token.',
      resolve: (row) => row.pricePerGpuHour,
    }),
    createdAt: t.field({ type: 'I64', description: 'Unix seconds.', resolve: (row) => row.createdAt }),
    closedAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Unix seconds; null while it is open.',
      resolve: (row) => (row.closedAt === 0n ? null : row.closedAt),
    }),
    settledSeconds: t.field({ type: 'U64', description: 'Seconds paid for.', resolve: (row) => row.settledSeconds }),
    billed: t.field({ type: 'U64', description: 'Paid for them, per second.', resolve: (row) => row.billed }),
    billedPerHour: t.field({
      type: 'U128',
      description: 'What they would have cost by the begun hour.',
      resolve: (row) => billedPerHour(row, row.settledSeconds),
    }),
    refunded: t.field({
      type: 'U64',
      nullable: true,
      description: 'What went back to the buyer in the end; null while it is open.',
      resolve: (row) => (row.closedAt === 0n ? null : row.refunded),
    }),
    usage: t.field({
      type: [UsageType],
      description: 'What it was billed for, piece by piece in chain order.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
      complexity: ({ first }) => ({ field: 1, multiplier: Math.max(1, Math.min(first, MAX_PAGE_SIZE)) }),
      resolve: (row, { first }, { store }) =>
        usagePieces(store, row.order, row.asOf, Math.max(0, Math.min(first, MAX_PAGE_SIZE))),
    }),
  }),
});

const SessionConnection = connectionType('Sessions', SessionType);

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnection,
    description: 'Sessions, newest first.',
    args: pageArgs(t),
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const found = await sessionsPage(context.store, start.snapshot, placeBefore(start), args.first + 1);
      const sessions = found.map((row) => ({ ...row, asOf: start.snapshot }));
      return toConnection(start, sessions, (row) => placeKey({ ...row, slot: row.createdSlot }), context);
    },
  }),
);
