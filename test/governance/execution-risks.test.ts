import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPOSAL_KINDS, type ProposalKind } from '../../governance/proposal-life.ts';
import { SPEND_CATEGORIES } from '../../jobs/governance/action-sentences.ts';
import { idOf } from '../../jobs/governance/change-checks.ts';
import { changeRisks, conflictsOf, treasuryRisks } from '../../jobs/governance/execution-risks.ts';
import type { ProposalState } from '../../jobs/governance/proposal-states.ts';

const MINT = 'a mint';
const GRANTS = SPEND_CATEGORIES.indexOf('grants');

function asking(proposalId: bigint, amount: bigint, category: number, kind: ProposalKind = 'treasury_spend') {
  const spend = { category, mint: MINT, amount, recipient: 'somebody' };
  return { proposalId, action: { kind: PROPOSAL_KINDS.indexOf(kind), changes: [], spend } } as unknown as ProposalState;
}

const held = (amount: bigint) => new Map([[MINT, { amount, slot: 5n }]]);
const codes = (risks: ReturnType<typeof treasuryRisks>) => risks.map(({ code }) => code.replace('GOVERNANCE__', ''));
const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });
const category = fc.nat(SPEND_CATEGORIES.length - 1);

const changing = (proposalId: bigint, ...keys: readonly string[]) => {
  const changes = keys.map((key) => ({ id: idOf(key), value: 1n }));
  return { proposalId, action: { kind: 0, changes, spend: null } } as unknown as ProposalState;
};

describe('a proposal under way', () => {
  it('conflicts with every other one that changes a key of its own, and with no one else', () => {
    const keys = ['bond_ratio_bps', 'dispute_deposit', 'platform_fee_bps', 'quorum_bps', 'work_share_bps'];
    fc.assert(
      fc.property(fc.array(fc.subarray(keys), { minLength: 1, maxLength: 5 }), (sets) => {
        const all = sets.map((set, index) => changing(BigInt(index), ...set));
        for (const [index, each] of all.entries()) {
          const expected = sets.flatMap((set, other) =>
            other === index
              ? []
              : set
                  .filter((key) => sets[index]?.includes(key))
                  .map((key) => ({ key, proposalId: BigInt(other), tiedKey: null })),
          );
          expect(conflictsOf(each, all)).toEqual(expected);
        }
      }),
    );
  });

  it('conflicts with one that changes another key which a joint rule ties to its own', () => {
    const [high, low] = [changing(1n, 'initial_margin_bps'), changing(2n, 'maintenance_margin_bps')];
    const all = [high, low, changing(3n, 'quorum_bps')];
    const found = conflictsOf(high, all);
    expect(found).toEqual([{ key: 'maintenance_margin_bps', proposalId: 2n, tiedKey: 'initial_margin_bps' }]);
    expect(conflictsOf(low, all)).toMatchObject([{ key: 'initial_margin_bps', proposalId: 1n }]);
    expect(changeRisks(null, found)).toMatchObject([{ code: 'GOVERNANCE__CONFLICT', proposalId: 2n }]);
    expect(changeRisks(null, found)[0]?.message).toContain('ties to initial_margin_bps');
  });
});

describe('what is asked of the treasury', () => {
  it('is too much from the first unit that it does not hold', () => {
    fc.assert(
      fc.property(amount, category, (asked, of) => {
        const alone = asking(1n, asked, of);
        expect(codes(treasuryRisks(alone, [alone], held(asked - 1n), 10_000n))).toEqual(['TREASURY_TOO_SMALL']);
        expect(treasuryRisks(alone, [alone], held(asked), 10_000n)).toEqual([]);
      }),
    );
  });

  it('as a grant is at most its part, rounded down', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 0n, max: 9_999n }), (vault, grantsBps) => {
        const most = (vault * grantsBps) / 10_000n;
        const [within, above] = [asking(1n, most, GRANTS), asking(1n, most + 1n, GRANTS)];
        expect(treasuryRisks(within, [within], held(vault), grantsBps)).toEqual([]);
        expect(treasuryRisks(above, [above], held(vault), grantsBps)).toMatchObject([
          { code: 'GOVERNANCE__GRANT_TOO_LARGE', key: 'treasury_grants_bps' },
        ]);
      }),
    );
  });

  it('by several is told to each once it is more than there is, and to nobody before', () => {
    fc.assert(
      fc.property(amount, amount, (first, second) => {
        const all = [asking(1n, first, 0), asking(2n, second, 0), asking(3n, 10n ** 18n, 0, 'bankroll_return')];
        const short = held(first + second - 1n);
        for (const [each, other] of [
          [all[0], 2n],
          [all[1], 1n],
        ] as const) {
          expect(treasuryRisks(each as ProposalState, all, held(first + second), 10_000n)).toEqual([]);
          expect(treasuryRisks(each as ProposalState, all, short, 10_000n)).toMatchObject([
            { code: 'GOVERNANCE__TREASURY_SHARED', proposalId: other },
          ]);
        }
        expect(treasuryRisks(all[2] as ProposalState, all, short, 10_000n)).toEqual([]);
      }),
    );
  });

  it('is not judged where nobody has read what it holds', () => {
    expect(treasuryRisks(asking(1n, 10n ** 18n, 0), [], new Map(), 10_000n)).toEqual([]);
  });
});
