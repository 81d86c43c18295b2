import type { Address } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { describe, expect, it } from 'vitest';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { addressOf } from '../svm.ts';
import { addressBytes } from '../transaction-bytes.ts';
import { asReadonly, withAccount } from './instruction-edits.ts';
import {
  EMISSION_OF_FIRST_EPOCHS,
  type Leaf,
  leafHash,
  type Pool,
  type Proof,
  proofOfDepth,
  rootOf,
  StakingNetwork,
  TOKEN_MINT,
  USDC_MINT,
} from './network.ts';

const NOBODY = addressOf('nobody');

/** A record of epoch 1 with these roots, vaults filled, the pools staked. */
async function recorded(network: StakingNetwork, roots: readonly Uint8Array[], usdc: bigint): Promise<void> {
  const { overview, rewardVault, usdcVault } = network.places;
  network.svm.putTokens(rewardVault, TOKEN_MINT, overview, EMISSION_OF_FIRST_EPOCHS);
  network.svm.putTokens(usdcVault, USDC_MINT, overview, usdc);
  network.svm.run(network.mark(1n), await network.createReward(1n, roots, EMISSION_OF_FIRST_EPOCHS, usdc));
}

describe('a proof', () => {
  it('hashes leaves and nodes as published (vector 20)', () => {
    const leaf = (address: string, rewardAmount: bigint, usdcAmount: bigint) =>
      leafHash({ pool: { address: address as Address } as Pool, rewardAmount, usdcAmount });
    const a = leaf('5RbcmZ6CQSEdc1WyRCyrgSgWEZ6CPY4fqToMkYtatAzU', 74_800_235_000_000_000n, 67_316_368_000_000n);
    const b = leaf('nXQn15Yg5uQAQsGm9789gxFhwFBoEMjHdktDp1r6CpS', 1_666_666_666_666_667n, 0n);
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hex(a)).toBe('8acef951d93a2ebc535a804df80cbbbd43838e28d656bc76fb9ad55fe12bcb2e');
    expect(hex(b)).toBe('7fc3ea8496133c2de5075ba5113d9c8dbfb6a60b233ad1cc1ba84d1ac5873aa5');
    const root = '7d588611dc000b423ab24e76f6ddc25a26ae4fae3568b7b63b466d8d7e897ce0';
    expect(hex(rootOf(a, { siblings: [b], path: [false] }))).toBe(root);
    expect(hex(rootOf(b, { siblings: [a], path: [true] }))).toBe(root);
  });

  it('is accepted for each leaf of a tree of two, with the sibling on its side', async () => {
    const network = await StakingNetwork.ready();
    const a = { pool: await network.pool('operator a'), rewardAmount: 7n, usdcAmount: 3n };
    const b = { pool: await network.pool('operator b'), rewardAmount: 2n ** 50n, usdcAmount: 0n };
    const proofOfA = { siblings: [leafHash(b)], path: [false] };
    const proofOfB = { siblings: [leafHash(a)], path: [true] };
    await recorded(network, [rootOf(leafHash(a), proofOfA)], 3n);
    const wrongSide = { siblings: [leafHash(a)], path: [false] };
    expect(network.svm.codeOf(await network.accrue(1n, b, wrongSide))).toBe(6009);
    network.svm.run(await network.accrue(1n, a, proofOfA), await network.accrue(1n, b, proofOfB));
    expect(network.state(b.pool).totalStakedAmount).toBe(2n ** 50n);
  });

  it('is refused with other amounts, another path, another pool, or lengths that differ', async () => {
    const network = await StakingNetwork.ready();
    const leaf = { pool: await network.pool('operator'), rewardAmount: 7n, usdcAmount: 3n };
    const stranger = await network.pool('stranger');
    const proof = proofOfDepth(5);
    await recorded(network, [rootOf(leafHash(leaf), proof)], 3n);
    const attempts: readonly (readonly [string, Leaf, Proof])[] = [
      ['more rewards', { ...leaf, rewardAmount: 8n }, proof],
      ['more USDC', { ...leaf, usdcAmount: 4n }, proof],
      ['another path', leaf, { ...proof, path: proof.path.map((left) => !left) }],
      ['another pool', { ...leaf, pool: stranger }, proof],
      ['a short path', leaf, { ...proof, path: proof.path.slice(1) }],
      ['a short proof', leaf, { siblings: proof.siblings.slice(1), path: proof.path.slice(1) }],
      ['no proof', leaf, proofOfDepth(0)],
      ['a sibling without a side', leaf, { ...proof, siblings: [...proof.siblings, leafHash(leaf)] }],
      ['a side without a sibling', leaf, { ...proof, path: [...proof.path, true] }],
    ];
    for (const [what, claimed, given] of attempts) {
      expect(network.svm.codeOf(await network.accrue(1n, claimed, given)), what).toBe(6009);
    }
    network.svm.run(await network.accrue(1n, leaf, proof));
  });

  it('against a root that is not there is invalid, and does not abort', async () => {
    const network = await StakingNetwork.ready();
    const leaf = { pool: await network.pool('operator'), rewardAmount: 7n, usdcAmount: 0n };
    await recorded(network, [addressBytes(addressOf('other root')), leafHash(leaf)], 0n);
    for (const merkleIndex of [2, 255]) {
      expect(network.svm.codeOf(await network.accrue(1n, leaf, proofOfDepth(0), merkleIndex))).toBe(6009);
    }
    expect(network.svm.codeOf(await network.accrue(1n, leaf, proofOfDepth(0), 0))).toBe(6009);
    network.svm.run(await network.accrue(1n, leaf, proofOfDepth(0), 1));
  });

  it('against an epoch without roots is invalid', async () => {
    const network = await StakingNetwork.ready();
    const leaf = { pool: await network.pool('operator'), rewardAmount: 0n, usdcAmount: 0n };
    network.svm.run(network.mark(1n), await network.createReward(1n, [], 0n, 0n));
    expect(network.svm.codeOf(await network.accrue(1n, leaf))).toBe(6009);
  });

  it('is accepted for a pool whose address starts with a zero byte', async () => {
    const network = await StakingNetwork.ready();
    let name = 0;
    while (!(await network.poolOf(addressOf(`operator ${name}`))).address.startsWith('1')) name += 1;
    const leaf = { pool: await network.pool(`operator ${name}`), rewardAmount: 1n, usdcAmount: 0n };
    await recorded(network, [leafHash(leaf)], 0n);
    network.svm.run(await network.accrue(1n, leaf));
  });

  it('of 17 levels costs less than 60000 compute units, with and without auto-stake', async () => {
    for (const autoStakeFees of [false, true]) {
      const network = await StakingNetwork.ready();
      const rates = { autoStakeFees, rewardCommissionRateBps: 1_000, usdcCommissionRateBps: 1_000 };
      const pools = await Promise.all(Array.from({ length: 8 }, (_, n) => network.pool(`operator ${n}`, rates)));
      const leaves = pools.map((pool) => ({ pool, rewardAmount: 2n ** 45n + 1n, usdcAmount: 2n ** 45n + 1n }));
      const proof = proofOfDepth(17);
      for (const pool of pools) network.svm.run(await network.stake(pool.admin, pool, 12_345n));
      await recorded(
        network,
        leaves.map((leaf) => rootOf(leafHash(leaf), proof)),
        8n * (2n ** 45n + 1n),
      );
      for (const [index, leaf] of leaves.entries()) {
        const { computeUnits } = network.svm.run(await network.accrue(1n, leaf, proof, index));
        expect(computeUnits).toBeLessThan(60_000n);
      }
    }
  });
});

