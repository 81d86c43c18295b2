import { afterAll, beforeAll, expect, it } from 'vitest';
import { parameters } from '../../../governance/parameters.ts';
import { evidencePage } from '../../../indexer/store/queries/evidence-rows.ts';
import { scoreDifferences, workDifferences } from '../../../indexer/store/queries/score-verification.ts';
import { evidenceOf } from '../../../jobs/reputation/evidence-rows.ts';
import { foldEvidence } from '../../../jobs/reputation/provider-scores.ts';
import { scoreRules, startState } from '../../../jobs/reputation/score.ts';
import { keyOf, type MarketRecord, openMarketRecord, type RecordedEvent, signatureOf } from '../market-record.ts';
import { type ScoredEpoch, scoreEpoch } from '../scored-epochs.ts';

const [a, b, pool, usdc, infer] = ['provider a', 'provider b', 'pool', 'usdc', 'infer'].map(keyOf) as [
  ...[Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array],
];
const heartbeatId = [...parameters.keys()].indexOf('heartbeat_interval_seconds');

type Fields = RecordedEvent['fields'];
const event = (name: string, fields: Fields): RecordedEvent => ({ table: `marketplace_${name}`, fields });
const registered = (provider: Uint8Array) =>
  event('provider_registered', {
    provider,
    owner: keyOf(`owner ${Buffer.from(provider).toString('hex')}`),
    tier: 1,
    registered_at: 100n,
  });
const settled = (
  order: string,
  provider: Uint8Array,
  buyer: string,
  seconds: bigint,
  endsAt: bigint,
  more: Fields = {},
) =>
  event('order_settled', {
    ...{ order: keyOf(order), provider, operator_pool: pool, buyer: keyOf(buyer), mint: infer, gpu_seconds: seconds },
    ...{ amount: 10n, fee: 1n, challenge_ends_at: endsAt },
    ...more,
  });
const usage = (order: string, seconds: bigint) =>
  event('usage_settled', {
    ...{ order: keyOf(order), provider: a, operator_pool: pool, buyer: keyOf('s'), mint: usdc, gpu_seconds: seconds },
    ...{ amount: 7n, fee: 1n },
  });
const attestation = (name: string, order: string, fields: Fields = {}): Fields => ({
  ...{ attestation: keyOf(name), order: keyOf(order), provider: a },
  ...fields,
});
const resolved = (name: string, order: string, outcome: number, at: bigint) =>
  event(
    'challenge_resolved',
    attestation(name, order, { challenge: keyOf(`c ${name}`), outcome, slash_amount: 9n, resolved_at: at }),
  );
const slashed = (provider: Uint8Array, name: number, at: bigint) =>
  event('provider_slashed', { provider, class: name, evidence: keyOf(`evidence ${name}`), amount: 5n, slashed_at: at });

let record: MarketRecord;
const epochs: ScoredEpoch[] = [];

const setUp = [
  event('marketplace_initialized', {
    ...{ tier_minimum_bonds: [100n, 200n, 300n], usdc_mint: usdc, models: [{ weight: 1_000 }] },
    parameters: [{ id: heartbeatId, value: 250n }],
  }),
  ...[registered(a), registered(b)],
  event('bond_posted', { provider: a, bond_total: 100n }),
  event('benchmark_submitted', { benchmark: keyOf('device'), provider: a, model: 0, units: 8 }),
];

const blocks: Readonly<Record<number, readonly (RecordedEvent | readonly RecordedEvent[])[]>> = {
  1: setUp,
  10: [settled('o1', a, 'x', 3_600n, 1_500n), event('heartbeat_sent', { provider: a, sent_at: 1_000n })],
  11: [
    settled('o2', a, 'y', 1_000n, 1_600n),
    event('attestation_committed', attestation('t2', 'o2')),
    settled('o3', a, 'z', 700n, 1_700n),
    event('attestation_committed', attestation('t3', 'o3')),
  ],
  12: [
    event('attestation_drawn', attestation('t2', 'o2', { is_selected: true, drawn_at: 1_200n })),
    event('attestation_drawn', attestation('t3', 'o3', { is_selected: true, drawn_at: 1_200n })),
    event('heartbeat_sent', { provider: a, sent_at: 1_250n }),
  ],
  13: [
    event('order_refunded', { provider: b, order: keyOf('r1'), reason: 1, refunded_at: 1_300n }),
    event('order_refunded', { provider: b, order: keyOf('r0'), reason: 0, refunded_at: 1_300n }),
  ],
  14: [usage('s1', 100n), resolved('t3', 'o3', 6, 1_400n)],
  15: [
    event('heartbeat_sent', { provider: a, sent_at: 1_500n }),
    event('heartbeat_sent', { provider: a, sent_at: 1_510n }),
  ],
  16: [
    event('workload_settled', {
      ...{ provider: a, operator_pool: pool, customer: keyOf('w'), mint: infer, gpu_seconds: 50n, fee: 2n, amount: 4n },
    }),
  ],
  17: [
    [
      event('dispute_resolved', { provider: b, order: keyOf('o5'), provider_bps: 4_999, resolved_at: 1_700n }),
      settled('o5', b, 'x', 10n, 1_750n),
    ],
    [
      event('dispute_resolved', { provider: b, order: keyOf('o6'), provider_bps: 5_000, resolved_at: 1_700n }),
      settled('o6', b, 'x', 10n, 1_800n),
    ],
    event('heartbeat_sent', { provider: a, sent_at: 1_750n }),
  ],
  18: [slashed(b, 2, 1_800n), slashed(b, 0, 1_800n), event('dispute_opened', { provider: b })],
  22: [usage('s1', 100n)],
  23: [
    event('session_closed', {
      order: keyOf('s1'),
      provider: a,
      operator_pool: pool,
      buyer: keyOf('s'),
      closed_at: 2_300n,
    }),
  ],
  25: [resolved('t2', 'o2', 5, 2_500n)],
  26: [
    settled('o7', a, 'q', 90_000n, 2_650n),
    event('attestation_committed', attestation('t7', 'o7')),
    event('attestation_drawn', attestation('t7', 'o7', { is_selected: false, drawn_at: 2_660n })),
  ],
  31: [slashed(a, 1, 3_100n)],
};

