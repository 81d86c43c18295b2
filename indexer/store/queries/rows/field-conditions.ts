/**
 * Conditions on typed columns, from a stranger's text: the column and its type are ours, every value is bound.
 * @module
 */
import { fromBase58 } from '../../../domain/base58.ts';
import { checkInput } from '../../../domain/errors.ts';
import type { QueryParam, QueryParams } from '../../clickhouse-client.ts';
import { quoted } from '../../sql-text.ts';

export type Comparison = 'EQ' | 'NE' | 'LT' | 'LE' | 'GT' | 'GE' | 'CONTAINS';

export interface ColumnCondition {
  /** As the table has it; never a stranger's text. */
  readonly column: { readonly name: string; readonly type: string };
  readonly comparison: Comparison;
  /** One is enough; `NE` holds when it is none of them. */
  readonly values: readonly string[];
}

export interface SqlCondition {
  readonly sql: string;
  readonly params: QueryParams;
}

/** Conditions of one question, and values of one condition. */
export const MOST_CONDITIONS = 8;
export const MOST_VALUES = 20;
const MOST_VALUE_CHARACTERS = 1_000;

const signs = { EQ: '=', NE: '!=', LT: '<', LE: '<=', GT: '>', GE: '>=' } as const;
const BASE58_BYTES = new Set([32, 64]);

/**
 * SQL of conditions that all hold, with parameters named after `prefix`.
 * @throws InputError `STORE__BAD_FILTER` for a value or a comparison that the column's type does not have
 */
export function conditionsSql(conditions: readonly ColumnCondition[], prefix: string): SqlCondition {
  check(conditions.length <= MOST_CONDITIONS, `A list is filtered by at most ${MOST_CONDITIONS} fields`);
  const parts = conditions.map((condition, index) => conditionSql(condition, `${prefix}${index}_`));
  return {
    sql: parts.length === 0 ? '1' : parts.map(({ sql }) => `(${sql})`).join(' AND '),
    params: Object.assign({}, ...parts.map(({ params }) => params)) as QueryParams,
  };
}

function conditionSql({ column, comparison, values }: ColumnCondition, prefix: string): SqlCondition {
  const { name } = column;
  check(values.length >= 1 && values.length <= MOST_VALUES, `Field ${name} takes 1 to ${MOST_VALUES} values`);
  for (const value of values)
    check(
      value.length <= MOST_VALUE_CHARACTERS,
      `A value of field ${name} has at most ${MOST_VALUE_CHARACTERS} characters`,
    );
  const params: Record<string, QueryParam> = {};
  const pieces = values.map((value, index) => {
    const key = `${prefix}${index}`;
    const bound = boundValue(column.type, comparison, value, key, name);
    params[key] = bound.value;
    return bound.sql(quoted(name));
  });
  return { sql: pieces.join(comparison === 'NE' ? ' AND ' : ' OR '), params };
}

interface BoundValue {
  readonly value: QueryParam;
  readonly sql: (column: string) => string;
}

function boundValue(type: string, comparison: Comparison, text: string, key: string, name: string): BoundValue {
  const plain = /^Nullable\((.+)\)$/.exec(type)?.[1] ?? type;
  const item = /^Array\((.+)\)$/.exec(plain)?.[1];
  if (item !== undefined) {
    check(comparison === 'CONTAINS', `Field ${name} is a list: only CONTAINS applies`);
    const { value, sql } = scalar(item, text, key, name);
    return { value, sql: (column) => `has(${column}, ${sql})` };
  }
  const { value, sql } = scalar(plain, text, key, name);
  if (comparison === 'CONTAINS') {
    check(plain === 'String', `Field ${name} is no text and no list: CONTAINS does not apply`);
    return { value, sql: (column) => `position(${column}, ${sql}) > 0` };
  }
  const isOrdered = !plain.startsWith('FixedString') && plain !== 'Bool';
  check(isOrdered || comparison === 'EQ' || comparison === 'NE', `Field ${name} is only equal to a value, or not`);
  return { value, sql: (column) => `${column} ${signs[comparison]} ${sql}` };
}

/** A bound value of a type. An integer beyond its column is compared as it is, and equals none. */
function scalar(type: string, text: string, key: string, name: string): { value: QueryParam; sql: string } {
  if (/^U?Int\d+$/.test(type)) {
    check(/^-?\d{1,76}$/.test(text), `Field ${name} is a whole number`);
    const isNegative = text.startsWith('-');
    return { value: text, sql: `{${key}:${isNegative || !type.startsWith('U') ? 'Int256' : 'UInt256'}}` };
  }
  if (/^Float\d+$/.test(type)) {
    check(text !== '' && Number.isFinite(Number(text)), `Field ${name} is a number`);
    return { value: Number(text), sql: `{${key}:Float64}` };
  }
  if (type === 'Bool') {
    check(text === 'true' || text === 'false', `Field ${name} is true or false`);
    return { value: text === 'true', sql: `{${key}:Bool}` };
  }
  const size = Number(/^FixedString\((\d+)\)$/.exec(type)?.[1] ?? 0);
  if (size > 0) return { value: fixedBytes(text, size, name), sql: `toFixedString(unhex({${key}:String}), ${size})` };
  check(/^(LowCardinality\(String\)|String)$/.test(type), `Field ${name} cannot be filtered by`);
  return { value: text, sql: `{${key}:String}` };
}

function fixedBytes(text: string, size: number, name: string): Uint8Array {
  if (text.length === 2 * size && /^[0-9a-fA-F]+$/.test(text)) return Buffer.from(text, 'hex');
  check(BASE58_BYTES.has(size), `Field ${name} is ${size} bytes in hexadecimal`);
  try {
    return fromBase58(text, size);
  } catch {
    check(false, `Field ${name} is ${size} bytes in base58 or hexadecimal`);
    return new Uint8Array();
  }
}

function check(condition: boolean, message: string): asserts condition {
  checkInput(condition, 'STORE__BAD_FILTER', message);
}
