/**
 * `ledger`: balanced entries of everything that was settled; `ledgerTotals`: their sums; `ledgerProof`: how far they are
 * proven, and what is wrong.
 * @module
 */
import type { Slot } from '../../../indexer/domain/units.ts';
import type { TimeRange } from '../../../indexer/store/queries/chain/block-times.ts';
import { cursor } from '../../../indexer/store/queries/chain/cursors.ts';
import {
  type LedgerFaultRow,
  type LedgerStatus,
  ledgerStatus,
  openLedgerFaults,
} from '../../../indexer/store/queries/ledger/ledger-faults.ts';
import {
  type LedgerTotals,
  ledgerTotals,
  type SettlementFilter,
  type SettlementRow,
  settlementsPage,
} from '../../../indexer/store/queries/market/settlements.ts';
import { entriesOf, type LedgerEntry } from '../../../jobs/ledger/entries.ts';
import { settlementEvents } from '../../reads/source-events.ts';
import { builder } from '../../schema/builder.ts';
import {
  connectionType,
  type FieldArguments,
  pageArgs,
  pageCost,
  pageStart,
  placeBefore,
  snapshotAt,
  toConnection,
} from '../../schema/connection.ts';
import { placeKey } from '../../schema/cursor.ts';
import { recordUpTo, slotsOf, sourceField } from '../chain/source.ts';

interface Settlement extends SettlementRow {
  readonly isFinal: boolean;
}

const MOST_FAULTS = 100;
const MAX_SLOT = 2n ** 64n - 1n;
/** A sum over all settlements is dearer than a page. */
const TOTALS_COST = 500;

const KindType = builder.enumType('SettlementKind', {
  description: 'What was settled.',
  values: {
    ORDER: { value: 'order', description: 'A whole order: delivered, or ruled on.' },
    SESSION: { value: 'session', description: 'Seconds of an order that is paid per second.' },
    WORKLOAD: { value: 'workload', description: 'A metered workload.' },
  } as const,
});

const AccountType = builder.enumType('LedgerAccount', {
  description: 'Whose account an entry changes.',
  values: {
    CUSTOMER: { description: 'Who bought.' },
    PROVIDER: { description: 'Who delivered.' },
    TREASURY: { description: 'What burn and verifiers leave of the fee.' },
    BURN: { description: 'Tokens that are no more.' },
    VERIFIERS: { description: 'The verifiers together.' },
  } as const,
});

const EntryType = builder.objectRef<LedgerEntry>('LedgerEntry').implement({
  description: 'An entry of the ledger; those of one settlement sum to zero.',
  fields: (t) => ({
    account: t.field({ type: AccountType, description: 'Whose.', resolve: ({ account }) => account }),
    holder: t.field({
      type: 'PublicKey',
      nullable: true,
      description: 'Wallet of the customer, account of the provider; null for those there is one of.',
      resolve: ({ holder }) => holder,
    }),
    amount: t.field({
      type: 'I64',
      description: 'Base units of the token: credits above zero, debits below.',
      resolve: ({ amount }) => amount,
    }),
  }),
});

const SettlementType = builder.objectRef<Settlement>('Settlement').implement({
  description: 'Something that was settled, with its entries in the ledger and where they come from.',
  fields: (t) => ({
    kind: t.field({ type: KindType, description: 'What it is.', resolve: ({ kind }) => kind }),
    subject: t.field({
      type: 'PublicKey',
      description: 'Address of the order; of the marker of a workload.',
      resolve: ({ subject }) => subject,
    }),
    mint: t.field({ type: 'PublicKey', description: 'Token of all amounts.', resolve: ({ mint }) => mint }),
    customer: t.field({ type: 'PublicKey', description: 'Who paid.', resolve: ({ customer }) => customer }),
    provider: t.field({ type: 'PublicKey', description: 'Who delivered.', resolve: ({ provider }) => provider }),
    amount: t.field({ type: 'U64', description: 'Base units of the token.', resolve: ({ amount }) => amount }),
    fee: t.field({ type: 'U64', description: 'Part of the amount that is the fee.', resolve: ({ fee }) => fee }),
    credits: t.field({
      type: 'U64',
      nullable: true,
      description: 'Price of a workload in credits, a thousand base units of INFER each; null for all else.',
      resolve: ({ kind, credits }) => (kind === 'workload' ? credits : null),
    }),
    entries: t.field({
      type: [EntryType],
      description: 'Customer, provider, treasury, burn and verifiers, in this order.',
      complexity: { field: 1, multiplier: 5 },
      resolve: (row) => entriesOf(row),
    }),
    settledOnchainAt: t.field({
      type: 'I64',
      nullable: true,
      description: 'Block time, Unix seconds; null until the settlement is final.',
      resolve: ({ isFinal, time }) => (isFinal ? time : null),
    }),
    slot: t.field({ type: 'U64', description: 'Slot of its event.', resolve: ({ slot }) => slot }),
    blockhash: t.field({ type: 'Hash', description: 'Block of it.', resolve: ({ blockhash }) => blockhash }),
    signature: t.field({ type: 'Signature', description: 'Transaction of it.', resolve: ({ signature }) => signature }),
  }),
});

function filterArgs(t: FieldArguments) {
  return {
    kind: t.arg({ type: KindType, description: 'Only what is of this kind.' }),
    subject: t.arg({ type: 'PublicKey', description: 'Only what settled this order or workload.' }),
    mint: t.arg({ type: 'PublicKey', description: 'Only what was paid in this token.' }),
    customer: t.arg({ type: 'PublicKey', description: 'Only what this wallet paid.' }),
    provider: t.arg({ type: 'PublicKey', description: 'Only what this provider delivered.' }),
    fromTime: t.arg({ type: 'I64', description: 'Block time, Unix seconds.' }),
    toTime: t.arg({ type: 'I64', description: 'Block time, Unix seconds, exclusive.' }),
  };
}

