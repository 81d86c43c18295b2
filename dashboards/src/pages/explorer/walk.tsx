/**
 * Walking a list back page by page. The cursor stands in the address and brings its snapshot along: while blocks arrive,
 * an older page stays what it was.
 * @module
 */
import { go, usePlace, withQuery } from '../../frame/router.ts';
import { count } from '../../text/amount.ts';

export const PAGE_ROWS = 50;

interface Walked {
  readonly snapshotSlot: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The cursor of the page that is shown; `null` for the newest. */
export function useCursor(): string | null {
  return usePlace().query.get('after');
}

export function WalkControls({ page, after }: { page: Walked | null; after: string | null }) {
  if (page === null) return null;
  const { hasNextPage, endCursor } = page.pageInfo;
  if (after === null && !hasNextPage) return null;
  return (
    <p class="actions-line more">
      <button type="button" class="plain" disabled={after === null} onClick={() => go(withQuery({ after: null }))}>
        Newest
      </button>
      <button type="button" class="plain" disabled={!hasNextPage} onClick={() => go(withQuery({ after: endCursor }))}>
        Older
      </button>
      {after !== null && <span class="quiet">As of block {count(page.snapshotSlot)}</span>}
    </p>
  );
}

interface FilterProps {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
}

/** A text that narrows a list; it takes effect when it is entered. */
export function TextFilter({ name, label, placeholder }: FilterProps) {
  const value = usePlace().query.get(name) ?? '';
  return (
    <label>
      {label}
      <input
        type="text"
        defaultValue={value}
        key={value}
        placeholder={placeholder}
        spellcheck={false}
        onChange={(event) => go(withQuery({ [name]: event.currentTarget.value.trim() || null, after: null }))}
      />
    </label>
  );
}

export function FailedFilter() {
  const value = usePlace().query.get('failed') ?? '';
  return (
    <label>
      Outcome
      <select
        value={value}
        onChange={(event) => go(withQuery({ failed: event.currentTarget.value || null, after: null }))}
      >
        <option value="">any</option>
        <option value="false">succeeded</option>
        <option value="true">failed</option>
      </select>
    </label>
  );
}

/** `null` where the address says nothing of it. */
export function useFailed(): boolean | null {
  const text = usePlace().query.get('failed');
  return text === null ? null : text === 'true';
}
