/**
 * `events`: anything any indexed program emitted, newest first, with its fields and its place on the chain.
 * @module
 */
import { canonicalJson } from '../../../indexer/decode/canonical-json.ts';
import { type Registry, versionAt } from '../../../indexer/decode/registry.ts';
import { countEvents, type EventRow, eventsPage } from '../../../indexer/store/queries/rows/events.ts';
import { builder } from '../../schema/builder.ts';
import {
  connectionType,
  type FieldArguments,
  pageCost,
  pageStart,
  readOrderOf,
  toConnection,
  twoWayPageArgs,
} from '../../schema/connection.ts';
import { placeKey, placeOfKey } from '../../schema/cursor.ts';
import { blockFields, programNameField } from './block-fields.ts';
import { eventFilterOf, FieldFilter, WHERE_DESCRIPTION } from './event-filter.ts';

export const EventType = builder.objectRef<EventRow>('Event').implement({
  description: 'One event of a program, identified by slot, transaction, call path and ordinal.',
  fields: (t) => ({
    ...blockFields(t),
    signature: t.field({
      type: 'Signature',
      description: 'Transaction that emitted it.',
      resolve: (event) => event.signature,
    }),
    transactionIndex: t.exposeInt('transactionIndex', { description: 'Place of the transaction in its block.' }),
    path: t.string({
      description: 'Call path of the instruction: `2.0` is the first call made by the third instruction.',
      resolve: (event) => event.path.join('.'),
    }),
    ordinal: t.exposeInt('ordinal', { description: 'Counts the events of that instruction, from 0.' }),
    program: t.field({ type: 'PublicKey', description: 'Program that emitted it.', resolve: (event) => event.program }),
    programName: programNameField(t),
    name: t.exposeString('name', { description: 'Name in the program’s IDL.' }),
    table: t.exposeString('typedTable', { description: 'ClickHouse table with its typed columns.' }),
    fields: t.string({
      description: 'Fields as canonical JSON: 64-bit integers as text, keys in base58.',
      resolve: (event, _, { registry }) => fieldsOf(event, registry),
    }),
  }),
});

/** Decoded again from the bytes that were emitted, by the IDL in force at the slot. */
function fieldsOf(event: EventRow, registry: Registry): string {
  const program = registry.program(event.program);
  const tagged = (program && versionAt(program, event.slot))?.events.find(event.data, 0);
  if (!tagged?.decoder) return '{}';
  const fields = tagged.decoder.decodeExact(event.data, tagged.discriminator.length);
  return typeof fields === 'string' ? '{}' : canonicalJson(tagged.decoder.layout, fields);
}

const EventConnection = connectionType('Events', EventType, { isCounted: true });

builder.queryField('events', (t) =>
  t.field({
    type: EventConnection,
    description: 'Events of all indexed programs, newest first.',
    args: { ...twoWayPageArgs(t), ...eventFilterArgs(t) },
    complexity: pageCost,
    resolve: async (_, args, context) => {
      const start = await pageStart(args, 3, context);
      const filter = { ...eventFilterOf(args, context.registry), toSlot: start.snapshot };
      const bound = start.key && placeOfKey(start.key);
      const found = await eventsPage(context.store, filter, start.size + 1, bound, readOrderOf(start));
      return toConnection(start, found, placeKey, context, async () =>
        countEvents(context.store, filter, await context.finalChunks.state()),
      );
    },
  }),
);

/** The arguments that `eventFilterOf` takes. */
export function eventFilterArgs(t: FieldArguments) {
  return {
    program: t.arg({ type: 'PublicKey', description: 'Only this program’s.' }),
    name: t.arg.string({ description: 'Only this event of the IDL, such as `OrderSettled`.' }),
    signature: t.arg({ type: 'Signature', description: 'Only this transaction’s.' }),
    fromSlot: t.arg({ type: 'U64', description: 'Not before this slot.' }),
    where: t.arg({ type: [FieldFilter], description: WHERE_DESCRIPTION }),
  };
}
