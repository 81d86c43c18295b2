/** 100,000 random instructions of governance: what always holds holds after each, and events rebuild every account. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Session, step } from '../programs/governance/session.ts';

const STEPS = 100_000;
const BATCH = 5_000;

it('a hundred thousand instructions conserve tokens, power and commitments', { timeout: 3_600_000 }, async () => {
  const session = await Session.create();
  for (let seed = 1; seed <= STEPS / BATCH; seed += 1) {
    for (const drawn of fc.sample(step, { numRuns: BATCH, seed })) await session.take(drawn);
    session.checkRebuilt();
  }
  expect(session.counts.accepted).toBeGreaterThan(STEPS / 5);
  expect(session.seen.size).toBeGreaterThan(15);
  expect([...session.executed].sort()).toEqual([0, 1, 6, 7]);
});
