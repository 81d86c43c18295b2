import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PROPOSAL_STATUSES,
  type ProposalRecord,
  type ProposalStatus,
  proposalStatus,
  standOf,
} from '../../governance/proposal-life.ts';

const votes = { for: 60n, against: 10n, abstain: 0n, veto: 0n };
const thresholds = { quorumBps: 2_000n, passThresholdBps: 5_001n, vetoThresholdBps: 3_340n };
const record = (status: ProposalStatus, change: Partial<ProposalRecord> = {}): ProposalRecord => ({
  status,
  signalingFrom: 100n,
  votingFrom: 200n,
  votingEndsAt: 300n,
  executesFrom: 400n,
  expiresAt: 500n,
  vote: { votes, thresholds, snapshotPower: 100n },
  ...change,
});

describe('where a proposal stands', () => {
  it.each([
    ['Discussion', 0n, 'Discussion', 'begin_signaling', 100n],
    ['Discussion', 1_000n, 'Discussion', 'begin_signaling', 100n],
    ['Signaling', 150n, 'Signaling', 'open_voting', 200n],
    ['Voting', 299n, 'Voting', 'finalize_vote', 300n],
    ['Voting', 300n, 'Queued', 'finalize_vote', 300n],
    ['Voting', 500n, 'Expired', 'finalize_vote', 300n],
    ['Queued', 350n, 'Queued', 'execute', 400n],
    ['Queued', 499n, 'Queued', 'execute', 400n],
    ['Queued', 500n, 'Expired', 'expire_proposal', 500n],
  ] as const)('%s at %i is %s, and what is next is %s from %i', (status, now, expected, step, from) => {
    expect(standOf(record(status), now)).toMatchObject({ status: expected, next: { step, from } });
  });

  it('a vote that is over stands at its outcome before anybody counted it', () => {
    const vote = (change: Partial<typeof votes>) => ({
      vote: { votes: { ...votes, ...change }, thresholds, snapshotPower: 100n },
    });
    expect(standOf(record('Voting', vote({ for: 5n, against: 20n })), 300n).status).toBe('Defeated');
    expect(standOf(record('Voting', vote({ for: 5n, against: 0n })), 300n).status).toBe('QuorumNotMet');
    expect(standOf(record('Voting', vote({ for: 20n, veto: 40n })), 300n).status).toBe('Vetoed');
  });

  it('an end has no next step, and nothing is voted on or taken back', () => {
    for (const status of PROPOSAL_STATUSES.slice(4)) {
      expect(standOf(record(status), 10_000n)).toEqual({
        status,
        next: null,
        until: null,
        canVote: false,
        canCancel: false,
      });
    }
  });

  it('votes count only before the end of voting, and proposers take back only before it begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROPOSAL_STATUSES), fc.bigInt(0n, 1_000n), (status, now) => {
        const stand = standOf(record(status), now);
        expect(stand.canVote).toBe(status === 'Voting' && now < 300n);
        expect(stand.canCancel).toBe(status === 'Discussion' || status === 'Signaling');
      }),
    );
  });

  it('time never brings a proposal back to an earlier state', () => {
    const order = new Map<ProposalStatus, number>(PROPOSAL_STATUSES.map((status, index) => [status, index]));
    fc.assert(
      fc.property(
        fc.constantFrom(...PROPOSAL_STATUSES),
        fc.bigInt(0n, 900n),
        fc.bigInt(0n, 900n),
        (status, start, wait) => {
          const [early, late] = [start, start + wait].map((now) => standOf(record(status), now).status);
          expect(order.get(late as ProposalStatus)).toBeGreaterThanOrEqual(order.get(early as ProposalStatus) ?? 0);
        },
      ),
    );
  });

  it('a number that no release stores is not a status', () => {
    expect(PROPOSAL_STATUSES.map((_, index) => proposalStatus(index))).toEqual(PROPOSAL_STATUSES);
    expect(() => proposalStatus(11)).toThrow(expect.objectContaining({ code: 'GOVERNANCE__UNKNOWN_STATUS' }));
  });
});
