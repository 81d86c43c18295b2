/**
 * Ten reward epochs in a row by workers of which each dies at another point: before and after every state, result and file,
 * between simulation and sending, and after sending before the confirmation. In the middle of one epoch Redis loses all it has.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/ten-epochs.test.ts
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workerKillPoints } from '../../indexer/domain/kill-points.ts';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { rows } from '../../indexer/store/rows.ts';
import { differencesFromEvents, verifyEpoch } from '../../jobs/rewards/by-hand/verify-epoch.ts';
import { type FollowedNetwork, startFollowedNetwork } from '../jobs/reward-network.ts';
import { dieAt, startWorkerProcess } from '../jobs/worker-process.ts';

const EPOCH_SECONDS = 4;
const EPOCHS = 10n;
const PATIENCE_MS = 7_200_000;
/** A step may be two epochs away. */
const DEATH_PATIENCE_MS = 900_000;
/** The network has nobody who funds incentives, so no tree of them is sent. */
const points = workerKillPoints.filter((point) => !point.includes('incentives'));
/** Dealt like cards: the deaths of one hand follow each other on the way of an epoch, a hand takes about two. */
const HANDS = 5;
const planned = Array.from({ length: HANDS }, (_, hand) => points.filter((_, index) => index % HANDS === hand)).flat();

let net: FollowedNetwork;

beforeAll(async () => {
  net = await startFollowedNetwork(EPOCH_SECONDS);
}, PATIENCE_MS);

afterAll(() => net?.stop(), PATIENCE_MS);

/** Until a state of an epoch, with a worker that nobody kills. */
async function undisturbed(rewardEpoch: bigint, state: string): Promise<void> {
  const worker = startWorkerProcess(net.settings);
  try {
    for (const deadline = Date.now() + DEATH_PATIENCE_MS * Number(EPOCHS); ; await sleep(200)) {
      const row = await epochRow(net.store, rewardEpoch);
      if (row?.state === state) return;
      if (Date.now() > deadline) throw new Error(`reward epoch ${rewardEpoch} is ${row?.state}`);
    }
  } finally {
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.kill('SIGTERM');
    await ended;
  }
}

/** A worker is under way when everything in Redis goes. */
async function flushRedisInAnEpoch(): Promise<void> {
  const redis = new Redis(net.redis.url);
  const flushing = sleep(6_000).then(() => redis.flushall());
  await dieAt(net.settings, 'after-epoch-verified', DEATH_PATIENCE_MS);
  await flushing;
  redis.disconnect();
}

it(
  'ten epochs whose workers died at every step have ten records, exact sums, and one accrual of each pool',
  async () => {
    for (const [index, point] of planned.entries()) {
      await dieAt(net.settings, point, DEATH_PATIENCE_MS);
      process.stdout.write(`${new Date().toISOString()} ${point}\n`);
      if (index === planned.length >> 1) await flushRedisInAnEpoch();
    }
    await undisturbed(EPOCHS, 'accrued');
    const { context } = net;
    const poolCount = net.market.providers.length;
    for (let epoch = 1n; epoch <= EPOCHS; epoch += 1n) {
      const proof = await verifyEpoch(net.store, context.chain, epoch);
      expect(proof).toMatchObject({ totalRewards: (await epochRow(net.store, epoch))?.emission, poolCount });
      expect(await differencesFromEvents(context, epoch)).toEqual([]);
    }
    const records = await rows<{ record: string; times: bigint }>(
      net.store,
      `SELECT accounts[indexOf(account_names, 'reward_record')] AS record, count() AS times FROM canonical_instructions
WHERE slot > 0 AND failed = 0 AND name = 'create_reward_record' GROUP BY record`,
    );
    expect(records.length).toBeGreaterThanOrEqual(Number(EPOCHS));
    expect(records.filter(({ times }) => times !== 1n)).toEqual([]);
    const accruals = await rows<{ epoch: bigint; pools: bigint; times: bigint; paid: bigint }>(
      net.store,
      `SELECT epoch, uniqExact(operator_pool) AS pools, count() AS times, sum(delegator_rewards + operator_reward_commission) AS paid
FROM canonical_staking_accrue_reward WHERE slot > 0 AND epoch <= {epochs:UInt64} GROUP BY epoch ORDER BY epoch`,
      { epochs: EPOCHS },
    );
    expect(accruals).toHaveLength(Number(EPOCHS));
    for (const { epoch, pools, times, paid } of accruals) {
      const emission = (await epochRow(net.store, epoch))?.emission;
      expect({ epoch, pools, times, paid }).toEqual({
        ...{ epoch, pools: BigInt(poolCount), times: BigInt(poolCount), paid: emission },
      });
    }
    process.stdout.write(`${planned.length + 1} deaths over ${records.length} epochs\n`);
  },
  PATIENCE_MS,
);
