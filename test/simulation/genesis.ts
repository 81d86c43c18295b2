/**
 * What a network needs once, before anybody can trade: the two tokens with their fixed supply, the staking program's
 * overview and authorities, the marketplace. Every step looks first whether it was done, so a killed run goes on.
 * @module
 */
import { type Address, lamports } from '@solana/kit';
import { getCreateAccountInstruction } from '@solana-program/system';
import {
  AuthorityType,
  getCreateAssociatedTokenIdempotentInstruction,
  getInitializeMint2Instruction,
  getMintToInstruction,
  getSetAuthorityInstruction,
  getTransferInstruction,
  TOKEN_PROGRAM_ADDRESS,
} from '@solana-program/token';
import { initializeBooks, initializeMarketplace } from '../../programs/marketplace/client.generated.ts';
import {
  createPoolOverview,
  updatePoolOverview,
  updatePoolOverviewAuthorities,
} from '../../programs/staking/client.generated.ts';
import {
  findEpochBook,
  findIncentiveVault,
  findTreasuryVault,
  findVerifierSet,
  findVerifierVault,
} from './addresses.ts';
import {
  createExchange,
  createGovernance,
  type ExchangeFunds,
  type Overrides,
  pushEverything,
} from './genesis-markets.ts';
import { existing, type Network, tokenAccountOf, USDC_MINT } from './network.ts';
import { asSigner } from './signer.ts';
import type { Wallet } from './wallet.ts';

const TOKEN_DECIMALS = 9;
const MINT_BYTES = 82n;
const MINT_RENT_LAMPORTS = lamports(1_461_600n);
const LAMPORTS_PER_SOL = 1_000_000_000n;
export const INT_SUPPLY = 3_000_000_000n * 10n ** 9n;
/** The whole emission schedule: five super-epochs of 5, 4, 3, 2 and 1 times 10^17. */
export const INT_EMISSION = 15n * 10n ** 17n;
export const INFER_SUPPLY = 1_000_000_000n * 10n ** 9n;
const USDC_IN_CIRCULATION = 1_000_000_000_000n * 10n ** 6n;
export const MIN_OPERATOR_STAKE = 1_000n * 10n ** 9n;
const UNSTAKE_DELAY_SECONDS = 60n;
const SLASHING_DELAY_SECONDS = 86_400n;

/** Windows short enough to watch. A delivery that never starts is refunded after the shortest deadline there is. */
export const LOCAL_WINDOWS = { challenge_window_seconds: 3n, start_deadline_seconds: 60n, confirm_window_seconds: 8n };

/**
 * @param overrides governed values in force from the start instead of the table's defaults
 * @param funds of the exchange where they are not those of a network that is watched
 */
export async function createNetwork(
  network: Network,
  overrides: Overrides = LOCAL_WINDOWS,
  funds?: ExchangeFunds,
): Promise<void> {
  await fundAdmin(network);
  await Promise.all([
    createToken(network, network.intMint, INT_SUPPLY),
    createToken(network, network.inferMint, INFER_SUPPLY),
    fundAdminWithUsdc(network),
  ]);
  await Promise.all([createStaking(network), createGovernance(network, overrides)]);
  await Promise.all([createExchange(network, funds), createMarketplace(network)]);
  await pushEverything(network);
}

