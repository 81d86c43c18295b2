import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../governance/parameters.ts';
import {
  afterPaying,
  baseUnitsOf,
  creditsOf,
  NOTHING_PAID,
  partsOfOrder,
  partsOfWorkload,
  type WorkloadTerms,
} from '../../../jobs/ledger/settlement-rule.ts';

const bps = fc.integer({ min: 0, max: 10_000 });
const amount = fc.bigInt({ min: 0n, max: 2n ** 63n });
/** The parts of a fee are no more than the fee. */
const orderTerms = fc
  .record({ platformFeeBps: bps, feeBurnBps: bps, feeVerifierBps: bps })
  .map((terms) => ({ ...terms, feeVerifierBps: Math.min(terms.feeVerifierBps, 10_000 - terms.feeBurnBps) }));
const workloadTerms: WorkloadTerms = {
  rateCpuMicro: defaultOf('rate_cpu_micro'),
  rateMbMicro: defaultOf('rate_mb_micro'),
  ...{ feeSplitHostPct: 9_000, feeBurnBps: 0, feeVerifierBps: 0 },
};

const sumOf = (parts: { provider: bigint; treasury: bigint; burn: bigint; verifiers: bigint }) =>
  parts.provider + parts.treasury + parts.burn + parts.verifiers;

describe('parts of an order', () => {
  it('sum to the amount, none below zero, whatever was paid before', () => {
    fc.assert(
      fc.property(
        orderTerms,
        fc.array(amount, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (terms, pieces, isUsdc) => {
          let paid = NOTHING_PAID;
          for (const piece of pieces) {
            const parts = partsOfOrder(terms, paid, piece, isUsdc);
            expect(sumOf(parts)).toBe(piece);
            expect(parts.treasury + parts.burn + parts.verifiers).toBe(parts.fee);
            expect(Object.values(parts).every((each) => each >= 0n)).toBe(true);
            if (isUsdc) expect(parts.burn).toBe(0n);
            paid = afterPaying(paid, piece, parts);
          }
        },
      ),
    );
  });

  it('paid in any number of pieces are those of the whole', () => {
    fc.assert(
      fc.property(orderTerms, fc.array(amount, { minLength: 1, maxLength: 12 }), (terms, pieces) => {
        const paid = pieces.reduce(
          (before, piece) => afterPaying(before, piece, partsOfOrder(terms, before, piece, true)),
          NOTHING_PAID,
        );
        const whole = partsOfOrder(terms, NOTHING_PAID, paid.amount, true);
        expect(paid.fee).toBe(whole.fee);
      }),
    );
  });

  it('leave nothing over where two separate truncations lose a unit', () => {
    const { provider, fee } = partsOfOrder(
      { platformFeeBps: 200, feeBurnBps: 0, feeVerifierBps: 0 },
      NOTHING_PAID,
      101n,
      false,
    );
    expect([provider, fee]).toEqual([99n, 2n]);
    expect((101n * 9_800n) / 10_000n + (101n * 200n) / 10_000n).toBe(100n);
  });
});

describe('a metered workload', () => {
  it('costs a credit for a second of a processor, a thousandth for a second of a megabyte, rounded up', () => {
    const priced = (vcpus: number, memoryMb: number, seconds: number) =>
      creditsOf({ vcpus, memoryMb, seconds }, workloadTerms);
    expect(priced(1, 0, 1)).toBe(1n);
    expect(priced(0, 1_000, 1)).toBe(1n);
    expect(priced(0, 1, 1)).toBe(1n);
    expect(priced(2, 4_096, 3_600)).toBe(7_200n + 14_746n);
    expect(priced(0, 0, 3_600)).toBe(0n);
    expect(baseUnitsOf(1n)).toBe(1_000n);
  });

  it('in pieces never costs less than whole', () => {
    const work = fc.record({
      vcpus: fc.nat(128),
      memoryMb: fc.nat(1_000_000),
      seconds: fc.integer({ min: 1, max: 86_400 }),
    });
    fc.assert(
      fc.property(work, fc.nat(), (whole, cutAt) => {
        const first = { ...whole, seconds: cutAt % whole.seconds };
        const rest = { ...whole, seconds: whole.seconds - first.seconds };
        const inPieces = creditsOf(first, workloadTerms) + creditsOf(rest, workloadTerms);
        expect(inPieces).toBeGreaterThanOrEqual(creditsOf(whole, workloadTerms));
      }),
    );
  });

  it('that no account could pay for is refused', () => {
    const most = { vcpus: 2 ** 32 - 1, memoryMb: 2 ** 32 - 1, seconds: 2 ** 32 - 1 };
    expect(() => creditsOf(most, workloadTerms)).toThrowError(
      expect.objectContaining({ code: 'LEDGER__PRICE_OVERFLOW' }),
    );
  });

  it('gives the host its part down, and all parts are the amount', () => {
    fc.assert(
      fc.property(amount, bps, orderTerms, (paid, host, { feeBurnBps, feeVerifierBps }) => {
        const parts = partsOfWorkload({ ...workloadTerms, feeSplitHostPct: host, feeBurnBps, feeVerifierBps }, paid);
        expect(parts.provider).toBe((paid * BigInt(host)) / 10_000n);
        expect(sumOf(parts)).toBe(paid);
        expect(parts.treasury).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});
