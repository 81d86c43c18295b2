/** The founding admin's key can be replaced, by who holds it and for whom signs, and what governance holds stays with it. */
import { AccountRole } from '@solana/kit';
import { expect, it } from 'vitest';
import { governanceFold } from '../../../jobs/reconcile/folds/governance.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../../programs/governance/client.generated.ts';
import { FoldedChain } from '../folded-chain.ts';
import { addressOf } from '../svm.ts';
import { Chamber, FOUNDER } from './chamber.ts';
import * as moves from './moves.ts';

const [QUORUM, VETO] = [4, 6];
const SUCCESSOR = addressOf('next founder');

it('the founding admin is replaced by a key that signs for it, and events tell', async () => {
  const chamber = await Chamber.create();
  chamber.run(moves.handOver(chamber, QUORUM));
  const folded = new FoldedChain(chamber.svm.vm, GOVERNANCE_PROGRAM_ADDRESS, governanceFold);
  const replacement = moves.replaceFounder(chamber, SUCCESSOR);
  const unsigned = replacement.accounts.map((meta, index) =>
    index === 1 ? { ...meta, role: AccountRole.READONLY } : meta,
  );
  expect(chamber.codeOf({ ...replacement, accounts: unsigned })).toBe(3010);
  expect(chamber.codeOf(moves.replaceFounder(chamber, SUCCESSOR, addressOf('stranger')))).toBe(6014);
  chamber.run(replacement);
  expect(chamber.codeOf(moves.change(chamber, [{ id: VETO, value: 3_000n }]))).toBe(6014);
  chamber.run(moves.change(chamber, [{ id: VETO, value: 3_000n }], SUCCESSOR));
  expect(chamber.codeOf(moves.change(chamber, [{ id: QUORUM, value: 2_100n }], SUCCESSOR))).toBe(6010);
  expect(chamber.codeOf(moves.replaceFounder(chamber, FOUNDER))).toBe(6014);
  expect(chamber.governance().foundingAdmin).toBe(SUCCESSOR);
  expect(folded.allDifferences()).toEqual([]);
});
