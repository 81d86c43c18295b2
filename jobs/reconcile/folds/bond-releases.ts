/**
 * The places in which a provider's bond waits to be free again, as the marketplace keeps them: 16, each with a time, dropped
 * when the bond is next touched after it. Rule: docs/decisions.md, "Marketplace: bond frees itself". Pure.
 * @module
 */
import type { BondRelease } from '../../../programs/marketplace/client.generated.ts';

const PLACES = 16;
const FREE: BondRelease = { releaseAt: 0n, amount: 0n };

export const noReleases: readonly BondRelease[] = Array<BondRelease>(PLACES).fill(FREE);

/** What is still locked at a time; the others are free places. */
export function withoutExpired(places: readonly BondRelease[], now: bigint): BondRelease[] {
  return places.map((place) => (place.releaseAt <= now ? FREE : place));
}

/**
 * The places after an ended order's bond was locked until `releaseAt`, as the event says: the place of that time, else a
 * free one, else the latest, which then has that time. Nothing is kept where the time has come.
 */
export function withRelease(
  places: readonly BondRelease[],
  { releaseAt, amount }: BondRelease,
  now: bigint,
): BondRelease[] {
  const live = withoutExpired(places, now);
  if (amount === 0n || releaseAt <= now) return live;
  const at = placeFor(live, releaseAt);
  return live.map((place, index) => (index === at ? { releaseAt, amount: place.amount + amount } : place));
}

function placeFor(places: readonly BondRelease[], releaseAt: bigint): number {
  const same = places.findIndex((place) => place.amount > 0n && place.releaseAt === releaseAt);
  if (same >= 0) return same;
  const free = places.findIndex(({ amount }) => amount === 0n);
  if (free >= 0) return free;
  return places.reduce(
    (latest, place, index) => (place.releaseAt >= (places[latest]?.releaseAt ?? 0n) ? index : latest),
    0,
  );
}
