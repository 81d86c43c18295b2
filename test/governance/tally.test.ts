import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  castPower,
  type Outcome,
  outlookOf,
  outlookOfEnded,
  type Thresholds,
  tally,
  type Vote,
} from '../../governance/tally.ts';
import { describeShared, readShared } from '../conformance/shared-data.ts';

interface TallyVector extends Readonly<Record<'abstain' | 'against' | 'for' | 'snapshotPower' | 'veto', string>> {
  readonly quorumBps: number;
  readonly passThresholdBps: number;
  readonly vetoThresholdBps: number;
  readonly outcome: Outcome;
}

const voteOf = (row: TallyVector): Vote => ({
  votes: { for: BigInt(row.for), against: BigInt(row.against), abstain: BigInt(row.abstain), veto: BigInt(row.veto) },
  thresholds: {
    quorumBps: BigInt(row.quorumBps),
    passThresholdBps: BigInt(row.passThresholdBps),
    vetoThresholdBps: BigInt(row.vetoThresholdBps),
  },
  snapshotPower: BigInt(row.snapshotPower),
});

describeShared('published outcomes', () => {
  it('every outcome of the table is reached', () => {
    const rows = readShared<TallyVector[]>('vectors/tally.json');
    for (const row of rows) expect({ ...row, outcome: tally(voteOf(row)) }).toEqual(row);
    expect(new Set(rows.map(({ outcome }) => outcome)).size).toBe(4);
  });
});

/** Within the bounds of the table, all of which a vote may meet. */
const thresholds: fc.Arbitrary<Thresholds> = fc.record({
  quorumBps: fc.bigInt(500n, 7_500n),
  passThresholdBps: fc.bigInt(5_001n, 9_500n),
  vetoThresholdBps: fc.bigInt(1_000n, 5_000n),
});

/** A vote with `left` power that has not voted yet. */
function votes(most: bigint): fc.Arbitrary<Vote> {
  const power = fc.bigInt(0n, most);
  return fc
    .record({ votes: fc.record({ for: power, against: power, abstain: power, veto: power }), left: power, thresholds })
    .map(({ votes: cast, left, thresholds: limits }) => ({
      votes: cast,
      thresholds: limits,
      snapshotPower: castPower(cast) + left,
    }));
}

/** Every way in which the power that is left can be cast, in whole units, down to nothing. */
function* endings(vote: Vote): Generator<Vote> {
  const left = Number(vote.snapshotPower - castPower(vote.votes));
  for (let yes = 0; yes <= left; yes += 1)
    for (let no = 0; yes + no <= left; no += 1)
      for (let none = 0; yes + no + none <= left; none += 1)
        for (let veto = 0; yes + no + none + veto <= left; veto += 1)
          yield {
            ...vote,
            votes: {
              for: vote.votes.for + BigInt(yes),
              against: vote.votes.against + BigInt(no),
              abstain: vote.votes.abstain + BigInt(none),
              veto: vote.votes.veto + BigInt(veto),
            },
          };
}

describe('outlook', () => {
  it('the possible outcomes are exactly those of all endings, played to the last unit', () => {
    fc.assert(
      fc.property(votes(7n), (vote) => {
        const played = new Set([...endings(vote)].map(tally));
        expect(outlookOf(vote).possible).toEqual(played);
      }),
      { numRuns: 600, seed: 11 },
    );
  });

  it('a verdict that was final stays true, and the outcome with it, however the rest votes', () => {
    const rest = fc.array(fc.tuple(fc.constantFrom('for', 'against', 'abstain', 'veto'), fc.nat(1_000)), {
      maxLength: 8,
    });
    let finals = 0;
    fc.assert(
      fc.property(votes(10n ** 18n), rest, (vote, parts) => {
        const before = outlookOf(vote);
        let now = vote;
        for (const [choice, thousandth] of parts) {
          const left = now.snapshotPower - castPower(now.votes);
          const power = (left * BigInt(thousandth)) / 1_000n;
          const cast = { ...now.votes, [choice]: now.votes[choice as keyof Vote['votes']] + power };
          now = { ...now, votes: cast };
          const after = outlookOf(now);
          expect([...after.possible].every((outcome) => before.possible.has(outcome))).toBe(true);
          if (before.verdict !== 'open') expect(after.verdict).toBe(before.verdict);
        }
        if (before.final === null) return;
        finals += 1;
        expect(tally(now)).toBe(before.final);
      }),
      { numRuns: 3_000, seed: 12 },
    );
    expect(finals).toBeGreaterThan(300);
  });

  it('the missing power is the least that reaches the quorum', () => {
    fc.assert(
      fc.property(votes(10n ** 18n), (vote) => {
        const { missingPower: missing, isQuorumReached } = outlookOf(vote);
        if (vote.snapshotPower === 0n) return;
        const withMore = (more: bigint) =>
          tally({ ...vote, votes: { ...vote.votes, abstain: vote.votes.abstain + more } }) !== 'QuorumNotMet';
        expect(isQuorumReached).toBe(missing === 0n);
        expect(withMore(missing)).toBe(true);
        if (missing > 0n) expect(withMore(missing - 1n)).toBe(false);
      }),
    );
  });

  it('nobody to vote is no quorum, for ever', () => {
    const votesOfNobody = { for: 0n, against: 0n, abstain: 0n, veto: 0n };
    const limits = { quorumBps: 500n, passThresholdBps: 5_001n, vetoThresholdBps: 1_000n };
    const outlook = outlookOf({ votes: votesOfNobody, thresholds: limits, snapshotPower: 0n });
    expect(outlook).toMatchObject({ verdict: 'lost', final: 'QuorumNotMet', missingPower: 0n });
  });

  it('votes of more power than there is are refused', () => {
    const limits = { quorumBps: 500n, passThresholdBps: 5_001n, vetoThresholdBps: 1_000n };
    const cast = { for: 2n, against: 0n, abstain: 0n, veto: 0n };
    expect(() => tally({ votes: cast, thresholds: limits, snapshotPower: 1n })).toThrow(
      expect.objectContaining({ code: 'GOVERNANCE__BAD_VOTES' }),
    );
  });
});

describe('a vote that is over', () => {
  it('is decided, however much power has not voted, and by nothing but its count', () => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(votes(10n), (vote) => {
        const { possible, final, verdict, isQuorumReached } = outlookOfEnded(vote);
        expect([...possible]).toEqual([tally(vote)]);
        expect(final).toBe(tally(vote));
        expect(verdict).toBe(tally(vote) === 'Succeeded' ? 'tipped' : 'lost');
        expect(isQuorumReached).toBe(tally(vote) !== 'QuorumNotMet');
        if (outlookOf(vote).verdict === 'open') verdicts.add(verdict);
      }),
      { numRuns: 400, seed: 13 },
    );
    // Votes that were open to their last moment, ended both ways.
    expect(verdicts).toEqual(new Set(['lost', 'tipped']));
  });
});

describe('thresholds', () => {
  it('every reachable set of them lets some vote pass, some be vetoed, some fail: they are jointly satisfiable', () => {
    fc.assert(
      fc.property(thresholds, fc.bigInt(1n, 10n ** 18n), (limits, snapshotPower) => {
        const none = { for: 0n, against: 0n, abstain: 0n, veto: 0n };
        const { possible } = outlookOf({ votes: none, thresholds: limits, snapshotPower });
        expect(possible).toEqual(new Set<Outcome>(['Succeeded', 'Defeated', 'QuorumNotMet', 'Vetoed']));
      }),
    );
  });
});
