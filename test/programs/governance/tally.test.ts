/** The program counts votes as the published outcomes and as governance/tally.ts do. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Outcome, tally, type Vote } from '../../../governance/tally.ts';
import { encodeProposal, GOVERNANCE_PROGRAM_ADDRESS } from '../../../programs/governance/client.generated.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { Chamber, INFER } from './chamber.ts';
import { bringToVote, finalize, STATUS, stake } from './moves.ts';

const PROPOSAL_BYTES = 1_024;
const OUTCOMES: Readonly<Record<number, Outcome>> = {
  [STATUS.queued]: 'Succeeded',
  [STATUS.defeated]: 'Defeated',
  [STATUS.quorumNotMet]: 'QuorumNotMet',
  [STATUS.vetoed]: 'Vetoed',
};

/** A chain on which any vote can be counted: its totals are written into a proposal whose time of voting is over. */
async function createCounter(): Promise<(vote: Vote) => Outcome | undefined> {
  const chamber = await Chamber.create();
  const alice = await chamber.member('alice');
  chamber.run(stake(chamber, alice, INFER));
  const proposal = await bringToVote(chamber, alice);
  chamber.wait(1_000_000n);
  const state = { ...chamber.proposal(proposal), committed: 0n };
  return ({ votes, thresholds, snapshotPower }) => {
    const data = new Uint8Array(PROPOSAL_BYTES);
    const counted = {
      ...state,
      snapshotPower,
      votes: {
        forPower: votes.for,
        againstPower: votes.against,
        abstainPower: votes.abstain,
        vetoPower: votes.veto,
      },
      quorumBps: Number(thresholds.quorumBps),
      passThresholdBps: Number(thresholds.passThresholdBps),
      vetoThresholdBps: Number(thresholds.vetoThresholdBps),
    };
    data.set(encodeProposal(counted));
    chamber.svm.put(proposal, data, GOVERNANCE_PROGRAM_ADDRESS);
    chamber.run(finalize(chamber, alice, proposal));
    return OUTCOMES[chamber.proposal(proposal).status];
  };
}

describeShared('published outcomes', () => {
  it('are those of the chain', async () => {
    const count = await createCounter();
    type Row = Readonly<Record<'abstain' | 'against' | 'for' | 'outcome' | 'snapshotPower' | 'veto', string>> &
      Readonly<Record<'passThresholdBps' | 'quorumBps' | 'vetoThresholdBps', number>>;
    for (const row of readShared<Row[]>('vectors/tally.json')) {
      const outcome = count({
        votes: {
          for: BigInt(row.for),
          against: BigInt(row.against),
          abstain: BigInt(row.abstain),
          veto: BigInt(row.veto),
        },
        thresholds: {
          quorumBps: BigInt(row.quorumBps),
          passThresholdBps: BigInt(row.passThresholdBps),
          vetoThresholdBps: BigInt(row.vetoThresholdBps),
        },
        snapshotPower: BigInt(row.snapshotPower),
      });
      expect({ ...row, outcome }).toEqual(row);
    }
  });
});

it('random votes, small and as large as 64 bits hold, have the same outcome on and off the chain', async () => {
  const count = await createCounter();
  const seen = new Set<Outcome>();
  const power = fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 1n << 61n));
  const drawn = fc.record({
    votes: fc.record({ for: power, against: power, abstain: power, veto: power }),
    left: fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 1n << 61n)),
    thresholds: fc.record({
      quorumBps: fc.bigInt(500n, 7_500n),
      passThresholdBps: fc.bigInt(5_001n, 9_500n),
      vetoThresholdBps: fc.bigInt(1_000n, 5_000n),
    }),
  });
  for (const { votes, left, thresholds } of fc.sample(drawn, { numRuns: 500, seed: 31 })) {
    const snapshotPower = votes.for + votes.against + votes.abstain + votes.veto + left;
    const vote = { votes, thresholds, snapshotPower };
    const outcome = tally(vote);
    expect({ vote, outcome: count(vote) }).toEqual({ vote, outcome });
    seen.add(outcome);
  }
  expect(seen.size).toBe(4);
});
