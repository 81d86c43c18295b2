import { AnchorError } from '@coral-xyz/anchor';
import { describe, expect, it } from 'vitest';
import * as staking from '../../../programs/staking/client.generated.ts';
import { findPoolOverview } from '../../../programs/staking/pda.ts';
import { addressOf } from '../svm.ts';
import { asReadonly, withAccount, withoutSignature } from './instruction-edits.ts';
import { ADMIN, PAYOUT_WALLET, PROGRAM, REWARD_AUTHORITY, StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

const NOBODY = addressOf('nobody');

describe('create_pool_overview', () => {
  it('starts with the minimum slashing delay, no authorities and pool creation closed', async () => {
    const network = await StakingNetwork.bare();
    network.svm.run(network.createOverview());
    expect(network.overview()).toMatchObject({
      mint: TOKEN_MINT,
      programAdmin: ADMIN,
      registrationFeePayoutWallet: PAYOUT_WALLET,
      slashingDestinationTokenAccount: addressOf('slashing tokens'),
      slashingDestinationUsdcAccount: addressOf('slashing usdc'),
      slashingDelaySeconds: 86_400n,
      rewardDistributionAuthorities: [],
      allowPoolCreation: false,
      isEpochFinalizing: false,
      completedRewardEpoch: 0n,
    });
    expect(network.svm.data(network.places.overview)).toHaveLength(1762);
    expect(network.svm.vm.getBalance(network.places.overview)).toBe(13_154_400n);
    expect(network.svm.tokens(network.places.rewardVault)).toBe(0n);
    expect(network.svm.tokens(network.places.usdcVault)).toBe(0n);
  });

  it('cannot be done twice', async () => {
    const network = await StakingNetwork.bare();
    network.svm.run(network.createOverview());
    expect(network.svm.codeOf(network.createOverview())).toBe(0);
  });

  it('tops up an address that somebody sent lamports to', async () => {
    const network = await StakingNetwork.bare();
    network.svm.fund(network.places.overview, 1_000_000n);
    network.svm.run(network.createOverview());
    expect(network.svm.vm.getBalance(network.places.overview)).toBe(13_154_400n);
  });

  it('works at any program address', async () => {
    const elsewhere = addressOf('another program address');
    const network = await StakingNetwork.ready({}, elsewhere);
    expect(network.places.overview).not.toBe(await findPoolOverview(PROGRAM));
    expect(network.overview().programAdmin).toBe(ADMIN);
  });

  it.each([
    ['an overview at another address', 5, 2006],
    ['a reward vault at another address', 6, 2006],
    ['a USDC vault at another address', 7, 2006],
    ['a mint that does not exist', 8, 3012],
    ['another token program', 10, 3008],
    ['another system program', 11, 3008],
  ])('refuses %s', async (_, index, code) => {
    const network = await StakingNetwork.bare();
    expect(network.svm.codeOf(withAccount(network.createOverview(), index, NOBODY))).toBe(code);
  });

  it('refuses another USDC mint, a missing signature and a short account list', async () => {
    const network = await StakingNetwork.bare();
    const create = network.createOverview();
    expect(network.svm.codeOf(withAccount(create, 9, TOKEN_MINT))).toBe(6023);
    expect(network.svm.codeOf(withoutSignature(create, 1))).toBe(3010);
    expect(network.svm.codeOf({ ...create, accounts: create.accounts.slice(0, 11) })).toBe(3005);
    expect(network.svm.codeOf(withAccount(create, 8, network.svm.fund(NOBODY)))).toBe(3007);
    expect(USDC_MINT).not.toBe(TOKEN_MINT);
  });
});

describe('update_pool_overview', () => {
  it('changes what is given and leaves the rest', async () => {
    const network = await StakingNetwork.ready();
    network.svm.run(
      network.update({ minOperatorTokenStake: 5n, isStakingHalted: true, slashingDelaySeconds: 86_400n }),
    );
    network.svm.run(network.update({ operatorPoolRegistrationFee: 7n, delegatorUnstakeDelaySeconds: 8n }));
    expect(network.overview()).toMatchObject({
      minOperatorTokenStake: 5n,
      isStakingHalted: true,
      operatorPoolRegistrationFee: 7n,
      delegatorUnstakeDelaySeconds: 8n,
      operatorUnstakeDelaySeconds: 0n,
      allowPoolCreation: true,
      registrationFeePayoutWallet: PAYOUT_WALLET,
    });
  });

  it('takes the optional accounts in the order wallet, USDC, token', async () => {
    const network = await StakingNetwork.ready();
    const update = network.update({});
    network.svm.run(withAccount(withAccount(update, 3, addressOf('new usdc')), 4, addressOf('new tokens')));
    expect(network.overview()).toMatchObject({
      registrationFeePayoutWallet: PAYOUT_WALLET,
      slashingDestinationUsdcAccount: addressOf('new usdc'),
      slashingDestinationTokenAccount: addressOf('new tokens'),
    });
  });

  it('refuses a short slashing delay, a stranger, a missing signature and a read-only overview', async () => {
    const network = await StakingNetwork.ready();
    expect(network.svm.codeOf(network.update({ slashingDelaySeconds: 86_399n }))).toBe(6045);
    expect(network.svm.codeOf(network.update({}, NOBODY))).toBe(6014);
    expect(network.svm.codeOf(withoutSignature(network.update({}), 0))).toBe(3010);
    expect(network.svm.codeOf(asReadonly(network.update({}), 1))).toBe(2000);
    expect(network.svm.codeOf(withAccount(network.update({}), 1, NOBODY))).toBe(3012);
    const short = network.update({});
    expect(network.svm.codeOf({ ...short, accounts: short.accounts.slice(0, 4) })).toBe(3005);
  });

  it('says in the log which account or rule failed, as Anchor clients read it', async () => {
    const network = await StakingNetwork.ready();
    const stranger = network.svm.send(network.update({}, NOBODY)).logs;
    expect(stranger).toContain('Program log: Instruction: UpdatePoolOverview');
    expect(AnchorError.parse([...stranger])).toMatchObject({
      error: { errorCode: { code: 'InvalidProgramAdmin', number: 6014 }, origin: 'pool_overview' },
    });
    const short = network.svm.send(network.update({ slashingDelaySeconds: 1n })).logs;
    expect(AnchorError.parse([...short])?.error).toMatchObject({
      errorCode: { code: 'InvalidSlashingDelay', number: 6045 },
      errorMessage: 'Slashing delay must be at least 86,400 seconds (1 day)',
    });
  });

  it('refuses arguments that end early', async () => {
    const network = await StakingNetwork.ready();
    const update = network.update({});
    expect(network.svm.codeOf({ ...update, data: update.data.subarray(0, 10) })).toBe(102);
  });
});

describe('update_pool_overview_authorities', () => {
  const authorities = (count: number) => Array.from({ length: count }, (_, index) => addressOf(`authority ${index}`));

  it('replaces a list wholly, up to five', async () => {
    const network = await StakingNetwork.ready();
    network.svm.run(network.authorize(authorities(5)));
    expect(network.overview().rewardDistributionAuthorities).toEqual(authorities(5));
    network.svm.run(network.authorize([]));
    expect(network.overview().rewardDistributionAuthorities).toEqual([]);
    expect(network.svm.codeOf(network.authorize(authorities(6)))).toBe(6018);
  });

  it('hands the program to a new admin who signs', async () => {
    const network = await StakingNetwork.ready();
    const heir = addressOf('new admin');
    const handOver = staking.updatePoolOverviewAuthorities(
      { programAdmin: ADMIN, poolOverview: network.places.overview, newProgramAdmin: heir },
      { newRewardDistributionAuthorities: null, newHaltAuthorities: [ADMIN], newSlashingAuthorities: [heir] },
    );
    expect(network.svm.codeOf(withoutSignature(handOver, 2))).toBe(2002);
    network.svm.run(handOver);
    expect(network.overview()).toMatchObject({
      programAdmin: heir,
      rewardDistributionAuthorities: [REWARD_AUTHORITY],
      haltAuthorities: [ADMIN],
      slashingAuthorities: [heir],
    });
    expect(network.svm.codeOf(network.update({}))).toBe(6014);
  });
});

describe('mark_epoch_as_finalizing', () => {
  it('accepts the next epoch only, and may be repeated', async () => {
    const network = await StakingNetwork.ready();
    expect(network.svm.codeOf(network.mark(0n))).toBe(6027);
    expect(network.svm.codeOf(network.mark(2n))).toBe(6027);
    network.svm.run(network.mark(1n));
    network.svm.run(network.mark(1n));
    expect(network.overview().isEpochFinalizing).toBe(true);
  });

  it('refuses a stranger, a missing signature and a read-only overview', async () => {
    const network = await StakingNetwork.ready();
    expect(network.svm.codeOf(withAccount(network.mark(1n), 0, NOBODY))).toBe(6015);
    expect(network.svm.codeOf(withoutSignature(network.mark(1n), 0))).toBe(3010);
    expect(network.svm.codeOf(asReadonly(network.mark(1n), 1))).toBe(2000);
  });
});

describe('an instruction that is not there', () => {
  it('answers 101, as do fewer than eight bytes', async () => {
    const network = await StakingNetwork.ready();
    const mark = network.mark(1n);
    expect(network.svm.codeOf({ ...mark, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })).toBe(101);
    expect(network.svm.codeOf({ ...mark, data: mark.data.subarray(0, 7) })).toBe(101);
    expect(network.svm.codeOf({ ...mark, data: new Uint8Array() })).toBe(101);
  });
});
