/** Reward epochs of the past under other values: nothing changes where nothing is proposed, and else what would have been. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ArchivedMarket,
  archiveMarket,
  computeMarket,
  FUNDED,
  keyOf,
  SLOTS_PER_EPOCH,
} from '../../bench/load/archived-market.ts';
import { defaultOf, parameters } from '../../governance/parameters.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { Measure } from '../../jobs/governance/impact/comparison.ts';
import { type Impact, replayImpact } from '../../jobs/governance/impact/impact-replay.ts';
import { touchedBy } from '../../jobs/governance/impact/touched.ts';
import { groupBy } from '../../jobs/group-by.ts';
import { type RunningApi, startApi } from '../api/start-api.ts';
import { settingsFor } from '../indexer/store/store-fixture.ts';
import { type MarketRecord, openMarketRecord, type RecordedEvent } from '../jobs/market-record.ts';
import type { Answer } from './governance-answers.ts';

const MARKET: ArchivedMarket = { pools: 60, epochs: 4 };
const marketplace = keyOf('marketplace');
const [infer, usdc] = [keyOf('infer'), keyOf('usdc')];
const LAST_SLOT = SLOTS_PER_EPOCH * BigInt(MARKET.epochs + 1) - 1n;

let record: MarketRecord;
let epochs: ReturnType<typeof computeMarket>;
beforeAll(async () => {
  record = await openMarketRecord();
  await writeChain();
  epochs = computeMarket(MARKET);
  await archiveMarket(record.store, epochs);
}, 120_000);
afterAll(() => record?.stop());

const event = (name: string, fields: RecordedEvent['fields']): RecordedEvent => ({
  table: `marketplace_${name}`,
  fields,
});

/** Blocks of all slots, with what came into the incentive vault, and payments of every epoch. */
async function writeChain(): Promise<void> {
  const blocks = Array.from({ length: Number(LAST_SLOT) }, (_, index) => {
    const slot = BigInt(index + 1);
    const first = [
      event('marketplace_initialized', { usdc_mint: usdc, infer_mint: infer, models: [], tier_minimum_bonds: [] }),
      event('incentives_funded', { amount: FUNDED }),
    ];
    return { slot, time: slot * 8_640n, transactions: index === 0 ? first : paymentsAt(slot) };
  });
  await record.write(blocks);
}

const providerAt = (slot: bigint) => keyOf(`provider ${1n + (slot % 3n)}`);
const PAID = 1_234_567n;

/** A prepaid order, a part of a session that goes on through all slots, and a workload. */
function paymentsAt(slot: bigint): RecordedEvent[] {
  const of = { provider: providerAt(slot), amount: PAID + slot };
  return [
    event('order_settled', { ...of, order: keyOf(`order ${slot}`), mint: usdc }),
    event('usage_settled', { ...of, provider: keyOf('provider 1'), order: keyOf('session'), mint: infer }),
    event('workload_settled', { ...of, workload: keyOf(`workload ${slot}`), mint: infer }),
  ];
}

function impactOf(changes: Readonly<Record<string, bigint>>, count = MARKET.epochs): Promise<Impact> {
  return replayImpact(record.store, {
    ...{ marketplace, slot: LAST_SLOT, epochs: count, currentOf: defaultOf },
    changes: Object.entries(changes).map(([key, proposed]) => ({ key, proposed })),
  });
}

