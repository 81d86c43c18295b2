/**
 * Brings providers and buyers onto the chain: money, pool, stake, registration, bond, offers. In stages over all of
 * them, each stage skipping whoever has passed it, so that it scales and survives being killed.
 * @module
 */
import { type Address, type Instruction, lamports } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import { listOffer, postBond, registerProvider } from '../../programs/marketplace/client.generated.ts';
import { createOperatorPool, decodeOperatorPool, stake } from '../../programs/staking/client.generated.ts';
import {
  findBondVault,
  findOffer,
  findOperatorPool,
  findPoolVaults,
  findProvider,
  findStakingRecord,
} from './addresses.ts';
import { existing, type Network, readAccounts, tokenAccountOf, USDC_MINT } from './network.ts';
import type { OfferPlan, ProviderPlan } from './population.ts';
import type { TransactionPlan } from './sign-plan.ts';
import { asSigner } from './signer.ts';
import type { Wallet } from './wallet.ts';

const PROVIDER_LAMPORTS = lamports(1_000_000_000n);
const BUYER_LAMPORTS = lamports(10_000_000_000n);
const BUYER_INFER = 100_000n * 10n ** 9n;
const BUYER_USDC = 10_000n * 10n ** 6n;
const MIN_ORDER_SECONDS = 4;
const MAX_ORDER_SECONDS = 86_400;
const FIXED_PRICE = { pricing: 0, spreadBps: 0, indexMaxAgeSeconds: 0 } as const;

export async function onboardProviders(network: Network, providers: readonly ProviderPlan[]): Promise<void> {
  const fund = (plan: ProviderPlan) =>
    fundingOf(network, plan.wallet.address, PROVIDER_LAMPORTS, [
      [network.intMint.address, plan.stake],
      [network.inferMint.address, plan.bond],
      [USDC_MINT, 0n],
    ]);
  await stage(network, providers, (plan) => tokenAccountOf(plan.wallet.address, network.intMint.address), fund);
  await stage(
    network,
    providers,
    (plan) => findOperatorPool(plan.wallet.address, network.stakingProgram),
    (plan) => poolCreation(network, plan),
  );
  await stakeWhereMissing(network, providers);
  await stage(
    network,
    providers,
    (plan) => findProvider(plan.wallet.address, network.marketplaceProgram),
    (plan) => registration(network, plan),
  );
  for (let offerId = 0; offerId < 2; offerId += 1) {
    const offerAddress = async (plan: ProviderPlan) =>
      findOffer(
        await findProvider(plan.wallet.address, network.marketplaceProgram),
        BigInt(offerId),
        network.marketplaceProgram,
      );
    await stage(network, providers, offerAddress, (plan) => listing(network, plan, offerId));
  }
}

export async function onboardBuyers(network: Network, buyers: readonly Wallet[]): Promise<void> {
  const money = [
    [network.inferMint.address, BUYER_INFER],
    [USDC_MINT, BUYER_USDC],
  ] as const;
  await stage(
    network,
    buyers,
    (buyer) => tokenAccountOf(buyer.address, USDC_MINT),
    (buyer) => fundingOf(network, buyer.address, BUYER_LAMPORTS, money),
  );
}

/** Run `build` for those whose `mark` account is absent. */
async function stage<T>(
  network: Network,
  all: readonly T[],
  mark: (each: T) => Promise<Address>,
  build: (each: T) => Promise<TransactionPlan>,
): Promise<void> {
  const found = await existing(network, await Promise.all(all.map(mark)));
  const missing = all.filter((_, index) => !found[index]);
  const chunk = 1_000;
  for (let start = 0; start < missing.length; start += chunk) {
    await network.sender.sendOrThrow(await Promise.all(missing.slice(start, start + chunk).map(build)));
  }
}

async function fundingOf(
  network: Network,
  owner: Address,
  sol: ReturnType<typeof lamports>,
  tokens: readonly (readonly [Address, bigint])[],
): Promise<TransactionPlan> {
  const { admin } = network;
  const instructions: Instruction[] = [
    getTransferSolInstruction({ source: asSigner(admin), destination: owner, amount: sol }),
  ];
  for (const [mint, amount] of tokens) {
    const [ata, source] = await Promise.all([tokenAccountOf(owner, mint), tokenAccountOf(admin.address, mint)]);
    instructions.push(getCreateAssociatedTokenIdempotentInstruction({ payer: asSigner(admin), ata, owner, mint }));
    if (amount > 0n)
      instructions.push(getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount }));
  }
  return { instructions, signers: [admin] };
}