describe('accrue_reward is refused', () => {
  async function due() {
    const network = await StakingNetwork.ready();
    const pool = await network.pool('operator');
    const other = await network.pool('other operator');
    const leaf = { pool, rewardAmount: 7n, usdcAmount: 0n };
    await recorded(network, [leafHash(leaf)], 0n);
    return { network, pool, other, leaf, accrue: await network.accrue(1n, leaf) };
  }

  it('out of order and twice', async () => {
    const { network, leaf, accrue } = await due();
    await network.record(2n, leaf);
    expect(network.svm.codeOf(await network.accrue(2n, leaf))).toBe(2003);
    expect(network.svm.codeOf(await network.accrue(3n, leaf))).toBe(3012);
    network.svm.run(accrue);
    expect(network.svm.codeOf(accrue)).toBe(2003);
  });

  it('while halted by the program admin', async () => {
    const { network, accrue } = await due();
    network.svm.run(network.update({ isAccrueRewardHalted: true }));
    expect(network.svm.codeOf(accrue)).toBe(6013);
  });

  it('with accounts that do not exist or are other programs', async () => {
    const { network, accrue } = await due();
    const codes = [3012, 3012, 3012, 3012, 3012, 3012, 3012, 3012, 3012, 3012, 3008, 2012];
    for (const [index, code] of codes.entries()) {
      expect(network.svm.codeOf(withAccount(accrue, index, NOBODY)), `account ${index}`).toBe(code);
    }
    expect(network.svm.codeOf({ ...accrue, accounts: accrue.accounts.slice(0, 11) })).toBe(3005);
  });

  it("with another pool's record and vaults", async () => {
    const { network, other, accrue } = await due();
    const codes = [
      [2, other.address, 2001],
      [3, other.record, 2001],
      [4, other.vaults.stakedToken, 2006],
      [5, other.vaults.delegatorUsdc, 2006],
      [6, other.vaults.stakedToken, 2006],
      [7, other.vaults.rewardCommission, 2006],
      [8, other.vaults.usdcCommission, 2006],
      [9, other.vaults.delegatorUsdc, 2006],
    ] as const;
    for (const [index, address, code] of codes) {
      expect(network.svm.codeOf(withAccount(accrue, index, address)), `account ${index}`).toBe(code);
    }
  });

  it('with accounts that are not writable', async () => {
    const { network, accrue } = await due();
    for (const index of [0, 2, 3, 4, 5, 6, 7, 8, 9]) {
      expect(network.svm.codeOf(asReadonly(accrue, index)), `account ${index}`).toBe(2000);
    }
  });
});

