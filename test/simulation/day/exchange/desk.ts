/**
 * Where the exchange's accounts are, and what its traders hold: what every group of the exchange's day needs.
 * @module
 */
import type { Address } from '@solana/kit';
import {
  decodeExchange,
  decodeFuturePosition,
  decodeIndex,
  decodePosition,
  decodeTrader,
  type Funds,
  type FuturePosition,
  type Index,
  type Position,
  type Trader,
} from '../../../../programs/exchange/client.generated.ts';
import {
  findBankrollVault,
  findClaim,
  findFuturePosition,
  findIndex,
  findInsuranceVault,
  findMarginVault,
  findPosition,
  findTrader,
} from '../../addresses.ts';
import { type Network, readAccounts } from '../../network.ts';
import type { Wallet } from '../../wallet.ts';
import type { World } from '../actors.ts';
import type { TradedModels } from './models.ts';

export interface Desk {
  readonly network: Network;
  readonly models: TradedModels;
  readonly vaults: { readonly marginVault: Address; readonly bankrollVault: Address; readonly insuranceVault: Address };
  readonly indexes: readonly Address[];
}

export async function openDesk({ network, models }: Pick<World, 'network' | 'models'>): Promise<Desk> {
  const program = network.exchangeProgram;
  return {
    network,
    models,
    vaults: {
      marginVault: await findMarginVault(program),
      bankrollVault: await findBankrollVault(program),
      insuranceVault: await findInsuranceVault(program),
    },
    indexes: await Promise.all(Array.from({ length: 11 }, (_, model) => findIndex(model, program))),
  };
}

export interface TraderPlace {
  readonly wallet: Wallet;
  readonly trader: Address;
}

export async function locateTrader({ network }: Desk, wallet: Wallet): Promise<TraderPlace> {
  return { wallet, trader: await findTrader(wallet.address, network.exchangeProgram) };
}

export interface TraderBooks {
  /** null before the first deposit. */
  readonly account: Trader | null;
  /** Where the next claim of the trader would stand. */
  readonly claim: Address;
}

export async function readTraders({ network }: Desk, places: readonly TraderPlace[]): Promise<TraderBooks[]> {
  const accounts = await readAccounts(
    network,
    places.map(({ trader }) => trader),
  );
  return Promise.all(
    places.map(async ({ trader }, index) => {
      const data = accounts[index];
      const account = data ? decodeTrader(data) : null;
      return { account, claim: await findClaim(trader, account?.balance.claimCount ?? 0n, network.exchangeProgram) };
    }),
  );
}

export async function readIndexes({ network, indexes }: Desk): Promise<Index[]> {
  return (await readAccounts(network, indexes)).map((data) => decodeIndex(data ?? new Uint8Array()));
}

export async function readFunds({ network }: Desk): Promise<Funds> {
  const [data] = await readAccounts(network, [network.exchange]);
  return decodeExchange(data ?? new Uint8Array()).funds;
}

export interface Held<T> {
  readonly place: TraderPlace;
  readonly address: Address;
  readonly account: T;
}

/** Open perpetual positions of these traders. */
export async function readPositions(
  { network, models }: Desk,
  places: readonly TraderPlace[],
): Promise<Held<Position>[]> {
  const wanted = await Promise.all(
    places.flatMap((place) =>
      models.all.map(async (model) => ({
        place,
        address: await findPosition(place.trader, model, network.exchangeProgram),
      })),
    ),
  );
  return readHeld(network, wanted, decodePosition);
}

/** Positions of these traders in one series. */
export async function readFutures(
  { network }: Desk,
  places: readonly TraderPlace[],
  series: Address,
): Promise<Held<FuturePosition>[]> {
  const wanted = await Promise.all(
    places.map(async (place) => ({
      place,
      address: await findFuturePosition(series, place.trader, network.exchangeProgram),
    })),
  );
  return readHeld(network, wanted, decodeFuturePosition);
}

async function readHeld<T extends { readonly holding: { readonly size: bigint } }>(
  network: Network,
  wanted: readonly { readonly place: TraderPlace; readonly address: Address }[],
  decode: (data: Uint8Array) => T,
): Promise<Held<T>[]> {
  const accounts = await readAccounts(
    network,
    wanted.map(({ address }) => address),
  );
  return wanted.flatMap(({ place, address }, index) => {
    const data = accounts[index];
    if (!data) return [];
    const account = decode(data);
    return account.holding.size === 0n ? [] : [{ place, address, account }];
  });
}
