import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import {
  providerLeafDifferences,
  providerRootBySql,
} from '../../../indexer/store/queries/reputation/provider-trees.ts';
import { scoreDifferences, workDifferences } from '../../../indexer/store/queries/reputation/score-verification.ts';
import { insertEpochRow } from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { insertResults, type ResultRows } from '../../../indexer/store/queries/rewards/reward-results.ts';
import { epochPiece } from '../../../jobs/reputation/evidence.ts';
import { type EarlierScore, type ProviderFacts, scoreProviders } from '../../../jobs/reputation/provider-scores.ts';
import { type Evidence, scoreRules } from '../../../jobs/reputation/score.ts';
import { computeEpoch, resultRows } from '../../../jobs/rewards/compute/compute-epoch.ts';
import { inState, openedRow } from '../../../jobs/rewards/epoch-state.ts';
import type { ProviderTree } from '../../../jobs/rewards/trees/provider-trees.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { createRandom } from '../../simulation/random.ts';
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

/** Less than the budget of an epoch, so that all of it is given. */
const FUNDS = 1_000_003n;
const keyOf = (id: number) =>
  new Uint8Array(32)
    .fill(1)
    .fill(id >> 8, 30, 31)
    .fill(id & 255, 31);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type Change = (rows: ResultRows) => ResultRows;

/** Stores one epoch of several providers, each with its evidence, and says what the computation in SQL finds. */
async function verifyEpoch(
  rewardEpoch: bigint,
  evidence: readonly (readonly Evidence[])[],
  earlier: readonly EarlierScore[],
  change: Change = (rows) => rows,
  values: Readonly<Record<string, bigint>> = {},
) {
  const valueOfKey = (key: string) => values[key] ?? parameters.get(key)?.defaultValue ?? expect.fail(key);
  const providers = evidence.map(
    (_, id): ProviderFacts => ({
      ...{ provider: keyOf(id), owner: keyOf(id + 1_000), tier: 1, registeredAt: 0n },
      ...{ bond: BigInt(id % 7), requiredBond: BigInt(id % 5) },
    }),
  );
  const window = { start: rewardEpoch * 10n, end: rewardEpoch * 10n + 10n, firstSlot: 1n, lastSlot: 2n };
  const { scores, evidence: folded } = scoreProviders(
    {
      ...{ rules: scoreRules(valueOfKey), window, earlier },
      evidence: new Map(
        evidence.map((list, id) => [hex(keyOf(id)), list.map((each) => epochPiece(each, window.start, 1n))]),
      ),
      additionsOf: () => ({
        ...{ tally: null, gpuSeconds: 0n, volumeInfer: 0n, volumeUsdc: 0n, uptime: { expected: 0n, seen: 0n } },
      }),
    },
    providers,
  );
  const computation = computeEpoch({
    ...{
      rewardEpoch,
      window,
      emission: 0n,
      minOperatorStake: 0n,
      pools: [],
      orphanedUsdc: [],
      scores,
      evidenceHash: '',
      incentiveFunds: FUNDS,
    },
    ...{ slots: { first: 1n, last: 2n }, eligibilitySlot: 2n, markSignature: '' },
    schedule: [{ fromRewardEpoch: 1n, startTime: 10n, lengthSeconds: 10n }],
    parameters: [...parameters.keys()].map((key) => ({ key, value: valueOfKey(key) })),
    work: scores.map(({ provider, displayed }, id) => ({
      ...{ pool: keyOf(5_000), provider, model: id % 3, modelWeight: 1n, displayedScore: displayed, orderCount: 1 },
      ...{ settledSeconds: BigInt(id) * 10n, capSeconds: 55n, gpuSeconds: id < 6 ? BigInt(id) * 10n : 55n },
    })),
  });
  const { inputHash } = computation;
  await insertResults(client, change(resultRows(computation, folded, 1n)));
  await insertEpochRow(client, inState(openedRow(rewardEpoch, window, 1n), 'computed', { inputHash }, 1n));
  const of = { rewardEpoch, inputHash };
  return {
    ...{ scores, differences: await scoreDifferences(client, of), work: await workDifferences(client, of) },
    ...{ trees: computation.providerTrees, leaves: await providerLeafDifferences(client, { ...of, funds: FUNDS }) },
    rootOf: (tree: ProviderTree) =>
      providerRootBySql(client, { ...of, funds: FUNDS }, { kind: tree.kind, leafCount: tree.leaves.length }),
  };
}

