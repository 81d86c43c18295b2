import { expect, it } from 'vitest';
import { clustersOf } from '../../../jobs/reputation/clusters.ts';
import { type DeliveredOrder, type ProviderFacts, scoreProviders } from '../../../jobs/reputation/provider-scores.ts';
import { scoreRules } from '../../../jobs/reputation/score.ts';

const key = (id: number) => new Uint8Array(32).fill(id);
const rules = scoreRules();
const strangers = clustersOf([], 50);
const provider: ProviderFacts = { provider: key(1), owner: key(2), bond: 10n, requiredBond: 10n };
const order = (change: Partial<DeliveredOrder> = {}): DeliveredOrder => ({
  ...{
    provider: key(1),
    operatorPool: key(3),
    buyer: key(9),
    model: 0,
    gpuSeconds: 86_400n,
    fee: 1n,
    challengeEndsAt: 100n,
  },
  ...{ slot: 1n, transactionIndex: 0, position: 0 },
  ...change,
});
const refund = (reason: number) => ({
  provider: key(1),
  reason,
  refundedAt: 50n,
  slot: 1n,
  transactionIndex: 0,
  position: 0,
});
const scoreOf = (
  delivered: readonly DeliveredOrder[],
  refunded: ReturnType<typeof refund>[] = [],
  clusters = strangers,
) => scoreProviders(rules, [provider], [], { delivered, refunded }, clusters)[0] ?? expect.fail();

it('a delivery for a stranger gains, one for the own cluster or without a fee does not', () => {
  expect(scoreOf([order()]).score).toBe(118_000n);
  expect(scoreOf([order({ fee: 0n })])).toMatchObject({ score: 100_000n, deliveredCount: 1n });
  const own = clustersOf(
    [
      { kind: 'payout', shared: key(50), wallet: key(2) },
      { kind: 'payout', shared: key(50), wallet: key(9) },
    ],
    50,
  );
  expect(scoreOf([order()], [], own).score).toBe(100_000n);
});

it('an order started and not delivered costs score, one never started does not', () => {
  expect(scoreOf([], [refund(1)])).toMatchObject({ score: 85_000n, target: 100_000n, failedCount: 1n });
  expect(scoreOf([], [refund(0)])).toMatchObject({ score: 100_000n, target: null, refundedCount: 1n });
});

it('evidence counts in the order of the chain, not of arrival', () => {
  const orders = [
    order({ challengeEndsAt: 10n, slot: 5n }),
    order({ challengeEndsAt: 90n, slot: 2n, gpuSeconds: 60n }),
  ];
  expect(scoreOf(orders, [refund(1)])).toEqual(scoreOf([...orders].reverse(), [refund(1)]));
});

it('the score is shown only as far as the bond covers it', () => {
  const thin = { ...provider, bond: 1n, requiredBond: 20n };
  expect(scoreProviders(rules, [thin], [], { delivered: [], refunded: [] }, strangers)[0]).toMatchObject({
    score: 100_000n,
    displayed: 50_000n,
  });
});

it('an epoch goes on from the one before, whose idle decay falls on the boundary', () => {
  const earlier = {
    provider: key(1),
    score: 500_000n,
    target: null,
    deliveredCount: 4n,
    failedCount: 1n,
    refundedCount: 0n,
    gpuSeconds: 9n,
  };
  const next = (epochDelivered: number) =>
    scoreProviders(rules, [provider], [{ ...earlier, epochDelivered }], { delivered: [], refunded: [] }, strangers)[0];
  expect(next(1)).toMatchObject({ score: 500_000n, deliveredCount: 4n });
  expect(next(0)).toMatchObject({ score: 490_864n });
});

it('evidence of a provider without an account is a broken promise', () => {
  expect(() => scoreOf([order({ provider: key(77) })])).toThrow(
    expect.objectContaining({ code: 'REPUTATION__UNKNOWN_PROVIDER' }),
  );
});
