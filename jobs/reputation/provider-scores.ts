/**
 * Scores of all providers at the end of a reward epoch's window: last epoch's scores, then the epoch's evidence, each piece
 * with what it did. Pure.
 * @module
 */
import { checkInvariant } from '../../indexer/domain/errors.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import type { InferAmount, UnixSeconds, UsdcAmount } from '../../indexer/domain/units.ts';
import type { ProviderTally } from '../../indexer/store/queries/reputation/provider-evidence.ts';
import { type EvidencePiece, type EvidenceWindow, epochPiece, type Registered, type Uptime } from './evidence.ts';
import { displayedScore, type Evidence, foldEvidence, type ScoreRules, type ScoreState, startState } from './score.ts';

/** A provider at the last slot. */
export interface ProviderFacts extends Registered {
  readonly tier: number;
  readonly bond: bigint;
  readonly requiredBond: bigint;
}

/** Counts run from registration, but for `epochDelivered`. */
export interface ProviderCounts {
  readonly deliveredCount: bigint;
  /** Orders refunded after their delivery deadline. */
  readonly failedCount: bigint;
  /** Orders refunded for another reason. */
  readonly refundedCount: bigint;
  readonly disputedCount: bigint;
  readonly lostDisputeCount: bigint;
  readonly challengesPassed: bigint;
  readonly challengesFailed: bigint;
  readonly slashCount: bigint;
  readonly slashedAmount: InferAmount;
  readonly gpuSeconds: bigint;
  readonly volumeInfer: InferAmount;
  readonly volumeUsdc: UsdcAmount;
  readonly heartbeatsExpected: bigint;
  readonly heartbeatsSeen: bigint;
}

export interface ProviderScore extends ProviderFacts, ProviderCounts {
  readonly score: bigint;
  readonly displayed: bigint;
  readonly target: bigint | null;
  /** Deliveries of this reward epoch. */
  readonly epochDelivered: number;
}

export interface EarlierScore extends ProviderCounts {
  readonly provider: Uint8Array;
  readonly score: bigint;
  readonly target: bigint | null;
  readonly epochDelivered: number;
}

/** What the epoch adds to a provider's counts, beside its evidence. */
export interface Additions {
  readonly tally: ProviderTally | null;
  readonly gpuSeconds: bigint;
  readonly volumeInfer: InferAmount;
  readonly volumeUsdc: UsdcAmount;
  readonly uptime: Uptime;
}

/** A piece of evidence and what it did. */
export interface FoldedPiece extends EvidencePiece {
  readonly provider: Uint8Array;
  /** Place in the fold of this provider and epoch, from 0. */
  readonly number: number;
  readonly scoreBefore: bigint;
  readonly scoreAfter: bigint;
  readonly targetAfter: bigint | null;
}

export interface EpochScores {
  /** In the order of the providers. */
  readonly scores: readonly ProviderScore[];
  /** By provider, in that order, then by number. */
  readonly evidence: readonly FoldedPiece[];
}

/** What an epoch's evidence is folded with. */
export interface ScoreFrame {
  readonly rules: ScoreRules;
  readonly window: EvidenceWindow;
  /** As stored for the epoch before; a provider without a row starts anew. */
  readonly earlier: readonly EarlierScore[];
  /** By hex of the provider's address. */
  readonly evidence: ReadonlyMap<string, readonly EvidencePiece[]>;
  readonly additionsOf: (provider: ProviderFacts) => Additions;
}

/**
 * Scores in the order of `providers`.
 * @throws InvariantError `REPUTATION__UNKNOWN_PROVIDER` for evidence of a provider without an account
 */
export function scoreProviders(frame: ScoreFrame, providers: readonly ProviderFacts[]): EpochScores {
  const earlierByProvider = new Map(frame.earlier.map((each) => [hexOf(each.provider), each]));
  const known = new Set(providers.map(({ provider }) => hexOf(provider)));
  for (const provider of frame.evidence.keys()) {
    const message = 'There is evidence of a provider without an account';
    checkInvariant(known.has(provider), 'REPUTATION__UNKNOWN_PROVIDER', message, { provider });
  }
  const all = providers.map((facts) => scoreOne(frame, facts, earlierByProvider.get(hexOf(facts.provider))));
  return { scores: all.map(({ score }) => score), evidence: all.flatMap(({ pieces }) => pieces) };
}

