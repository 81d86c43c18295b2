/**
 * `GET /export/<dataset>.<csv|parquet|arrow>?…` read into one question: slots, and conditions on any column, as
 * `owner=…` or `amount.ge=…`, several values by repeating the name.
 * @module
 */
import { checkInput, InputError } from '../../indexer/domain/errors.ts';
import { type Slot, U64_MAX } from '../../indexer/domain/units.ts';
import type { ColumnCondition, Comparison } from '../../indexer/store/queries/rows/field-conditions.ts';
import { type Dataset, filterColumns } from './export-datasets.ts';

const formats = {
  csv: { clickhouse: 'CSVWithNames', mediaType: 'text/csv; charset=utf-8' },
  parquet: { clickhouse: 'Parquet', mediaType: 'application/vnd.apache.parquet' },
  arrow: { clickhouse: 'Arrow', mediaType: 'application/vnd.apache.arrow.file' },
} as const;

export type ExportFormat = (typeof formats)[keyof typeof formats];

export interface ExportPath {
  readonly dataset: string;
  readonly format: ExportFormat;
}

const PATH = /^\/export\/([a-z][a-z0-9_]{0,127})\.(csv|parquet|arrow)$/;

/** `null` for a path that is none of an export. */
export function exportPath(path: string): ExportPath | null {
  const [, dataset, extension] = PATH.exec(path) ?? [];
  return dataset === undefined ? null : { dataset, format: formats[extension as keyof typeof formats] };
}

export interface ExportQuestion {
  readonly fromSlot: Slot;
  /** `null`: the newest. */
  readonly toSlot: Slot | null;
  readonly conditions: readonly ColumnCondition[];
}

const comparisons: Readonly<Record<string, Comparison>> = {
  ...{ eq: 'EQ', ne: 'NE', lt: 'LT', le: 'LE', gt: 'GT', ge: 'GE', contains: 'CONTAINS' },
};

/** @throws InputError `API__BAD_FILTER` for a parameter that is neither a slot nor a column of the dataset */
export function readExportQuestion(parameters: URLSearchParams, dataset: Dataset): ExportQuestion {
  const columns = filterColumns(dataset);
  const names = [...new Set(parameters.keys())].filter((name) => name !== 'fromSlot' && name !== 'toSlot');
  const conditions = names.map((name): ColumnCondition => {
    const [field = '', operator = 'eq', ...rest] = name.split('.');
    const column = columns.get(field);
    const comparison = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
    checkInput(
      column !== undefined && comparison !== undefined && rest.length === 0,
      'API__BAD_FILTER',
      `${name.slice(0, 80)} is no column of this dataset with eq, ne, lt, le, gt, ge or contains behind a dot`,
    );
    const isList = column.type.startsWith('Array(') && comparison === 'EQ';
    return { column, comparison: isList ? 'CONTAINS' : comparison, values: parameters.getAll(name) };
  });
  return { fromSlot: slotOf(parameters, 'fromSlot') ?? 0n, toSlot: slotOf(parameters, 'toSlot'), conditions };
}

function slotOf(parameters: URLSearchParams, name: string): Slot | null {
  const [text = null, ...others] = parameters.getAll(name);
  checkInput(others.length === 0, 'API__BAD_VALUE', `${name} is one slot, not several`);
  if (text === null) return null;
  const isSlot = /^\d{1,20}$/.test(text) && BigInt(text) <= U64_MAX;
  if (!isSlot) throw new InputError('API__BAD_VALUE', `${name} is a slot, got ${text.slice(0, 40)}`);
  return BigInt(text);
}
