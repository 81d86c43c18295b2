/**
 * A provider's reputation: a state folded over evidence in chain order. Pure, integers only.
 *
 * Gains close a part of the distance to 1,000,000 ppm; losses take a part of what is there; below the score held before
 * a loss gains count a quarter. Constants are governed (`governance/parameters.json`). Rule: docs/reputation.md.
 * @module
 */
import { defaultOf } from '../../governance/parameters.ts';
import { PPM } from '../../indexer/domain/units.ts';

export type LossClass = 'not_delivered' | 'dispute_lost' | 'challenge_failed' | 'slashed';

export type Evidence =
  /** An order paid out, its dispute and challenge windows over. `cluster` is the buyer's; `isOwn` when it is the provider's too. */
  | { readonly class: 'delivered'; readonly cluster: string; readonly isOwn: boolean; readonly gpuSeconds: bigint }
  | { readonly class: 'challenge_passed' | 'uptime_full' }
  | { readonly class: 'heartbeat_shortfall'; readonly shortfallPpm: bigint }
  | { readonly class: LossClass }
  /** Closes a reward epoch: idle decay, then the buyers' counts start anew. */
  | { readonly class: 'epoch_end' };

export interface ScoreRules {
  readonly startPpm: bigint;
  readonly gainPpm: bigint;
  readonly gainCapSeconds: bigint;
  readonly buyerFullOrders: bigint;
  readonly challengePassedDivisor: bigint;
  readonly uptimeFullDivisor: bigint;
  readonly lossHeartbeatPpm: bigint;
  readonly lossPpm: Readonly<Record<LossClass, bigint>>;
  readonly recoveryDivisor: bigint;
  readonly idlePpm: bigint;
}

export interface ScoreState {
  /** ppm, 0 to 1,000,000. */
  readonly score: bigint;
  /** Score to be regained before gains count in full; `null` for none. */
  readonly target: bigint | null;
  /** Orders of each buyer cluster in this reward epoch. */
  readonly orderCounts: ReadonlyMap<string, bigint>;
  readonly hasDelivered: boolean;
}

/** Rules with the parameter values that `parameterValue` gives; the defaults of the table unless told otherwise. */
export function scoreRules(parameterValue: (key: string) => bigint = defaultOf): ScoreRules {
  const value = (name: string) => parameterValue(`reputation_${name}`);
  return {
    startPpm: value('start_ppm'),
    gainPpm: value('gain_ppm'),
    gainCapSeconds: value('gain_cap_seconds'),
    buyerFullOrders: value('buyer_full_orders'),
    challengePassedDivisor: value('challenge_passed_divisor'),
    uptimeFullDivisor: value('uptime_full_divisor'),
    lossHeartbeatPpm: value('loss_heartbeat_ppm'),
    lossPpm: {
      not_delivered: value('loss_not_delivered_ppm'),
      dispute_lost: value('loss_dispute_ppm'),
      challenge_failed: value('loss_challenge_ppm'),
      slashed: value('loss_slashed_ppm'),
    },
    recoveryDivisor: value('recovery_divisor'),
    idlePpm: value('idle_ppm'),
  };
}

export function startState(rules: ScoreRules): ScoreState {
  return { score: rules.startPpm, target: null, orderCounts: new Map(), hasDelivered: false };
}

/** State after one more piece of evidence. */
export function applyEvidence(rules: ScoreRules, state: ScoreState, evidence: Evidence): ScoreState {
  return applyCounting(rules, state, evidence, new Map(state.orderCounts));
}

/** Score and target after each piece, from `start` on. */
export function foldEvidence(
  rules: ScoreRules,
  start: ScoreState,
  evidence: readonly Evidence[],
): readonly Pick<ScoreState, 'score' | 'target'>[] {
  // One map for all of them: a copy for each order would cost the square of their number.
  const orderCounts = new Map(start.orderCounts);
  let state: ScoreState = start;
  return evidence.map((each) => {
    state = applyCounting(rules, state, each, orderCounts);
    return { score: state.score, target: state.target };
  });
}

/** @param orderCounts those of the state, changed in place */
function applyCounting(
  rules: ScoreRules,
  state: ScoreState,
  evidence: Evidence,
  orderCounts: Map<string, bigint>,
): ScoreState {
  switch (evidence.class) {
    case 'delivered':
      return applyDelivered(rules, state, evidence, orderCounts);
    case 'challenge_passed':
      return gain(rules, state, rules.gainCapSeconds / rules.challengePassedDivisor);
    case 'uptime_full':
      return gain(rules, state, rules.gainCapSeconds / rules.uptimeFullDivisor);
    case 'heartbeat_shortfall':
      return lose(state, (rules.lossHeartbeatPpm * evidence.shortfallPpm) / PPM);
    case 'epoch_end':
      orderCounts.clear();
      return endEpoch(rules, { ...state, orderCounts });
    default:
      return loseTrust(state, rules.lossPpm[evidence.class]);
  }
}

/** The score as shown and used: capped by the part of the required bond that is posted. */
export function displayedScore(score: bigint, bond: bigint, requiredBond: bigint): bigint {
  if (requiredBond === 0n) return score;
  const cap = (PPM * bond) / requiredBond;
  return score < cap ? score : cap;
}

function applyDelivered(
  rules: ScoreRules,
  state: ScoreState,
  { cluster, isOwn, gpuSeconds }: Extract<Evidence, { class: 'delivered' }>,
  orderCounts: Map<string, bigint>,
): ScoreState {
  const delivered = { ...state, orderCounts, hasDelivered: true };
  if (isOwn) return delivered;
  const earlier = orderCounts.get(cluster) ?? 0n;
  orderCounts.set(cluster, earlier + 1n);
  const capped = gpuSeconds < rules.gainCapSeconds ? gpuSeconds : rules.gainCapSeconds;
  const weight = earlier < rules.buyerFullOrders ? capped >> earlier : 0n;
  return gain(rules, delivered, weight);
}

function gain(rules: ScoreRules, state: ScoreState, weight: bigint): ScoreState {
  const gainPpm = state.target === null ? rules.gainPpm : rules.gainPpm / rules.recoveryDivisor;
  const score = state.score + ((PPM - state.score) * gainPpm * weight) / (PPM * rules.gainCapSeconds);
  const isRegained = state.target !== null && score >= state.target;
  return { ...state, score, target: isRegained ? null : state.target };
}

/** Rounded up, against the provider. */
function lose(state: ScoreState, lossPpm: bigint): ScoreState {
  return { ...state, score: state.score - (state.score * lossPpm + PPM - 1n) / PPM };
}

function loseTrust(state: ScoreState, lossPpm: bigint): ScoreState {
  const before = state.target !== null && state.target > state.score ? state.target : state.score;
  const after = lose(state, lossPpm);
  // A loss of nothing leaves nothing to be regained.
  return { ...after, target: after.score < before ? before : null };
}

function endEpoch(rules: ScoreRules, state: ScoreState): ScoreState {
  const isIdle = !state.hasDelivered && state.score > rules.startPpm;
  const decay = isIdle ? ((state.score - rules.startPpm) * rules.idlePpm) / PPM : 0n;
  return { ...state, score: state.score - decay, hasDelivered: false };
}
