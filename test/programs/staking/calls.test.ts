/** The staking program called from another program. */
import { describeCalls } from '../calls.ts';
import { SCENARIOS } from './scenarios.ts';

describeCalls({ folder: 'staking', scenarios: SCENARIOS });
