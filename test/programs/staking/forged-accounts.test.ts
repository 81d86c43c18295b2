import { AnchorError } from '@coral-xyz/anchor';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { addressOf } from '../svm.ts';
import { withAccount } from './instruction-edits.ts';
import { leafHash, StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

/** An exact copy of an account at an address that is not the program's for it. */
function copyElsewhere(network: StakingNetwork, instruction: ProgramInstruction, index: number): ProgramInstruction {
  const original = instruction.accounts[index];
  if (original === undefined) throw new Error(`no account ${index}`);
  const account = network.svm.vm.getAccount(original.address);
  if (!account.exists) throw new Error(`account ${index} does not exist`);
  const elsewhere = addressOf(`copy of account ${index}`);
  network.svm.put(elsewhere, new Uint8Array(account.data), account.programAddress);
  return withAccount(instruction, index, elsewhere);
}

/** Error number, and the account that the log blames for it: a later check may give the same number. */
function verdict(network: StakingNetwork, instruction: ProgramInstruction): [number | null, string | undefined] {
  const { failure, logs } = network.svm.send(instruction);
  const blamed = AnchorError.parse([...logs])?.error.origin;
  return [failure?.code ?? null, typeof blamed === 'string' ? blamed : undefined];
}

describe('a copy of the right account at another address is refused', async () => {
  const network = await StakingNetwork.ready();
  const { overview, rewardVault, usdcVault } = network.places;
  const pool = await network.pool('operator');
  const fresh = await network.poolOf(addressOf('fresh operator'));
  network.giveTokens(fresh.admin, 1n);
  const leaf = { pool, rewardAmount: 5n, usdcAmount: 0n };
  network.svm.run(await network.stake(pool.admin, pool, 1_000n), network.mark(1n));
  network.svm.putTokens(rewardVault, TOKEN_MINT, overview, 10n ** 18n);
  network.svm.putTokens(usdcVault, USDC_MINT, overview, 10n);
  const record = await network.createReward(1n, [leafHash(leaf)], 1_666_666_666_666_667n, 0n);
  const stake = await network.stake(pool.admin, pool, 1n);
  const staked = [
    ['the overview of stake', stake, 1, 2006, 'pool_overview'],
    ['the pool of stake', stake, 2, 2006, 'operator_pool'],
    ['the record of stake', stake, 3, 2006, 'owner_staking_record'],
    ['the operator record of stake', stake, 4, 2001, 'operator_pool'],
    ['the vault of stake', stake, 6, 2006, 'staked_token_account'],
    ['the overview of update_pool_overview', network.update({}), 1, 2006, 'pool_overview'],
    ['the overview of update_pool_overview_authorities', network.authorize([]), 1, 2006, 'pool_overview'],
    ['the overview of mark_epoch_as_finalizing', network.mark(1n), 1, 2006, 'pool_overview'],
    ['the overview of create_operator_pool', network.createPool(fresh), 4, 2006, 'pool_overview'],
    ['the overview of create_reward_record', record, 2, 2006, 'pool_overview'],
    ['the reward vault of create_reward_record', record, 4, 2006, 'reward_token_account'],
    ['the USDC vault of create_reward_record', record, 5, 2006, 'usdc_token_account'],
  ] as const;

  it.each(staked)('%s', (_, instruction, index, code, blamed) => {
    expect(verdict(network, copyElsewhere(network, instruction, index))).toEqual([code, blamed]);
  });

  it('the pool of create_staking_record, even with the record address that follows from it', async () => {
    const elsewhere = addressOf('copy of the pool');
    network.svm.put(elsewhere, network.svm.data(pool.address), network.programAddress);
    const create = await network.createRecord(addressOf('someone'), { ...pool, address: elsewhere });
    expect(verdict(network, create)).toEqual([2006, 'operator_pool']);
  });

  it('each account of accrue_reward', async () => {
    network.svm.run(record);
    const accrue = await network.accrue(1n, leaf);
    const blamed = [
      [0, 'pool_overview'],
      [1, 'reward_record'],
      [2, 'operator_pool'],
      [4, 'reward_token_account'],
      [5, 'usdc_token_account'],
      [6, 'staked_token_account'],
      [7, 'reward_fee_token_account'],
      [8, 'usdc_fee_token_account'],
      [9, 'pool_usdc_vault'],
    ] as const;
    for (const [index, name] of blamed) {
      expect(verdict(network, copyElsewhere(network, accrue, index))).toEqual([2006, name]);
    }
    expect(verdict(network, copyElsewhere(network, accrue, 3))).toEqual([2001, 'operator_pool']);
    network.svm.run(accrue);
  });
});
