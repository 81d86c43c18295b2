import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import {
  insertResults,
  type RewardInputRow,
  type RewardLeafRow,
  type RewardWorkRow,
} from '../../../indexer/store/queries/rewards/reward-results.ts';
import { leafDifferences, leafTotals, rootBySql } from '../../../indexer/store/queries/rewards/reward-verification.ts';
import { computeEpoch, resultRows } from '../../../jobs/rewards/compute/compute-epoch.ts';
import type { EpochInputs } from '../../../jobs/rewards/inputs/epoch-inputs.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { openDatabase } from './store-fixture.ts';

let clickhouse: RunningClickHouse;
let client: StoreClient;

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
  client = (await openDatabase(clickhouse.url)).client;
});

afterAll(async () => {
  await client?.close();
  await clickhouse?.stop();
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const poolOf = (id: number) => new Uint8Array(32).fill(id, 0, 31).fill(255 - id, 31);

interface PoolRow {
  readonly pool: Uint8Array;
  readonly gpuSeconds: bigint;
  readonly modelWeight: bigint;
  readonly scorePpm: bigint;
  readonly totalStaked: bigint;
  readonly isHalted: boolean;
  readonly isBelowMinimum: boolean;
  readonly usdc: bigint;
}

function inputsOf(
  rewardEpoch: bigint,
  emission: bigint,
  pools: readonly PoolRow[],
  workShareBps = 8_000n,
): EpochInputs {
  const ordered = [...pools].sort((left, right) => Buffer.compare(left.pool, right.pool));
  return {
    ...{
      rewardEpoch,
      emission,
      minOperatorStake: 0n,
      scores: [],
      evidenceHash: '',
      orphanedUsdc: [],
      incentiveFunds: 0n,
    },
    parameters: [
      { key: 'work_share_bps', value: workShareBps },
      { key: 'base_reward_rate', value: 0n },
    ],
    schedule: [{ fromRewardEpoch: 1n, startTime: 0n, lengthSeconds: 60n }],
    window: { start: 0n, end: 60n },
    slots: { first: 0n, last: 10n },
    eligibilitySlot: 11n,
    markSignature: '',
    pools: ordered.map((row) => ({
      ...{
        pool: row.pool,
        joinedAtEpoch: 0n,
        closedAtEpoch: null,
        isEligible: true,
        lastClaimedEpoch: 0n,
        operatorStake: 0n,
      },
      ...{
        isHalted: row.isHalted,
        isBelowMinimum: row.isBelowMinimum,
        totalStaked: row.totalStaked,
        usdcInflow: row.usdc,
      },
    })),
    work: ordered
      .filter(({ gpuSeconds }) => gpuSeconds > 0n)
      .map((row) => ({
        ...{ pool: row.pool, provider: row.pool, model: 0, gpuSeconds: row.gpuSeconds, modelWeight: row.modelWeight },
        ...{ displayedScore: row.scorePpm, orderCount: 1, settledSeconds: row.gpuSeconds, capSeconds: row.gpuSeconds },
      })),
  };
}

async function differencesOf(
  inputs: EpochInputs,
  change: (rows: ReturnType<typeof resultRows>) => ReturnType<typeof resultRows> = (rows) => rows,
) {
  const computation = computeEpoch(inputs);
  await insertResults(client, change(resultRows(computation, [], 1n)));
  const { rewardEpoch, emission } = inputs;
  const of = { rewardEpoch, emission, inputHash: computation.inputHash };
  return { of, computation, differences: await leafDifferences(client, of) };
}

const row = (id: number, change: Partial<PoolRow> = {}): PoolRow => ({
  ...{
    pool: poolOf(id),
    gpuSeconds: 10n,
    modelWeight: 3n,
    scorePpm: 100_000n,
    totalStaked: 7n,
    isHalted: false,
    isBelowMinimum: false,
    usdc: 0n,
  },
  ...change,
});

type AmountKey = 'pool' | 'gpuSeconds' | 'modelWeight' | 'totalStaked' | 'operatorStake' | 'minOperatorStake' | 'usdc';

describeShared('published reward epochs', () => {
  it('the computation in SQL has the published leaves and roots', async () => {
    interface EpochVector {
      readonly rewardEpoch: number;
      readonly emission: string;
      readonly workShareBps: number;
      readonly root: string;
      readonly pools: readonly (Readonly<Record<AmountKey, string>> & {
        readonly scorePpm: number;
        readonly halted: boolean;
      })[];
    }
    for (const vector of readShared<EpochVector[]>('vectors/reward_epochs.json')) {
      const pools = vector.pools.map((each) => ({
        ...{ pool: fromBase58(each.pool), gpuSeconds: BigInt(each.gpuSeconds), modelWeight: BigInt(each.modelWeight) },
        ...{
          scorePpm: BigInt(each.scorePpm),
          totalStaked: BigInt(each.totalStaked),
          isHalted: each.halted,
          usdc: BigInt(each.usdc),
        },
        isBelowMinimum: BigInt(each.operatorStake) < BigInt(each.minOperatorStake),
      }));
      const { of, differences, computation } = await differencesOf(
        inputsOf(BigInt(vector.rewardEpoch), BigInt(vector.emission), pools, BigInt(vector.workShareBps)),
      );
      expect(differences).toEqual([]);
      const depth = Math.ceil(Math.log2(pools.length));
      const root = await rootBySql(client, of, { firstPlace: 0n, leafCount: BigInt(pools.length), depth });
      expect(hex(root)).toBe(vector.root);
      expect(await leafTotals(client, of)).toEqual({
        poolCount: BigInt(pools.length),
        rewards: BigInt(vector.emission),
        usdc: computation.totalUsdc,
      });
    }
  });
});

describe('the second computation', () => {
  it.each([
    ['work alone has weight', [row(1, { totalStaked: 0n }), row(2, { totalStaked: 0n, gpuSeconds: 3n })]],
    ['stake alone has weight', [row(1, { gpuSeconds: 0n }), row(2, { gpuSeconds: 0n, totalStaked: 1n })]],
    [
      'nothing has weight',
      [
        row(1, { isHalted: true }),
        row(2, { isBelowMinimum: true, usdc: 5n }),
        row(3, { gpuSeconds: 0n, totalStaked: 0n }),
      ],
    ],
    ['remainders are equal', [1, 2, 3, 4, 5, 6, 7].map((id) => row(id))],
    ['there is one pool', [row(9)]],
  ])('agrees where %s', async (_, pools) => {
    const epoch = BigInt(1_000 + pools.length * 10 + Number(pools[0]?.totalStaked ?? 0n));
    const { of, differences, computation } = await differencesOf(inputsOf(epoch, 101n, pools));
    expect(differences).toEqual([]);
    const depth = Math.ceil(Math.log2(pools.length));
    expect(hex(await rootBySql(client, of, { firstPlace: 0n, leafCount: BigInt(pools.length), depth }))).toBe(
      hex(computation.roots[0] as Uint8Array),
    );
  });

  const pools = [row(1), row(2), row(3)];
  const first = <T>(list: readonly T[], change: (item: T) => T): T[] =>
    list.map((item, index) => (index === 0 ? change(item) : item));

  it.each<[string, (leaves: readonly RewardLeafRow[]) => readonly RewardLeafRow[]]>([
    ['a unit moved between two pools', (leaves) => first(leaves, (leaf) => ({ ...leaf, reward: leaf.reward + 1n }))],
    ['USDC that nobody paid', (leaves) => first(leaves, (leaf) => ({ ...leaf, usdc: leaf.usdc + 1n }))],
    [
      'a leaf hash of another leaf',
      (leaves) => first(leaves, (leaf) => ({ ...leaf, leafHash: leaves[1]?.leafHash ?? leaf.leafHash })),
    ],
    ['a pool that was left out', (leaves) => leaves.slice(1)],
    ['a pool that is not eligible', (leaves) => [...leaves, { ...(leaves[0] as RewardLeafRow), pool: poolOf(99) }]],
  ])('finds %s', async (name, change) => {
    const epoch = 5_000n + BigInt(name.length);
    const { differences } = await differencesOf(inputsOf(epoch, 101n, pools), (rows) => ({
      ...rows,
      leaves: change([...rows.leaves]),
    }));
    expect(differences).toHaveLength(1);
  });

  it('finds work and stakes that are not those of the leaves', async () => {
    const changes: ((rows: ReturnType<typeof resultRows>) => ReturnType<typeof resultRows>)[] = [
      (rows) => ({ ...rows, work: first<RewardWorkRow>(rows.work, (each) => ({ ...each, gpuSeconds: 1_000n })) }),
      (rows) => ({ ...rows, inputs: first<RewardInputRow>(rows.inputs, (each) => ({ ...each, totalStaked: 1_000n })) }),
    ];
    for (const [index, change] of changes.entries()) {
      const { differences } = await differencesOf(inputsOf(6_000n + BigInt(index), 101n, pools), change);
      expect(differences.length).toBeGreaterThan(0);
    }
  });
});