function raised(rows: ResultRows, kind: string): ResultRows {
  const first = rows.providerLeaves.findIndex((leaf) => leaf.kind === kind);
  const providerLeaves = rows.providerLeaves.map((leaf, index) =>
    index === first ? { ...leaf, number: leaf.number + 1n } : leaf,
  );
  return { ...rows, providerLeaves };
}

interface EvidenceVector {
  readonly class: Evidence['class'];
  readonly cluster?: string;
  readonly gpuSeconds?: number;
  readonly shortfallPpm?: number;
}

const evidenceOf = (row: EvidenceVector): Evidence => {
  if (row.class === 'delivered')
    return {
      class: row.class,
      cluster: row.cluster ?? '',
      isOwn: row.cluster === 'own',
      gpuSeconds: BigInt(row.gpuSeconds ?? 0),
    };
  if (row.class === 'heartbeat_shortfall') return { class: row.class, shortfallPpm: BigInt(row.shortfallPpm ?? 0) };
  return { class: row.class };
};

describeShared('published scores', () => {
  it('the fold in SQL has the published score at the end of every reward epoch', async () => {
    const vectors = readShared<{ evidence: EvidenceVector[]; scores: number[] }[]>('vectors/reputation.json');
    const lives = vectors.map(({ evidence, scores }) => epochsOf(evidence, scores));
    const longest = Math.max(...lives.map((life) => life.length));
    let earlier: EarlierScore[] = [];
    for (let index = 0; index < longest; index += 1) {
      const epoch = lives.map((life) => life[index]?.evidence ?? []);
      const { scores, differences } = await verifyEpoch(100n + BigInt(index), epoch, earlier);
      expect(differences).toEqual([]);
      lives.forEach((life, id) => {
        const published = life[index];
        if (published !== undefined) expect(Number(scores[id]?.score)).toBe(published.score);
      });
      earlier = [...scores];
    }
    expect(longest).toBeGreaterThan(1);
  }, 120_000);
});

/** The evidence of each reward epoch and the score before it is closed. */
function epochsOf(evidence: readonly EvidenceVector[], scores: readonly number[]) {
  const epochs: { evidence: Evidence[]; score: number | undefined }[] = [];
  let current: Evidence[] = [];
  evidence.forEach((row, index) => {
    if (row.class !== 'epoch_end') {
      current.push(evidenceOf(row));
      return;
    }
    epochs.push({ evidence: current, score: index === 0 ? 100_000 : scores[index - 1] });
    current = [];
  });
  return [...epochs, { evidence: current, score: scores.at(-1) }];
}

const CLASSES = [
  'challenge_passed',
  'uptime_full',
  'not_delivered',
  'dispute_lost',
  'challenge_failed',
  'slashed',
] as const;

/** Evidence of many providers, always the same. */
function randomEvidence(seed: bigint, providers: number): Evidence[][] {
  const random = createRandom(seed);
  return Array.from({ length: providers }, () =>
    Array.from({ length: random.integer(0, 25) }, (): Evidence => {
      const kind = random.integer(0, 9);
      if (kind < 5) {
        const cluster = `c${random.integer(0, 2)}`;
        return { class: 'delivered', cluster, isOwn: kind === 0, gpuSeconds: BigInt(random.integer(0, 200_000)) };
      }
      if (kind === 5) return { class: 'heartbeat_shortfall', shortfallPpm: BigInt(random.integer(0, 1_000_000)) };
      return { class: CLASSES[random.integer(0, CLASSES.length - 1)] ?? 'slashed' };
    }),
  );
}

