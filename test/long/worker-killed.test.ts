/**
 * The worker as a process that is killed again and again while epochs go by.
 * @module
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { rows } from '../../indexer/store/rows.ts';
import { verifyEpoch } from '../../jobs/rewards/by-hand/verify-epoch.ts';
import { type FollowedNetwork, startFollowedNetwork } from '../jobs/reward-network.ts';
import { startWorkerProcess } from '../jobs/worker-process.ts';
import { createRandom } from '../simulation/random.ts';

const EPOCH_SECONDS = 4;
const EPOCHS = 4n;
const PATIENCE_MS = 1_800_000;
const SHORTEST_LIFE_MS = 1_500;
const LONGEST_LIFE_MS = 6_500;
/** On a slow machine a worker has hardly begun by then: each later one may live so much longer. */
const LIFE_GROWTH_MS = 200;

let net: FollowedNetwork;

beforeAll(async () => {
  net = await startFollowedNetwork(EPOCH_SECONDS);
}, PATIENCE_MS);

afterAll(() => net?.stop(), PATIENCE_MS);

it(
  'a worker killed at any moment leaves one record and one accrual per pool of every epoch',
  async () => {
    const random = createRandom(11n);
    let kills = 0;
    for (let state = ''; state !== 'accrued'; state = (await epochRow(net.store, EPOCHS))?.state ?? '') {
      const worker = startWorkerProcess(net.settings);
      await sleep(random.integer(SHORTEST_LIFE_MS, LONGEST_LIFE_MS + kills * LIFE_GROWTH_MS));
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      kills += 1;
      expect(kills).toBeLessThan(200);
    }
    const { chain } = net.context;
    for (let epoch = 1n; epoch <= EPOCHS; epoch += 1n) await verifyEpoch(net.store, chain, epoch);
    const records = await rows<{ times: bigint }>(
      net.store,
      `SELECT count() AS times FROM canonical_instructions
WHERE slot > 0 AND failed = 0 AND name = 'create_reward_record' GROUP BY accounts[indexOf(account_names, 'reward_record')]`,
    );
    expect(records.length).toBeGreaterThanOrEqual(Number(EPOCHS));
    expect(records.map(({ times }) => times)).toEqual(records.map(() => 1n));
    const accruals = await rows<{ times: bigint }>(
      net.store,
      'SELECT count() AS times FROM canonical_staking_accrue_reward WHERE slot > 0 AND epoch <= {epochs:UInt64} GROUP BY operator_pool, epoch',
      { epochs: EPOCHS },
    );
    expect(accruals.map(({ times }) => times)).toEqual(accruals.map(() => 1n));
    expect(accruals).toHaveLength(Number(EPOCHS) * net.market.providers.length);
  },
  PATIENCE_MS,
);
