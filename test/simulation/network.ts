/**
 * The fixed points of a simulated network: wallets that run it, mints, program addresses. All follow from the seed,
 * so a restarted simulation finds what it made before.
 * @module
 */
import type { Address, Rpc, SolanaRpcApi } from '@solana/kit';
import { findAssociatedTokenPda, TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import {
  findExchange,
  findGlobalTokenRewardVault,
  findGlobalUsdcEarningsVault,
  findGovernance,
  findGovernanceAuthority,
  findMarketplace,
  findParameters,
  findPoolOverview,
  remembered,
} from './addresses.ts';
import type { TransactionSender } from './sender.ts';
import { seededWallet, type Wallet } from './wallet.ts';

export const USDC_MINT = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' as Address;

export interface Network {
  readonly rpc: Rpc<SolanaRpcApi>;
  readonly sender: TransactionSender;
  readonly seed: string;
  readonly stakingProgram: Address;
  readonly marketplaceProgram: Address;
  readonly exchangeProgram: Address;
  readonly governanceProgram: Address;
  readonly rewardAuthority: Address;
  /** Program admin, marketplace admin, faucet of tokens and lamports, mint authority of the local USDC. */
  readonly admin: Wallet;
  readonly arbiter: Wallet;
  readonly intMint: Wallet;
  readonly inferMint: Wallet;
  readonly poolOverview: Address;
  readonly marketplace: Address;
  readonly rewardVault: Address;
  readonly usdcVault: Address;
  readonly exchange: Address;
  readonly governance: Address;
  /** Address that the programs obey and that holds the treasury. */
  readonly governanceAuthority: Address;
  readonly parameters: Address;
}

export interface NetworkOptions {
  readonly rpc: Rpc<SolanaRpcApi>;
  readonly sender: TransactionSender;
  readonly seed: string;
  readonly stakingProgram: Address;
  readonly marketplaceProgram: Address;
  /** The addresses of the IDLs where not given, here and below. */
  readonly exchangeProgram?: Address | undefined;
  readonly governanceProgram?: Address | undefined;
  readonly rewardAuthority: Address;
  readonly admin: Wallet;
}

export async function locateNetwork(options: NetworkOptions): Promise<Network> {
  const { seed, stakingProgram, marketplaceProgram } = options;
  const exchangeProgram = options.exchangeProgram ?? EXCHANGE_PROGRAM_ADDRESS;
  const governanceProgram = options.governanceProgram ?? GOVERNANCE_PROGRAM_ADDRESS;
  return {
    ...options,
    exchangeProgram,
    governanceProgram,
    arbiter: seededWallet(seed, 'arbiter', 0),
    intMint: seededWallet(seed, 'int-mint', 0),
    inferMint: seededWallet(seed, 'infer-mint', 0),
    poolOverview: await findPoolOverview(stakingProgram),
    marketplace: await findMarketplace(marketplaceProgram),
    rewardVault: await findGlobalTokenRewardVault(stakingProgram),
    usdcVault: await findGlobalUsdcEarningsVault(stakingProgram),
    exchange: await findExchange(exchangeProgram),
    governance: await findGovernance(governanceProgram),
    governanceAuthority: await findGovernanceAuthority(governanceProgram),
    parameters: await findParameters(governanceProgram),
  };
}

/** The key that takes over the admin's roles. */
export function successorOf({ seed }: Pick<Network, 'seed'>): Wallet {
  return seededWallet(seed, 'next admin', 0);
}

export const tokenAccountOf = remembered(async (owner: Address, mint: Address): Promise<Address> => {
  const [address] = await findAssociatedTokenPda({ owner, mint, tokenProgram: TOKEN_PROGRAM_ADDRESS });
  return address;
});

/** Which of these accounts exist at `confirmed`. */
export async function existing(network: Network, addresses: readonly Address[]): Promise<boolean[]> {
  return (await readAccounts(network, addresses)).map((data) => data !== null);
}

/** Data of accounts at `confirmed`; `null` where absent. */
export async function readAccounts(network: Network, addresses: readonly Address[]): Promise<(Uint8Array | null)[]> {
  const most = 100;
  const found: (Uint8Array | null)[] = [];
  for (let start = 0; start < addresses.length; start += most) {
    const part = addresses.slice(start, start + most);
    const { value } = await network.sender.patiently(() =>
      network.rpc.getMultipleAccounts(part, { commitment: 'confirmed', encoding: 'base64' }).send(),
    );
    found.push(...value.map((account) => (account ? Buffer.from(account.data[0], 'base64') : null)));
  }
  return found;
}
