import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '@solana/kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIndexer } from '../../indexer/main.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { epochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { EpochMachine } from '../../jobs/rewards/epoch-machine.ts';
import { createRewardContext } from '../../jobs/rewards/reward-context.ts';
import { accrueReward, decodeOperatorPool } from '../../programs/staking/client.generated.ts';
import { findOperatorPool, findPoolVaults, findRewardRecord } from '../../programs/staking/pda.ts';
import { type RewardNetwork, startRewardNetwork } from '../jobs/reward-network.ts';
import { readAccounts } from '../simulation/network.ts';
import { startApi } from './start-api.ts';

const EPOCH_SECONDS = 4;
const PATIENCE_MS = 240_000;
const REWARD_QUERY = `query ($pool: PublicKey!) {
  reward(epoch: "1", pool: $pool) { rewardAmount usdcAmount merkleIndex proof proofPath }
}`;

interface Reward {
  readonly rewardAmount: string;
  readonly usdcAmount: string;
  readonly merkleIndex: number;
  readonly proof: readonly string[];
  readonly proofPath: readonly boolean[];
}

let net: RewardNetwork;
let indexer: Promise<void>;
const controller = new AbortController();

beforeAll(async () => {
  net = await startRewardNetwork(EPOCH_SECONDS);
  indexer = runIndexer(net.settings, controller.signal);
  const machine = new EpochMachine(await createRewardContext(net.settings, net.store, controller.signal));
  // No accruing here: the claim is to be the first to move the money.
  while ((await epochRow(net.store, 1n))?.state !== 'committed') {
    await machine.advance().catch(() => undefined);
    await sleep(200);
  }
}, PATIENCE_MS);

afterAll(async () => {
  controller.abort();
  await indexer;
  await net?.stop();
}, PATIENCE_MS);

async function poolState(pool: Address) {
  const [data] = await readAccounts(net.network, [pool]);
  return decodeOperatorPool(data ?? new Uint8Array());
}

async function claimOf(pool: Address, reward: Reward, rewardAmount: bigint) {
  const program = net.network.stakingProgram;
  const vaults = await findPoolVaults(pool, program);
  return accrueReward(
    {
      poolOverview: net.network.poolOverview,
      rewardRecord: await findRewardRecord(1n, program),
      operatorPool: pool,
      operatorStakingRecord: (await poolState(pool)).operatorStakingRecord,
      rewardTokenAccount: net.network.rewardVault,
      usdcTokenAccount: net.network.usdcVault,
      stakedTokenAccount: vaults.stakedToken,
      rewardFeeTokenAccount: vaults.rewardCommission,
      usdcFeeTokenAccount: vaults.usdcCommission,
      poolUsdcVault: vaults.delegatorUsdc,
    },
    {
      merkleIndex: reward.merkleIndex,
      proof: reward.proof.map((each) => Uint8Array.from(Buffer.from(each, 'hex'))),
      proofPath: [...reward.proofPath],
      rewardAmount,
      usdcAmount: BigInt(reward.usdcAmount),
    },
    program,
  );
}

it('the proof that the API gives makes the program pay, and a changed amount does not', async () => {
  const { wallet } = net.market.providers[0] ?? expect.fail('nobody provides');
  const pool = await findOperatorPool(wallet.address, net.network.stakingProgram);
  const api = await startApi(net.store, await loadProgramRegistry(net.settings));
  const answer = await api.ask(REWARD_QUERY, { pool });
  await api.stop();
  expect(answer.errors).toBeUndefined();
  const reward = answer.data?.['reward'] as Reward;
  const amount = BigInt(reward.rewardAmount);
  const before = await poolState(pool);
  const send = async (rewardAmount: bigint) => {
    const instructions = [await claimOf(pool, reward, rewardAmount)];
    return (await net.network.sender.sendAll([{ instructions, signers: [wallet] }]))[0]?.status;
  };

  expect(await send(amount + 1n)).toBe('failed');
  expect(await poolState(pool)).toMatchObject({ rewardLastClaimedEpoch: 0n });
  expect(await send(amount)).toBe('confirmed');
  const after = await poolState(pool);
  expect(after.rewardLastClaimedEpoch).toBe(1n);
  expect(after.totalStakedAmount).toBeGreaterThan(before.totalStakedAmount);
});
