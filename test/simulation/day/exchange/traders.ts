/**
 * Traders of a simulated day: small ones that come and go with up to ten times leverage, and one large one that buys a
 * model for hours, so that those who are short of it cannot hold their positions.
 * @module
 */
import { type Address, lamports } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import {
  closePosition,
  depositMargin,
  type Index,
  openPosition,
  type Position,
  tradeFuture,
  withdrawMargin,
} from '../../../../programs/exchange/client.generated.ts';
import { findFuturePosition, findPosition } from '../../addresses.ts';
import { tokenAccountOf } from '../../network.ts';
import type { Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import { seededWallet } from '../../wallet.ts';
import type { Actors, Moment, World } from '../actors.ts';
import {
  type Desk,
  type Held,
  locateTrader,
  openDesk,
  readFunds,
  readIndexes,
  readPositions,
  readTraders,
  type TraderBooks,
  type TraderPlace,
} from './desk.ts';
import { DAY_FUNDS } from './models.ts';
import type { LiveSeries } from './series.ts';

const INFER = 10n ** 9n;
/** What a small trader deposits, and has once more in its wallet. */
const SMALL_STAKE = 20_000n * INFER;
const FEES_LAMPORTS = lamports(1_000_000_000n);
const SECONDS_PER_HOUR = 3_600n;
const PRICE_SCALE = 1_000_000n;
const TRADES = 0.15;
const TRADES_FUTURES = 0.05;
/** The large trader by the bankroll that stands against it: what it holds at most, and what it brings. */
const CORNER_NOTIONAL = 12n;
const CORNER_STAKE = 4n;
const CORNER_LEVERAGE = 4n;
/** Parts of the day in which it buys, and when it sells at the latest. */
const BUYS = { from: 0.03, to: 0.15 } as const;
const SELLS_AT_LATEST = 0.38;
const SELLS_IN_TICKS = 12;
/** It sells as soon as its gain is this much of what the exchange has, in per cent. */
const TAKES_GAIN_PERCENT = 150n;

export function tradersOf(world: World): number {
  return Math.max(8, Math.ceil(world.providers.length / 5));
}

export function traderWallet(world: Pick<World, 'network'>, index: number) {
  return seededWallet(world.network.seed, 'trader', index);
}

export function createTraders(series: LiveSeries) {
  return async (world: World): Promise<Actors> => {
    const desk = await openDesk(world);
    const count = tradersOf(world);
    const wallets = Array.from({ length: count }, (_, index) => traderWallet(world, index));
    const places = await Promise.all(wallets.map((wallet) => locateTrader(desk, wallet)));
    await fundTraders(desk, places, (index) => (index === 0 ? CORNER_STAKE * DAY_FUNDS.bankroll : SMALL_STAKE));
    const random = world.randomOf('traders');
    const corner = createCorner(desk, world);
    return {
      name: 'traders',
      async act(moment: Moment) {
        const positions = await readPositions(desk, places);
        const books = await readTraders(desk, places);
        const floor = { desk, indexes: await readIndexes(desk), series, random };
        const people = places.map(
          (place, index): Person => ({
            place,
            books: books[index] as TraderBooks,
            held: positions.filter((each) => each.place === place),
          }),
        );
        const [large, ...small] = people as [Person, ...Person[]];
        const plans = small.map((person) => smallTrade(floor, person));
        return (await Promise.all([...plans, corner(floor.indexes, large, moment)])).filter((plan) => plan !== null);
      },
    };
  };
}

interface Floor {
  readonly desk: Desk;
  readonly indexes: readonly Index[];
  readonly series: LiveSeries;
  readonly random: Random;
}

interface Person {
  readonly place: TraderPlace;
  readonly books: TraderBooks;
  readonly held: readonly Held<Position>[];
}

/** Each gets twice the amount of INFER and deposits half of it. */
export async function fundTraders(
  desk: Desk,
  places: readonly TraderPlace[],
  amountOf: (index: number) => bigint,
): Promise<void> {
  const { network } = desk;
  const { admin, inferMint } = network;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const plans = places.map(async (place, index): Promise<TransactionPlan> => {
    const { wallet } = place;
    const amount = amountOf(index);
    const ata = await tokenAccountOf(wallet.address, inferMint.address);
    const money = [
      getTransferSolInstruction({ source: asSigner(admin), destination: wallet.address, amount: FEES_LAMPORTS }),
      getCreateAssociatedTokenIdempotentInstruction({
        payer: asSigner(admin),
        ata,
        owner: wallet.address,
        mint: inferMint.address,
      }),
      getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount: 2n * amount }),
    ];
    return { instructions: [...money, await depositOf(desk, place, amount)], signers: [admin, wallet] };
  });
  await network.sender.sendOrThrow(await Promise.all(plans));
}