function filterOf({ kind, subject, mint, customer, provider, fromTime, toTime }: SettlementFilter) {
  return { kind, subject, mint, customer, provider, fromTime, toTime };
}

const LedgerConnection = connectionType('Ledger', SettlementType);

builder.queryField('ledger', (t) =>
  t.field({
    type: LedgerConnection,
    description: 'Everything that was settled, newest first, with its balanced entries.',
    args: { ...pageArgs(t), ...filterArgs(t) },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const before = placeBefore(start);
      const found = await settlementsPage(context.store, filterOf(args), start.snapshot, before, args.first + 1);
      const finalSlot = (await cursor(context.store, 'finalized'))?.slot ?? -1n;
      const settlements = found.map((row) => ({ ...row, isFinal: row.slot <= finalSlot }));
      return toConnection(start, settlements, placeKey, context);
    },
  }),
);

interface TotalsAsked {
  readonly filter: SettlementFilter;
  /** As of this slot. */
  readonly slot: Slot;
}

/** `null` where a filter names no times. */
function timesOfFilter({ fromTime, toTime }: SettlementFilter): TimeRange | null {
  return fromTime == null && toTime == null ? null : { fromTime: fromTime ?? 0n, toTime: toTime ?? MAX_SLOT >> 1n };
}

const TotalsType = builder.objectRef<LedgerTotals & TotalsAsked>('LedgerTotals').implement({
  description: 'Sums of the ledger’s entries in one token, base units.',
  fields: (t) => ({
    mint: t.field({ type: 'PublicKey', description: 'The token.', resolve: ({ mint }) => mint }),
    settlementCount: t.field({
      type: 'U64',
      description: 'Settlements, with five entries each.',
      resolve: ({ settlementCount }) => settlementCount,
    }),
    debited: t.field({ type: 'U128', description: 'What customers paid.', resolve: ({ debited }) => debited }),
    providers: t.field({ type: 'U128', description: 'Of it to providers.', resolve: ({ providers }) => providers }),
    treasury: t.field({ type: 'U128', description: 'Of it to the treasury.', resolve: ({ treasury }) => treasury }),
    burned: t.field({ type: 'U128', description: 'Of it burned.', resolve: ({ burned }) => burned }),
    verifiers: t.field({ type: 'U128', description: 'Of it to verifiers.', resolve: ({ verifiers }) => verifiers }),
    sum: t.field({
      type: 'I128',
      description: 'Of all entries, debits below zero: 0, or the ledger is wrong.',
      resolve: ({ sum }) => sum,
    }),
    source: sourceField(t, ({ mint, filter, slot }) => ({
      ...{ ruleVersion: 'ledger-1', events: settlementEvents(mint, filter) },
      bounds: timesOfFilter(filter) === null ? recordUpTo(slot) : slotsOf(timesOfFilter(filter) as TimeRange, slot),
    })),
  }),
});

builder.queryField('ledgerTotals', (t) =>
  t.field({
    type: [TotalsType],
    description: 'Sums over all settlements up to a slot, by token.',
    args: {
      ...filterArgs(t),
      atSlot: t.arg({ type: 'U64', description: 'As of this slot; the newest committed one if absent.' }),
    },
    complexity: { field: TOTALS_COST, multiplier: 2 },
    resolve: async (_, { atSlot, ...args }, context) => {
      const asked = { filter: filterOf(args), slot: await snapshotAt(atSlot, context) };
      const found = await ledgerTotals(context.store, asked.filter, asked.slot);
      return found.map((totals) => ({ ...totals, ...asked }));
    },
  }),
);

const FaultType = builder.objectRef<LedgerFaultRow>('LedgerFault').implement({
  description: 'A settlement that is not what the rule has.',
  fields: (t) => ({
    kind: t.exposeString('kind', {
      description: 'unbalanced, parts, price, twice, or unknown_order.',
    }),
    slot: t.field({ type: 'U64', description: 'Slot of the settlement.', resolve: ({ slot }) => slot }),
    subject: t.field({ type: 'PublicKey', description: 'The order or workload.', resolve: ({ subject }) => subject }),
    expected: t.exposeString('expected', { description: 'What it has to be.' }),
    seen: t.exposeString('seen', { description: 'What it is.' }),
  }),
});

const ProofType = builder.objectRef<LedgerStatus>('LedgerProof').implement({
  description: 'How far the ledger is proven: entries that sum to zero, parts and prices by the rule, nothing twice.',
  fields: (t) => ({
    ledgerThroughSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Up to here every settlement holds; null before the first proof.',
      resolve: (status) => status.ledgerThroughSlot,
    }),
    lookedThroughSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Up to here settlements were looked at, whatever was found.',
      resolve: (status) => status.lookedThroughSlot,
    }),
    faultCount: t.field({
      type: 'U64',
      description: 'What does not hold; no reward epoch is computed over it.',
      resolve: (status) => status.openFaultCount,
    }),
    faults: t.field({
      type: [FaultType],
      description: 'The first of them, in chain order.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MOST_FAULTS}.` }) },
      complexity: ({ first }) => ({ field: 1, multiplier: Math.max(1, Math.min(first, MOST_FAULTS)) }),
      resolve: (_, { first }, { store }) =>
        openLedgerFaults(store, { fromSlot: 0n, toSlot: MAX_SLOT }, Math.max(1, Math.min(first, MOST_FAULTS))),
    }),
  }),
});

builder.queryField('ledgerProof', (t) =>
  t.field({
    type: ProofType,
    description: 'How far the ledger is proven, and what does not hold.',
    resolve: (_, __, { store }) => ledgerStatus(store),
  }),
);
