/**
 * What the parts of the page are about.
 * @module
 */
import type { IndexQuery } from '../../queries.generated.ts';

export type Market = NonNullable<IndexQuery['index']>;
