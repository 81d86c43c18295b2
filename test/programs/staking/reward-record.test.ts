import { expect, it } from 'vitest';
import { decodeRewardRecord } from '../../../programs/staking/client.generated.ts';
import { findRewardRecord } from '../../../programs/staking/pda.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { addressOf } from '../svm.ts';
import { addressBytes } from '../transaction-bytes.ts';
import { asReadonly, withAccount, withoutSignature } from './instruction-edits.ts';
import { EMISSION_OF_FIRST_EPOCHS, StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

const NOBODY = addressOf('nobody');
const ROOT = addressBytes(addressOf('root'));

async function finalizing(rewards: bigint, usdc: bigint): Promise<StakingNetwork> {
  const network = await StakingNetwork.ready();
  fill(network, rewards, usdc);
  network.svm.run(network.mark(1n));
  return network;
}

function fill(network: StakingNetwork, rewards: bigint, usdc: bigint): void {
  const { overview, rewardVault, usdcVault } = network.places;
  network.svm.putTokens(rewardVault, TOKEN_MINT, overview, rewards);
  network.svm.putTokens(usdcVault, USDC_MINT, overview, usdc);
}

it('a record needs both vaults to cover what is owed (vector 18)', async () => {
  const network = await finalizing(EMISSION_OF_FIRST_EPOCHS - 1n, 10n);
  const { svm } = network;
  expect(svm.codeOf(await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 10n))).toBe(6006);
  fill(network, EMISSION_OF_FIRST_EPOCHS, 10n);
  expect(svm.codeOf(await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 11n))).toBe(6007);
  svm.setUnixTimestamp(1_700_000_000n);
  svm.run(await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 10n));
  expect(network.overview()).toMatchObject({
    completedRewardEpoch: 1n,
    unclaimedRewards: EMISSION_OF_FIRST_EPOCHS,
    unclaimedUsdc: 10n,
    isEpochFinalizing: false,
  });
  const data = svm.data(await findRewardRecord(1n));
  expect(data).toHaveLength(461);
  expect(decodeRewardRecord(data)).toMatchObject({
    version: 1,
    epoch: 1n,
    merkleRoots: [ROOT],
    totalRewards: EMISSION_OF_FIRST_EPOCHS,
    totalUsdcPayout: 10n,
    epochFinalizedAt: 1_700_000_000n,
  });
});

it('what earlier epochs owe must be covered too', async () => {
  const network = await finalizing(EMISSION_OF_FIRST_EPOCHS, 10n);
  network.svm.run(await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 10n), network.mark(2n));
  fill(network, 2n * EMISSION_OF_FIRST_EPOCHS - 1n, 10n);
  expect(network.svm.codeOf(await network.createReward(2n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 0n))).toBe(6006);
  fill(network, 2n * EMISSION_OF_FIRST_EPOCHS, 10n);
  network.svm.run(await network.createReward(2n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 0n));
});

it('an epoch without roots issues nothing', async () => {
  const network = await finalizing(EMISSION_OF_FIRST_EPOCHS, 10n);
  expect(network.svm.codeOf(await network.createReward(1n, [], 1n, 0n))).toBe(2501);
  expect(network.svm.codeOf(await network.createReward(1n, [], 0n, 1n))).toBe(2501);
  network.svm.run(await network.createReward(1n, [], 0n, 0n));
  expect(network.overview()).toMatchObject({ completedRewardEpoch: 1n, unclaimedRewards: 0n });
});

it('a record holds thirteen roots and no more', async () => {
  const network = await finalizing(EMISSION_OF_FIRST_EPOCHS, 0n);
  const roots = Array.from({ length: 14 }, (_, index) => addressBytes(addressOf(`root ${index}`)));
  expect(network.svm.codeOf(await network.createReward(1n, roots, EMISSION_OF_FIRST_EPOCHS, 0n))).toBe(3004);
  network.svm.run(await network.createReward(1n, roots.slice(0, 13), EMISSION_OF_FIRST_EPOCHS, 0n));
});

