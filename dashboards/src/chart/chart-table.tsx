/**
 * The numbers of a chart as a table, folded away below it.
 * @module
 */
import { DataTable, type DataTableProps } from '../parts/data-table.tsx';

export function ChartTable<Row>(props: Omit<DataTableProps<Row>, 'emptyText'>) {
  if (props.rows === null || props.rows.length === 0) return null;
  return (
    <details class="chart-table">
      <summary>These numbers as a table</summary>
      <DataTable {...props} emptyText="" />
    </details>
  );
}