describeShared('the recorded accrual', () => {
  it('gives the recorded balances and, for another pool address, the recorded event bytes (vector 21)', async () => {
    const { events: recordedEvents } = readShared<{ events: { base64: string }[] }>(
      'fixtures/inference-staking/aa7de28_ACCRUE_REWARD_TRANSACTION_RESPONSE.json',
    );
    const network = await StakingNetwork.ready();
    const rates = { rewardCommissionRateBps: 8_800, usdcCommissionRateBps: 4_800 };
    const pool = await network.pool('operator', rates, 14_464_739_000_000_000n);
    network.svm.run(await network.stake(pool.admin, pool, 14_464_739_000_000_000n));
    const leaf = { pool, rewardAmount: 74_800_235_000_000_000n, usdcAmount: 67_316_368_000_000n };
    await network.record(1n, leaf);
    const { overview, rewardVault, usdcVault } = network.places;
    network.svm.putTokens(rewardVault, TOKEN_MINT, overview, leaf.rewardAmount);
    network.editOverview({ unclaimedRewards: leaf.rewardAmount, unclaimedUsdc: leaf.usdcAmount });

    const { events, logs } = network.svm.run(await network.accrue(1n, leaf));
    const expected = new Uint8Array(Buffer.from(recordedEvents[0]?.base64 ?? '', 'base64'));
    expected.set(addressBytes(pool.address), 10);
    expect(events).toEqual([expected]);
    expect(network.svm.tokens(pool.vaults.stakedToken)).toBe(23_440_767_200_000_000n);
    expect(network.svm.tokens(pool.vaults.rewardCommission)).toBe(65_824_206_800_000_000n);
    expect(network.svm.tokens(pool.vaults.delegatorUsdc)).toBe(35_004_511_360_000n);
    expect(network.svm.tokens(pool.vaults.usdcCommission)).toBe(32_311_856_640_000n);
    expect([rewardVault, usdcVault].map((vault) => network.svm.tokens(vault))).toEqual([0n, 0n]);
    expect(logs.filter((line) => line === `Program ${TOKEN_PROGRAM_ADDRESS} invoke [2]`)).toHaveLength(4);
  });
});
