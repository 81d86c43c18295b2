/** Compute units and account sizes of governance. */
import { describeCosts } from '../costs.ts';
import { SCENARIOS } from './scenarios.ts';

describeCosts({
  folder: 'governance',
  scenarios: SCENARIOS,
  limits: { cast_vote: 20_000, execute_param_change: 100_000 },
});
