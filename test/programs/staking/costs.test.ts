/** Compute units and account sizes of the staking program; an accrual is proven in a tree of 17 levels. */
import { describeCosts } from '../costs.ts';
import { SCENARIOS } from './scenarios.ts';

describeCosts({ folder: 'staking', scenarios: SCENARIOS, roomy: ['StakingRecord'], limits: { accrue_reward: 60_000 } });
