/**
 * The dated futures of a simulated day: series are listed at the start, one that settles on a point and one that settles
 * on an average, and settled by whoever comes first once they have expired.
 * @module
 */
import type { Address } from '@solana/kit';
import { createSeries, decodeSeries, settleSeries } from '../../../../programs/exchange/client.generated.ts';
import { findSeries } from '../../addresses.ts';
import { readAccounts } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { type Desk, openDesk } from './desk.ts';

export interface SeriesPlace {
  readonly model: number;
  readonly address: Address;
  readonly expiry: bigint;
}

/** What is listed and not expired, for the traders; and what is settled, for the keepers. */
export interface LiveSeries {
  open: SeriesPlace[];
  settled: SeriesPlace[];
}

interface Terms {
  readonly isCornered: boolean;
  /** Parts of the day. */
  readonly deliveryFrom: number;
  readonly expiry: number;
}

const TERMS: readonly Terms[] = [
  { isCornered: false, deliveryFrom: 0.5, expiry: 0.5 },
  { isCornered: true, deliveryFrom: 0.4, expiry: 0.7 },
  { isCornered: false, deliveryFrom: 1.5, expiry: 1.5 },
];

export function createSeriesDesk(live: LiveSeries) {
  return async (world: World): Promise<Actors> => {
    const desk = await openDesk(world);
    const listed: SeriesPlace[] = [];
    return {
      name: 'series',
      async act({ tick, nowSeconds }: Moment) {
        if (tick === 0) {
          const listings = await Promise.all(TERMS.map((terms) => list(desk, world, terms, nowSeconds)));
          listed.push(...listings.map(({ place }) => place));
          live.open = [...listed];
          return listings.map(({ plan }) => plan);
        }
        live.open = listed.filter(({ expiry }) => nowSeconds < expiry);
        const states = await readAccounts(
          world.network,
          listed.map(({ address }) => address),
        );
        const isSettled = (index: number) => decodeSeries(states[index] ?? new Uint8Array()).market.settledAt > 0n;
        live.settled = listed.filter((_, index) => isSettled(index));
        return listed.flatMap((place, index) =>
          place.expiry > nowSeconds || isSettled(index) ? [] : [settlement(desk, place)],
        );
      },
    };
  };
}

function list(desk: Desk, world: World, { isCornered, deliveryFrom, expiry }: Terms, nowSeconds: bigint) {
  const { all, cornered } = world.models;
  const at = (part: number) => nowSeconds + BigInt(Math.round(part * world.tickCount * world.tickSeconds));
  return seriesListing(desk, isCornered ? cornered : (all[1] ?? cornered), at(deliveryFrom), at(expiry));
}

/** A series of a model that settles on the average from `deliveryStart` to `expiry`, on a point where both are one. */
export async function seriesListing(
  { network, indexes }: Desk,
  model: number,
  deliveryStart: bigint,
  expiry: bigint,
): Promise<{ plan: TransactionPlan; place: SeriesPlace }> {
  const { admin, exchange, exchangeProgram } = network;
  const address = await findSeries(model, deliveryStart, expiry, exchangeProgram);
  const accounts = {
    payer: admin.address,
    authority: admin.address,
    exchange,
    index: indexes[model] ?? exchange,
    series: address,
  };
  const plan = {
    instructions: [createSeries(accounts, { deliveryStart, expiry }, exchangeProgram)],
    signers: [admin] as const,
  };
  return { plan, place: { model, address, expiry } };
}

function settlement({ network, indexes }: Desk, place: SeriesPlace): TransactionPlan {
  const { admin, exchange, exchangeProgram } = network;
  const accounts = { exchange, index: indexes[place.model] ?? exchange, series: place.address };
  return { instructions: [settleSeries(accounts, exchangeProgram)], signers: [admin] };
}
