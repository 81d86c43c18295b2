/**
 * What attacks on the score win and what they cost, under given rules. Pure; the tables of docs/reputation.md come from it.
 *
 * A day is `reputation_gain_cap_seconds` GPU-seconds of a stranger's order with a fee: the most that one order can gain.
 * @module
 */
import { applyEvidence, type Evidence, type ScoreRules, type ScoreState, startState } from './score.ts';

/** Where a score is never reached. */
const MOST_DAYS = 100_000;

export interface WhitewashRow {
  /** Score before the failed challenge. */
  readonly stoodAt: bigint;
  readonly after: bigint;
  /** What a new identity would stand higher at once; at most the start value. */
  readonly restartWins: bigint;
  /** Days of that work since the score passed what is left of it. */
  readonly undoneDays: number;
  /** Days of clean work until the old score is back. */
  readonly regainDays: number;
  /** Days until a new identity, working as much, stands at the old score. */
  readonly restartDays: number;
}

/** A provider that worked for `days` days without a fault and then fails a challenge. */
export function whitewash(rules: ScoreRules, days: number): WhitewashRow {
  const built = worked(rules, startState(rules), days);
  const stoodAt = built.score;
  const failed = applyEvidence(rules, built, { class: 'challenge_failed' });
  return {
    stoodAt,
    after: failed.score,
    restartWins: rules.startPpm > failed.score ? rules.startPpm - failed.score : 0n,
    undoneDays: days - daysUntil(rules, startState(rules), failed.score),
    regainDays: daysUntil(rules, failed, stoodAt),
    restartDays: daysUntil(rules, startState(rules), stoodAt),
  };
}

export interface SelfDealingRow {
  readonly orders: number;
  /** Score after so many orders of a day each in one reward epoch, by wallets that are linked to the provider. */
  readonly linked: bigint;
  /** By one wallet that is not. */
  readonly oneBuyer: bigint;
  /** By as many wallets that are not. */
  readonly manyBuyers: bigint;
  /** What the last of those orders gained. */
  readonly lastGain: bigint;
}

/** A provider that buys from itself, from the start value on, all in one reward epoch. */
export function selfDealing(rules: ScoreRules, orders: number): SelfDealingRow {
  const all = Array.from({ length: orders }, (_, index) => index);
  const scoreOf = (evidenceOf: (order: number) => Evidence, count = orders) =>
    all.slice(0, count).reduce((state, order) => applyEvidence(rules, state, evidenceOf(order)), startState(rules))
      .score;
  const manyBuyers = (order: number) => dayFor(rules, `wallet ${order}`, false);
  return {
    orders,
    linked: scoreOf((order) => dayFor(rules, `wallet ${order}`, true)),
    oneBuyer: scoreOf(() => dayFor(rules, 'wallet', false)),
    manyBuyers: scoreOf(manyBuyers),
    lastGain: scoreOf(manyBuyers) - scoreOf(manyBuyers, orders - 1),
  };
}

/** One day for a buyer of another cluster than all others; epochs close between. */
function worked(rules: ScoreRules, start: ScoreState, days: number): ScoreState {
  let state = start;
  for (let day = 0; day < days; day += 1) state = workDay(rules, state);
  return state;
}

function workDay(rules: ScoreRules, state: ScoreState): ScoreState {
  return applyEvidence(rules, applyEvidence(rules, state, dayFor(rules, 'buyer', false)), { class: 'epoch_end' });
}

function daysUntil(rules: ScoreRules, start: ScoreState, score: bigint): number {
  let state = start;
  let days = 0;
  while (state.score < score && days < MOST_DAYS) {
    state = workDay(rules, state);
    days += 1;
  }
  return days;
}

function dayFor(rules: ScoreRules, cluster: string, isOwn: boolean): Evidence {
  return { class: 'delivered', cluster, isOwn, gpuSeconds: rules.gainCapSeconds };
}
