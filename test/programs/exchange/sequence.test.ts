/**
 * Random lives of an exchange, program and model side by side: the same answers, the same accounts, and the invariants
 * after every instruction. The long run is test/long/exchange-conservation.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INFER } from './floor.ts';
import { beginLife, draw, take } from './life.ts';

const STEPS = 600;

describe('an exchange over hundreds of random instructions', () => {
  it.each([
    { seed: 1, bankroll: 200_000n * INFER },
    { seed: 2, bankroll: 900n * INFER },
    { seed: 3, bankroll: 250n * INFER },
  ])('does what the model does and conserves every base unit (seed $seed)', async ({ seed, bankroll }) => {
    const twin = await beginLife(bankroll);
    for (const drawn of fc.sample(draw, { numRuns: STEPS, seed })) await take(twin, drawn);
    if (process.env['PLUMBLINE_SHOW'])
      console.log(
        [...twin.counts]
          .sort()
          .map(([k, v]) => `${k}: ${v}`)
          .join('\n'),
        twin.model.state.funds,
      );
    expect(twin.accepted).toBeGreaterThan(STEPS / 4);
  });
});
