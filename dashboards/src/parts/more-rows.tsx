/**
 * More rows of a list that is shown from its beginning, up to what one page of the API has.
 * @module
 */

const MOST_ROWS = 500;

interface MoreRowsProps {
  readonly page: { readonly edges: readonly unknown[]; readonly pageInfo: { readonly hasNextPage: boolean } } | null;
  readonly first: number;
  readonly onMore: (first: number) => void;
}

export function MoreRows({ page, first, onMore }: MoreRowsProps) {
  if (page === null || !page.pageInfo.hasNextPage) return null;
  if (first >= MOST_ROWS) return <p class="quiet more">The first {page.edges.length}; the API has the rest.</p>;
  return (
    <button type="button" class="plain more" onClick={() => onMore(Math.min(MOST_ROWS, first * 2))}>
      Show more
    </button>
  );
}
