import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBytes, fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import { splitAmount } from '../../../jobs/rewards/compute/allocate.ts';
import { emissionOf } from '../../../jobs/rewards/compute/emission.ts';
import {
  allocateEpoch,
  isEligible,
  type PoolInput,
  type WorkInput,
  weigh,
} from '../../../jobs/rewards/compute/epoch-allocation.ts';
import { buildForest, rootsOf } from '../../../jobs/rewards/trees/forest.ts';
import { proofOf } from '../../../jobs/rewards/trees/merkle-tree.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { anyAmount, exactSums, keyOf, orderIndependence, sum, weight } from './allocation-claims.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

interface EpochVector {
  readonly rewardEpoch: number;
  readonly emission: string;
  readonly workShareBps: number;
  readonly pools: readonly {
    readonly pool: string;
    readonly gpuSeconds: string;
    readonly modelWeight: string;
    readonly scorePpm: number;
    readonly totalStaked: string;
    readonly operatorStake: string;
    readonly minOperatorStake: string;
    readonly halted: boolean;
    readonly usdc: string;
  }[];
  readonly leaves: readonly { readonly pool: string; readonly reward: string; readonly usdc: string }[];
  readonly root: string;
  readonly proof: { readonly index: number; readonly proof: string[]; readonly proofPath: boolean[] };
}

function inputsOf({ pools }: EpochVector): { pools: PoolInput[]; work: WorkInput[] } {
  return {
    pools: pools.map((row) => ({
      pool: fromBase58(row.pool),
      joinedAtEpoch: 0n,
      closedAtEpoch: null,
      isHalted: row.halted,
      isBelowMinimum: BigInt(row.operatorStake) < BigInt(row.minOperatorStake),
      totalStaked: BigInt(row.totalStaked),
      usdcInflow: BigInt(row.usdc),
    })),
    work: pools.map((row) => ({
      pool: fromBase58(row.pool),
      provider: fromBase58(row.pool),
      model: 0,
      gpuSeconds: BigInt(row.gpuSeconds),
      modelWeight: BigInt(row.modelWeight),
      displayedScore: BigInt(row.scorePpm),
    })),
  };
}

describeShared('published reward epochs', () => {
  it('the emission of every published reward epoch is met', () => {
    for (const { rewardEpoch, emission } of readShared<{ rewardEpoch: number; emission: string }[]>(
      'vectors/emission.json',
    )) {
      expect([rewardEpoch, emissionOf(BigInt(rewardEpoch))]).toEqual([rewardEpoch, BigInt(emission)]);
    }
  });

  it('every published split is met to the unit', () => {
    type SplitVector = { amount: string; shares: { pool: string; weight: string }[]; awards: Record<string, string> };
    for (const { amount, shares, awards } of readShared<SplitVector[]>('vectors/allocation.json')) {
      const result = splitAmount(
        BigInt(amount),
        shares.map(({ pool, weight }) => ({ key: fromBase58(pool), weight: BigInt(weight) })),
      );
      expect(result.map(String)).toEqual(shares.map(({ pool }) => awards[pool]));
    }
  });

  it('inputs lead to the published leaves, root and proof', () => {
    for (const vector of readShared<EpochVector[]>('vectors/reward_epochs.json')) {
      const { pools, work } = inputsOf(vector);
      const awards = allocateEpoch(BigInt(vector.emission), BigInt(vector.workShareBps), weigh(pools, work));
      const leaves = awards.map(({ pool, workReward, stakeReward, usdc }) => ({
        pool,
        reward: workReward + stakeReward,
        usdc,
      }));
      const shown = leaves.map(({ pool, reward, usdc }) => ({
        pool: toBase58(pool),
        reward: `${reward}`,
        usdc: `${usdc}`,
      }));
      expect(shown).toEqual(vector.leaves);
      const forest = buildForest(leaves);
      expect(rootsOf(forest).map(hex)).toEqual([vector.root]);
      const { proof, proofPath } = proofOf(forest.trees[0] ?? expect.fail(), vector.proof.index);
      expect({ proof: proof.map(hex), proofPath }).toEqual({
        proof: vector.proof.proof,
        proofPath: vector.proof.proofPath,
      });
    }
  });
});

describe('splitting', () => {
  it('awards sum to the amount and nobody is a unit away from the exact share', () => exactSums(2_000, 40));

  it('awards do not depend on the order of shares', () => orderIndependence(100, 40));

  it('left-over units of equal remainders go to the lowest keys', () => {
    expect(
      splitAmount(
        5n,
        [3, 1, 2].map((id) => ({ key: keyOf(id), weight: 1n })),
      ),
    ).toEqual([1n, 2n, 2n]);
  });

  it('without any weight there is nobody to share with', () => {
    expect(() => splitAmount(1n, [{ key: keyOf(1), weight: 0n }])).toThrow(
      expect.objectContaining({ code: 'REWARDS__NO_WEIGHT' }),
    );
    expect(() => splitAmount(1n, [])).toThrow(expect.objectContaining({ code: 'REWARDS__NO_WEIGHT' }));
    expect(() => splitAmount(-1n, [{ key: keyOf(1), weight: 1n }])).toThrow(
      expect.objectContaining({ code: 'REWARDS__NEGATIVE' }),
    );
  });
});

