/**
 * `source`: what a computed value follows from: the blocks it is of, the rule, and the transactions behind it.
 * @module
 */
import type { GenericFieldRef } from '@pothos/core';
import type { Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import { slotsOfTimes, type TimeRange } from '../../../indexer/store/queries/chain/block-times.ts';
import { storedRange } from '../../../indexer/store/queries/chain/slot-walk.ts';
import type { SlotBounds } from '../../../indexer/store/queries/chain/slot-windows.ts';
import {
  type SourceEvents,
  type SourceTransaction,
  sourceTransactions,
} from '../../../indexer/store/queries/rows/source-transactions.ts';
import { once } from '../../../jobs/once.ts';
import type { ApiContext } from '../../context.ts';
import { builder, MAX_PAGE_SIZE, type ObjectFields } from '../../schema/builder.ts';

export interface Source {
  /** `null` where there is no block of it. */
  readonly bounds: () => Promise<SlotBounds | null>;
  readonly ruleVersion: string;
  readonly events: readonly SourceEvents[];
}

/** Beside its fields: each may ask for the slots of a range of times. */
const SOURCE_COST = 40;
const TRANSACTIONS_COST = 60;

const SourceTransactionType = builder.objectRef<SourceTransaction>('SourceTransaction').implement({
  description: 'A transaction that a computed value follows from; `transaction(signature:)` tells it whole.',
  fields: (t) => ({
    slot: t.field({ type: 'U64', description: 'Slot of its block.', resolve: ({ slot }) => slot }),
    signature: t.field({ type: 'Signature', description: 'Its signature.', resolve: ({ signature }) => signature }),
  }),
});

const SourceType = builder.objectRef<Source>('Source').implement({
  description: 'What a computed value follows from.',
  fields: (t) => ({
    fromSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'First slot of the blocks it is of; null where the record has none.',
      resolve: async ({ bounds }) => (await bounds())?.fromSlot ?? null,
    }),
    toSlot: t.field({
      type: 'U64',
      nullable: true,
      description: 'Last slot of them; null likewise.',
      resolve: async ({ bounds }) => (await bounds())?.toSlot ?? null,
    }),
    ruleVersion: t.exposeString('ruleVersion', { description: 'Version of the rule that it was computed by.' }),
    events: t.stringList({
      description: 'Tables of the events that it is computed from, as `table` of an event and `/export` name them.',
      resolve: ({ events }) => events.map(({ table }) => table),
    }),
    transactions: t.field({
      type: [SourceTransactionType],
      description: 'Transactions that emitted such events in those blocks, newest first.',
      args: { first: t.arg.int({ required: true, description: `How many, 1 to ${MAX_PAGE_SIZE}.` }) },
      complexity: ({ first }) => ({ field: TRANSACTIONS_COST, multiplier: countOf(first) }),
      resolve: async ({ bounds, events }, { first }, { store }) => {
        const found = await bounds();
        return found === null ? [] : sourceTransactions(store, events, found, countOf(first));
      },
    }),
  }),
});

function countOf(first: number): number {
  return Math.max(1, Math.min(first, MAX_PAGE_SIZE));
}

/** What a row says of its source; the rest is looked for when it is asked for. */
export interface SourceOf {
  readonly ruleVersion: string;
  readonly events: readonly SourceEvents[];
  readonly bounds: SlotBounds | null | ((context: ApiContext) => Promise<SlotBounds | null>);
}

/** The field `source` of a computed type. */
export function sourceField<Row>(
  t: ObjectFields<Row>,
  of: (row: Row, context: ApiContext) => SourceOf | Promise<SourceOf>,
): GenericFieldRef {
  return t.field({
    type: SourceType,
    description: 'The blocks it is of, the rule, and the transactions behind it.',
    complexity: { field: SOURCE_COST, multiplier: 1 },
    resolve: async (row, _, context) => {
      const { ruleVersion, events, bounds } = await of(row as Row, context);
      return {
        ...{ ruleVersion, events },
        bounds: once(async () => (typeof bounds === 'function' ? bounds(context) : bounds)),
      };
    },
  });
}

/** Blocks of a range of times, up to the slot that the answer is as of. */
export function slotsOf(range: TimeRange, asOf: Slot): (context: ApiContext) => Promise<SlotBounds | null> {
  return async ({ store }) => {
    const found = await slotsOfTimes(store, range);
    if (found === null || found.fromSlot > asOf) return null;
    return { fromSlot: found.fromSlot, toSlot: found.toSlot < asOf ? found.toSlot : asOf };
  };
}

/** Everything from the record's first block to a slot. */
export function recordUpTo(toSlot: Slot): (context: ApiContext) => Promise<SlotBounds | null> {
  return async ({ store }) => {
    const found = await storedRange(store, { toSlot });
    return found.fromSlot > found.toSlot ? null : found;
  };
}

export function timesOf(fromTime: UnixSeconds, lengthSeconds: bigint): TimeRange {
  return { fromTime, toTime: fromTime + lengthSeconds };
}
