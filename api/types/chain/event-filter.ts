/**
 * Filters on any field of an event: names are looked up among the columns of its table, values are bound.
 * @module
 */
import { GraphQLError } from 'graphql';
import { ENVELOPE_COLUMNS } from '../../../indexer/decode/event-tables.ts';
import type { Registry } from '../../../indexer/decode/registry.ts';
import type { EventFilter } from '../../../indexer/store/queries/rows/events.ts';
import { type Comparison, MOST_CONDITIONS, MOST_VALUES } from '../../../indexer/store/queries/rows/field-conditions.ts';
import { builder } from '../../schema/builder.ts';
import { givenOf } from '../../schema/given-arguments.ts';

const ComparisonType = builder.enumType('Comparison', {
  description: 'How a field is compared with the values given.',
  values: {
    EQ: { description: 'It is one of them.' },
    NE: { description: 'It is none of them.' },
    LT: { description: 'It is less than one of them.' },
    LE: { description: 'It is one of them, or less than one.' },
    GT: { description: 'It is more than one of them.' },
    GE: { description: 'It is one of them, or more than one.' },
    CONTAINS: { description: 'The text, or the list, has one of them in it.' },
  },
});

interface FieldFilterValue {
  readonly field: string;
  readonly is: Comparison;
  readonly values: readonly string[];
}

export const FieldFilter = builder.inputType('FieldFilter', {
  description: 'A condition on one field.',
  fields: (t) => ({
    field: t.string({
      required: true,
      description: 'Name in the IDL; of a field inside a struct with its path, as `funds.margin`.',
    }),
    is: t.field({ type: ComparisonType, required: true, description: 'How it is compared.' }),
    values: t.stringList({
      required: true,
      description: `1 to ${MOST_VALUES} values as text: whole numbers in decimals, keys in base58, other bytes in hexadecimal.`,
    }),
  }),
});

export const WHERE_DESCRIPTION = `Only events whose fields meet all of these conditions, at most ${MOST_CONDITIONS}; \`name\` must be given with it.`;

/** What an event is filtered by, as strangers give it. */
export interface EventQuestion {
  readonly program?: Uint8Array | null | undefined;
  readonly name?: string | null | undefined;
  readonly signature?: Uint8Array | null | undefined;
  readonly fromSlot?: bigint | null | undefined;
  readonly where?: readonly FieldFilterValue[] | null | undefined;
}

/** @throws GraphQLError `API__BAD_FILTER` for a field that no event of the name has */
export function eventFilterOf(question: EventQuestion, registry: Registry): EventFilter {
  const { where } = question;
  return {
    ...givenOf(question, ['program', 'name', 'signature', 'fromSlot']),
    ...(where && where.length > 0 ? { where: conditionsOf(question, where, registry) } : {}),
  };
}

function conditionsOf(
  { program, name }: EventQuestion,
  where: readonly FieldFilterValue[],
  registry: Registry,
): NonNullable<EventFilter['where']> {
  if (!name) throw badFilter('where needs the name of the event whose fields it speaks of');
  const tables = registry.tables.filter(
    ({ eventName, programId }) => eventName === name && (!program || Buffer.compare(programId, program) === 0),
  );
  const columns = tables.map((table) => new Map(table.columns.map((column) => [column.name, column])));
  const conditions = where.map(({ field, is, values }) => {
    const column = columnName(field);
    const found = columns.map((each) => each.get(column));
    const [first] = found;
    if (!first || found.some((each) => each?.type !== first.type))
      throw badFilter(`${name.slice(0, 60)} has no field ${field.slice(0, 60)} to filter by`);
    return { column: { name: first.name, type: first.type }, comparison: is, values };
  });
  return { tables: tables.map(({ table }) => table), conditions };
}

/** A field of a struct is a column with the path in its name; one that is called as a column of every table is another. */
function columnName(field: string): string {
  const flat = field.replaceAll('.', '_');
  return ENVELOPE_COLUMNS.has(flat) ? `field_${flat}` : flat;
}

export function badFilter(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'API__BAD_FILTER' } });
}
