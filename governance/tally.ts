/**
 * The outcome of a vote, and what can still become of it. Integers only; the on-chain program counts the same way.
 * Pure. Rule: docs/decisions.md, "tally".
 * @module
 */
import { checkInput } from '../indexer/domain/errors.ts';
import { BPS } from '../indexer/domain/units.ts';

/** Power by choice, in base units of INFER. */
export interface Votes {
  readonly for: bigint;
  readonly against: bigint;
  readonly abstain: bigint;
  readonly veto: bigint;
}

/** In force when voting opened. */
export interface Thresholds {
  readonly quorumBps: bigint;
  readonly passThresholdBps: bigint;
  readonly vetoThresholdBps: bigint;
}

export type Outcome = 'Defeated' | 'QuorumNotMet' | 'Succeeded' | 'Vetoed';

export interface Vote {
  readonly votes: Votes;
  readonly thresholds: Thresholds;
  /** All power that could vote, at the snapshot. */
  readonly snapshotPower: bigint;
}

/** What the power that has not voted yet can still make of a vote. */
export interface Outlook {
  /** Every outcome that some ending gives, the present count among them. */
  readonly possible: ReadonlySet<Outcome>;
  /** `tipped`: it passes whatever comes. `lost`: it cannot pass any more. */
  readonly verdict: 'lost' | 'open' | 'tipped';
  /** The outcome that can no longer change; null while several are possible. */
  readonly final: Outcome | null;
  readonly isQuorumReached: boolean;
  /** Power that has to vote before the quorum is reached. */
  readonly missingPower: bigint;
}

/** Quorum, then veto, then majority. An empty electorate has no quorum. @throws InputError `GOVERNANCE__BAD_VOTES` */
export function tally({ votes, thresholds, snapshotPower }: Vote): Outcome {
  const cast = castPower(votes);
  checkInput(
    [votes.for, votes.against, votes.abstain, votes.veto].every((power) => power >= 0n) && cast <= snapshotPower,
    'GOVERNANCE__BAD_VOTES',
    `Votes of ${cast} cannot come from power ${snapshotPower}`,
    { cast, snapshotPower },
  );
  if (snapshotPower === 0n || cast * BPS < thresholds.quorumBps * snapshotPower) return 'QuorumNotMet';
  if (votes.veto * BPS >= thresholds.vetoThresholdBps * cast) return 'Vetoed';
  const decided = cast - votes.abstain;
  const passes = votes.for > 0n && votes.for * BPS >= thresholds.passThresholdBps * decided;
  return passes ? 'Succeeded' : 'Defeated';
}

/** Power that has voted. */
export function castPower(votes: Votes): bigint {
  return votes.for + votes.against + votes.abstain + votes.veto;
}

/**
 * What can still become of a vote. Four endings decide it, since each outcome is most within reach when the whole power
 * that is left does one thing: nothing for a missed quorum, and for passing, defeat and veto all of it for, against and
 * veto. (Adding to the cast power never brings a veto nearer unless it is veto, nor a quorum further away.)
 */
export function outlookOf(vote: Vote): Outlook {
  const { votes, thresholds, snapshotPower } = vote;
  const now = tally(vote);
  const left = snapshotPower - castPower(votes);
  const endings = (['for', 'against', 'veto'] as const).map((choice) =>
    tally({ ...vote, votes: { ...votes, [choice]: votes[choice] + left } }),
  );
  const possible = new Set([now, ...endings]);
  const only = possible.size === 1 ? now : null;
  const needed = ceilDiv(thresholds.quorumBps * snapshotPower, BPS);
  const missing = needed - castPower(votes);
  return {
    possible,
    verdict: only === 'Succeeded' ? 'tipped' : possible.has('Succeeded') ? 'open' : 'lost',
    final: only,
    isQuorumReached: now !== 'QuorumNotMet',
    missingPower: missing > 0n ? missing : 0n,
  };
}

/** Of a vote that is over: nothing can change any more, whatever power has not voted. */
export function outlookOfEnded(vote: Vote): Outlook {
  const outcome = tally(vote);
  const verdict = outcome === 'Succeeded' ? 'tipped' : 'lost';
  return { ...outlookOf(vote), possible: new Set([outcome]), verdict, final: outcome };
}

function ceilDiv(value: bigint, divisor: bigint): bigint {
  return (value + divisor - 1n) / divisor;
}