const poolOf = (id: number, workWeight: bigint, stakeWeight: bigint, usdc = 0n) => ({
  pool: keyOf(id),
  workWeight,
  stakeWeight,
  usdc,
});
const totals = (awards: ReturnType<typeof allocateEpoch>) =>
  awards.map(({ workReward, stakeReward }) => [workReward, stakeReward]);

describe('allocation of an epoch', () => {
  it('pays exactly the emission whatever the weights are', () => {
    const pools = fc.array(fc.tuple(weight, weight), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyAmount, fc.bigInt(0n, 10_000n), pools, (emission, workShareBps, rows) => {
        const awards = allocateEpoch(
          emission,
          workShareBps,
          rows.map(([work, stake], id) => poolOf(id, work, stake)),
        );
        expect(sum(awards.map(({ workReward, stakeReward }) => workReward + stakeReward))).toBe(emission);
        expect(awards.map(({ pool }) => pool)).toEqual([...awards.map(({ pool }) => pool)].sort(compareBytes));
      }),
    );
  });

  it('a part nobody has weight in goes to the other part', () => {
    expect(totals(allocateEpoch(100n, 8_000n, [poolOf(1, 0n, 3n), poolOf(2, 0n, 1n)]))).toEqual([
      [0n, 75n],
      [0n, 25n],
    ]);
    expect(totals(allocateEpoch(100n, 8_000n, [poolOf(1, 3n, 0n), poolOf(2, 1n, 0n)]))).toEqual([
      [75n, 0n],
      [25n, 0n],
    ]);
  });

  it('without any weight all pools share equally', () => {
    expect(totals(allocateEpoch(101n, 8_000n, [poolOf(2, 0n, 0n), poolOf(1, 0n, 0n)]))).toEqual([
      [0n, 51n],
      [0n, 50n],
    ]);
  });

  it('no pool gives no leaves, and a pool that stands twice is refused', () => {
    expect(allocateEpoch(100n, 8_000n, [])).toEqual([]);
    expect(() => allocateEpoch(100n, 8_000n, [poolOf(1, 1n, 1n), poolOf(1, 1n, 1n)])).toThrow(
      expect.objectContaining({ code: 'REWARDS__DUPLICATE_POOL' }),
    );
  });

  it('halted pools and those below the minimum keep a leaf of 0 and their USDC', () => {
    const row = {
      joinedAtEpoch: 0n,
      closedAtEpoch: null,
      isHalted: false,
      isBelowMinimum: false,
      totalStaked: 5n,
      usdcInflow: 9n,
    };
    const pools = [
      { ...row, pool: keyOf(1), isHalted: true },
      { ...row, pool: keyOf(2), isBelowMinimum: true },
      { ...row, pool: keyOf(3) },
    ];
    const work = [
      { pool: keyOf(1), provider: keyOf(9), model: 0, gpuSeconds: 1n, modelWeight: 1n, displayedScore: 1n },
    ];
    const awards = allocateEpoch(100n, 8_000n, weigh(pools, work));
    expect(totals(awards)).toEqual([
      [0n, 0n],
      [0n, 0n],
      [0n, 100n],
    ]);
    expect(awards.map(({ usdc }) => usdc)).toEqual([9n, 9n, 9n]);
  });

  it.each([
    ['joined before', 4n, null, true],
    ['joined in the epoch', 5n, null, false],
    ['closed after', 4n, 6n, true],
    ['closed with the epoch', 4n, 5n, true],
    ['closed before', 3n, 4n, false],
  ])('a pool that %s is eligible as the chain lets it claim', (_, joinedAtEpoch, closedAtEpoch, eligible) => {
    expect(isEligible({ joinedAtEpoch, closedAtEpoch }, 5n)).toBe(eligible);
  });
});

describe('emission', () => {
  it('sums to the whole supply of the schedule and ends', () => {
    const all = Array.from({ length: 1_500 }, (_, index) => emissionOf(BigInt(index + 1)));
    expect(sum(all)).toBe(15n * 10n ** 17n);
    expect(emissionOf(1_501n)).toBe(0n);
    expect(() => emissionOf(0n)).toThrow(expect.objectContaining({ code: 'REWARDS__BAD_EPOCH' }));
  });
});