function scoreOne(
  { rules, window, evidence, additionsOf }: ScoreFrame,
  facts: ProviderFacts,
  earlier: EarlierScore | undefined,
): { readonly score: ProviderScore; readonly pieces: readonly FoldedPiece[] } {
  const { provider } = facts;
  const found = evidence.get(hexOf(provider)) ?? [];
  // The idle decay of an epoch falls on its boundary.
  const boundary = epochPiece({ class: 'epoch_end' }, window.start, window.firstSlot);
  const pieces = earlier === undefined ? found : [boundary, ...found];
  const start = earlier === undefined ? startState(rules) : stateOf(earlier);
  const states = foldEvidence(
    rules,
    start,
    pieces.map((piece) => piece.evidence),
  );
  const last = states.at(-1) ?? start;
  const folded = pieces.map((piece, number) =>
    foldedPiece(provider, number, piece, states[number - 1] ?? start, states[number] ?? start),
  );
  const score = {
    ...{ ...facts, score: last.score, target: last.target },
    displayed: displayedScore(last.score, facts.bond, facts.requiredBond),
    ...countsOf(earlier, pieces, additionsOf(facts)),
    epochDelivered: pieces.filter((piece) => piece.evidence.class === 'delivered').length,
  };
  return { score, pieces: folded };
}

type Standing = Pick<ScoreState, 'score' | 'target'>;

/** Field by field: there are hundreds of thousands, and an object spread into another costs many times as much. */
function foldedPiece(
  provider: Uint8Array,
  number: number,
  { at, slot, transactionIndex, position, signature, subject, evidence }: EvidencePiece,
  { score: scoreBefore }: Standing,
  { score: scoreAfter, target: targetAfter }: Standing,
): FoldedPiece {
  return {
    provider,
    number,
    at,
    slot,
    transactionIndex,
    position,
    signature,
    subject,
    evidence,
    scoreBefore,
    scoreAfter,
    targetAfter,
  };
}

function stateOf({ score, target, epochDelivered }: EarlierScore): ScoreState {
  return { score, target, orderCounts: new Map(), hasDelivered: epochDelivered > 0 };
}

function countsOf(
  earlier: ProviderCounts | undefined,
  pieces: readonly EvidencePiece[],
  { tally, gpuSeconds, volumeInfer, volumeUsdc, uptime }: Additions,
): ProviderCounts {
  const count = (name: Evidence['class']) => BigInt(pieces.filter(({ evidence }) => evidence.class === name).length);
  const more: ProviderCounts = {
    deliveredCount: count('delivered'),
    failedCount: count('not_delivered'),
    lostDisputeCount: count('dispute_lost'),
    challengesPassed: count('challenge_passed'),
    challengesFailed: count('challenge_failed'),
    refundedCount: tally?.refundedCount ?? 0n,
    disputedCount: tally?.disputedCount ?? 0n,
    slashCount: tally?.slashCount ?? 0n,
    slashedAmount: tally?.slashedAmount ?? 0n,
    ...{ gpuSeconds, volumeInfer, volumeUsdc },
    heartbeatsExpected: uptime.expected,
    heartbeatsSeen: uptime.seen,
  };
  if (earlier === undefined) return more;
  const keys = Object.keys(more) as (keyof ProviderCounts)[];
  return Object.fromEntries(keys.map((key) => [key, earlier[key] + more[key]])) as unknown as ProviderCounts;
}

/** Unix seconds that a provider has been registered. */
export function tenureSeconds({ registeredAt }: Pick<Registered, 'registeredAt'>, now: UnixSeconds): bigint {
  return now > registeredAt ? now - registeredAt : 0n;
}
