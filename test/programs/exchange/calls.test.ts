/** The exchange called from another program. */
import { describeCalls } from '../calls.ts';
import { SCENARIOS } from './scenarios.ts';

describeCalls({ folder: 'exchange', scenarios: SCENARIOS });
