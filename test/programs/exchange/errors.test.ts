/** Every numbered error of the exchange happens, and for its cause. */
import { describeErrors } from '../error-cases.ts';
import { CASES } from './cases.ts';

describeErrors({ folder: 'exchange', cases: CASES });
