/**
 * What is traded in one model on a network that is watched: series of the months to come, and traders whose positions pull
 * each of them away from the price of now, so that there is a forward curve to read; some hold perpetual positions too.
 * @module
 */
import { locateTrader, openDesk, readIndexes, readTraders } from '../day/exchange/desk.ts';
import { seriesListing } from '../day/exchange/series.ts';
import { fundTraders, sizeFor, trade, traderWallet } from '../day/exchange/traders.ts';
import { existing, type Network } from '../network.ts';

const INFER = 10n ** 9n;
const DAY_SECONDS = 86_400n;
const STAKE = 60_000n * INFER;
const MARGIN = 15_000n * INFER;

/** Of the perpetual positions of the first traders. */
const SIDES = [1n, 1n, -1n] as const;

interface Term {
  /** Days from the first midnight to come. A series that begins when it expires settles on that moment. */
  readonly from: bigint;
  readonly to: bigint;
  /** Of the trader's margin that is bought; sold where it is below 0. */
  readonly leverageTenths: bigint;
}

/** Averages follow one another; more is wanted in a quarter than next week, and less after that. */
const TERMS: readonly Term[] = [
  { from: 0n, to: 7n, leverageTenths: -6n },
  { from: 7n, to: 30n, leverageTenths: 8n },
  { from: 30n, to: 90n, leverageTenths: 22n },
  { from: 90n, to: 180n, leverageTenths: 14n },
  { from: 7n, to: 7n, leverageTenths: -4n },
  { from: 30n, to: 30n, leverageTenths: 10n },
  { from: 90n, to: 90n, leverageTenths: 24n },
  { from: 180n, to: 180n, leverageTenths: 16n },
];

/** Lists the series once, from the first midnight after `nowSeconds`, and trades each. */
export async function openFutures(network: Network, model: number, nowSeconds: bigint): Promise<void> {
  const desk = await openDesk({ network, models: { all: [model], cornered: model } });
  const places = await Promise.all(TERMS.map((_, index) => locateTrader(desk, traderWallet({ network }, index))));
  const present = await existing(
    network,
    places.map(({ trader }) => trader),
  );
  // Traders come last: with the first of them everything before was done.
  if (present.some(Boolean)) return;
  const midnight = (nowSeconds / DAY_SECONDS + 1n) * DAY_SECONDS;
  const at = (days: bigint) => midnight + days * DAY_SECONDS;
  const listings = await Promise.all(TERMS.map(({ from, to }) => seriesListing(desk, model, at(from), at(to))));
  const found = await existing(
    network,
    listings.map(({ place }) => place.address),
  );
  await network.sender.sendOrThrow(listings.filter((_, index) => !found[index]).map((each) => each.plan));
  await fundTraders(desk, places, () => STAKE);
  const [indexes, books] = await Promise.all([readIndexes(desk), readTraders(desk, places)]);
  const plans = listings.flatMap(({ place: { address } }, index) => {
    const [place, book, term] = [places[index], books[index], TERMS[index]];
    if (!place || !book || !term) return [];
    const size = (sizeFor(MARGIN, 10n, indexes[model]) * term.leverageTenths) / 100n;
    return [trade(desk, place, book, { kind: 'future', series: address, model, size, margin: MARGIN })];
  });
  const perpetuals = SIDES.flatMap((side, index) => {
    const [place, book] = [places[index], books[index]];
    const size = side * sizeFor(MARGIN, 1n, indexes[model]);
    return place && book ? [trade(desk, place, book, { kind: 'open', model, size, margin: MARGIN })] : [];
  });
  await network.sender.sendOrThrow(await Promise.all([...plans, ...perpetuals]));
}
