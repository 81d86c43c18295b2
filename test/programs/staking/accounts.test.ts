/** Every instruction of the staking program with every wrong account. */
import { readIdl } from '../scenario.ts';
import { describeWrongAccounts } from '../wrong-accounts.ts';
import { SCENARIOS } from './scenarios.ts';

describeWrongAccounts({ idl: readIdl('staking'), scenarios: SCENARIOS });
