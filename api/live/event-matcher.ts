/**
 * The conditions of `events` on one event in memory, as `indexer/store/queries/rows/field-conditions.ts` puts them in SQL.
 * @module
 */
import type { ColumnValue, EventTable } from '../../indexer/decode/event-tables.ts';
import { type Registry, versionAt } from '../../indexer/decode/registry.ts';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { EventFilter, EventRow } from '../../indexer/store/queries/rows/events.ts';
import { type ColumnCondition, conditionsSql } from '../../indexer/store/queries/rows/field-conditions.ts';

type Matcher = (event: EventRow) => boolean;

/** @throws InputError `STORE__BAD_FILTER` for a value that the field's type does not have */
export function eventMatcher(filter: EventFilter, registry: Registry): Matcher {
  const { program, name, signature, where } = filter;
  const conditions = where?.conditions ?? [];
  // The checks of values are those of the queries.
  conditionsSql(conditions, 'checked');
  const tables = new Map(registry.tables.map((table) => [table.table, table]));
  return (event) =>
    (program === undefined || Buffer.compare(program, event.program) === 0) &&
    (name === undefined || name === event.name) &&
    (signature === undefined || Buffer.compare(signature, event.signature) === 0) &&
    (conditions.length === 0 || meets(event, conditions, tables.get(event.typedTable), registry));
}

function meets(
  event: EventRow,
  conditions: readonly ColumnCondition[],
  table: EventTable | undefined,
  registry: Registry,
): boolean {
  const program = registry.program(event.program);
  const tagged = (program && versionAt(program, event.slot))?.events.find(event.data, 0);
  if (!table || !tagged?.decoder) return false;
  const fields = tagged.decoder.decodeExact(event.data, tagged.discriminator.length);
  if (typeof fields === 'string') return false;
  return conditions.every((condition) => {
    const column = table.columns.find(({ name }) => name === condition.column.name);
    return column !== undefined && holds(condition, column.read(fields));
  });
}

function holds({ column, comparison, values }: ColumnCondition, found: ColumnValue): boolean {
  // As in SQL, nothing compares with what is absent.
  if (found === null) return false;
  if (comparison === 'NE') return values.every((value) => !isEqual(found, value));
  if (comparison === 'EQ') return values.some((value) => isEqual(found, value));
  if (comparison === 'CONTAINS') return values.some((value) => contains(found, value));
  return values.some((value) => {
    const order = orderOf(found, value, column.type);
    if (comparison === 'LT') return order < 0;
    if (comparison === 'LE') return order <= 0;
    return comparison === 'GT' ? order > 0 : order >= 0;
  });
}

function contains(found: ColumnValue, value: string): boolean {
  if (Array.isArray(found)) return found.some((each) => isEqual(each as ColumnValue, value));
  return typeof found === 'string' && found.includes(value);
}

function isEqual(found: ColumnValue, value: string): boolean {
  if (typeof found === 'bigint') return found === BigInt(value);
  if (typeof found === 'number') return found === Number(value);
  if (typeof found === 'boolean') return String(found) === value;
  if (found instanceof Uint8Array) return Buffer.compare(found, bytesOf(value, found.length)) === 0;
  return found === value;
}

function bytesOf(value: string, size: number): Uint8Array {
  return value.length === 2 * size && /^[0-9a-fA-F]+$/.test(value)
    ? Buffer.from(value, 'hex')
    : fromBase58(value, size);
}

function orderOf(found: ColumnValue, value: string, type: string): number {
  if (typeof found === 'string' && type.includes('String'))
    return Buffer.compare(Buffer.from(found), Buffer.from(value));
  if (typeof found === 'number' && !Number.isInteger(found)) return found - Number(value);
  if (/Float/.test(type)) return Number(found) - Number(value);
  const [left, right] = [BigInt(found as bigint | number), BigInt(value)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
