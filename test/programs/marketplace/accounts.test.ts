/** The matrix of wrong accounts of the marketplace. */
import { readIdl } from '../scenario.ts';
import { describeWrongAccounts } from '../wrong-accounts.ts';
import { SCENARIOS } from './scenarios.ts';

describeWrongAccounts({ idl: readIdl('marketplace'), scenarios: SCENARIOS });
