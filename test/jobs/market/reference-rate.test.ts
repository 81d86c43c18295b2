import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTITION_COUNT, type Purchase, partitionOf, referenceRate } from '../../../jobs/market/reference-rate.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';

interface Vector {
  readonly start: number;
  readonly length: number;
  readonly trades: readonly {
    readonly time: number;
    readonly price: string;
    readonly gpuSeconds: string;
    readonly cluster: string;
    readonly excluded: boolean;
  }[];
  readonly expected: {
    readonly partitions: readonly (string | null)[];
    readonly status: string;
    readonly rate: string | null;
  };
}

const text = (value: bigint | null) => (value === null ? null : String(value));

describeShared('expected reference rates', () => {
  it('are met, partition by partition', () => {
    for (const { start, length, trades, expected } of readShared<Vector[]>('vectors/reference_rate.json')) {
      const purchases = trades.map(({ time, price, gpuSeconds, cluster, excluded }) => ({
        time: BigInt(time),
        price: BigInt(price),
        gpuSeconds: BigInt(gpuSeconds),
        cluster,
        isExcluded: excluded,
      }));
      const found = referenceRate({ start: BigInt(start), lengthSeconds: BigInt(length) }, purchases);
      expect({
        partitions: found.partitions.map(({ value }) => text(value)),
        status: found.status,
        rate: text(found.rate),
      }).toEqual({ ...expected, partitions: expected.partitions.map((each) => each?.toString() ?? null) });
    }
  });
});

const window = { start: 1_700_000_000n, lengthSeconds: 3_600n };

function purchaseArbitrary(timeRange: bigint): fc.Arbitrary<Purchase> {
  return fc.record({
    time: fc.bigInt({ min: window.start, max: window.start + timeRange - 1n }),
    price: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    gpuSeconds: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    cluster: fc.nat(12).map((id) => `cluster ${id}`),
    isExcluded: fc.boolean(),
  });
}

describe('a reference rate', () => {
  it('does not depend on the order of purchases, on excluded ones, or on those of no length', () => {
    const shuffled = fc
      .array(purchaseArbitrary(3_600n), { maxLength: 120 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([ordered, mixed]) => {
        const expected = referenceRate(window, ordered);
        expect(referenceRate(window, mixed)).toEqual(expected);
        const counted = ordered.filter(({ isExcluded, gpuSeconds }) => !isExcluded && gpuSeconds > 0n);
        expect(referenceRate(window, counted)).toEqual(expected);
      }),
    );
  });

  it('lies between the lowest and the highest price that count', () => {
    fc.assert(
      fc.property(fc.array(purchaseArbitrary(3_600n), { minLength: 100, maxLength: 200 }), (purchases) => {
        const { rate } = referenceRate(window, purchases);
        const prices = purchases.filter(({ isExcluded }) => !isExcluded).map(({ price }) => price);
        if (rate === null) return;
        expect(prices.some((price) => price <= rate) && prices.some((price) => price >= rate)).toBe(true);
      }),
    );
  });

  it('does not fall when a purchase becomes dearer', () => {
    const pick = fc.array(purchaseArbitrary(3_600n), { minLength: 80, maxLength: 160 });
    fc.assert(
      fc.property(pick, fc.nat(), fc.bigInt({ min: 1n, max: 10n ** 13n }), (purchases, which, more) => {
        const at = which % purchases.length;
        const dearer = purchases.map((each, index) => (index === at ? { ...each, price: each.price + more } : each));
        const [before, after] = [referenceRate(window, purchases).rate, referenceRate(window, dearer).rate];
        expect(after === null ? before === null : before !== null && after >= before).toBe(true);
      }),
    );
  });

  it('is absent where fewer than three clusters buy, or fewer than four partitions count', () => {
    const inPartitions = (partitions: number, clusters: number) =>
      Array.from({ length: partitions * clusters }, (_, id) => ({
        time: window.start + 300n * BigInt(id % partitions),
        price: 100n,
        gpuSeconds: 60n,
        cluster: `cluster ${Math.floor(id / partitions)}`,
        isExcluded: false,
      }));
    expect(referenceRate(window, inPartitions(12, 2))).toMatchObject({ status: 'INSUFFICIENT_DATA', rate: null });
    expect(referenceRate(window, inPartitions(3, 3))).toMatchObject({ status: 'INSUFFICIENT_DATA', rate: null });
    expect(referenceRate(window, inPartitions(4, 3))).toMatchObject({ status: 'OK', rate: 100n });
  });
});

describe('one cluster with less than half of the volume', () => {
  it('cannot take a median outside the prices of the others, however it splits and places its purchases', () => {
    const honest = fc.array(purchaseArbitrary(300n), { minLength: 3, maxLength: 20 });
    const attack = fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.integer({ min: 1, max: 100 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(honest, attack, (purchases, placed) => {
        const others = purchases.map((each) => ({ ...each, isExcluded: false, gpuSeconds: each.gpuSeconds + 1n }));
        const volume = others.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0n);
        const shares = BigInt(placed.reduce((sum, [, share]) => sum + share, 0));
        const own = placed.map(([price, share]) => ({
          time: window.start,
          price,
          gpuSeconds: ((volume - 1n) * BigInt(share)) / shares,
          cluster: 'attacker',
          isExcluded: false,
        }));
        const value = referenceRate(window, [...others, ...own]).partitions[0]?.value ?? null;
        const prices = others.map(({ price }) => price);
        if (value === null) return;
        expect(prices.some((price) => price <= value) && prices.some((price) => price >= value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('partitions', () => {
  it('cover the window without gap or overlap, each from its rounded start', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 12n, max: 100_000n }), fc.bigInt({ min: 0n, max: 99_999n }), (lengthSeconds, at) => {
        const elapsed = at % lengthSeconds;
        const index = partitionOf({ start: 5n, lengthSeconds }, 5n + elapsed);
        const startOf = (k: number) => (lengthSeconds * BigInt(k)) / BigInt(PARTITION_COUNT);
        expect(startOf(index) <= elapsed && elapsed < startOf(index + 1)).toBe(true);
      }),
    );
    expect(() => partitionOf(window, window.start - 1n)).toThrow('not of this window');
    expect(() => partitionOf(window, window.start + window.lengthSeconds)).toThrow('not of this window');
  });
});
