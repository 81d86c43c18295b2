/**
 * Sorting of a table's rows: by its headers, or, where the headers have no room, by a choice above it.
 * @module
 */

export type SortValue = bigint | number | string | null;

export interface Sorting {
  readonly header: string;
  readonly isDescending: boolean;
}

interface Sortable<Row> {
  readonly header: string;
  readonly isNumber?: boolean;
  readonly sortBy?: (row: Row) => SortValue;
}

interface SortProps<Row> {
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
  readonly column: Sortable<Row>;
}

/** Rows without a value come last either way; equal rows stay in their order. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Sortable<Row>[], sorting: Sorting | null): Row[] {
  const sortBy = columns.find(({ header }) => header === sorting?.header)?.sortBy;
  if (sorting === null || sortBy === undefined) return [...rows];
  const sign = sorting.isDescending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [a, b] = [sortBy(left), sortBy(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return a < b ? -sign : a > b ? sign : 0;
  });
}

export function SortHeader<Row>({ column, sorting, onSort }: SortProps<Row>) {
  if (column.sortBy === undefined) return <>{column.header}</>;
  const isChosen = sorting?.header === column.header;
  // Numbers are looked for from the largest on, names from the first.
  const isDescending = isChosen ? !sorting.isDescending : column.isNumber === true;
  return (
    <button type="button" class="sort" onClick={() => onSort({ header: column.header, isDescending })}>
      {column.header}
    </button>
  );
}

export function SortChoice<Row>(props: {
  readonly caption: string;
  readonly columns: readonly Sortable<Row>[];
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
}) {
  const { caption, sorting, onSort } = props;
  const columns = props.columns.filter(({ sortBy }) => sortBy !== undefined);
  if (columns.length === 0) return null;
  const value = sorting === null ? '' : `${sorting.isDescending ? '-' : '+'}${sorting.header}`;
  const choose = (text: string) =>
    onSort(text === '' ? null : { header: text.slice(1), isDescending: text.startsWith('-') });
  return (
    <label class="sort-choice">
      Sort by
      <select aria-label={`Sort: ${caption}`} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">as it comes</option>
        {columns.flatMap(({ header }) => [
          <option key={`-${header}`} value={`-${header}`}>{`${header}, descending`}</option>,
          <option key={`+${header}`} value={`+${header}`}>{`${header}, ascending`}</option>,
        ])}
      </select>
    </label>
  );
}