async function poolCreation(network: Network, plan: ProviderPlan): Promise<TransactionPlan> {
  const { stakingProgram, admin, intMint } = network;
  const owner = plan.wallet.address;
  const operatorPool = await findOperatorPool(owner, stakingProgram);
  const vaults = await findPoolVaults(operatorPool, stakingProgram);
  const instruction = createOperatorPool(
    {
      payer: admin.address,
      admin: owner,
      operatorPool,
      stakingRecord: await findStakingRecord(operatorPool, owner, stakingProgram),
      poolOverview: network.poolOverview,
      stakedTokenAccount: vaults.stakedToken,
      rewardFeeTokenAccount: vaults.rewardCommission,
      usdcFeeTokenAccount: vaults.usdcCommission,
      operatorUsdcVault: vaults.delegatorUsdc,
      adminTokenAccount: await tokenAccountOf(owner, intMint.address),
      registrationFeePayoutTokenAccount: await tokenAccountOf(admin.address, intMint.address),
      mint: intMint.address,
      usdcMint: USDC_MINT,
    },
    {
      autoStakeFees: plan.autoStakeFees,
      rewardCommissionRateBps: plan.rewardCommissionBps,
      allowDelegation: true,
      name: plan.name,
      description: null,
      websiteUrl: null,
      avatarImageUrl: null,
      operatorAuthKeys: null,
      usdcCommissionRateBps: plan.usdcCommissionBps,
    },
    stakingProgram,
  );
  return { instructions: [instruction], signers: [admin, plan.wallet] };
}

/** The pool's own total tells whether its operator has staked. */
async function stakeWhereMissing(network: Network, providers: readonly ProviderPlan[]): Promise<void> {
  const chunk = 100;
  for (let start = 0; start < providers.length; start += chunk) {
    const part = providers.slice(start, start + chunk);
    const addresses = await Promise.all(
      part.map((plan) => findOperatorPool(plan.wallet.address, network.stakingProgram)),
    );
    const accounts = await readAccounts(network, addresses);
    const unstaked = part.filter(
      (_, index) => decodeOperatorPool(accounts[index] ?? new Uint8Array()).totalShares === 0n,
    );
    await network.sender.sendOrThrow(await Promise.all(unstaked.map((plan) => operatorStake(network, plan))));
  }
}

export async function stakeInstruction(
  network: Network,
  owner: Address,
  operator: Address,
  amount: bigint,
  operatorRecord?: Address,
): Promise<Instruction> {
  const operatorPool = await findOperatorPool(operator, network.stakingProgram);
  const vaults = await findPoolVaults(operatorPool, network.stakingProgram);
  return stake(
    {
      owner,
      poolOverview: network.poolOverview,
      operatorPool,
      ownerStakingRecord: await findStakingRecord(operatorPool, owner, network.stakingProgram),
      operatorStakingRecord:
        operatorRecord ?? (await findStakingRecord(operatorPool, operator, network.stakingProgram)),
      ownerTokenAccount: await tokenAccountOf(owner, network.intMint.address),
      stakedTokenAccount: vaults.stakedToken,
    },
    { tokenAmount: amount },
    network.stakingProgram,
  );
}

async function operatorStake(network: Network, plan: ProviderPlan): Promise<TransactionPlan> {
  const owner = plan.wallet.address;
  return { instructions: [await stakeInstruction(network, owner, owner, plan.stake)], signers: [plan.wallet] };
}

async function registration(network: Network, plan: ProviderPlan): Promise<TransactionPlan> {
  const { marketplaceProgram, marketplace, inferMint, admin } = network;
  const owner = plan.wallet.address;
  const provider = await findProvider(owner, marketplaceProgram);
  const bondVault = await findBondVault(provider, marketplaceProgram);
  const operatorPool = await findOperatorPool(owner, network.stakingProgram);
  const register = registerProvider(
    {
      payer: admin.address,
      owner,
      poolAdmin: owner,
      marketplace,
      operatorPool,
      provider,
      bondVault,
      inferMint: inferMint.address,
    },
    { payout: owner, tier: plan.tier, region: plan.region, jurisdiction: plan.jurisdiction },
    marketplaceProgram,
  );
  const bond = postBond(
    { owner, provider, bondVault, ownerTokenAccount: await tokenAccountOf(owner, inferMint.address) },
    { amount: plan.bond },
    marketplaceProgram,
  );
  return { instructions: [register, bond], signers: [admin, plan.wallet] };
}

async function listing(network: Network, plan: ProviderPlan, offerId: number): Promise<TransactionPlan> {
  const { marketplaceProgram, marketplace, admin } = network;
  const owner = plan.wallet.address;
  const provider = await findProvider(owner, marketplaceProgram);
  const offer = plan.offers[offerId] as OfferPlan;
  const instruction = listOffer(
    {
      payer: admin.address,
      owner,
      marketplace,
      provider,
      offer: await findOffer(provider, BigInt(offerId), marketplaceProgram),
      mint: offer.currency === 'USDC' ? USDC_MINT : network.inferMint.address,
    },
    {
      model: offer.model,
      units: offer.units,
      region: plan.region,
      minSeconds: MIN_ORDER_SECONDS,
      maxSeconds: MAX_ORDER_SECONDS,
      pricePerGpuHour: offer.pricePerGpuHour,
      ...FIXED_PRICE,
    },
    marketplaceProgram,
  );
  return { instructions: [instruction], signers: [admin, plan.wallet] };
}
