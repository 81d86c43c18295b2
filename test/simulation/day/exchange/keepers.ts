/**
 * Keepers of a simulated day: they liquidate what has fallen below maintenance, have funding paid, settle futures, pay
 * claims that have been funded, and the exchange's admin pauses it for a moment.
 * @module
 */
import type { Instruction } from '@solana/kit';
import { getTransferInstruction } from '@solana-program/token';
import {
  addBankroll,
  decodeClaim,
  type FuturePosition,
  type Index,
  liquidate,
  liquidateFuture,
  type Position,
  payClaim,
  replaceAdmin,
  setPaused,
  settleFunding,
  settleFuturePosition,
  sweepSurplus,
} from '../../../../programs/exchange/client.generated.ts';
import { findClaim } from '../../addresses.ts';
import { readAccounts, successorOf, tokenAccountOf } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import type { Actors, Moment, World } from '../actors.ts';
import {
  type Desk,
  type Held,
  locateTrader,
  openDesk,
  readFunds,
  readFutures,
  readIndexes,
  readPositions,
  readTraders,
  type TraderBooks,
  type TraderPlace,
} from './desk.ts';
import { DAY_FUNDS } from './models.ts';
import type { LiveSeries } from './series.ts';
import { tradersOf, traderWallet } from './traders.ts';

const SECONDS_PER_HOUR = 3_600n;
const PRICE_SCALE = 1_000_000n;
/** Maintenance margins by notional; in a series the room of its basis comes on top. The program has the last word. */
const MAINTENANCE_PPM = 50_000n;
const BASIS_PPM = 100_000n - 25_000n;
const PPM = 1_000_000n;
const ASKS_FUNDING = 0.02;
const FUNDING_SECONDS = 3_600n;
/** Parts of the day: the bankroll is made good, a stranger sends tokens to a vault, opening is closed for a tick. */
const REFILLS_AT = 0.46;
const STRAYS_AT = 0.6;
const PAUSES_AT = 0.9;
const CHANGES_HANDS_AT = 0.97;
const REFILL = 12n;
const STRAY = 1_000_000_000n;

export function createKeepers(series: LiveSeries) {
  return async (world: World): Promise<Actors> => {
    const desk = await openDesk(world);
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
        const watched = positions.filter(({ account }) => isWatched(account, indexes[account.model], MAINTENANCE_PPM));
        const isDue = ({ account }: Held<Position>) => account.fundedAt + FUNDING_SECONDS <= moment.nowSeconds;
        const paying = positions.filter((held) => random.chance(ASKS_FUNDING) && isDue(held));
        const instructions = [
          ...(await Promise.all(watched.map((held) => liquidation(desk, held, claimOf)))),
          ...paying.map((held) => fundingOf(desk, held, claimOf)),
          ...(await futuresOf(desk, places, series, indexes, claimOf)),
          ...(await claimsOf(desk, places, books)),
          ...(await rareSteps(desk, world, moment)),
        ];
        return instructions.map(
          (instruction): TransactionPlan => ({
            instructions: [instruction],
            signers: [desk.network.admin, successorOf(desk.network)],
          }),
        );
      },
    };
  };
}

type Claims = ReadonlyMap<string, TraderBooks>;

/** Below maintenance at the anchor, which purchases move and trades do not. */
function isWatched({ holding }: Pick<Position, 'holding'>, index: Index | undefined, marginPpm: bigint): boolean {
  if (index === undefined) return false;
  const { anchor } = index.market;
  const { size, entryPrice, collateral } = holding;
  const unit = SECONDS_PER_HOUR * PRICE_SCALE;
  const notional = ((size < 0n ? -size : size) * anchor) / unit;
  return (collateral + ((anchor - entryPrice) * size) / unit) * PPM < notional * marginPpm;
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
      isWatched(account, indexes[model], MAINTENANCE_PPM + BASIS_PPM),
    );
    found.push(
      ...watched.map((each) => liquidateFuture({ ...accountsOf(each, model), keeperTokenAccount }, exchangeProgram)),
    );
  }
  return found;
}

/** Claims for which there is money that they have not had. */
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
  if (wanted.length === 0) return [];
  const { claimsFunded } = await readFunds(desk);
  const accounts = await readAccounts(
    network,
    wanted.map(({ claim }) => claim),
  );
  return wanted.flatMap(({ trader, claim }, index) => {
    const data = accounts[index];
    const account = data ? decodeClaim(data) : null;
    if (account === null || account.paid >= account.amount) return [];
    if (claimsFunded <= account.start + account.paid) return [];
    const { marginVault, bankrollVault } = vaults;
    return [
      payClaim({ exchange: network.exchange, trader, claim, marginVault, bankrollVault }, network.exchangeProgram),
    ];
  });
}

/** What happens once in the day, by the exchange's admin but for the stray transfer. */
async function rareSteps({ network, vaults }: Desk, world: World, { tick }: Moment): Promise<Instruction[]> {
  const { admin, exchange, exchangeProgram: program, inferMint } = network;
  const at = (part: number, later = 0) => tick === Math.floor(world.tickCount * part) + later;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const { bankrollVault, insuranceVault } = vaults;
  if (at(REFILLS_AT)) {
    const money = { owner: admin.address, exchange, ownerTokenAccount: source, bankrollVault, insuranceVault };
    return [addBankroll(money, { amount: REFILL * DAY_FUNDS.bankroll }, program)];
  }
  if (at(STRAYS_AT)) {
    const stray = { source, destination: insuranceVault, authority: asSigner(admin), amount: STRAY };
    return [getTransferInstruction(stray)];
  }
  if (at(STRAYS_AT, 1)) return [sweepSurplus({ exchange, ...vaults }, program)];
  if (at(PAUSES_AT) || at(PAUSES_AT, 1)) {
    const accounts = { authority: admin.address, exchange };
    return [setPaused(accounts, { isPaused: at(PAUSES_AT) }, program)];
  }
  if (at(CHANGES_HANDS_AT)) {
    const newAdmin = successorOf(network).address;
    return [replaceAdmin({ admin: admin.address, newAdmin, exchange }, program)];
  }
  return [];
}
