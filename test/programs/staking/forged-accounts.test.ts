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
    ['the overview of stake', stake, 1, 2006],
    ['the pool of stake', stake, 2, 2006],
    ['the record of stake', stake, 3, 2006],
    ['the operator record of stake', stake, 4, 2001],
    ['the vault of stake', stake, 6, 2006],
    ['the overview of update_pool_overview', network.update({}), 1, 2006],
    ['the overview of update_pool_overview_authorities', network.authorize([]), 1, 2006],
    ['the overview of mark_epoch_as_finalizing', network.mark(1n), 1, 2006],
    ['the overview of create_operator_pool', network.createPool(fresh), 4, 2006],
    ['the pool of create_staking_record', await network.createRecord(addressOf('someone'), pool), 2, 2006],
    ['the overview of create_reward_record', record, 2, 2006],
    ['the reward vault of create_reward_record', record, 4, 2006],
    ['the USDC vault of create_reward_record', record, 5, 2006],
  ] as const;

  it.each(staked)('%s', (_, instruction, index, code) => {
    expect(network.svm.codeOf(copyElsewhere(network, instruction, index))).toBe(code);
  });

  it('each account of accrue_reward', async () => {
    network.svm.run(record);
    const accrue = await network.accrue(1n, leaf);
    for (const index of [0, 1, 2, 4, 5, 6, 7, 8, 9]) {
      expect(network.svm.codeOf(copyElsewhere(network, accrue, index)), `account ${index}`).toBe(2006);
    }
    expect(network.svm.codeOf(copyElsewhere(network, accrue, 3))).toBe(2001);
    network.svm.run(accrue);
  });
});
