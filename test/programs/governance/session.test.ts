/** Random lives of governance, checked after every instruction and rebuilt from their events. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Session, step } from './session.ts';

const STEPS = 1_000;
/** Kind of a proposal. */
const BANKROLL_RETURN = 7;

it.each([1, 2])(
  'conserves tokens, power and commitments over random instructions (sequence %i)',
  { timeout: 180_000 },
  async (seed) => {
    const session = await Session.create();
    for (const drawn of fc.sample(step, { numRuns: STEPS, seed })) await session.take(drawn);
    session.checkRebuilt();
    expect(session.counts.accepted).toBeGreaterThan(STEPS / 5);
    expect(session.counts.refused).toBeGreaterThan(STEPS / 20);
    for (const event of ['ProposalExecuted', 'ProposalExpired', 'ProposalCanceled', 'TreasurySpent', 'StakeWithdrawn'])
      expect(session.seen).toContain(event);
    expect(session.executed).toContain(BANKROLL_RETURN);
  },
);
