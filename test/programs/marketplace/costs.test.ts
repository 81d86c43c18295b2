/** Compute units and account sizes of the marketplace. */
import { describeCosts } from '../costs.ts';
import { SCENARIOS } from './scenarios.ts';

describeCosts({ folder: 'marketplace', scenarios: SCENARIOS, limits: { settle_usage: 40_000 } });
