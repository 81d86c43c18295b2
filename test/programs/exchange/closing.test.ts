/**
 * Closing is always possible: from any state that a random life reaches, every position is closed, whole, with the price
 * stale, opening paused, and whatever bankroll and insurance are left.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFuturePosition, decodeSeries } from '../../../programs/exchange/client.generated.ts';
import { change, HOUR, INFER } from './floor.ts';
import { beginLife, draw, riseOfABrokeExchange, take } from './life.ts';
import { id as row } from './rows.ts';
import type { Twin } from './twin.ts';

const STEPS = 110;
const HARSH = [
  change(row('max_open_interest'), 0n),
  change(row('max_open_interest_bankroll_bps'), 0n),
  change(row('initial_margin_bps'), 10_000n),
  change(row('maintenance_margin_bps'), 9_000n),
  change(row('trade_fee_bps'), 500n),
  change(row('index_clamp_ppm'), 100n),
];

/** Close every position of everybody; returns how many there were. */
async function closeEverything(twin: Twin): Promise<number> {
  const { floor } = twin;
  let closed = 0;
  for (const party of twin.parties) {
    for (const model of [0, 1]) {
      if (!floor.svm.exists(await floor.position(party, model))) continue;
      const { size } = await floor.holding(party, model);
      if (size === 0n) continue;
      expect(floor.codeOf(await floor.close(party, model, size < 0n ? -size : size))).toBeNull();
      closed += 1;
    }
    for (const { address } of twin.series) closed += await closeFuture(twin, party, address);
    const { collateral, locked } = floor.balance(party);
    expect(locked).toBe(0n);
    if (collateral > 0n) expect(floor.codeOf(floor.withdraw(party, collateral))).toBeNull();
  }
  return closed;
}

async function closeFuture(twin: Twin, party: Twin['parties'][number], series: Twin['series'][number]['address']) {
  const { floor } = twin;
  const address = await floor.future(party, series);
  if (!floor.svm.exists(address)) return 0;
  const { size } = floor.read(address, decodeFuturePosition).holding;
  if (size === 0n) return 0;
  const { expiry, market } = floor.read(series, decodeSeries);
  if (floor.now < expiry) {
    expect(floor.codeOf(await floor.tradeFuture(party, series, -size, 0n))).toBeNull();
    return 1;
  }
  if (market.settledAt === 0n) expect(floor.codeOf(await floor.settleSeries(series))).toBeNull();
  expect(floor.codeOf(await floor.settleFuturePosition(party, series))).toBeNull();
  return 1;
}

describe('closing', () => {
  it.each([
    { seed: 11, isHarsh: true, wait: 40n * 24n * HOUR },
    { seed: 12, isHarsh: false, wait: 9n * HOUR },
    { seed: 13, isHarsh: true, wait: 0n },
    { seed: 14, isHarsh: true, wait: 9n * HOUR },
  ])('is possible in whatever state random trading left (seed $seed)', async ({ seed, isHarsh, wait }) => {
    const twin = await beginLife(2_000n * INFER);
    for (const drawn of fc.sample(draw, { numRuns: STEPS, seed })) await take(twin, drawn);
    if (seed % 2 === 0) await riseOfABrokeExchange(twin);
    const { floor } = twin;
    if (isHarsh) floor.run(floor.setParameters(HARSH));
    floor.run(floor.setPaused(true));
    floor.wait(wait);
    expect(await closeEverything(twin)).toBeGreaterThan(2);
    const { margin, openNotional } = floor.exchange().funds;
    expect({ margin, openNotional }).toEqual({ margin: 0n, openNotional: 0n });
  });

  it('is possible when bankroll and insurance are empty: what is owed stands as a claim', async () => {
    const twin = await beginLife(150n * INFER);
    await riseOfABrokeExchange(twin);
    const { claimsIssued } = twin.floor.exchange().funds;
    expect(claimsIssued).toBeGreaterThan(0n);
    expect(await closeEverything(twin)).toBeGreaterThanOrEqual(0);
    expect(twin.floor.svm.tokens(twin.floor.places.marginVault)).toBe(0n);
  });
});
