/**
 * Scores of past epochs folded again from archived evidence under other rules, epoch after epoch. Pure.
 * @module
 */
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { ArchivedPiece, ArchivedScore } from '../../../indexer/store/queries/rewards/archived-epochs.ts';
import { uptimeEvidence } from '../../reputation/evidence.ts';
import { evidenceOf } from '../../reputation/evidence-rows.ts';
import { displayedScore, type Evidence, foldEvidence, scoreRules, startState } from '../../reputation/score.ts';

interface Standing {
  readonly score: bigint;
  readonly target: bigint | null;
  readonly hasDelivered: boolean;
}

/** Where every provider stands, by hex of its address. */
export type Standings = ReadonlyMap<string, Standing>;

export interface ReplayedScores {
  readonly standings: Standings;
  /** As shown, by hex of the provider's address. */
  readonly displayed: ReadonlyMap<string, bigint>;
}

export interface ScoredEpoch {
  readonly scores: readonly ArchivedScore[];
  /** Pieces by hex of the provider's address, in the order of the fold. */
  readonly evidence: ReadonlyMap<string, readonly ArchivedPiece[]>;
  /** Heartbeats up to the end of the epoch before, by hex of the provider's address. */
  readonly heartbeatsBefore: ReadonlyMap<string, Pick<ArchivedScore, 'heartbeatsExpected' | 'heartbeatsSeen'>>;
}

export function standingsOf(scores: readonly ArchivedScore[]): Standings {
  return new Map(
    scores.map(({ provider, score, targetScore, epochDelivered }) => [
      hexOf(provider),
      {
        score: BigInt(score),
        target: targetScore === 0 ? null : BigInt(targetScore),
        hasDelivered: epochDelivered > 0,
      },
    ]),
  );
}

/** @param value of a parameter, by key */
export function replayScores(epoch: ScoredEpoch, before: Standings, value: (key: string) => bigint): ReplayedScores {
  const rules = scoreRules(value);
  const uptimeRules = {
    intervalSeconds: 0n,
    fullPpm: value('reputation_uptime_full_ppm'),
    shortfallPpm: value('reputation_heartbeat_shortfall_ppm'),
  };
  const standings = new Map<string, Standing>();
  const displayed = new Map<string, bigint>();
  for (const archived of epoch.scores) {
    const name = hexOf(archived.provider);
    const evidence = [
      ...(epoch.evidence.get(name) ?? []).filter(({ class: kind }) => !UPTIME.has(kind)).map((row) => evidenceOf(row)),
      ...uptimeOf(archived, epoch.heartbeatsBefore.get(name), uptimeRules),
    ];
    const earlier = before.get(name);
    const start = earlier === undefined ? startState(rules) : { ...earlier, orderCounts: new Map() };
    const last = foldEvidence(rules, start, evidence).at(-1) ?? start;
    const hasDelivered = evidence.some((each) => each.class === 'delivered');
    standings.set(name, { score: last.score, target: last.target, hasDelivered });
    displayed.set(name, displayedScore(last.score, archived.bond, archived.requiredBond));
  }
  return { standings, displayed };
}

/** What the uptime of an epoch makes is decided again, since its limits are parameters too; it comes last in the fold. */
const UPTIME: ReadonlySet<string> = new Set(['uptime_full', 'heartbeat_shortfall']);

function uptimeOf(
  { heartbeatsExpected, heartbeatsSeen }: ArchivedScore,
  before: Pick<ArchivedScore, 'heartbeatsExpected' | 'heartbeatsSeen'> | undefined,
  rules: Parameters<typeof uptimeEvidence>[1],
): Evidence[] {
  const expected = heartbeatsExpected - (before?.heartbeatsExpected ?? 0n);
  const seen = heartbeatsSeen - (before?.heartbeatsSeen ?? 0n);
  const evidence = uptimeEvidence({ expected, seen }, rules);
  return evidence === null ? [] : [evidence];
}
