/**
 * A million splits: exact sums, every share within one unit, the same awards in any order.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/allocation.test.ts
 */
import { it } from 'vitest';
import { exactSums, orderIndependence } from '../jobs/rewards/allocation-claims.ts';

const LIMIT_MS = 1_800_000;
/** Few shares meet more ties and more zeros; forty are tried by default. */
const MOST_SHARES = 12;

it('half a million splits sum to the amount and keep everybody within a unit', { timeout: LIMIT_MS }, () =>
  exactSums(500_000, MOST_SHARES),
);

it('half a million splits do not depend on the order of shares', { timeout: LIMIT_MS }, () =>
  orderIndependence(500_000, MOST_SHARES),
);
