import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { address } from '@solana/kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { runIndexer } from '../../indexer/main.ts';
import { type EpochRow, epochRow, insertEpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { artefactRow, leafRows } from '../../indexer/store/queries/rewards/reward-results.ts';
import { eventsCompleteAfter, slotsWithoutAccountsAsOf } from '../../indexer/store/queries/rows/account-snapshots.ts';
import { rows } from '../../indexer/store/rows.ts';
import { runWorker } from '../../jobs/main.ts';
import { recomputeArtefact, verifyEpoch } from '../../jobs/rewards/by-hand/verify-epoch.ts';
import { EpochMachine } from '../../jobs/rewards/epoch-machine.ts';
import { inState } from '../../jobs/rewards/epoch-state.ts';
import {
  marketFacts,
  providerStandings,
  rulesAsOf,
  standingsFromAccounts,
} from '../../jobs/rewards/inputs/market-facts.ts';
import { parametersInForce } from '../../jobs/rewards/inputs/parameters-in-force.ts';
import { createRewardContext, type RewardContext } from '../../jobs/rewards/reward-context.ts';
import { commitStep } from '../../jobs/rewards/steps/commit-step.ts';
import { decodeMarketplace } from '../../programs/marketplace/client.generated.ts';
import { type RewardNetwork, startRewardNetwork } from './reward-network.ts';
import { transactionsOf } from './stored-rewards.ts';

const EPOCH_SECONDS = 4;
const PATIENCE_MS = 300_000;

let net: RewardNetwork;
let context: RewardContext;
let statusPort = 0;
const controller = new AbortController();
const running: Promise<void>[] = [];
const failures: unknown[] = [];

beforeAll(async () => {
  net = await startRewardNetwork(EPOCH_SECONDS);
  const keep = (process: Promise<void>) => running.push(process.catch((error: unknown) => void failures.push(error)));
  keep(runIndexer(net.settings, controller.signal));
  keep(runWorker(net.settings, controller.signal, { onListening }));
  context = await createRewardContext(net.settings, net.store, controller.signal);
}, PATIENCE_MS);

afterAll(async () => {
  controller.abort();
  await Promise.all(running);
  await net?.stop();
}, PATIENCE_MS);

const onListening = (port: number) => {
  statusPort = port;
};

/** Computations with work in them. */
const worked = new Set<string>();
const workedSql = 'SELECT DISTINCT input_hash AS inputHash FROM reward_work WHERE gpu_seconds > 0';

const status = async () =>
  (await fetch(`http://127.0.0.1:${statusPort}/status`)).json() as Promise<Record<string, unknown>>;

async function untilAccrued(rewardEpoch: bigint): Promise<EpochRow> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    expect(failures).toEqual([]);
    const row = await epochRow(net.store, rewardEpoch);
    if (row?.state === 'accrued') return row;
    if (Date.now() > deadline)
      throw new Error(`reward epoch ${rewardEpoch} is ${row?.state}: ${JSON.stringify(await status())}`);
    await sleep(200);
  }
}

it(
  'an epoch goes from the blocks of its window to a record on chain that every pool has accrued',
  async () => {
    const row = await untilAccrued(1n);
    const record = await context.chain.record(1n, 'finalized');
    expect(record).toMatchObject({ totalRewards: row.emission, totalUsdcPayout: row.totalUsdc });
    expect(record?.merkleRoots.map((root) => Buffer.from(root).toString('hex'))).toEqual(
      row.roots.map((root) => Buffer.from(root).toString('hex')),
    );
    const leaves = await leafRows(net.store, row, null, 100);
    expect(leaves).toHaveLength(net.market.providers.length);
    expect(leaves.reduce((sum, { reward }) => sum + reward, 0n)).toBe(1_666_666_666_666_667n);
    const pools = await context.chain.pools(
      leaves.map(({ pool }) => address(toBase58(pool))),
      'finalized',
    );
    expect(pools.every((pool) => pool !== null && pool.rewardLastClaimedEpoch >= 1n)).toBe(true);
  },
  PATIENCE_MS,
);

