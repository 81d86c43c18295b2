import { afterAll, beforeAll, expect, it } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { moveCursor } from '../../indexer/store/queries/chain/cursors.ts';
import { refreshLiveScores } from '../../jobs/reputation/live-scores.ts';
import { settingsFor } from '../indexer/store/store-fixture.ts';
import { keyOf, type MarketRecord, openMarketRecord, type RecordedEvent, signatureOf } from '../jobs/market-record.ts';
import { a, b, writeScenario } from '../jobs/market-scenario.ts';
import { type ScoredEpoch, scoreEpoch } from '../jobs/scored-epochs.ts';
import { type RunningApi, startApi } from './start-api.ts';

let record: MarketRecord;
let api: RunningApi;
const epochs: ScoredEpoch[] = [];

beforeAll(async () => {
  record = await openMarketRecord();
  await writeScenario(record);
  for (const epoch of [1n, 2n, 3n]) epochs.push(await scoreEpoch(record, epoch));
  api = await startApi(record.store, await loadProgramRegistry(settingsFor('http://127.0.0.1', '')));
}, 180_000);

afterAll(async () => {
  await api?.stop();
  await record?.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
async function answer(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<any> {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

const reputationOf = async (provider: Uint8Array, atSlot: string) => {
  const { providers } =
    await answer(`{ providers(first: 10, atSlot: "${atSlot}") { edges { node { address bond reputation {
    rewardEpoch score displayedScore targetScore tier bond requiredBond tenureSeconds deliveredCount failedCount refundedCount
    disputedCount lostDisputeCount successPpm successLowerBoundPpm challengesPassed challengesFailed slashCount slashedAmount
    gpuSeconds volumeInfer volumeUsdc uptimePpm } } } } }`);
  type Edge = { node: { address: string; bond: string; reputation: Record<string, unknown> | null } };
  return providers.edges.find(({ node }: Edge) => node.address === toBase58(provider)).node;
};

it('a provider has the score of the last epoch that had ended, and what is counted beside it', async () => {
  const score = epochs[2]?.scores.find((each) => Buffer.compare(each.provider, a) === 0) ?? expect.fail();
  expect((await reputationOf(a, '39')).reputation).toEqual({
    ...{ rewardEpoch: '3', score: Number(score.score), displayedScore: Number(score.displayed) },
    ...{ targetScore: Number(score.target), tier: 1, bond: '0', requiredBond: '100', tenureSeconds: '3900' },
    ...{ deliveredCount: '4', failedCount: '0', refundedCount: '0', disputedCount: '0', lostDisputeCount: '0' },
    ...{ successPpm: 1_000_000, successLowerBoundPpm: 510_109, challengesPassed: '1', challengesFailed: '2' },
    ...{ slashCount: '2', slashedAmount: '14', gpuSeconds: '94850', volumeInfer: '34', volumeUsdc: '14' },
    uptimePpm: 333_333,
  });
  expect(await reputationOf(b, '25')).toMatchObject({
    reputation: { rewardEpoch: '1', failedCount: '1', lostDisputeCount: '1', successPpm: 333_333, uptimePpm: 0 },
  });
});

it('before the first epoch has ended nobody has a reputation', async () => {
  expect(await reputationOf(a, '18')).toMatchObject({ reputation: null });
});

it('the evidence comes newest first, page by page, and each piece begins where the one before it ended', async () => {
  const query = `query ($after: String) { providerEvidence(provider: "${toBase58(a)}", first: 2, after: $after, atSlot: "39") {
    edges { node { rewardEpoch number class at slot signature subject isOwnCluster gpuSeconds shortfallPpm scoreBefore scoreAfter
      targetAfter } } pageInfo { hasNextPage endCursor } } }`;
  const found = [];
  for (let after: string | null = null, isOver = false; !isOver; ) {
    const { providerEvidence } = await answer(query, { after });
    found.push(...providerEvidence.edges.map(({ node }: { node: { scoreBefore: number } }) => node));
    after = providerEvidence.pageInfo.endCursor;
    isOver = !providerEvidence.pageInfo.hasNextPage;
  }
  const pieces = epochs.flatMap(({ evidence }) => evidence.filter((each) => Buffer.compare(each.provider, a) === 0));
  expect(found.map((each) => each.class)).toEqual(pieces.map(({ evidence }) => evidence.class.toUpperCase()).reverse());
  for (const [index, each] of found.slice(0, -1).entries()) expect(each.scoreBefore).toBe(found[index + 1]?.scoreAfter);
  expect(found.at(-1)).toMatchObject({
    ...{ rewardEpoch: '1', number: 0, class: 'CHALLENGE_FAILED', at: '1400', slot: '14', targetAfter: 100_000 },
    ...{ signature: toBase58(signatureOf(14n, 1)), scoreBefore: 100_000, scoreAfter: 40_000 },
  });
  expect(found[0]).toMatchObject({
    class: 'HEARTBEAT_SHORTFALL',
    signature: null,
    subject: null,
    shortfallPpm: 1_000_000,
  });
});

it('operators are weighed by their share of the stake and the mean score of their providers', async () => {
  const { inputHash, scores } = epochs[2] ?? expect.fail();
  // Both providers of the scenario earn for the pool of zero bytes.
  const [pool, other, muted] = [new Uint8Array(32), keyOf('other'), keyOf('muted')];
  const inputs = [
    [pool, 300, 0],
    [other, 100, 0],
    [muted, 600, 1],
  ] as const;
  const values = inputs.map(
    ([key, stake, halted]) =>
      `(3, '${inputHash}', unhex('${Buffer.from(key).toString('hex')}'), 1, ${stake}, ${halted})`,
  );
  await record.store.command(
    `INSERT INTO reward_inputs (reward_epoch, input_hash, pool, eligible, total_staked, halted) VALUES ${values.join(', ')}`,
  );
  const { routingWeights } = await answer(
    '{ routingWeights(first: 10) { rewardEpoch pool stake providerCount stakeSharePpm scorePpm weightPpm } }',
  );
  const sum = scores.reduce((all, { displayed }) => all + Number(displayed), 0);
  expect(scores).toHaveLength(2);
  expect(routingWeights).toHaveLength(3);
  expect(routingWeights[0]).toEqual({
    ...{ rewardEpoch: '3', pool: toBase58(pool), stake: '300', providerCount: '2', stakeSharePpm: 750_000 },
    ...{ scorePpm: Math.floor(sum / 2), weightPpm: Math.floor((300 * sum) / (400 * 2)) },
  });
  for (const row of routingWeights.slice(1))
    expect(row).toMatchObject({ providerCount: '0', scorePpm: 0, weightPpm: 0 });
  const { routingWeights: first } = await answer('{ routingWeights(first: 10, epoch: "9") { pool } }');
  expect(first).toEqual([]);
});

it('between epochs the live score has every piece of evidence that became final, and ends as the epoch does', async () => {
  const { store } = record;
  const programs = { marketplace: keyOf('marketplace'), exchange: keyOf('exchange'), governance: keyOf('governance') };
  const refresh = () => refreshLiveScores(store, programs, () => 1_000_000n);
  const live = async (provider: Uint8Array) => {
    const query = `{ provider(address: "${toBase58(provider)}", atSlot: "40") { liveReputation {
      baseEpoch throughSlot score displayedScore targetScore evidenceCount } } }`;
    return (await answer(query)).provider.liveReputation;
  };
  const refund = { provider: a, order: keyOf('r9'), reason: 1, refunded_at: 4_300n };
  const settled = { provider: b, order: keyOf('o9'), buyer: keyOf('someone'), gpu_seconds: 50_000n, fee: 1n };
  const slots = Array.from({ length: 10 }, (_, index) => BigInt(index + 41));
  const eventsAt: Readonly<Record<string, RecordedEvent>> = {
    43: { table: 'marketplace_order_refunded', fields: refund },
    45: { table: 'marketplace_order_settled', fields: { ...settled, challenge_ends_at: 4_550n } },
  };
  await record.write(
    slots.map((slot) => ({ slot, time: slot * 100n, transactions: [eventsAt[String(slot)] ?? []].flat() })),
  );
  await moveCursor(store, 'finalized', 44n, keyOf('block 44'));
  expect(await refresh()).toBe(44n);
  const before = await live(b);
  expect(before).toMatchObject({ baseEpoch: '3', throughSlot: '44', evidenceCount: 0 });
  expect(await live(a)).toMatchObject({ baseEpoch: '3', evidenceCount: 1 });
  await moveCursor(store, 'finalized', 49n, keyOf('block 49'));
  await refresh();
  const fourth = await scoreEpoch(record, 4n);
  for (const provider of [a, b]) {
    const pieces = fourth.evidence.filter((each) => Buffer.compare(each.provider, provider) === 0);
    const last = pieces.findLast(({ evidence }) => !['uptime_full', 'heartbeat_shortfall'].includes(evidence.class));
    const expected = { score: Number(last?.scoreAfter), targetScore: Number(last?.targetAfter ?? 0n) || null };
    expect(await live(provider)).toMatchObject({ ...expected, throughSlot: '49', evidenceCount: 1 });
  }
  expect((await live(b)).score).toBeGreaterThan(before.score);
});