beforeAll(async () => {
  record = await openMarketRecord();
  const slots = Array.from({ length: 40 }, (_, index) => BigInt(index + 1));
  await record.write(slots.map((slot) => ({ slot, time: slot * 100n, transactions: blocks[Number(slot)] ?? [] })));
  for (const epoch of [1n, 2n, 3n]) epochs.push(await scoreEpoch(record, epoch));
}, 60_000);

afterAll(() => record?.stop());

const piecesOf = (epoch: number, provider: Uint8Array) =>
  (epochs[epoch - 1] ?? expect.fail()).evidence.filter((each) => Buffer.compare(each.provider, provider) === 0);
const classesOf = (epoch: number, provider: Uint8Array) =>
  piecesOf(epoch, provider).map(({ at, evidence }) => `${at} ${evidence.class}`);

it('evidence is what is beyond dispute and challenge by the end of the window, in the order in which it became so', () => {
  expect(classesOf(1, a)).toEqual(['1400 challenge_failed', '1500 delivered', '2000 uptime_full']);
  expect(classesOf(2, a)).toEqual([
    ...['2000 epoch_end', '2300 delivered', '2500 delivered', '2500 challenge_passed', '2660 delivered'],
    '3000 heartbeat_shortfall',
  ]);
  expect(classesOf(3, a)).toEqual(['3000 epoch_end', '3100 challenge_failed', '4000 heartbeat_shortfall']);
});

it('refunds, lost disputes and slashes stand against a provider, each once', () => {
  expect(classesOf(1, b)).toEqual([
    ...['1300 not_delivered', '1700 dispute_lost', '1800 delivered', '1800 slashed', '2000 heartbeat_shortfall'],
  ]);
});

it('every piece names its transaction, and those that an epoch makes name none', () => {
  const signatures = piecesOf(1, a).map(({ signature }) => Buffer.from(signature).toString('hex'));
  const expected = [signatureOf(14n, 1), signatureOf(10n, 0), new Uint8Array(64)];
  expect(signatures).toEqual(expected.map((each) => Buffer.from(each).toString('hex')));
});

it('a session is delivered with all its settled seconds, an order with an attestation once that is decided', () => {
  const delivered = piecesOf(2, a).flatMap(({ evidence }) =>
    evidence.class === 'delivered' ? [evidence.gpuSeconds] : [],
  );
  expect(delivered).toEqual([200n, 1_000n, 90_000n]);
});

it('work weighs where it came due: orders when they mature, use and workloads when they are paid', () => {
  const work = epochs.map((each) =>
    each.work.map(({ settledSeconds, gpuSeconds, capSeconds }) => [settledSeconds, gpuSeconds, capSeconds]),
  );
  // b has no benchmark: its seconds came due and none of them counts.
  const of = (epoch: number) =>
    [...(work[epoch - 1] ?? [])].sort((left, right) => Number((right[2] ?? 0n) - (left[2] ?? 0n)));
  expect(of(1)).toEqual([
    [3_750n, 3_750n, 8_000n],
    [20n, 0n, 0n],
  ]);
  expect(of(2)).toEqual([[91_100n, 8_000n, 8_000n]]);
  expect(of(3)).toEqual([]);
});

it('counts beside the score are those of the chain', () => {
  const of = (epoch: number, provider: Uint8Array) =>
    (epochs[epoch - 1] ?? expect.fail()).scores.find((each) => Buffer.compare(each.provider, provider) === 0);
  expect(of(1, b)).toMatchObject({
    ...{ deliveredCount: 1n, failedCount: 1n, refundedCount: 1n, disputedCount: 1n, lostDisputeCount: 1n },
    ...{ slashCount: 2n, slashedAmount: 10n, heartbeatsExpected: 4n, heartbeatsSeen: 0n, displayed: 0n, bond: 0n },
  });
  expect(of(3, a)).toMatchObject({
    ...{ deliveredCount: 4n, challengesPassed: 1n, challengesFailed: 2n, slashCount: 2n, slashedAmount: 14n },
    ...{ volumeInfer: 34n, volumeUsdc: 14n, heartbeatsExpected: 12n, heartbeatsSeen: 4n, tier: 1, registeredAt: 100n },
  });
});

it('folding the stored evidence of all epochs again gives the score to the unit', async () => {
  for (const provider of [a, b]) {
    const rows = (await evidencePage(record.store, provider, { rewardEpoch: 2n ** 63n, number: 0 }, 1_000)).reverse();
    const states = foldEvidence(scoreRules(), startState(scoreRules()), rows.map(evidenceOf));
    expect(rows.map(({ scoreAfter }) => BigInt(scoreAfter))).toEqual(states.map(({ score }) => score));
    const last = epochs[2]?.scores.find((each) => Buffer.compare(each.provider, provider) === 0);
    expect(states.at(-1)).toMatchObject({ score: last?.score, target: last?.target });
  }
});

it('the fold in SQL gives every provider the same score, target and displayed score in every epoch', async () => {
  for (const [index, { inputHash }] of epochs.entries()) {
    const of = { rewardEpoch: BigInt(index + 1), inputHash };
    expect(await scoreDifferences(record.store, of)).toEqual([]);
    expect(await workDifferences(record.store, of)).toEqual([]);
  }
});
