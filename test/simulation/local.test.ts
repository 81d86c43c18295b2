/** What a network that is watched has ready for whoever comes: votes of every kind, and a forward curve. */
import { type Base58EncodedBytes, lamports } from '@solana/kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROPOSAL_STATUSES } from '../../governance/proposal-life.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import {
  decodeSeries,
  EXCHANGE_PROGRAM_ADDRESS,
  SERIES_ACCOUNT_DISCRIMINATOR,
} from '../../programs/exchange/client.generated.ts';
import {
  decodeProposal,
  GOVERNANCE_PROGRAM_ADDRESS,
  type Proposal,
} from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../programs/staking/client.generated.ts';
import { findProposal } from './addresses.ts';
import { DayChain } from './day/day-chain.ts';
import { createNetwork, LOCAL_WINDOWS } from './genesis.ts';
import { openFutures } from './local/futures.ts';
import { GOVERNANCE_HOURS, openGovernance, playPast, tendGovernance } from './local/governance.ts';
import { passTime } from './local/past.ts';
import { locateNetwork, type Network, readAccounts } from './network.ts';
import { compiledPrograms } from './programs.ts';
import { seededWallet } from './wallet.ts';

const HOUR_SECONDS = 3_600;
const PAST_SECONDS = 27 * HOUR_SECONDS;
const SOL = lamports(1_000_000_000_000n);
const H100 = 0;

let chain: DayChain;
let network: Network;

beforeAll(async () => {
  const [admin, rewardAuthority] = [seededWallet('1', 'admin', 0), seededWallet('1', 'reward-authority', 0)];
  chain = await DayChain.start({
    ...{ seed: 1, programs: compiledPrograms() },
    ...{ usdcMintAuthority: admin.address, beginsSecondsAgo: PAST_SECONDS },
  });
  for (const { address } of [admin, rewardAuthority]) await chain.fund(address, SOL);
  network = await locateNetwork({
    ...{ rpc: chain.rpc, sender: chain, seed: '1', admin, rewardAuthority: rewardAuthority.address },
    ...{ stakingProgram: STAKING_PROGRAM_ADDRESS, marketplaceProgram: MARKETPLACE_PROGRAM_ADDRESS },
  });
  await createNetwork(network, { ...LOCAL_WINDOWS, ...GOVERNANCE_HOURS });
}, 60_000);

afterAll(() => chain?.stop());

async function proposals(): Promise<Proposal[]> {
  const numbers = Array.from({ length: 6 }, (_, number) => BigInt(number));
  const addresses = await Promise.all(numbers.map((number) => findProposal(number, GOVERNANCE_PROGRAM_ADDRESS)));
  return (await readAccounts(network, addresses)).flatMap((data) => (data ? [decodeProposal(data)] : []));
}

const statuses = async () => (await proposals()).map(({ status }) => PROPOSAL_STATUSES[status]);

test('the H100 has live series of several maturities of both kinds, away from the price of now, and gets them once', async () => {
  // Before any time passes: nobody may trade on a price that no purchase has confirmed for long.
  await openFutures(network, H100, chain.nowSeconds());
  const series = await liveSeries();
  expect(series.map(({ isAverage }) => isAverage).sort()).toEqual([...Array(4).fill(false), ...Array(4).fill(true)]);
  for (const { model, expiry, market } of series) {
    expect(model).toBe(H100);
    expect(expiry).toBeGreaterThan(chain.nowSeconds());
    expect(market.longSize + market.shortSize).toBeGreaterThan(0n);
  }
  const averages = series.filter(({ isAverage }) => isAverage).sort((a, b) => Number(a.expiry - b.expiry));
  // One begins where the other ends, so that the curve goes through all of them.
  expect(averages.slice(1).map(({ deliveryStart }) => deliveryStart)).toEqual(
    averages.slice(0, -1).map(({ expiry }) => expiry),
  );
  await openFutures(network, H100, chain.nowSeconds());
  expect(await liveSeries()).toHaveLength(series.length);
});

test('a day of votes is over when the present is reached: one carried out, one failed, one open, one in discussion', async () => {
  expect((await passTime(network, 0n)).behindSeconds).toBe(BigInt(PAST_SECONDS));
  const governance = await openGovernance(network);
  await playPast(governance);
  expect((await passTime(network, 0n)).behindSeconds).toBe(0n);
  // What is due in the present itself: the newest submission.
  await tendGovernance(governance);
  expect(await statuses()).toEqual(['Executed', 'Defeated', 'Voting', 'Discussion']);
  const [carriedOut, , open] = await proposals();
  expect(open?.votes.forPower).toBeGreaterThan(open?.votes.againstPower ?? 0n);
  expect(open?.votes.againstPower).toBeGreaterThan(0n);
  expect(open?.votingEndsAt).toBeGreaterThan(chain.nowSeconds() + BigInt(20 * HOUR_SECONDS));
  expect(Number((carriedOut?.votingEndsAt ?? 0n) - (carriedOut?.createdAt ?? 0n)) / HOUR_SECONDS).toBeGreaterThan(25.9);
});

test('done again, as after a restart, it changes nothing', async () => {
  const before = await proposals();
  const again = await openGovernance(network);
  await playPast(again);
  await tendGovernance(again);
  expect(await proposals()).toEqual(before);
});

async function liveSeries() {
  const bytes = toBase58(SERIES_ACCOUNT_DISCRIMINATOR) as Base58EncodedBytes;
  const accounts = await chain.rpc
    .getProgramAccounts(EXCHANGE_PROGRAM_ADDRESS, {
      ...{ commitment: 'confirmed', encoding: 'base64' },
      filters: [{ memcmp: { offset: 0n, bytes, encoding: 'base58' } }],
    })
    .send();
  return accounts.map(({ account }) => decodeSeries(Buffer.from(account.data[0], 'base64')));
}
