/**
 * Every way a step can fail on chain, made to happen on the compiled program.
 * @module
 */
import { type Address, address } from '@solana/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { createChainClient } from '../../../jobs/chain/chain-client.ts';
import { readKeypairFile } from '../../../jobs/chain/keypair-file.ts';
import { type SendOptions, sendTransaction } from '../../../jobs/chain/send-transaction.ts';
import { createStakingChain, type StakingChain } from '../../../jobs/chain/staking-chain.ts';
import { transactionErrorOf } from '../../../jobs/chain/transaction-error.ts';
import { emissionOf } from '../../../jobs/rewards/compute/emission.ts';
import { leafHash } from '../../../jobs/rewards/trees/leaf.ts';
import { updatePoolOverview } from '../../../programs/staking/client.generated.ts';
import { findOperatorPool, findStakingRecord } from '../../../programs/staking/pda.ts';
import { onboardProviders } from '../../simulation/onboarding.ts';
import { planProvider } from '../../simulation/population.ts';
import { type RewardChain, startRewardChain } from '../reward-network.ts';

let net: RewardChain;
let chain: StakingChain;
let options: SendOptions;

beforeAll(async () => {
  net = await startRewardChain();
  const client = createChainClient(net.localnet.rpcUrl);
  chain = await createStakingChain(client, net.network.stakingProgram);
  options = {
    ...{ chain: client, payer: await readKeypairFile(net.keypairPath), commitment: 'confirmed', context: {} },
    ...{ signal: new AbortController().signal, onSend: async () => undefined },
  };
});

afterAll(() => net?.stop());

const code = (name: string) => expect.objectContaining({ code: name });
const emission = emissionOf(1n);
const record = (totalRewards: bigint, totalUsdc = 0n, roots: readonly Uint8Array[] = [new Uint8Array(32).fill(3)]) =>
  chain.recordInstructions(options.payer.address, 1n, { roots, totalRewards, totalUsdc });

describe('before the epoch is marked', () => {
  it('a stranger is refused as authority', async () => {
    const stranger = await readKeypairFile(net.strangerPath);
    const instructions = await chain.markInstructions(stranger.address, 1n);
    const funded = { ...options, payer: stranger };
    await net.network.sender.patiently(async () => {
      await (net.network.rpc as never as AirdropRpc).requestAirdrop(stranger.address, 1_000_000_000n).send();
    });
    await untilFunded(stranger.address);
    await expect(sendTransaction(instructions, funded)).rejects.toThrow(code('REWARDS__WRONG_AUTHORITY'));
  });

  it('an epoch that is not the next one cannot be marked', async () => {
    await expect(sendTransaction(await chain.markInstructions(options.payer.address, 2n), options)).rejects.toThrow(
      code('REWARDS__EPOCH_NOT_NEXT'),
    );
  });

  it('a record is refused', async () => {
    await expect(sendTransaction(await record(emission), options)).rejects.toThrow(code('REWARDS__NOT_MARKED'));
  });
});

