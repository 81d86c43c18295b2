import { describe, expect, it } from 'vitest';
import { addressOf } from '../svm.ts';
import { asReadonly, withAccount, withoutSignature } from './instruction-edits.ts';
import { PAYOUT_WALLET, type Pool, StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

const NOBODY = addressOf('nobody');

async function withPlace(settings = {}): Promise<{ network: StakingNetwork; pool: Pool }> {
  const network = await StakingNetwork.ready(settings);
  const pool = await network.poolOf(addressOf('operator'));
  network.giveTokens(pool.admin, 1_000n);
  network.giveTokens(PAYOUT_WALLET, 0n);
  return { network, pool };
}

describe('create_operator_pool', () => {
  it('makes the pool, four vaults and a first record of 121 bytes and version 0', async () => {
    const { network, pool } = await withPlace();
    const keys = [addressOf('key 1'), addressOf('key 2')];
    network.svm.run(
      network.createPool(pool, {
        autoStakeFees: true,
        rewardCommissionRateBps: 10_000,
        usdcCommissionRateBps: 1,
        name: 'Grün',
        description: '',
        websiteUrl: 'https://example.org',
        avatarImageUrl: 'http://example.org/a.png',
        operatorAuthKeys: keys,
      }),
    );
    expect(network.state(pool)).toMatchObject({
      version: 1,
      initialPoolAdmin: pool.admin,
      admin: pool.admin,
      name: 'Grün',
      description: '',
      websiteUrl: 'https://example.org',
      operatorStakingRecord: pool.record,
      operatorAuthKeys: keys,
      autoStakeFees: true,
      rewardCommissionRateBps: 10_000,
      newRewardCommissionRateBps: null,
      usdcCommissionRateBps: 1,
      allowDelegation: true,
      totalShares: 0n,
      joinedAtEpoch: 0n,
      closedAtEpoch: null,
      haltedAtTimestamp: null,
      rewardLastClaimedEpoch: 0n,
      cumulativeUsdcPerShare: 0n,
    });
    expect(network.svm.data(pool.address)).toHaveLength(1375);
    expect(network.svm.data(pool.record)).toHaveLength(121);
    const record = await network.recordOf(pool.admin, pool);
    expect(record).toMatchObject({ version: 0, owner: pool.admin, operatorPool: pool.address, shares: 0n });
    expect(Object.values(pool.vaults).map((vault) => network.svm.tokens(vault))).toEqual([0n, 0n, 0n, 0n]);
    expect(network.overview().totalPools).toBe(1n);
  });

  it('costs its payer 20351040 lamports of rent', async () => {
    const { network, pool } = await withPlace();
    const before = network.svm.vm.getBalance(network.svm.payer) ?? 0n;
    network.svm.run(network.createPool(pool));
    const signatures = 2n;
    expect(before - (network.svm.vm.getBalance(network.svm.payer) ?? 0n) - signatures * 5_000n).toBe(20_351_040n);
  });

  it('takes the registration fee, and reports a wallet that cannot pay', async () => {
    const { network, pool } = await withPlace({ operatorPoolRegistrationFee: 600n });
    network.svm.run(network.createPool(pool));
    expect(network.svm.tokens(network.walletOf(pool.admin))).toBe(400n);
    expect(network.svm.tokens(network.walletOf(PAYOUT_WALLET))).toBe(600n);
    const second = await network.poolOf(addressOf('second operator'));
    network.giveTokens(second.admin, 599n);
    expect(network.svm.codeOf(network.createPool(second))).toBe(1);
  });

  it('joins in the next epoch while one is being finalized', async () => {
    const { network, pool } = await withPlace();
    network.svm.run(network.mark(1n), network.createPool(pool));
    expect(network.state(pool)).toMatchObject({ joinedAtEpoch: 1n, rewardLastClaimedEpoch: 1n });
  });

  it('allows one pool for an admin, for ever', async () => {
    const { network, pool } = await withPlace();
    network.svm.run(network.createPool(pool));
    expect(network.svm.codeOf(network.createPool(pool, { name: 'again' }))).toBe(0);
  });

  it.each([
    ['a reward commission above 100 %', { rewardCommissionRateBps: 10_001 }, 6037],
    ['a USDC commission above 100 %', { usdcCommissionRateBps: 10_001 }, 6037],
    ['six keys', { operatorAuthKeys: [1, 2, 3, 4, 5, 6].map((n) => addressOf(`key ${n}`)) }, 6019],
    ['the same key twice', { operatorAuthKeys: [1, 2, 1].map((n) => addressOf(`key ${n}`)) }, 6020],
    ['a name of 65 bytes', { name: `${'ü'.repeat(32)}x` }, 6028],
    ['a description of 201 bytes', { description: 'x'.repeat(201) }, 6029],
    ['a website address of 65 bytes', { websiteUrl: `https://${'x'.repeat(57)}` }, 6030],
    ['a website address in capitals', { websiteUrl: 'HTTPS://example.org' }, 6032],
    ['an empty website address', { websiteUrl: '' }, 6032],
    ['a picture address of 129 bytes', { avatarImageUrl: `https://${'x'.repeat(121)}` }, 6031],
    ['a picture address of another kind', { avatarImageUrl: 'ipfs://x' }, 6033],
  ])('refuses %s', async (_, args, code) => {
    const { network, pool } = await withPlace();
    expect(network.svm.codeOf(network.createPool(pool, args))).toBe(code);
  });

  it('accepts texts of exactly the longest length', async () => {
    const { network, pool } = await withPlace();
    const args = {
      name: 'ü'.repeat(32),
      description: 'x'.repeat(200),
      websiteUrl: `https://${'x'.repeat(56)}`,
      avatarImageUrl: `https://${'x'.repeat(120)}`,
      operatorAuthKeys: [1, 2, 3, 4, 5].map((n) => addressOf(`key ${n}`)),
    };
    network.svm.run(network.createPool(pool, args));
    expect(network.state(pool)).toMatchObject(args);
  });

  it('is closed until the program admin opens it', async () => {
    const { network, pool } = await withPlace({ allowPoolCreation: false });
    expect(network.svm.codeOf(network.createPool(pool))).toBe(6022);
  });

  it.each([
    ['a pool at another address', 2, 2006],
    ['a record at another address', 3, 2006],
    ['an overview that does not exist', 4, 3012],
    ['a stake vault at another address', 5, 2006],
    ['a commission vault at another address', 6, 2006],
    ['a USDC commission vault at another address', 7, 2006],
    ['a USDC vault at another address', 8, 2006],
    ['a token account that does not exist', 9, 3012],
    ['a payout account that does not exist', 10, 3012],
    ['a mint that does not exist', 11, 3012],
    ['another token program', 13, 3008],
    ['another system program', 14, 3008],
  ])('refuses %s', async (_, index, code) => {
    const { network, pool } = await withPlace();
    expect(network.svm.codeOf(withAccount(network.createPool(pool), index, NOBODY))).toBe(code);
  });

  it('refuses token accounts of other holders and mints', async () => {
    const { network, pool } = await withPlace();
    const create = network.createPool(pool);
    const ofNobody = network.svm.putTokens(addressOf('tokens of nobody'), TOKEN_MINT, NOBODY, 5n);
    const usdcOfAdmin = network.svm.putTokens(addressOf('usdc of admin'), USDC_MINT, pool.admin, 5n);
    const usdcOfWallet = network.svm.putTokens(addressOf('usdc of wallet'), USDC_MINT, PAYOUT_WALLET, 5n);
    expect(network.svm.codeOf(withAccount(create, 9, ofNobody))).toBe(2015);
    expect(network.svm.codeOf(withAccount(create, 9, usdcOfAdmin))).toBe(2014);
    expect(network.svm.codeOf(withAccount(create, 10, ofNobody))).toBe(6024);
    expect(network.svm.codeOf(withAccount(create, 10, usdcOfWallet))).toBe(2014);
    expect(network.svm.codeOf(asReadonly(create, 9))).toBe(2000);
    expect(network.svm.codeOf(asReadonly(create, 4))).toBe(2000);
  });

  it('refuses other mints and missing signatures', async () => {
    const { network, pool } = await withPlace();
    const create = network.createPool(pool);
    const otherMint = network.svm.putMint(addressOf('other mint'), 9);
    expect(network.svm.codeOf(withAccount(create, 11, otherMint))).toBe(2001);
    expect(network.svm.codeOf(withAccount(create, 12, otherMint))).toBe(6023);
    expect(network.svm.codeOf(withoutSignature(create, 1))).toBe(3010);
  });
});

describe('create_staking_record', () => {
  it('starts at the present USDC index, with 377 bytes and version 1', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    network.editPool(pool, { cumulativeUsdcPerShare: 123n });
    const owner = await network.delegator('delegator', pool);
    const record = await network.recordOf(owner, pool);
    expect(record).toEqual({
      version: 1,
      owner,
      operatorPool: pool.address,
      shares: 0n,
      unstakeAtTimestamp: 0n,
      tokensUnstakeAmount: 0n,
      lastSettledUsdcPerShare: 123n,
      accruedUsdcEarnings: 0n,
    });
    const create = await network.createRecord(owner, pool);
    expect(network.svm.data(create.accounts[3]?.address ?? owner)).toHaveLength(377);
    expect(network.svm.codeOf(create)).toBe(0);
  });

  it('refuses another address, another pool, a missing signature', async () => {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    const other = await network.pool('other operator');
    const create = await network.createRecord(addressOf('owner'), pool);
    expect(network.svm.codeOf(withAccount(create, 3, NOBODY))).toBe(2006);
    expect(network.svm.codeOf(withAccount(create, 2, other.address))).toBe(2006);
    expect(network.svm.codeOf(withAccount(create, 2, NOBODY))).toBe(3012);
    expect(network.svm.codeOf(withAccount(create, 2, other.record))).toBe(3002);
    expect(network.svm.codeOf(withoutSignature(create, 1))).toBe(3010);
    expect(network.svm.codeOf(withAccount(create, 4, NOBODY))).toBe(3008);
  });
});
