/** 100,000 random instructions of the marketplace: what always holds holds after each, and events rebuild every account. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkRebuilt } from '../programs/marketplace/invariant.ts';
import { Life, step } from '../programs/marketplace/life.ts';

const STEPS = 100_000;
const BATCH = 5_000;

it('a hundred thousand instructions conserve both mints and leave every vault with what it owes', {
  timeout: 7_200_000,
}, async () => {
  let accepted = 0;
  const seen = new Set<string>();
  // A new market for each batch: offers and orders of all before would only make the checks slow.
  for (let seed = 1; seed <= STEPS / BATCH; seed += 1) {
    const life = await Life.begin();
    for (const drawn of fc.sample(step, { numRuns: BATCH, seed })) await life.take(drawn);
    checkRebuilt(life.world);
    accepted += life.counts.accepted;
    for (const name of life.seen) seen.add(name);
  }
  expect(accepted).toBeGreaterThan(STEPS / 4);
  expect(seen.size).toBeGreaterThan(20);
});
