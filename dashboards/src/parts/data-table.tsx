/**
 * A table with a caption whose rows may unfold and whose columns may be sorted by. On a narrow screen each row becomes a
 * card; the explicit roles keep it a table for those who listen, since browsers drop the meaning of a table whose display
 * changes.
 * @module
 */
import { type ComponentChildren, Fragment } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { SortChoice, SortHeader, type Sorting, type SortValue, sorted } from './sorting.tsx';
import { useNarrow } from './use-narrow.ts';

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly isNumber?: boolean;
  /** Takes what room there is. */
  readonly isWide?: boolean;
  /** Its values are long: two places of a card on a narrow screen. */
  readonly isLong?: boolean;
  /** What the rows are sorted by when the column is chosen; without it, it cannot be. */
  readonly sortBy?: (row: Row) => SortValue;
}

export interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  /** `null` while the first answer is awaited. */
  readonly rows: readonly Row[] | null;
  readonly keyOf: (row: Row) => string;
  readonly emptyText: string;
  /** What a row unfolds to, with the name of the row for its button. */
  readonly detail?: (row: Row) => ComponentChildren;
  readonly nameOf?: (row: Row) => string;
  /** Until the reader chooses; absent, the rows stand as they come. */
  readonly sorting?: Sorting;
  /** How many rows are shown until the reader asks for all; absent, all are. */
  readonly foldedTo?: number;
}

const SKELETON_ROWS = 4;

const asTable = { role: 'table' } as const;
const asRowGroup = { role: 'rowgroup' } as const;
const asRow = { role: 'row' } as const;
const asColumnHeader = { role: 'columnheader' } as const;
const asCell = { role: 'cell' } as const;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, emptyText } = props;
  const [open, setOpen] = useState<ReadonlyMap<string, Row>>(new Map());
  const [isFolded, setIsFolded] = useState(true);
  const [sorting, setSorting] = useState<Sorting | null>(props.sorting ?? null);
  const isNarrow = useNarrow();
  const toggle = (row: Row) => setOpen(toggled(open, props.keyOf(row), row));
  const all = useMemo(() => sorted(rows ?? [], columns, sorting), [rows, columns, sorting]);
  const shown = isFolded ? all.slice(0, props.foldedTo) : all;
  return (
    <>
      {isNarrow && shown.length > 1 && (
        <SortChoice caption={caption} columns={columns} sorting={sorting} onSort={setSorting} />
      )}
      <table {...asTable} aria-busy={rows === null}>
        <caption class="hidden">{caption}</caption>
        <thead {...asRowGroup}>
          <tr {...asRow}>
            {columns.map((column) => (
              <th
                key={column.header}
                {...asColumnHeader}
                scope="col"
                class={column.isNumber ? 'number' : ''}
                {...(sorting?.header === column.header
                  ? { 'aria-sort': sorting.isDescending ? ('descending' as const) : ('ascending' as const) }
                  : {})}
              >
                {isNarrow ? column.header : <SortHeader column={column} sorting={sorting} onSort={setSorting} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...asRowGroup}>
          {rows === null && <Skeleton columnCount={columns.length} />}
          {rows?.length === 0 && <EmptyRow columnCount={columns.length} text={emptyText} />}
          {withOpenRows(shown, open, props.keyOf).map((row) => (
            <Row
              key={props.keyOf(row)}
              row={row}
              table={props}
              isOpen={open.has(props.keyOf(row))}
              onToggle={() => toggle(row)}
            />
          ))}
        </tbody>
      </table>
      {shown.length < all.length && (
        <button type="button" class="plain more" onClick={() => setIsFolded(false)}>
          Show all {all.length}
          <span class="hidden">{` of ${caption}`}</span>
        </button>
      )}
    </>
  );
}

function toggled<Row>(open: ReadonlyMap<string, Row>, key: string, row: Row): ReadonlyMap<string, Row> {
  const next = new Map(open);
  if (!next.delete(key)) next.set(key, row);
  return next;
}

/** What is being read does not leave the list when newer rows push it out. */
function withOpenRows<Row>(rows: readonly Row[], open: ReadonlyMap<string, Row>, keyOf: (row: Row) => string): Row[] {
  const present = new Set(rows.map(keyOf));
  return [...rows, ...[...open.entries()].filter(([key]) => !present.has(key)).map(([, row]) => row)];
}

interface RowProps<Data> {
  readonly row: Data;
  readonly table: DataTableProps<Data>;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Row<Data>({ row, table, isOpen, onToggle }: RowProps<Data>) {
  const { columns, detail } = table;
  const key = table.keyOf(row);
  return (
    <Fragment>
      <tr {...asRow} class={isOpen ? 'open' : ''} data-row={key}>
        {columns.map((column, index) => (
          <td key={column.header} {...asCell} data-label={column.header} class={classOf(column)}>
            {index === 0 && detail ? (
              <button type="button" class="unfold" aria-expanded={isOpen} onClick={onToggle}>
                {column.cell(row)}
                <span class="hidden">{`, all of ${table.nameOf?.(row) ?? key}`}</span>
              </button>
            ) : (
              column.cell(row)
            )}
          </td>
        ))}
      </tr>
      {isOpen && detail && (
        <tr {...asRow} class="detail">
          <td {...asCell} colSpan={columns.length}>
            {detail(row)}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function classOf<Data>({ isNumber, isWide, isLong }: Column<Data>): string {
  return [isNumber && 'number', isWide && 'wide', isLong && 'long'].filter(Boolean).join(' ');
}

function Skeleton({ columnCount }: { columnCount: number }) {
  return (
    <Fragment>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <tr key={index} class="skeleton" {...asRow}>
          <td {...asCell} colSpan={columnCount}>
            <span class="bone" />
            <span class="hidden">Loading</span>
          </td>
        </tr>
      ))}
    </Fragment>
  );
}

function EmptyRow({ columnCount, text }: { columnCount: number; text: string }) {
  return (
    <tr {...asRow} class="empty">
      <td {...asCell} colSpan={columnCount}>
        {text}
      </td>
    </tr>
  );
}
