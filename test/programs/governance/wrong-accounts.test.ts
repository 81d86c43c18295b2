/** Wrong accounts in every place of every instruction of governance. */
import { readIdl } from '../scenario.ts';
import { describeWrongAccounts } from '../wrong-accounts.ts';
import { SCENARIOS } from './scenarios.ts';

describeWrongAccounts({ idl: readIdl('governance'), scenarios: SCENARIOS });
