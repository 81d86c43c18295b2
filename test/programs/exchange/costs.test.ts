/** What the instructions of the exchange cost: the committed figures are measured again. */
import { describeCosts } from '../costs.ts';
import { SCENARIOS } from './scenarios.ts';

describeCosts({
  folder: 'exchange',
  scenarios: SCENARIOS,
  limits: { record_purchase: 40_000, open_position: 100_000 },
});
