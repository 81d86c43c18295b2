/**
 * Random lives of an exchange, program and model side by side: the same answers, the same accounts, and the invariants
 * after every instruction. The long run is test/long/exchange-conservation.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INFER } from './floor.ts';
import { beginLife, draw, riseOfABrokeExchange, take } from './life.ts';

const STEPS = 350;
/** What the lives together have to have met. */
const MET = [
  'claim',
  'close ok',
  'liquidate ok',
  'liquidateFuture ok',
  'open 6013',
  'open 6014',
  'open 6015',
  'payClaim ok',
  'settleFunding ok',
  'settleFuture ok',
  'settleSeries ok',
];

describe('an exchange over hundreds of random instructions', () => {
  const met = new Set<string>();

  it.each([
    { seed: 1, bankroll: 200_000n * INFER },
    { seed: 2, bankroll: 2_000n * INFER },
    { seed: 3, bankroll: 150n * INFER },
  ])('does what the model does and conserves every base unit (seed $seed)', async ({ seed, bankroll }) => {
    const twin = await beginLife(bankroll);
    if (seed === 3) await riseOfABrokeExchange(twin);
    for (const drawn of fc.sample(draw, { numRuns: STEPS, seed })) await take(twin, drawn);
    for (const kind of twin.counts.keys()) met.add(kind);
    if (twin.model.state.funds.claimsIssued > 0n) met.add('claim');
    expect(twin.accepted).toBeGreaterThan(STEPS / 4);
  });

  it('has met every kind of end that a position can have', () => {
    expect(MET.filter((kind) => !met.has(kind))).toEqual([]);
  });
});