async function depositOf({ network, vaults }: Desk, { wallet, trader }: TraderPlace, amount: bigint) {
  const { admin, exchange, exchangeProgram, inferMint } = network;
  const accounts = {
    payer: admin.address,
    owner: wallet.address,
    exchange,
    trader,
    marginVault: vaults.marginVault,
    ownerTokenAccount: await tokenAccountOf(wallet.address, inferMint.address),
  };
  return depositMargin(accounts, { amount }, exchangeProgram);
}

/** GPU-seconds that a margin buys at a leverage. */
export function sizeFor(margin: bigint, leverage: bigint, index: Index | undefined): bigint {
  const price = index?.market.price ?? 0n;
  return price === 0n ? 0n : (margin * leverage * SECONDS_PER_HOUR * PRICE_SCALE) / price;
}

/** All draws come before anything is waited for. */
async function smallTrade(floor: Floor, { place, books, held }: Person): Promise<TransactionPlan | null> {
  const { desk, indexes, series, random } = floor;
  const free = (books.account?.balance.collateral ?? 0n) - (books.account?.balance.locked ?? 0n);
  const margin = (free * BigInt(random.integer(2, 10))) / 100n;
  const side = random.chance(0.5) ? 1n : -1n;
  const leverage = random.integer(2, 9);
  if (random.chance(TRADES_FUTURES) && series.open.length > 0) {
    const future = random.pick(series.open);
    const size = side * sizeFor(margin, BigInt(Math.min(leverage, 4)), indexes[future.model]);
    return trade(desk, place, books, { kind: 'future', series: future.address, model: future.model, size, margin });
  }
  if (!random.chance(TRADES)) return null;
  if (free < SMALL_STAKE / 10n) {
    const instruction = await depositOf(desk, place, SMALL_STAKE / 2n);
    return { instructions: [instruction], signers: [desk.network.admin, place.wallet] };
  }
  const isWhole = random.chance(0.5);
  const model = random.pick(desk.models.all);
  // Most are short of what the large trader buys: the crowd bets against a price that looks too high.
  const direction = model === desk.models.cornered && random.chance(0.8) ? -1n : side;
  const same = held.find(({ account }) => account.model === model);
  const isOpposite = same !== undefined && same.account.holding.size > 0n !== direction > 0n;
  const closing = isOpposite ? same : random.chance(0.4) ? held[0] : undefined;
  if (closing !== undefined) return trade(desk, place, books, closingOf(closing, isWhole ? 1n : 2n));
  if (random.chance(0.05)) return withdrawal(desk, place, free / 10n);
  const size = direction * sizeFor(margin, BigInt(leverage), indexes[model]);
  return trade(desk, place, books, { kind: 'open', model, size, margin });
}

/** @param part 1 closes all of the position, 2 a half of it and so on */
function closingOf({ account: { model, holding } }: Held<Position>, part: bigint): Trade {
  const all = holding.size < 0n ? -holding.size : holding.size;
  return { kind: 'close', model, size: part === 1n ? all : all / part + 1n };
}

