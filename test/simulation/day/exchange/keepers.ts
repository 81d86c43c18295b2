/**
 * Keepers of a simulated day: they liquidate what has fallen below maintenance, have funding paid, settle futures, pay
 * claims that have been funded, and the exchange's admin pauses it for a moment.
 * @module
 */
import type { Instruction } from '@solana/kit';
import {
  decodeClaim,
  type FuturePosition,
  type Index,
  liquidate,
  liquidateFuture,
  type Position,
  payClaim,
  setPaused,
  settleFunding,
  settleFuturePosition,
  sweepSurplus,
} from '../../../../programs/exchange/client.generated.ts';
import { findClaim } from '../../addresses.ts';
import { readAccounts, tokenAccountOf } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import {
  type Desk,
  type Held,
  locateTrader,
  openDesk,
  readFutures,
  readIndexes,
  readPositions,
  readTraders,
  type TraderBooks,
  type TraderPlace,
} from './desk.ts';
import type { LiveSeries } from './series.ts';
import { tradersOf, traderWallet } from './traders.ts';

const SECONDS_PER_HOUR = 3_600n;
const PRICE_SCALE = 1_000_000n;
const BPS = 10_000n;
/** Keepers look closely at what is near the maintenance margin of 500 bps; the program has the last word. */
const WATCHED_BPS = 520n;
const ASKS_FUNDING = 0.02;
const SWEEPS = 0.01;

export function createKeepers(series: LiveSeries) {
  return async (world: World): Promise<Actors> => {
    const desk = await openDesk(world.network);
    const places = await Promise.all(
      Array.from({ length: tradersOf(world) }, (_, index) => locateTrader(desk, traderWallet(world, index))),
    );
    const random = world.randomOf('keepers');
    return {
      name: 'keepers',
      async act(moment: Moment) {
        const [books, indexes, positions] = [
          await readTraders(desk, places),
          await readIndexes(desk),
          await readPositions(desk, places),
        ];
        const claimOf = new Map(places.map(({ trader }, index) => [trader, books[index] as TraderBooks]));
        const watched = positions.filter(({ account }) => isWatched(account, indexes[account.model]));
        const paying = positions.filter(() => random.chance(ASKS_FUNDING));
        const instructions = [
          ...(await Promise.all(watched.map((held) => liquidation(desk, held, claimOf)))),
          ...paying.map((held) => fundingOf(desk, held, claimOf)),
          ...(await futuresOf(desk, places, series, indexes, claimOf)),
          ...(await claimsOf(desk, places, books)),
          ...(random.chance(SWEEPS) ? [sweep(desk)] : []),
          ...pauseAt(desk, world, moment),
        ];
        return instructions.map(
          (instruction): TransactionPlan => ({ instructions: [instruction], signers: [desk.network.admin] }),
        );
      },
    };
  };
}

type Claims = ReadonlyMap<string, TraderBooks>;

function isWatched({ holding }: Pick<Position, 'holding'>, index: Index | undefined): boolean {
  if (index === undefined) return false;
  const { price } = index.market;
  const size = holding.size < 0n ? -holding.size : holding.size;
  const notional = (size * price) / SECONDS_PER_HOUR / PRICE_SCALE;
  const gain = holding.size < 0n ? holding.notional - notional : notional - holding.notional;
  return (holding.collateral + gain) * BPS < notional * WATCHED_BPS;
}

function sharedOf(desk: Desk, place: TraderPlace, model: number, claims: Claims) {
  const { admin, exchange } = desk.network;
  return {
    payer: admin.address,
    exchange,
    index: desk.indexes[model] ?? exchange,
    trader: place.trader,
    claim: claims.get(place.trader)?.claim ?? exchange,
    ...desk.vaults,
  };
}

async function liquidation(
  desk: Desk,
  { place, address, account }: Held<Position>,
  claims: Claims,
): Promise<Instruction> {
  const { admin, inferMint, exchangeProgram } = desk.network;
  const keeperTokenAccount = await tokenAccountOf(admin.address, inferMint.address);
  const accounts = { ...sharedOf(desk, place, account.model, claims), position: address, keeperTokenAccount };
  return liquidate(accounts, exchangeProgram);
}

function fundingOf(desk: Desk, { place, address, account }: Held<Position>, claims: Claims): Instruction {
  const accounts = { ...sharedOf(desk, place, account.model, claims), position: address };
  return settleFunding(accounts, desk.network.exchangeProgram);
}

async function futuresOf(
  desk: Desk,
  places: readonly TraderPlace[],
  series: LiveSeries,
  indexes: readonly Index[],
  claims: Claims,
): Promise<Instruction[]> {
  const { admin, inferMint, exchangeProgram } = desk.network;
  const keeperTokenAccount = await tokenAccountOf(admin.address, inferMint.address);
  const found: Instruction[] = [];
  const accountsOf = (held: Held<FuturePosition>, model: number) => ({
    ...sharedOf(desk, held.place, model, claims),
    futurePosition: held.address,
    series: held.account.series,
  });
  for (const { address, model } of series.settled) {
    const held = await readFutures(desk, places, address);
    found.push(...held.map((each) => settleFuturePosition(accountsOf(each, model), exchangeProgram)));
  }
  for (const { address, model } of series.open) {
    const watched = (await readFutures(desk, places, address)).filter(({ account }) =>
      isWatched(account, indexes[model]),
    );
    found.push(
      ...watched.map((each) => liquidateFuture({ ...accountsOf(each, model), keeperTokenAccount }, exchangeProgram)),
    );
  }
  return found;
}

/** Claims that have not been paid in full. */
async function claimsOf(
  desk: Desk,
  places: readonly TraderPlace[],
  books: readonly TraderBooks[],
): Promise<Instruction[]> {
  const { network, vaults } = desk;
  const wanted = await Promise.all(
    places.flatMap(({ trader }, index) =>
      Array.from({ length: Number(books[index]?.account?.balance.claimCount ?? 0n) }, async (_, number) => ({
        trader,
        claim: await findClaim(trader, BigInt(number), network.exchangeProgram),
      })),
    ),
  );
  const accounts = await readAccounts(
    network,
    wanted.map(({ claim }) => claim),
  );
  return wanted.flatMap(({ trader, claim }, index) => {
    const data = accounts[index];
    const account = data ? decodeClaim(data) : null;
    if (account === null || account.paid >= account.amount) return [];
    const { marginVault, bankrollVault } = vaults;
    return [
      payClaim({ exchange: network.exchange, trader, claim, marginVault, bankrollVault }, network.exchangeProgram),
    ];
  });
}

function sweep({ network, vaults }: Desk): Instruction {
  return sweepSurplus({ exchange: network.exchange, ...vaults }, network.exchangeProgram);
}

/** Closed for opening during one tick in the last part of the day. */
function pauseAt({ network }: Desk, world: World, { tick }: Moment): Instruction[] {
  const from = Math.floor(world.tickCount * 0.9);
  if (tick !== from && tick !== from + 1) return [];
  const accounts = { authority: network.admin.address, exchange: network.exchange };
  return [setPaused(accounts, { isPaused: tick === from }, network.exchangeProgram)];
}
