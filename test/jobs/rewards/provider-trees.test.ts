import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { CountedWork } from '../../../jobs/rewards/inputs/counted-work.ts';
import { proofOf } from '../../../jobs/rewards/trees/merkle-tree.ts';
import { incentiveTree, type ProviderTree, reputationTree } from '../../../jobs/rewards/trees/provider-trees.ts';

const key = (id: number) => new Uint8Array(32).fill(id);
const EPOCH = 7n;
const work = (provider: number, gpuSeconds: bigint, change: Partial<CountedWork> = {}): CountedWork => ({
  ...{ pool: key(99), provider: key(provider), model: 0, gpuSeconds, modelWeight: 2n, displayedScore: 500_000n },
  ...{ orderCount: 1, settledSeconds: gpuSeconds, capSeconds: gpuSeconds },
  ...change,
});

/** As `prove_reputation` and `claim_incentive` do it. */
function leadsToRoot({ tree, root }: ProviderTree, position: number, text: string): boolean {
  const sha = (...parts: Uint8Array[]) => hash('sha256', Buffer.concat(parts), 'buffer');
  const { proof, proofPath } = proofOf(tree, position);
  const found = proof.reduce(
    (node, sibling, level) =>
      proofPath[level] ? sha(Uint8Array.of(1), sibling, node) : sha(Uint8Array.of(1), node, sibling),
    sha(Uint8Array.of(0), Buffer.from(text)),
  );
  return Buffer.compare(found, root) === 0;
}

it('every leaf leads to the root as the program hashes it, and no other number does', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 }), (ids) => {
      const scores = ids.map((id) => ({ provider: key(id), displayed: BigInt(id) * 1_000n }));
      const tree = reputationTree(EPOCH, scores) ?? expect.fail();
      tree.leaves.forEach(({ provider, number }, position) => {
        expect(leadsToRoot(tree, position, `${toBase58(provider)},${number},${EPOCH}`)).toBe(true);
        expect(leadsToRoot(tree, position, `${toBase58(provider)},${number + 1n},${EPOCH}`)).toBe(false);
        expect(leadsToRoot(tree, position, `${toBase58(provider)},${number},${EPOCH + 1n}`)).toBe(false);
      });
    }),
    { numRuns: 50 },
  );
});

it('incentives sum to the budget, or to the funds where those are less', () => {
  const amounts = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.bigInt(0n, 10n ** 6n)), { maxLength: 20 });
  fc.assert(
    fc.property(amounts, fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 12n), (rows, budgetMicro, funds) => {
      const tree = incentiveTree(
        EPOCH,
        { budgetMicro, funds },
        rows.map(([id, seconds]) => work(id, seconds)),
      );
      const budget = budgetMicro * 1_000n;
      const expected = funds < budget ? funds : budget;
      const isWorked = rows.some(([, seconds]) => seconds > 0n);
      if (tree === null) expect(isWorked && expected > 0n).toBe(false);
      else {
        expect(tree.total).toBe(expected);
        expect(tree.leaves.reduce((sum, { number }) => sum + number, 0n)).toBe(expected);
      }
    }),
  );
});

it('an incentive goes by seconds, model weight and displayed score, over all pools of a provider', () => {
  const rows = [
    work(1, 10n),
    work(1, 10n, { pool: key(98) }),
    work(2, 10n, { modelWeight: 4n }),
    work(3, 20n, { displayedScore: 250_000n }),
    work(4, 100n, { displayedScore: 0n }),
  ];
  const tree = incentiveTree(EPOCH, { budgetMicro: 1n, funds: 500n }, rows) ?? expect.fail();
  expect(tree.leaves).toEqual([
    { provider: key(1), number: 200n },
    { provider: key(2), number: 200n },
    { provider: key(3), number: 100n },
  ]);
});

it('without a provider there is no root to publish', () => {
  expect(reputationTree(EPOCH, [])).toBeNull();
});