/** Buys before the rush makes the price, and sells what it has once its gain is more than the exchange can pay. */
function createCorner(desk: Desk, { tickCount }: World) {
  let soldOutAt: number | null = null;
  return async (indexes: readonly Index[], { place, books, held: [held] }: Person, { tick }: Moment) => {
    const part = tick / tickCount;
    const index = indexes[desk.models.cornered];
    if (part > BUYS.from && part < BUYS.to) {
      const times = BigInt(Math.max(1, Math.ceil(tickCount * (BUYS.to - BUYS.from))));
      const margin = (CORNER_NOTIONAL * DAY_FUNDS.bankroll) / CORNER_LEVERAGE / times;
      const size = sizeFor(margin, CORNER_LEVERAGE - 1n, index);
      return trade(desk, place, books, { kind: 'open', model: desk.models.cornered, size, margin });
    }
    if (held === undefined || index === undefined || part < BUYS.to) return null;
    const { bankroll, insurance } = await readFunds(desk);
    const isRich = gainOf(held.account, index) * 100n > (bankroll + insurance) * TAKES_GAIN_PERCENT;
    if (soldOutAt === null && (isRich || part > SELLS_AT_LATEST)) soldOutAt = tick + SELLS_IN_TICKS;
    return soldOutAt === null
      ? null
      : trade(desk, place, books, closingOf(held, BigInt(Math.max(1, soldOutAt - tick))));
  };
}

function gainOf({ holding: { size, entryPrice } }: Position, { market }: Index): bigint {
  return ((market.price - entryPrice) * size) / SECONDS_PER_HOUR / PRICE_SCALE;
}

type Trade =
  | { readonly kind: 'open'; readonly model: number; readonly size: bigint; readonly margin: bigint }
  | { readonly kind: 'close'; readonly model: number; readonly size: bigint }
  | {
      readonly kind: 'future';
      readonly series: Address;
      readonly model: number;
      readonly size: bigint;
      readonly margin: bigint;
    };

export async function trade(
  desk: Desk,
  place: TraderPlace,
  books: TraderBooks,
  order: Trade,
): Promise<TransactionPlan> {
  const { admin, exchange, exchangeProgram } = desk.network;
  const shared = {
    payer: admin.address,
    owner: place.wallet.address,
    exchange,
    index: desk.indexes[order.model] ?? exchange,
    trader: place.trader,
    claim: books.claim,
    ...desk.vaults,
  };
  const signers = [admin, place.wallet] as const;
  if (order.kind === 'future') {
    const futurePosition = await findFuturePosition(order.series, place.trader, exchangeProgram);
    const accounts = { ...shared, futurePosition, series: order.series };
    const args = { size: order.size, margin: order.margin, priceLimit: 0n };
    return { instructions: [tradeFuture(accounts, args, exchangeProgram)], signers };
  }
  const accounts = { ...shared, position: await findPosition(place.trader, order.model, exchangeProgram) };
  const instruction =
    order.kind === 'open'
      ? openPosition(accounts, { size: order.size, margin: order.margin, priceLimit: 0n }, exchangeProgram)
      : closePosition(accounts, { size: order.size, priceLimit: 0n }, exchangeProgram);
  return { instructions: [instruction], signers };
}

async function withdrawal({ network, vaults }: Desk, place: TraderPlace, amount: bigint): Promise<TransactionPlan> {
  const { admin, exchange, exchangeProgram, inferMint } = network;
  const instruction = withdrawMargin(
    {
      owner: place.wallet.address,
      exchange,
      trader: place.trader,
      marginVault: vaults.marginVault,
      ownerTokenAccount: await tokenAccountOf(place.wallet.address, inferMint.address),
    },
    { amount },
    exchangeProgram,
  );
  return { instructions: [instruction], signers: [admin, place.wallet] };
}