const MEASURED = ['rewards', 'incentives', 'score'] as const;
/** What each has, by address. */
function sideOf({ movers }: Impact, measure: Measure, side: 'old' | 'proposed'): Map<string, bigint> {
  const all = (movers.get(measure) ?? []).map((row) => [Buffer.from(row.address).toString('hex'), row[side]] as const);
  return new Map(all.filter(([, amount]) => amount !== 0n).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What epochs gave, by address; of scores the last. */
function gaveOf(computed: ReturnType<typeof computeMarket>, measure: (typeof MEASURED)[number]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (key: Uint8Array, amount: bigint) => {
    const name = Buffer.from(key).toString('hex');
    sums.set(name, (sums.get(name) ?? 0n) + amount);
  };
  for (const { computation } of measure === 'score' ? computed.slice(-1) : computed) {
    if (measure === 'rewards')
      for (const { pool, workReward, stakeReward } of computation.awards) add(pool, workReward + stakeReward);
    else if (measure === 'score')
      for (const { provider, displayed } of computation.inputs.scores) add(provider, displayed);
    else
      for (const { kind, leaves } of computation.providerTrees)
        if (kind === 'incentives') for (const { provider, number } of leaves) add(provider, number);
  }
  return new Map([...sums].filter(([, amount]) => amount !== 0n).sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe('a replay', () => {
  it('of the values that govern changes nothing, whatever the keys, and gives what the epochs gave', async () => {
    const keys = [...parameters.keys()].filter((key) => touchedBy(key).parts.length > 0);
    const groups = groupBy(keys, (key) => touchedBy(key).parts.join(' '));
    expect([keys.length > 25, groups.size]).toEqual([true, 5]);
    for (const [parts, group] of groups) {
      const impact = await impactOf(Object.fromEntries(group.map((key) => [key, defaultOf(key)])), 2);
      const { movers, fees } = impact;
      expect([parts, impact.epochs.length, movers.size > 0]).toEqual([parts, 2, true]);
      const moved = [...movers.values()].flat().filter(({ old, proposed }) => old !== proposed);
      expect([parts, moved, (fees ?? []).filter(({ old, proposed }) => old !== proposed)]).toEqual([parts, [], []]);
      for (const measure of MEASURED)
        if (movers.has(measure)) expect(sideOf(impact, measure, 'proposed')).toEqual(gaveOf(epochs.slice(-2), measure));
    }
  });

  it('of all epochs, and of the last ones, begins with what they really gave', async () => {
    for (const count of [MARKET.epochs, 2]) {
      const impact = await impactOf({ reputation_gain_ppm: 30_000n }, count);
      expect(impact.epochs.map(({ rewardEpoch }) => Number(rewardEpoch))).toEqual([1, 2, 3, 4].slice(-count));
      for (const measure of MEASURED)
        expect(sideOf(impact, measure, 'old')).toEqual(gaveOf(epochs.slice(-count), measure));
    }
  });

  it.each([
    { work_share_bps: 3_000n },
    { base_reward_rate: 40_000_000n },
    { model_weight_h100: 9_000n, model_weight_rtx4090: 0n },
    { reputation_loss_challenge_ppm: 100_000n, reputation_gain_ppm: 60_000n },
    {
      reputation_uptime_full_ppm: 940_000n,
      reputation_heartbeat_shortfall_ppm: 930_000n,
      reputation_start_ppm: 150_000n,
    },
    { reputation_idle_ppm: 500_000n, reputation_buyer_full_orders: 1n, work_share_bps: 10_000n },
  ])('gives what the epochs would have given under %o', async (values) => {
    const impact = await impactOf(values as never);
    const otherwise = computeMarket({ ...MARKET, values: values as never });
    for (const measure of MEASURED) {
      if (!impact.movers.has(measure)) continue;
      expect(sideOf(impact, measure, 'old')).toEqual(gaveOf(epochs, measure));
      expect(sideOf(impact, measure, 'proposed')).toEqual(gaveOf(otherwise, measure));
    }
    const moved = [...impact.movers.values()].flat().filter(({ old, proposed }) => old !== proposed);
    expect(moved.length).toBeGreaterThan(0);
  });

  it('compares with the values that govern now, also where the epochs were computed by others', async () => {
    const now = { work_share_bps: 3_000n, base_reward_rate: 40_000_000n } as const;
    const then = { work_share_bps: defaultOf('work_share_bps'), base_reward_rate: defaultOf('base_reward_rate') };
    const impact = await replayImpact(record.store, {
      ...{ marketplace, slot: LAST_SLOT, epochs: MARKET.epochs },
      currentOf: (key) => now[key as keyof typeof now] ?? defaultOf(key),
      changes: Object.entries(then).map(([key, proposed]) => ({ key, proposed })),
    });
    const computed = computeMarket({ ...MARKET, values: now as never });
    for (const measure of ['rewards', 'incentives'] as const) {
      expect(sideOf(impact, measure, 'old')).toEqual(gaveOf(computed, measure));
      expect(sideOf(impact, measure, 'proposed')).toEqual(gaveOf(epochs, measure));
    }
  });

  it('names winners before losers, and sums each class', async () => {
    const { movers, classes } = await impactOf({ work_share_bps: 0n });
    const rewards = movers.get('rewards') ?? [];
    const gains = rewards.map(({ old, proposed }) => proposed - old);
    expect(gains).toEqual(gains.toSorted((left, right) => Number(right - left)));
    expect(gains[0]).toBeGreaterThan(0n);
    expect(gains.at(-1)).toBeLessThan(0n);
    expect(gains.reduce((sum, gain) => sum + gain, 0n)).toBe(0n);
    expect(new Set(classes.map(({ operatorClass }) => operatorClass))).toEqual(
      new Set(['consumer', 'mining_fleet', 'data_center', 'stake_only']),
    );
    for (const each of classes) {
      const of = rewards.filter(({ operatorClass }) => operatorClass === each.operatorClass);
      expect([each.count, each.old]).toEqual([of.length, of.reduce((sum, { old }) => sum + old, 0n)]);
    }
    // Stake alone decides now.
    expect(classes.find(({ operatorClass }) => operatorClass === 'stake_only')).toSatisfy(
      (row: { old: bigint; proposed: bigint }) => row.proposed > row.old,
    );
  });
});

describe('fees', () => {
  const floor = (amount: bigint, bps: bigint) => (amount * bps) / 10_000n;

  it('are taken again from every payment: floors of each order’s totals, the host’s part of a workload', async () => {
    const proposed = {
      fee_burn_bps: 3_000n,
      fee_split_host_pct: 8_000n,
      fee_treasury_bps: 5_000n,
      fee_verifier_bps: 2_000n,
      platform_fee_bps: 350n,
    };
    const { movers, fees } = await impactOf(proposed, 2);
    const first = SLOTS_PER_EPOCH * 3n;
    const slots = Array.from({ length: Number(LAST_SLOT) - 1 }, (_, index) => BigInt(index + 2));
    const inWindow = slots.filter((slot) => slot >= first);
    const paidUntil = (slot: bigint) =>
      slots.filter((each) => each <= slot).reduce((sum, each) => sum + PAID + each, 0n);
    const session = (of: (paid: bigint) => bigint) => of(paidUntil(LAST_SLOT)) - of(paidUntil(first - 1n));
    const expected = (bps: bigint, host: bigint, part: bigint, isBurned: boolean) => {
      const workloads = inWindow.map((slot) => PAID + slot - floor(PAID + slot, host));
      const inInfer = [...workloads.map((fee) => floor(fee, part)), session((paid) => floor(floor(paid, bps), part))];
      const inUsdc = isBurned ? [] : inWindow.map((slot) => floor(floor(PAID + slot, bps), part));
      return [inInfer, inUsdc].map((all) => all.reduce((sum, each) => sum + each, 0n));
    };
    const found = (part: string) =>
      ['INFER', 'USDC'].map((token) => fees?.find((each) => each.part === part && each.token === token)?.proposed);
    expect(found('burned')).toEqual(expected(350n, 8_000n, 3_000n, true));
    expect(found('verifiers')).toEqual(expected(350n, 8_000n, 2_000n, false));
    const all = expected(350n, 8_000n, 10_000n, false);
    const [burned, verifiers] = [found('burned'), found('verifiers')];
    expect(found('treasury')).toEqual(all.map((sum, index) => sum - (burned[index] ?? 0n) - (verifiers[index] ?? 0n)));
    const income = [...(movers.get('income_usdc') ?? [])].reduce((sum, each) => sum + each.proposed, 0n);
    const paid = inWindow.reduce((sum, slot) => sum + PAID + slot, 0n);
    expect(income).toBe(paid - (all[1] ?? 0n));
  });
});

describe('a key that touches no finished epoch', () => {
  it('says why, and nothing is computed', async () => {
    const keys = [
      'quorum_bps',
      'reward_epoch_seconds',
      'trade_fee_bps',
      'dispute_deposit',
      'reputation_cluster_hub_wallets',
    ];
    for (const key of keys) {
      const impact = await impactOf({ [key]: defaultOf(key) });
      expect([key, impact.epochs, impact.movers.size, impact.fees]).toEqual([key, [], 0, null]);
      expect(impact.touched[0]?.reason.length).toBeGreaterThan(20);
    }
  });
});

describe('over GraphQL', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi(record.store, await loadProgramRegistry(settingsFor('http://127.0.0.1:1', 'record')));
  });
  afterAll(() => api?.stop());

  const query = `query ($changes: [ParameterChangeInput!]!, $epochs: Int!) { impact(changes: $changes, epochs: $epochs) {
    rewardEpochs keys { key isReplayable parts reason } classes { operatorClass measure count old proposed difference }
    winners(first: 3) { address measure difference } losers(first: 3, measure: REWARDS) { difference } fees { part } } }`;
  const ask = (changes: readonly { key: string; value: string }[], count: number) =>
    api.ask(query, { changes, epochs: count });

  it('the greatest gains and losses come first, with the epochs and what was computed again', async () => {
    const { data, errors } = await ask([{ key: 'work_share_bps', value: '7000' }], 3);
    expect(errors).toBeUndefined();
    const impact: Answer = data?.['impact'];
    expect(impact).toMatchObject({ rewardEpochs: ['2', '3', '4'], fees: null });
    expect(impact.keys).toMatchObject([{ key: 'work_share_bps', isReplayable: true, parts: ['allocation'] }]);
    const expected = (await impactOf({ work_share_bps: 7_000n }, 3)).movers.get('rewards') ?? [];
    const gains = expected.map(({ old, proposed }) => String(proposed - old));
    expect(impact.winners.map((row: { difference: string }) => row.difference)).toEqual(gains.slice(0, 3));
    expect(impact.losers.map((row: { difference: string }) => row.difference)).toEqual(gains.slice(-3).reverse());
  });

  it('a question without changes, of too many epochs, or of an unknown key is refused', async () => {
    const codes = await Promise.all(
      [ask([], 1), ask([{ key: 'work_share_bps', value: '1' }], 31), ask([{ key: 'no_such_key', value: '1' }], 1)].map(
        async (asked) => (await asked).errors?.[0]?.extensions?.code,
      ),
    );
    expect(codes).toEqual(['API__BAD_VALUE', 'API__BAD_VALUE', 'API__BAD_VALUE']);
  });

  it.each([
    ['GOVERNANCE__ABOVE_MAX', [['work_share_bps', '10001']]],
    ['GOVERNANCE__BELOW_MIN', [['base_reward_rate', '-1']]],
    ['GOVERNANCE__ABOVE_MAX', [['reputation_gain_ppm', '9223372036854775807']]],
    ['GOVERNANCE__JOINT_SUM', [['fee_burn_bps', '9000']]],
    [
      undefined,
      [
        ['work_share_bps', '7000'],
        ['work_share_bps', '6000'],
      ],
    ],
  ] as const)('values that governance can never hold are refused: %s', async (rule, changes) => {
    const { data, errors } = await ask(
      changes.map(([key, value]) => ({ key, value })),
      1,
    );
    expect(data ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'API__BAD_VALUE', ...(rule ? { rule } : {}) },
    ]);
  });
});
