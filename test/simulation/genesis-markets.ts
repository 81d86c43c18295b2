/**
 * The governance and the exchange of a network, and the windows that are shortened so that a local run can be watched.
 * Every step looks first whether it was done.
 * @module
 */
import type { Instruction } from '@solana/kit';
import { parameters } from '../../governance/parameters.ts';
import {
  addBankroll,
  addInsurance,
  createIndex,
  initializeExchange,
} from '../../programs/exchange/client.generated.ts';
import { STARTING_PRICES } from '../../programs/exchange/settings.ts';
import { initializeGovernance, pushParameters } from '../../programs/governance/client.generated.ts';
import {
  findBankrollVault,
  findIndex,
  findInsuranceVault,
  findMarginVault,
  findStakeVault,
  findTreasuryVault,
} from './addresses.ts';
import { existing, type Network, tokenAccountOf, USDC_MINT } from './network.ts';

const INFER = 10n ** 9n;
const FUNDS = { bankroll: 10_000_000n * INFER, insurance: 1_000_000n * INFER } as const;
/** Numbers of the programs in `push_parameters`. */
const MARKETPLACE = 0;
const EXCHANGE = 1;

/** Values in force from the start instead of the table's defaults, by key. */
export type Overrides = Readonly<Record<string, bigint>>;

export async function createGovernance(network: Network, overrides: Overrides): Promise<void> {
  const { admin, sender, governance, governanceProgram, inferMint } = network;
  if ((await existing(network, [governance]))[0]) return;
  const instruction = initializeGovernance(
    {
      payer: admin.address,
      foundingAdmin: admin.address,
      governance,
      parameters: network.parameters,
      authority: network.governanceAuthority,
      stakeVault: await findStakeVault(governanceProgram),
      inferTreasury: await findTreasuryVault(inferMint.address, governanceProgram),
      usdcTreasury: await findTreasuryVault(USDC_MINT, governanceProgram),
      inferMint: inferMint.address,
      usdcMint: USDC_MINT,
      marketplaceProgram: network.marketplaceProgram,
      exchangeProgram: network.exchangeProgram,
      stakingProgram: network.stakingProgram,
    },
    { overrides: changesOf(overrides) },
    governanceProgram,
  );
  await sender.sendOrThrow([{ instructions: [instruction], signers: [admin] }]);
}

/** By key, as the program wants changes. */
export function changesOf(values: Overrides): { id: number; value: bigint }[] {
  const keys = [...parameters.keys()];
  return Object.keys(values)
    .sort()
    .map((key) => ({ id: keys.indexOf(key), value: values[key] ?? 0n }));
}

/** Base units of INFER that the exchange has of its own at the start. */
export interface ExchangeFunds {
  readonly bankroll: bigint;
  readonly insurance: bigint;
}

/** Exchange with an index of every model, a bankroll and an insurance fund. */
export async function createExchange(network: Network, funds: ExchangeFunds = FUNDS): Promise<void> {
  const { admin, sender, exchange, exchangeProgram, inferMint } = network;
  if ((await existing(network, [exchange]))[0]) return;
  const vaults = {
    bankrollVault: await findBankrollVault(exchangeProgram),
    insuranceVault: await findInsuranceVault(exchangeProgram),
  };
  const initialize = initializeExchange(
    {
      payer: admin.address,
      admin: admin.address,
      exchange,
      inferMint: inferMint.address,
      marginVault: await findMarginVault(exchangeProgram),
      ...vaults,
    },
    { marketplace: network.marketplace, governanceAuthority: network.governanceAuthority },
    exchangeProgram,
  );
  const money = {
    owner: admin.address,
    exchange,
    ownerTokenAccount: await tokenAccountOf(admin.address, inferMint.address),
    ...vaults,
  };
  const fund = [
    addBankroll(money, { amount: funds.bankroll }, exchangeProgram),
    addInsurance(money, { amount: funds.insurance }, exchangeProgram),
  ];
  const indexes = await Promise.all(STARTING_PRICES.map((price, model) => indexCreation(network, model, price)));
  await sender.sendOrThrow([
    { instructions: [initialize, ...fund], signers: [admin] },
    ...indexes.map((instruction) => ({ instructions: [instruction], signers: [admin] as const })),
  ]);
}

async function indexCreation(network: Network, model: number, price: bigint): Promise<Instruction> {
  const { admin, exchange, exchangeProgram } = network;
  return createIndex(
    {
      payer: admin.address,
      authority: admin.address,
      exchange,
      index: await findIndex(model, exchangeProgram),
    },
    { model, price },
    exchangeProgram,
  );
}

/** Brings the values of the governance into the programs that act by them. */
export async function pushEverything(network: Network): Promise<void> {
  const { admin, sender, governance, parameters: values, governanceAuthority, governanceProgram } = network;
  const push = (targetProgram: Network['exchangeProgram'], target: Network['exchange'], program: number) =>
    pushParameters(
      { governance, parameters: values, authority: governanceAuthority, targetProgram, target },
      { program },
      governanceProgram,
    );
  await sender.sendOrThrow([
    { instructions: [push(network.marketplaceProgram, network.marketplace, MARKETPLACE)], signers: [admin] },
    { instructions: [push(network.exchangeProgram, network.exchange, EXCHANGE)], signers: [admin] },
  ]);
}