it('the artefact computes the epoch again, and one that was touched does not', async () => {
  const row = await untilAccrued(1n);
  const proof = await verifyEpoch(net.store, context.chain, 1n);
  expect(proof.artefactHash).toBe(row.artefactHash);
  const file = `${context.artefactFolder}/${row.artefactHash}.json`;
  const text = readFileSync(file, 'utf8');
  expect(existsSync(`${file}.gz`) && gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(text);
  expect((await artefactRow(net.store, 1n, row.artefactHash))?.content).toBe(text);
  const touched = text.replace(
    /"totalStaked":"(\d)/,
    (_, digit: string) => `"totalStaked":"${digit === '9' ? 8 : Number(digit) + 1}`,
  );
  expect(() => recomputeArtefact(touched)).toThrow(expect.objectContaining({ code: 'REWARDS__ARTEFACT_DIFFERS' }));
});

it('an epoch is marked and committed by one transaction each, and its intents are on record', async () => {
  await untilAccrued(2n);
  const sent = await rows<{ name: string; epoch: string; times: bigint }>(
    net.store,
    `SELECT name, count() AS times FROM canonical_instructions
WHERE slot > 0 AND failed = 0 AND name IN ('create_reward_record') GROUP BY name, accounts ORDER BY name`,
  );
  expect(sent.every(({ times }) => times === 1n)).toBe(true);
  for (const kind of ['mark', 'commit'] as const) {
    const transactions = await transactionsOf(net.store, 1n, kind);
    expect(transactions.map(({ status: fate }) => fate)).toEqual([kind === 'mark' ? 'finalized' : 'confirmed']);
  }
});

it('a pool accrues an epoch once, whatever is sent', async () => {
  const row = await untilAccrued(1n);
  const machine = new EpochMachine(context);
  await insertEpochRow(net.store, { ...row, stateRank: row.stateRank });
  await machine.accrue();
  const accruals = await rows<{ pool: Uint8Array; times: bigint }>(
    net.store,
    `SELECT operator_pool AS pool, count() AS times FROM canonical_staking_accrue_reward WHERE slot > 0 AND epoch = 1 GROUP BY operator_pool`,
  );
  expect(accruals.map(({ times }) => times)).toEqual(net.market.providers.map(() => 1n));
});

it('a record that is there already ends the commit; one with another root is an alarm', async () => {
  const row = inState(await untilAccrued(1n), 'approved', {}, 1n);
  expect(await commitStep(context, row)).toMatchObject({
    kind: 'advanced',
    row: { state: 'committed', commitSignature: row.commitSignature },
  });
  const otherRoots = { ...row, roots: [new Uint8Array(32).fill(1)] };
  await expect(commitStep(context, otherRoots)).rejects.toThrow(
    expect.objectContaining({ code: 'REWARDS__RECORD_DIFFERS' }),
  );
  await expect(commitStep(context, { ...row, totalUsdc: row.totalUsdc + 1n })).rejects.toThrow(
    expect.objectContaining({ code: 'REWARDS__RECORD_DIFFERS' }),
  );
});

it(
  'Redis killed and back without its data costs nothing but time',
  async () => {
    await net.redis.kill();
    const before = BigInt(String((await status())['rewardEpoch'] ?? '1'));
    await sleep(500);
    await net.redis.restart();
    await untilAccrued(before + 1n);
    expect(await status()).toMatchObject({ isConnected: true });
  },
  PATIENCE_MS,
);

it(
  'every second that was paid for counts in exactly one epoch, and USDC is paid out to the unit',
  async () => {
    const epochs: EpochRow[] = [];
    while (!epochs.some(({ inputHash }) => worked.has(inputHash)) || epochs.length < 3) {
      epochs.push(await untilAccrued(BigInt(epochs.length + 1)));
      for (const { inputHash } of await rows<{ inputHash: string }>(net.store, workedSql)) worked.add(inputHash);
    }
    const last = epochs.at(-1) ?? expect.fail();
    const [work] = await rows<{ seconds: bigint }>(
      net.store,
      'SELECT sum(settled_seconds) AS seconds FROM reward_work FINAL WHERE reward_epoch <= {last:UInt64}',
      { last: last.rewardEpoch },
    );
    const [settled] = await rows<{ seconds: bigint; usdc: bigint }>(
      net.store,
      // What had matured before the first epoch began belongs to none.
      `SELECT sumIf(gpu_seconds, fee > 0 AND challenge_ends_at < {end:Int64}
    AND NOT (slot < {first:UInt64} AND challenge_ends_at < {start:Int64})) AS seconds,
  sumIf(provider_amount, paid_to_staking_vault AND slot >= {first:UInt64}) AS usdc
FROM canonical_marketplace_order_settled WHERE slot <= {last:UInt64}`,
      {
        ...{ start: epochs[0]?.windowStart ?? 0n, first: epochs[0]?.firstSlot ?? 0n },
        ...{ end: last.windowEnd, last: last.lastSlot },
      },
    );
    expect(work?.seconds).toBeGreaterThan(0n);
    expect(work?.seconds).toBe(settled?.seconds);
    expect(epochs.reduce((sum, { totalUsdc, orphanedUsdc }) => sum + totalUsdc + orphanedUsdc, 0n)).toBe(settled?.usdc);
  },
  PATIENCE_MS,
);

const named = <T extends { readonly provider: Uint8Array; readonly owner: Uint8Array }>(each: T) => ({
  ...each,
  ...{ provider: toBase58(each.provider), owner: toBase58(each.owner) },
});

/** Blocks after a slot, up to the finalized one, in which orders were created, settled or refunded. */
const tradingBlocksSql = `SELECT slot, any(block_time) AS time, toBool(max(is_created)) AS isCreated, toBool(max(is_settled)) AS isSettled
FROM (
  SELECT slot, block_time, 1 AS is_created, 0 AS is_settled FROM canonical_marketplace_order_created WHERE slot > {base:UInt64}
  UNION ALL SELECT slot, block_time, 0, 1 FROM canonical_marketplace_order_settled WHERE slot > {base:UInt64}
  UNION ALL SELECT slot, block_time, 0, 0 FROM canonical_marketplace_order_refunded WHERE slot > {base:UInt64}
) WHERE slot <= (SELECT max(slot) FROM cursors WHERE name = 'finalized') GROUP BY slot ORDER BY slot`;

it(
  'what events say of providers is what their accounts say, from the first block on and from any later one',
  async () => {
    const { marketplace } = context.programs;
    const base = (await eventsCompleteAfter(net.store)) ?? expect.fail('events are complete from nowhere on');
    const found = await rows<{ slot: bigint; time: bigint; isCreated: boolean; isSettled: boolean }>(
      net.store,
      tradingBlocksSql,
      { base },
    );
    const step = Math.ceil(found.length / 4);
    const ofEachKind = [found.find(({ isCreated }) => isCreated), found.find(({ isSettled }) => isSettled)];
    const sampled = found.filter((block, index) => index % step === 0 || ofEachKind.includes(block));
    const middle = sampled[sampled.length >> 1]?.slot ?? expect.fail('nothing was traded');
    const locked: bigint[] = [];
    for (const { slot, time } of sampled) {
      expect(await slotsWithoutAccountsAsOf(net.store, slot)).toEqual([]);
      for (const endTime of [time, time + 2n ** 40n]) {
        const fromAccounts = await standingsFromAccounts(net.store, marketplace, slot, endTime);
        for (const afterSlot of [base, middle].filter((each) => each <= slot)) {
          const fromEvents = await providerStandings(net.store, marketplace, { afterSlot, lastSlot: slot, endTime });
          expect(fromEvents.map(named), `slot ${slot} after ${afterSlot}`).toEqual(fromAccounts.map(named));
        }
        locked.push(fromAccounts.reduce((sum, each) => sum + each.locked, 0n));
      }
    }
    // Ended orders hold bond beyond the block, none for ever; open ones hold it whatever the time.
    expect(locked.some((sum, index) => index % 2 === 0 && sum > (locked[index + 1] ?? sum))).toBe(true);
    expect(locked.some((sum, index) => index % 2 === 1 && sum > 0n)).toBe(true);
  },
  PATIENCE_MS,
);

it('the catalogue and the tiers from events are those of the Marketplace account', async () => {
  const { marketplace } = context.programs;
  const { firstSlot, lastSlot, windowEnd } = await untilAccrued(1n);
  const facts = await marketFacts(net.store, marketplace, lastSlot, windowEnd);
  const [row] = await accountsAsOf(net.store, marketplace, 'Marketplace', lastSlot);
  const { settings, models } = decodeMarketplace(row?.data ?? expect.fail('no Marketplace account'));
  // A record that begins at the epoch has no event to tell of them, and takes them from the account.
  expect(await rulesAsOf(net.store, marketplace, firstSlot, lastSlot)).toEqual({
    tierMinimumBonds: settings.tierMinimumBonds,
    ...{ modelWeights: facts?.modelWeights, usdcMint: facts?.usdcMint },
  });
  expect(facts?.modelWeights).toEqual(models.map(({ weight }) => BigInt(weight)));
  const governed = (afterSlot: bigint) => parametersInForce(net.store, context.programs, afterSlot, lastSlot);
  const fromAccounts = await governed(firstSlot);
  expect(fromAccounts.get('heartbeat_interval_seconds')).toBe(BigInt(settings.heartbeatIntervalSeconds));
  const base = (await eventsCompleteAfter(net.store)) ?? expect.fail('events are complete from nowhere on');
  expect([...fromAccounts].sort()).toEqual([...(await governed(base))].sort());
  const standings = await standingsFromAccounts(net.store, marketplace, lastSlot, windowEnd);
  expect(facts?.providers.map(named)).toEqual(
    standings.map(named).map(({ locked, ...facts }) => {
      const minimum = settings.tierMinimumBonds[facts.tier - 1] ?? expect.fail('no such tier');
      const holdsMore = locked > minimum;
      return { ...facts, requiredBond: holdsMore ? locked : minimum };
    }),
  );
});