async function fundAdmin(network: Network): Promise<void> {
  const { rpc, sender, admin, rewardAuthority } = network;
  for (const [wallet, sol] of [
    [admin.address, 1_000_000n],
    [rewardAuthority, 1_000n],
  ] as const) {
    const { value } = await sender.patiently(() => rpc.getBalance(wallet, { commitment: 'confirmed' }).send());
    if (value > 0n) continue;
    await sender.patiently(() =>
      (rpc as never as AirdropRpc).requestAirdrop(wallet, lamports(sol * LAMPORTS_PER_SOL)).send(),
    );
    while (!(await existing(network, [wallet]))[0]) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Part of the RPC API of every cluster but mainnet; kit leaves it out of the type of an unnamed one. */
export interface AirdropRpc {
  requestAirdrop(address: Address, amount: bigint): { send(): Promise<unknown> };
}

/** Mint once, revoke the authority in the same transaction: there is no moment at which more could be minted. */
async function createToken(network: Network, mint: Wallet, supply: bigint): Promise<void> {
  const { admin, sender } = network;
  if ((await existing(network, [mint.address]))[0]) return;
  const holder = await tokenAccountOf(admin.address, mint.address);
  const instructions = [
    getCreateAccountInstruction({
      payer: asSigner(admin),
      newAccount: asSigner(mint),
      lamports: MINT_RENT_LAMPORTS,
      space: MINT_BYTES,
      programAddress: TOKEN_PROGRAM_ADDRESS,
    }),
    getInitializeMint2Instruction({
      mint: mint.address,
      decimals: TOKEN_DECIMALS,
      mintAuthority: admin.address,
      freezeAuthority: null,
    }),
    getCreateAssociatedTokenIdempotentInstruction({
      payer: asSigner(admin),
      ata: holder,
      owner: admin.address,
      mint: mint.address,
    }),
    getMintToInstruction({ mint: mint.address, token: holder, mintAuthority: asSigner(admin), amount: supply }),
    getSetAuthorityInstruction({
      owned: mint.address,
      owner: asSigner(admin),
      authorityType: AuthorityType.MintTokens,
      newAuthority: null,
    }),
  ];
  await sender.sendOrThrow([{ instructions, signers: [admin, mint] }]);
}

async function fundAdminWithUsdc(network: Network): Promise<void> {
  const { admin, sender } = network;
  const holder = await tokenAccountOf(admin.address, USDC_MINT);
  if ((await existing(network, [holder]))[0]) return;
  const instructions = [
    getCreateAssociatedTokenIdempotentInstruction({
      payer: asSigner(admin),
      ata: holder,
      owner: admin.address,
      mint: USDC_MINT,
    }),
    getMintToInstruction({
      mint: USDC_MINT,
      token: holder,
      mintAuthority: asSigner(admin),
      amount: USDC_IN_CIRCULATION,
    }),
  ];
  await sender.sendOrThrow([{ instructions, signers: [admin] }]);
}

/** The whole emission goes into the reward vault in the transaction that creates it. */
async function createStaking(network: Network): Promise<void> {
  const { admin, sender, poolOverview, stakingProgram, intMint } = network;
  if ((await existing(network, [poolOverview]))[0]) return;
  const intHolder = await tokenAccountOf(admin.address, intMint.address);
  const usdcHolder = await tokenAccountOf(admin.address, USDC_MINT);
  const instructions = [
    createPoolOverview(
      {
        payer: admin.address,
        programAdmin: admin.address,
        registrationFeePayoutWallet: admin.address,
        slashingDestinationTokenAccount: intHolder,
        slashingDestinationUsdcAccount: usdcHolder,
        poolOverview,
        rewardTokenAccount: network.rewardVault,
        usdcTokenAccount: network.usdcVault,
        mint: intMint.address,
        usdcMint: USDC_MINT,
      },
      stakingProgram,
    ),
    updatePoolOverview(
      { programAdmin: admin.address, poolOverview },
      {
        isStakingHalted: null,
        isWithdrawalHalted: null,
        isAccrueRewardHalted: null,
        allowPoolCreation: true,
        operatorPoolRegistrationFee: null,
        minOperatorTokenStake: MIN_OPERATOR_STAKE,
        delegatorUnstakeDelaySeconds: UNSTAKE_DELAY_SECONDS,
        operatorUnstakeDelaySeconds: UNSTAKE_DELAY_SECONDS,
        slashingDelaySeconds: SLASHING_DELAY_SECONDS,
      },
      stakingProgram,
    ),
    updatePoolOverviewAuthorities(
      { programAdmin: admin.address, poolOverview },
      {
        newRewardDistributionAuthorities: [network.rewardAuthority],
        newHaltAuthorities: [admin.address],
        newSlashingAuthorities: [admin.address],
      },
      stakingProgram,
    ),
    getTransferInstruction({
      source: intHolder,
      destination: network.rewardVault,
      authority: asSigner(admin),
      amount: INT_EMISSION,
    }),
  ];
  await sender.sendOrThrow([{ instructions, signers: [admin] }]);
}

async function createMarketplace(network: Network): Promise<void> {
  const { admin, sender, marketplace, marketplaceProgram, inferMint, governanceProgram } = network;
  if ((await existing(network, [marketplace]))[0]) return;
  const initialize = initializeMarketplace(
    {
      payer: admin.address,
      admin: admin.address,
      marketplace,
      inferMint: inferMint.address,
      usdcMint: USDC_MINT,
      stakingProgram: network.stakingProgram,
      stakingUsdcVault: network.usdcVault,
      inferTreasury: await findTreasuryVault(inferMint.address, governanceProgram),
      usdcTreasury: await findTreasuryVault(USDC_MINT, governanceProgram),
      inferVerifierVault: await findVerifierVault(inferMint.address, marketplaceProgram),
      usdcVerifierVault: await findVerifierVault(USDC_MINT, marketplaceProgram),
    },
    {
      arbiter: network.arbiter.address,
      haltAuthority: admin.address,
      governanceAuthority: network.governanceAuthority,
      rewardAuthority: network.rewardAuthority,
      meter: admin.address,
      exchangeProgram: network.exchangeProgram,
    },
    marketplaceProgram,
  );
  const books = initializeBooks(
    {
      payer: admin.address,
      marketplace,
      verifierSet: await findVerifierSet(marketplaceProgram),
      epochBook: await findEpochBook(marketplaceProgram),
      incentiveVault: await findIncentiveVault(marketplaceProgram),
      inferMint: inferMint.address,
    },
    marketplaceProgram,
  );
  await sender.sendOrThrow([
    { instructions: [initialize], signers: [admin] },
    { instructions: [books], signers: [admin] },
  ]);
}
