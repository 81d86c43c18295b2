/**
 * `transactions` and `transaction`: what each called and emitted, what it cost, and whether its log was whole.
 * @module
 */
import {
  countTransactions,
  type TransactionFilter,
  type TransactionPlace,
  type TransactionRow,
  transactionBySignature,
  transactionsPage,
} from '../../../indexer/store/queries/chain/transactions.ts';
import { type EventRow, eventsOfTransactions } from '../../../indexer/store/queries/rows/events.ts';
import { type InstructionRow, instructionsOfTransactions } from '../../../indexer/store/queries/rows/instructions.ts';
import { groupBy } from '../../../jobs/group-by.ts';
import { batched } from '../../reads/batched.ts';
import { transactionErrorText } from '../../reads/transaction-error.ts';
import { builder } from '../../schema/builder.ts';
import {
  checkCounted,
  connectionType,
  type PageStart,
  pageCost,
  pageStart,
  readOrderOf,
  toConnection,
  twoWayPageArgs,
} from '../../schema/connection.ts';
import { numbersOf } from '../../schema/cursor.ts';
import { givenOf } from '../../schema/given-arguments.ts';
import { blockFields } from './block-fields.ts';
import { EventType } from './event.ts';
import { InstructionType } from './instruction.ts';

const instructionsOf = batched<TransactionPlace, readonly InstructionRow[]>(async (places, { store }) =>
  inStep(places, await instructionsOfTransactions(store, places)),
);
const eventsOf = batched<TransactionPlace, readonly EventRow[]>(async (places, { store }) =>
  inStep(places, await eventsOfTransactions(store, places)),
);

function inStep<Row extends TransactionPlace>(places: readonly TransactionPlace[], rows: readonly Row[]): Row[][] {
  const byPlace = groupBy(rows, placeText);
  return places.map((place) => byPlace.get(placeText(place)) ?? []);
}

function placeText({ slot, transactionIndex }: TransactionPlace): string {
  return `${slot}/${transactionIndex}`;
}

const LogState = builder.enumType('LogState', {
  description: 'Whether the log of a transaction was whole.',
  values: {
    WHOLE: { description: 'All lines were there: every event is.' },
    CUT: { description: 'Lines were cut off, or all were missing: events of the log may be missing.' },
  },
});

/** Instructions and events that a transaction has, as its cost counts them. */
const USUAL_ROWS = 5;

const TransactionType = builder.objectRef<TransactionRow>('Transaction').implement({
  description: 'A transaction that names an indexed program.',
  fields: (t) => ({
    ...blockFields(t),
    transactionIndex: t.exposeInt('transactionIndex', { description: 'Its place in the block.' }),
    signature: t.field({ type: 'Signature', description: 'First signature.', resolve: (row) => row.signature }),
    feePayer: t.field({ type: 'PublicKey', description: 'Who paid the fee.', resolve: (row) => row.feePayer }),
    failed: t.boolean({
      description: 'Whether it failed: it then took its fee and changed nothing else.',
      resolve: (row) => row.failed === 1,
    }),
    error: t.string({
      nullable: true,
      description: 'What it failed with, as `InstructionError(2, Custom(6009))`; null when it did not.',
      resolve: (row) => transactionErrorText(row.error),
    }),
    feeLamports: t.field({ type: 'U64', description: 'Fee, lamports.', resolve: (row) => row.feeLamports }),
    computeUnits: t.field({
      type: 'U64',
      nullable: true,
      description: 'Compute units it used; null where the source gave none.',
      resolve: (row) => row.computeUnits,
    }),
    logState: t.field({
      type: LogState,
      description: 'Whether its log was whole.',
      resolve: (row) => (row.logTruncated === 1 ? 'CUT' : 'WHOLE'),
    }),
    instructions: t.field({
      type: [InstructionType],
      description: 'Calls of indexed programs, in the order in which they began.',
      complexity: { field: 1, multiplier: USUAL_ROWS },
      resolve: async (row, _, context) => [...(await instructionsOf(row, context))],
    }),
    events: t.field({
      type: [EventType],
      description: 'Events in the order of emission.',
      complexity: { field: 1, multiplier: USUAL_ROWS },
      resolve: async (row, _, context) => [...(await eventsOf(row, context))],
    }),
  }),
});

const TransactionConnection = connectionType('Transactions', TransactionType, { isCounted: true });

builder.queryField('transactions', (t) =>
  t.field({
    type: TransactionConnection,
    description: 'Transactions that name an indexed program, newest first.',
    args: {
      ...twoWayPageArgs(t),
      feePayer: t.arg({ type: 'PublicKey', description: 'Only those that this key paid for.' }),
      program: t.arg({ type: 'PublicKey', description: 'Only those that called this program.' }),
      account: t.arg({ type: 'PublicKey', description: 'Only those in which a call was given this account.' }),
      failed: t.arg.boolean({ description: 'Only those that failed, or only those that did not.' }),
      fromSlot: t.arg({ type: 'U64', description: 'Not before this slot.' }),
    },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 2, context);
      const filter: TransactionFilter = {
        ...givenOf(args, ['feePayer', 'program', 'account', 'failed', 'fromSlot']),
        toSlot: start.snapshot,
      };
      const found = await transactionsPage(context.store, filter, start.size + 1, placeAt(start), readOrderOf(start));
      const keyOf = (row: TransactionRow) => [String(row.slot), String(row.transactionIndex)];
      return toConnection(start, found, keyOf, context, async () => {
        if (filter.program !== undefined || filter.account !== undefined) checkCounted(filter, start.snapshot);
        return countTransactions(context.store, filter, await context.finalChunks.state());
      });
    },
  }),
);

function placeAt({ key }: PageStart): TransactionPlace | null {
  if (key === null) return null;
  const [slot, transactionIndex] = numbersOf(key);
  return { slot: slot ?? 0n, transactionIndex: Number(transactionIndex) };
}

builder.queryField('transaction', (t) =>
  t.field({
    type: TransactionType,
    nullable: true,
    description: 'One transaction, decoded whole; null when no canonical block here has it.',
    args: { signature: t.arg({ type: 'Signature', required: true, description: 'Its first signature.' }) },
    resolve: (_, { signature }, { store }) => transactionBySignature(store, signature),
  }),
);
