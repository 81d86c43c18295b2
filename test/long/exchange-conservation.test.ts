/**
 * A hundred thousand random instructions on the exchange, in lives of some thousands: program and model give the same
 * answers and the same accounts after every one, and every base unit is accounted for.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INFER } from '../programs/exchange/floor.ts';
import { beginLife, draw, riseOfABrokeExchange, take } from '../programs/exchange/life.ts';

const INSTRUCTIONS = 100_000;
const STEPS = 2_000;
const BANKROLLS = [200_000n, 5_000n, 800n, 150n] as const;
const LIMIT_MS = 4 * 3_600_000;

describe('the exchange over a hundred thousand random instructions', () => {
  it(
    'does what its model does, and its vaults hold what is accounted for',
    async () => {
      let sent = 0;
      for (let seed = 100; sent < INSTRUCTIONS; seed += 1) {
        const twin = await beginLife((BANKROLLS[seed % BANKROLLS.length] ?? 150n) * INFER);
        if (seed % 3 === 0) await riseOfABrokeExchange(twin);
        for (const drawn of fc.sample(draw, { numRuns: STEPS, seed })) await take(twin, drawn);
        sent += [...twin.counts.values()].reduce((total, count) => total + count, 0);
        expect(twin.accepted).toBeGreaterThan(100);
      }
    },
    LIMIT_MS,
  );
});
