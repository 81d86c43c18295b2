/** The matrix of wrong accounts of the exchange. */
import { readIdl } from '../scenario.ts';
import { describeWrongAccounts } from '../wrong-accounts.ts';
import { SCENARIOS } from './scenarios.ts';

describeWrongAccounts({ idl: readIdl('exchange'), scenarios: SCENARIOS, singletons: ['Exchange'] });