it('a record is refused in the order of the rules', async () => {
  const network = await StakingNetwork.ready();
  const { svm } = network;
  fill(network, EMISSION_OF_FIRST_EPOCHS, 0n);
  const create = await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 0n);
  expect(svm.codeOf(withAccount(create, 1, NOBODY))).toBe(6015);
  expect(svm.codeOf(create)).toBe(6025);
  svm.run(network.mark(1n));
  expect(svm.codeOf(await network.createReward(2n, [ROOT], EMISSION_OF_FIRST_EPOCHS, 0n))).toBe(2006);
  expect(svm.codeOf(await network.createReward(1n, [ROOT], EMISSION_OF_FIRST_EPOCHS - 1n, 0n))).toBe(6044);
  expect(svm.codeOf(withoutSignature(create, 1))).toBe(3010);
  expect(svm.codeOf(asReadonly(create, 2))).toBe(2000);
  const otherVault = svm.putTokens(addressOf('other vault'), TOKEN_MINT, network.places.overview, 10n ** 18n);
  expect(svm.codeOf(withAccount(create, 4, otherVault))).toBe(2006);
  expect(svm.codeOf(withAccount(create, 5, otherVault))).toBe(2006);
  for (const [index, code] of [2, 4, 5].map((at) => [at, 3012] as const)) {
    expect(svm.codeOf(withAccount(create, index, NOBODY)), `account ${index}`).toBe(code);
  }
  expect(svm.codeOf(withAccount(create, 6, NOBODY))).toBe(3008);
  svm.run(create);
  expect(svm.codeOf(create)).toBe(2006);
});

it('emission follows the schedule (vector 17)', async () => {
  const schedule: readonly (readonly [bigint, bigint])[] = [
    [1n, 1_666_666_666_666_667n],
    [2n, 1_666_666_666_666_667n],
    [200n, 1_666_666_666_666_667n],
    [201n, 1_666_666_666_666_666n],
    [300n, 1_666_666_666_666_666n],
    [301n, 1_333_333_333_333_334n],
    [400n, 1_333_333_333_333_334n],
    [401n, 1_333_333_333_333_333n],
    [600n, 1_333_333_333_333_333n],
    [601n, 1_000_000_000_000_000n],
    [900n, 1_000_000_000_000_000n],
    [901n, 666_666_666_666_667n],
    [1_100n, 666_666_666_666_667n],
    [1_101n, 666_666_666_666_666n],
    [1_200n, 666_666_666_666_666n],
    [1_201n, 333_333_333_333_334n],
    [1_300n, 333_333_333_333_334n],
    [1_301n, 333_333_333_333_333n],
    [1_500n, 333_333_333_333_333n],
    [1_501n, 0n],
    [2n ** 63n, 0n],
  ];
  await expectEmission(schedule);
});

describeShared('emission computed outside this project', () => {
  it('is what the program demands', async () => {
    const vectors = readShared<{ rewardEpoch: number; emission: string }[]>('vectors/emission.json');
    expect(vectors.length).toBeGreaterThan(0);
    await expectEmission(vectors.map(({ rewardEpoch, emission }) => [BigInt(rewardEpoch), BigInt(emission)]));
  });
});

/** The program takes exactly this total in this epoch, and not one unit more. */
async function expectEmission(schedule: readonly (readonly [bigint, bigint])[]): Promise<void> {
  const network = await StakingNetwork.ready();
  fill(network, 10n ** 18n, 0n);
  for (const [epoch, emission] of schedule) {
    network.editOverview({ completedRewardEpoch: epoch - 1n, isEpochFinalizing: true, unclaimedRewards: 0n });
    expect(network.svm.codeOf(await network.createReward(epoch, [ROOT], emission + 1n, 0n)), `${epoch}`).toBe(6044);
    expect(network.svm.codeOf(await network.createReward(epoch, [ROOT], emission, 0n)), `${epoch}`).toBe(null);
  }
}