describe('the fold in SQL', () => {
  it('agrees on every provider over several epochs of random evidence, whatever governance has decided', async () => {
    const values = {
      ...{ reputation_gain_ppm: 70_001n, reputation_recovery_divisor: 3n, reputation_buyer_full_orders: 2n },
      ...{ reputation_idle_ppm: 99_999n, reputation_start_ppm: 33_333n, reputation_loss_slashed_ppm: 1_000_000n },
    };
    let earlier: EarlierScore[] = [];
    for (const rewardEpoch of [10n, 11n, 12n, 13n]) {
      // Providers join as time goes on, and in the last epoch many stand idle.
      const count = Number(rewardEpoch - 9n) * 50;
      const evidence = randomEvidence(rewardEpoch, count).map((list, id) =>
        rewardEpoch === 13n && id % 2 === 0 ? [] : list,
      );
      const found = await verifyEpoch(rewardEpoch, evidence, earlier, undefined, values);
      expect(found.differences).toEqual([]);
      expect(found.work).toEqual([]);
      expect(found.leaves).toEqual([]);
      expect(found.trees.map(({ kind, total }) => [kind, total])).toEqual([
        ['incentives', FUNDS],
        ['reputation', 0n],
      ]);
      for (const tree of found.trees) expect(hex(await found.rootOf(tree))).toBe(hex(tree.root));
      earlier = [...found.scores];
    }
  }, 60_000);

  it.each<[string, Change]>([
    [
      'a score that its evidence does not give',
      (rows) => ({ ...rows, scores: rows.scores.map((each) => ({ ...each, score: each.score + 1 })) }),
    ],
    [
      'a target that was forgotten',
      (rows) => ({ ...rows, scores: rows.scores.map((each) => ({ ...each, targetScore: 0 })) }),
    ],
    [
      'a score shown beyond its bond',
      (rows) => ({ ...rows, scores: rows.scores.map((each) => ({ ...each, displayedScore: 999_999 })) }),
    ],
    ['evidence that is missing', (rows) => ({ ...rows, evidence: [...rows.evidence].slice(1) })],
    [
      'a buyer counted twice in full',
      (rows) => ({ ...rows, evidence: [...rows.evidence].map((each) => ({ ...each, cluster: `${each.number}` })) }),
    ],
  ])('finds %s', async (name, change) => {
    const day: Evidence = { class: 'delivered', cluster: 'x', isOwn: false, gpuSeconds: 86_400n };
    const evidence: Evidence[] = [{ class: 'challenge_failed' }, day, day];
    const found = await verifyEpoch(1_000n + BigInt(name.length) * 2n, [evidence], [], change);
    expect(found.differences).toHaveLength(1);
  });

  it.each<[string, Change]>([
    ['work beyond the cap', (rows) => ({ ...rows, work: rows.work.map((each) => ({ ...each, gpuSeconds: 99n })) })],
    [
      'work weighed by another score',
      (rows) => ({ ...rows, work: rows.work.map((each) => ({ ...each, displayedScore: 1 })) }),
    ],
  ])('finds %s', async (name, change) => {
    const found = await verifyEpoch(2_000n + BigInt(name.length) * 2n, [[]], [], change);
    expect(found.differences).toEqual([]);
    expect(found.work).toHaveLength(1);
  });

  it.each<[string, Change, number]>([
    ['an incentive that was raised', (rows) => raised(rows, 'incentives'), 1],
    ['a published score that was raised', (rows) => raised(rows, 'reputation'), 1],
    ['leaves that are missing', (rows) => ({ ...rows, providerLeaves: [] }), 5],
  ])('finds %s', async (name, change, count) => {
    // The first provider has no work, so two of three have an incentive.
    const found = await verifyEpoch(3_000n + BigInt(name.length), [[], [], []], [], change);
    expect(found.leaves).toHaveLength(count);
  });
});
