/** The exchange's admin can be replaced, by who holds the role and for whom signs; governance and marketplace cannot. */
import { AccountRole } from '@solana/kit';
import { expect, it } from 'vitest';
import { exchangeFold } from '../../../jobs/reconcile/folds/exchange.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { FoldedChain } from '../folded-chain.ts';
import { addressOf } from '../svm.ts';
import { Floor, GOVERNANCE } from './floor.ts';

const SUCCESSOR = addressOf('next admin');

it('the admin is replaced by a key that signs for it, and events tell', async () => {
  const floor = await Floor.create();
  const before = floor.exchange();
  const folded = new FoldedChain(floor.svm.vm, EXCHANGE_PROGRAM_ADDRESS, exchangeFold);
  const replacement = floor.replaceAdmin(SUCCESSOR);
  const unsigned = replacement.accounts.map((meta, index) =>
    index === 1 ? { ...meta, role: AccountRole.READONLY } : meta,
  );
  expect(floor.svm.codeOf({ ...replacement, accounts: unsigned })).toBe(3010);
  expect(floor.svm.codeOf(floor.replaceAdmin(SUCCESSOR, GOVERNANCE))).toBe(2012);
  floor.run(replacement);
  expect(floor.exchange()).toEqual({ ...before, admin: SUCCESSOR });
  expect(floor.svm.codeOf(floor.setPaused(true))).toBe(6004);
  floor.run(floor.setPaused(true, SUCCESSOR));
  expect(folded.allDifferences()).toEqual([]);
});