describe('once it is marked', () => {
  const provider = planProvider('7', 0);
  let pool: Address;
  let stakingRecord: Address;

  beforeAll(async () => {
    await onboardProviders(net.network, [provider]);
    pool = await findOperatorPool(provider.wallet.address, net.network.stakingProgram);
    stakingRecord = await findStakingRecord(pool, provider.wallet.address, net.network.stakingProgram);
    await sendTransaction(await chain.markInstructions(options.payer.address, 1n), options);
  });

  it('marking it again is harmless, so that a killed run can be repeated', async () => {
    await sendTransaction(await chain.markInstructions(options.payer.address, 1n), options);
    expect(await chain.overview('confirmed')).toMatchObject({ isEpochFinalizing: true, completedRewardEpoch: 0n });
  });

  it('a total that is not the emission is refused', async () => {
    await expect(sendTransaction(await record(emission + 1n), options)).rejects.toThrow(
      code('REWARDS__EMISSION_MISMATCH'),
    );
    await expect(sendTransaction(await record(emission, 0n, []), options)).rejects.toThrow(
      code('REWARDS__EMISSION_MISMATCH'),
    );
  });

  it('more USDC than the vault holds is refused', async () => {
    await expect(sendTransaction(await record(emission, 1n), options)).rejects.toThrow(code('REWARDS__VAULT_SHORT'));
  });

  it('a leaf accrues with its proof alone, once, and not while accruals are halted', async () => {
    const root = leafHash({ pool: fromBase58(pool), reward: emission, usdc: 0n });
    await sendTransaction(await record(emission, 0n, [root]), options);
    const accrual = (reward: bigint) =>
      chain.accrueInstructions(pool, stakingRecord, 1n, { treeIndex: 0, proof: [], proofPath: [], reward, usdc: 0n });
    await expect(sendTransaction(await accrual(emission + 1n), options)).rejects.toThrow(
      code('REWARDS__PROOF_REFUSED'),
    );
    await haltAccruals(true);
    await expect(sendTransaction(await accrual(emission), options)).rejects.toThrow(code('REWARDS__ACCRUAL_HALTED'));
    await haltAccruals(false);
    await sendTransaction(await accrual(emission), options);
    const [state] = await chain.pools([pool], 'confirmed');
    expect(state?.rewardLastClaimedEpoch).toBe(1n);
    await expect(sendTransaction(await accrual(emission), options)).rejects.toThrow(code('REWARDS__OUT_OF_SEQUENCE'));
  });

  it('a record that is there already is not written twice', async () => {
    await expect(sendTransaction(await record(emission), options)).rejects.toThrow(code('REWARDS__RECORD_NOT_NEXT'));
  });
});

describe('the way to the chain', () => {
  it('an RPC that does not answer is worth another try', async () => {
    const away = { ...options, chain: createChainClient('http://127.0.0.1:1') };
    await expect(sendTransaction(await record(emission), away)).rejects.toThrow(code('CHAIN__RPC_UNREACHABLE'));
  });

  it('a blockhash that has expired is worth another transaction', () => {
    expect(transactionErrorOf('BlockhashNotFound', [], {})).toMatchObject({
      code: 'CHAIN__BLOCKHASH_EXPIRED',
      retryable: true,
    });
  });

  it('an error nobody foresaw says what the chain said', () => {
    expect(
      transactionErrorOf({ InstructionError: [0, { Custom: 4242 }] }, ['Program log: Error: no such luck'], {}),
    ).toMatchObject({
      code: 'CHAIN__TRANSACTION_FAILED',
      message: expect.stringContaining('no such luck'),
    });
  });

  it('a keypair file that is none is refused without showing what is in it', async () => {
    await expect(readKeypairFile('/nonexistent/key.json')).rejects.toThrow(code('CHAIN__BAD_KEYPAIR'));
    await expect(readKeypairFile(import.meta.filename)).rejects.toThrow(code('CHAIN__BAD_KEYPAIR'));
  });
});

interface AirdropRpc {
  requestAirdrop(address: string, lamports: bigint): { send(): Promise<string> };
}

async function untilFunded(wallet: string): Promise<void> {
  for (;;) {
    const { value } = await net.network.rpc.getBalance(address(wallet), { commitment: 'confirmed' }).send();
    if (value > 0n) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function haltAccruals(isAccrueRewardHalted: boolean): Promise<void> {
  const { admin, sender, poolOverview, stakingProgram } = net.network;
  const args = {
    ...{ isStakingHalted: null, isWithdrawalHalted: null, isAccrueRewardHalted, allowPoolCreation: null },
    ...{ operatorPoolRegistrationFee: null, minOperatorTokenStake: null, delegatorUnstakeDelaySeconds: null },
    ...{ operatorUnstakeDelaySeconds: null, slashingDelaySeconds: null },
  };
  const instruction = updatePoolOverview({ programAdmin: admin.address, poolOverview }, args, stakingProgram);
  await sender.sendOrThrow([{ instructions: [instruction], signers: [admin] }]);
}
