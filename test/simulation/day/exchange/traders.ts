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
  locateTrader,
  openDesk,
  readIndexes,
  readPositions,
  readTraders,
  TRADED_MODELS,
  type TraderBooks,
  type TraderPlace,
} from './desk.ts';
import type { LiveSeries } from './series.ts';

const INFER = 10n ** 9n;
const SMALL_STAKE = 20_000n * INFER;
const LARGE_STAKE = 2_000_000n * INFER;
const FEES_LAMPORTS = lamports(1_000_000_000n);
const SECONDS_PER_HOUR = 3_600n;
const PRICE_SCALE = 1_000_000n;
/** The model that the large trader buys. */
export const CORNERED_MODEL = 1;
const TRADES = 0.15;
const TRADES_FUTURES = 0.05;

export function tradersOf(world: World): number {
  return Math.max(8, Math.ceil(world.providers.length / 5));
}

export function traderWallet(world: World, index: number) {
  return seededWallet(world.network.seed, 'trader', index);
}

export function createTraders(series: LiveSeries) {
  return async (world: World): Promise<Actors> => {
    const desk = await openDesk(world.network);
    const count = tradersOf(world);
    const wallets = Array.from({ length: count }, (_, index) => traderWallet(world, index));
    const places = await Promise.all(wallets.map((wallet) => locateTrader(desk, wallet)));
    const [large, ...small] = places as [TraderPlace, ...TraderPlace[]];
    await fund(desk, places);
    const random = world.randomOf('traders');
    return {
      name: 'traders',
      async act(moment: Moment) {
        const [books, indexes] = [await readTraders(desk, places), await readIndexes(desk)];
        const plans = await Promise.all(
          small.map((place, index) =>
            smallTrade(desk, place, books[index + 1] as TraderBooks, indexes, series, random),
          ),
        );
        const corner = await cornerTrade(desk, world, large, books[0] as TraderBooks, indexes, moment);
        return [...plans, corner].filter((plan) => plan !== null);
      },
    };
  };
}

async function fund(desk: Desk, places: readonly TraderPlace[]): Promise<void> {
  const { network } = desk;
  const { admin, inferMint, exchange, exchangeProgram } = network;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const plans = places.map(async ({ wallet, trader }, index): Promise<TransactionPlan> => {
    const amount = index === 0 ? LARGE_STAKE : SMALL_STAKE;
    const ata = await tokenAccountOf(wallet.address, inferMint.address);
    const deposit = depositMargin(
      {
        payer: admin.address,
        owner: wallet.address,
        exchange,
        trader,
        marginVault: desk.vaults.marginVault,
        ownerTokenAccount: ata,
      },
      { amount },
      exchangeProgram,
    );
    const money = [
      getTransferSolInstruction({ source: asSigner(admin), destination: wallet.address, amount: FEES_LAMPORTS }),
      getCreateAssociatedTokenIdempotentInstruction({
        payer: asSigner(admin),
        ata,
        owner: wallet.address,
        mint: inferMint.address,
      }),
      getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount }),
    ];
    return { instructions: [...money, deposit], signers: [admin, wallet] };
  });
  await network.sender.sendOrThrow(await Promise.all(plans));
}

/** GPU-seconds that a margin buys at a leverage. */
function sizeFor(margin: bigint, leverage: bigint, index: Index | undefined): bigint {
  const price = index?.market.price ?? 0n;
  return price === 0n ? 0n : (margin * leverage * SECONDS_PER_HOUR * PRICE_SCALE) / price;
}

async function smallTrade(
  desk: Desk,
  place: TraderPlace,
  books: TraderBooks,
  indexes: readonly Index[],
  series: LiveSeries,
  random: Random,
): Promise<TransactionPlan | null> {
  const free = (books.account?.balance.collateral ?? 0n) - (books.account?.balance.locked ?? 0n);
  const margin = (free * BigInt(random.integer(2, 10))) / 100n;
  const leverage = BigInt(random.integer(2, 9));
  const side = random.chance(0.5) ? 1n : -1n;
  if (random.chance(TRADES_FUTURES) && series.open.length > 0) {
    const future = random.pick(series.open);
    const size = side * sizeFor(margin, leverage, indexes[future.model]);
    return trade(desk, place, books, { kind: 'future', series: future.address, model: future.model, size, margin });
  }
  if (!random.chance(TRADES)) return null;
  const held = (await readPositions(desk, [place]))[0];
  if (held !== undefined && random.chance(0.6)) {
    const all = held.account.holding.size < 0n ? -held.account.holding.size : held.account.holding.size;
    const size = random.chance(0.5) ? all : all / 2n + 1n;
    return trade(desk, place, books, { kind: 'close', model: held.account.model, size });
  }
  if (random.chance(0.05)) return withdrawal(desk, place, free / 10n);
  const model = random.pick(TRADED_MODELS);
  // Most are short of what the large trader buys: the crowd bets against a price that looks too high.
  const direction = model === CORNERED_MODEL && random.chance(0.8) ? -1n : side;
  return trade(desk, place, books, {
    kind: 'open',
    model,
    size: direction * sizeFor(margin, leverage, indexes[model]),
    margin,
  });
}

/** Buys through the second quarter of the day, sells what it has through the third. */
async function cornerTrade(
  desk: Desk,
  world: World,
  place: TraderPlace,
  books: TraderBooks,
  indexes: readonly Index[],
  { tick }: Moment,
): Promise<TransactionPlan | null> {
  const part = tick / world.tickCount;
  const margin = LARGE_STAKE / 100n;
  if (part > 0.25 && part < 0.5) {
    const size = sizeFor(margin, 2n, indexes[CORNERED_MODEL]);
    return trade(desk, place, books, { kind: 'open', model: CORNERED_MODEL, size, margin });
  }
  if (part < 0.6) return null;
  const held = (await readPositions(desk, [place]))[0];
  if (held === undefined) return null;
  return trade(desk, place, books, {
    kind: 'close',
    model: held.account.model,
    size: held.account.holding.size / 4n + 1n,
  });
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

async function trade(desk: Desk, place: TraderPlace, books: TraderBooks, order: Trade): Promise<TransactionPlan> {
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
