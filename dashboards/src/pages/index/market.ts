/**
 * What the parts of the page are about.
 * @module
 */
import type { CandlesQuery, IndexQuery } from '../../queries.generated.ts';

/** The present price and its past. */
export type Prices = NonNullable<CandlesQuery['index']>;

/** What is to be held beside the price. */
export type Market = NonNullable<IndexQuery['index']>;
