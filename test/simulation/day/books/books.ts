/**
 * Every account of the four programs and every token account of a chain, as they are at the confirmed head.
 * @module
 */
import type { Address, Base58EncodedBytes } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import { toBase58 } from '../../../../indexer/domain/base58.ts';
import * as exchange from '../../../../programs/exchange/client.generated.ts';
import * as governance from '../../../../programs/governance/client.generated.ts';
import * as marketplace from '../../../../programs/marketplace/client.generated.ts';
import * as staking from '../../../../programs/staking/client.generated.ts';
import type { Network } from '../../network.ts';

export interface TokenBalance {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
}

/** Of the SPL token program's account: mint, owner, amount. */
const TOKEN_ACCOUNT_BYTES = 165;
const OWNER_AT = 32;
const AMOUNT_AT = 64;

export type Books = Awaited<ReturnType<typeof readBooks>>;

export async function readBooks(network: Network) {
  const of = <T>(program: Address, discriminator: Uint8Array, decode: (data: Uint8Array) => T) =>
    accountsOf(network, program, discriminator, decode);
  const { exchangeProgram, governanceProgram, marketplaceProgram, stakingProgram } = network;
  return {
    network,
    tokens: await readTokens(network),
    exchange: {
      state: await of(exchangeProgram, exchange.EXCHANGE_ACCOUNT_DISCRIMINATOR, exchange.decodeExchange),
      indexes: await of(exchangeProgram, exchange.INDEX_ACCOUNT_DISCRIMINATOR, exchange.decodeIndex),
      traders: await of(exchangeProgram, exchange.TRADER_ACCOUNT_DISCRIMINATOR, exchange.decodeTrader),
      positions: await of(exchangeProgram, exchange.POSITION_ACCOUNT_DISCRIMINATOR, exchange.decodePosition),
      series: await of(exchangeProgram, exchange.SERIES_ACCOUNT_DISCRIMINATOR, exchange.decodeSeries),
      futures: await of(exchangeProgram, exchange.FUTURE_POSITION_ACCOUNT_DISCRIMINATOR, exchange.decodeFuturePosition),
      claims: await of(exchangeProgram, exchange.CLAIM_ACCOUNT_DISCRIMINATOR, exchange.decodeClaim),
    },
    governance: {
      state: await of(governanceProgram, governance.GOVERNANCE_ACCOUNT_DISCRIMINATOR, governance.decodeGovernance),
      values: await of(governanceProgram, governance.PARAMETERS_ACCOUNT_DISCRIMINATOR, governance.decodeParameters),
      stakers: await of(governanceProgram, governance.STAKER_ACCOUNT_DISCRIMINATOR, governance.decodeStaker),
      proposals: await of(governanceProgram, governance.PROPOSAL_ACCOUNT_DISCRIMINATOR, governance.decodeProposal),
    },
    marketplace: {
      providers: await of(marketplaceProgram, marketplace.PROVIDER_ACCOUNT_DISCRIMINATOR, marketplace.decodeProvider),
      offers: await of(marketplaceProgram, marketplace.OFFER_ACCOUNT_DISCRIMINATOR, marketplace.decodeOffer),
      orders: await of(marketplaceProgram, marketplace.ORDER_ACCOUNT_DISCRIMINATOR, marketplace.decodeOrder),
      deposits: await of(marketplaceProgram, marketplace.DEPOSIT_ACCOUNT_DISCRIMINATOR, marketplace.decodeDeposit),
      verifiers: await of(marketplaceProgram, marketplace.VERIFIER_ACCOUNT_DISCRIMINATOR, marketplace.decodeVerifier),
      sets: await of(marketplaceProgram, marketplace.VERIFIER_SET_ACCOUNT_DISCRIMINATOR, marketplace.decodeVerifierSet),
      challenges: await of(
        marketplaceProgram,
        marketplace.CHALLENGE_ACCOUNT_DISCRIMINATOR,
        marketplace.decodeChallenge,
      ),
      epochBooks: await of(
        marketplaceProgram,
        marketplace.EPOCH_BOOK_ACCOUNT_DISCRIMINATOR,
        marketplace.decodeEpochBook,
      ),
      incentives: await of(
        marketplaceProgram,
        marketplace.INCENTIVE_EPOCH_ACCOUNT_DISCRIMINATOR,
        marketplace.decodeIncentiveEpoch,
      ),
    },
    staking: {
      overviews: await of(stakingProgram, staking.POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR, staking.decodePoolOverview),
      pools: await of(stakingProgram, staking.OPERATOR_POOL_ACCOUNT_DISCRIMINATOR, staking.decodeOperatorPool),
      records: await of(stakingProgram, staking.STAKING_RECORD_ACCOUNT_DISCRIMINATOR, staking.decodeStakingRecord),
    },
  };
}

/** By address. */
async function accountsOf<T>(
  network: Network,
  program: Address,
  discriminator: Uint8Array,
  decode: (data: Uint8Array) => T,
): Promise<ReadonlyMap<Address, T>> {
  const bytes = toBase58(discriminator) as Base58EncodedBytes;
  const filters = [{ memcmp: { offset: 0n, bytes, encoding: 'base58' as const } }];
  const accounts = await network.rpc
    .getProgramAccounts(program, { commitment: 'confirmed', encoding: 'base64', filters })
    .send();
  return new Map(accounts.map(({ pubkey, account }) => [pubkey, decode(Buffer.from(account.data[0], 'base64'))]));
}

export async function readTokens(network: Pick<Network, 'rpc'>): Promise<ReadonlyMap<Address, TokenBalance>> {
  const accounts = await network.rpc
    .getProgramAccounts(TOKEN_PROGRAM_ADDRESS, {
      commitment: 'confirmed',
      encoding: 'base64',
      filters: [{ dataSize: BigInt(TOKEN_ACCOUNT_BYTES) }],
    })
    .send();
  return new Map(
    accounts.map(({ pubkey, account }) => {
      const data = Buffer.from(account.data[0], 'base64');
      const mint = toBase58(data.subarray(0, OWNER_AT)) as Address;
      const owner = toBase58(data.subarray(OWNER_AT, AMOUNT_AT)) as Address;
      return [pubkey, { mint, owner, amount: data.readBigUInt64LE(AMOUNT_AT) }];
    }),
  );
}

/** 0 where there is no such account. */
export function balanceOf({ tokens }: Pick<Books, 'tokens'>, account: Address): bigint {
  return tokens.get(account)?.amount ?? 0n;
}

/** The one account of its type. @throws RangeError when there is another number of them */
export function theOne<T>(accounts: ReadonlyMap<Address, T>): T {
  const [first] = accounts.values();
  if (first === undefined || accounts.size !== 1) throw new RangeError(`${accounts.size} accounts, not one`);
  return first;
}
