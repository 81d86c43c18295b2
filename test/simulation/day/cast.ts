/**
 * Who takes part in a simulated day, and which few providers play the rare parts.
 * @module
 */
import type { CreateActors } from './actors.ts';
import { createKeepers } from './exchange/keepers.ts';
import { createSeriesDesk, type LiveSeries } from './exchange/series.ts';
import { createTraders } from './exchange/traders.ts';
import { createVoters } from './governance/voters.ts';
import { createCustomers } from './marketplace/customers.ts';
import { createEpochTrees } from './marketplace/epoch-trees.ts';
import type { LiveOrders, OpenDisputes } from './marketplace/live-orders.ts';
import { createProvers } from './marketplace/provers.ts';
import { createRenters } from './marketplace/renters.ts';
import { createSuppliers } from './marketplace/suppliers.ts';
import { createGuardian } from './staking/guardian.ts';
import { createOperators } from './staking/operators.ts';
import { createRewardAuthority } from './staking/reward-authority.ts';
import { createStakers } from './staking/stakers.ts';

/** Providers by number; a day needs more of them than parts. */
export const PARTS = {
  ...{ forgotten: 1, handsOver: 2, movesRecord: 3, closes: 4, condemned: 5 },
  ...{ banned: 6, degraded: 7, verified: 8, suspended: 9 },
} as const;

export function wholeCast(ticksPerEpoch: number): CreateActors[] {
  const series: LiveSeries = { open: [], settled: [] };
  const disputes: OpenDisputes = { undecided: [] };
  const orders: LiveOrders = { running: [], undelivered: [] };
  return [
    createRewardAuthority({ ticksPerEpoch, forgotten: PARTS.forgotten }),
    createStakers,
    createOperators(PARTS),
    createGuardian(PARTS.condemned),
    createSuppliers(PARTS.degraded),
    createRenters(orders),
    createProvers(orders, disputes),
    createCustomers,
    createEpochTrees(ticksPerEpoch),
    createSeriesDesk(series),
    createTraders(series),
    createKeepers(series),
    createVoters(PARTS, disputes),
  ];
}
