/**
 * Scores of all providers at the end of a reward epoch's window: last epoch's scores, then the epoch's evidence. Pure.
 * @module
 */
import { checkInvariant } from '../../indexer/domain/errors.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { groupBy } from '../group-by.ts';
import type { Clusters } from './clusters.ts';
import { applyEvidence, displayedScore, type Evidence, type ScoreRules, type ScoreState, startState } from './score.ts';

/** A provider at the last slot. */
export interface ProviderFacts {
  readonly provider: Uint8Array;
  readonly owner: Uint8Array;
  readonly bond: bigint;
  readonly requiredBond: bigint;
}

/** Position on the chain; evidence of one moment is ordered by it. */
interface Placed {
  readonly slot: bigint;
  readonly transactionIndex: number;
  readonly position: number;
}

export interface DeliveredOrder extends Placed {
  readonly provider: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly fee: bigint;
  readonly challengeEndsAt: UnixSeconds;
}

export interface RefundedOrder extends Placed {
  readonly provider: Uint8Array;
  readonly reason: number;
  readonly refundedAt: UnixSeconds;
}

/** Counts run from registration, but for `epochDelivered`. */
export interface ProviderScore extends ProviderFacts {
  readonly score: bigint;
  readonly displayed: bigint;
  readonly target: bigint | null;
  readonly deliveredCount: bigint;
  readonly failedCount: bigint;
  readonly refundedCount: bigint;
  readonly gpuSeconds: bigint;
  readonly epochDelivered: number;
}

export type EarlierScore = Pick<
  ProviderScore,
  'provider' | 'score' | 'target' | 'deliveredCount' | 'failedCount' | 'refundedCount' | 'gpuSeconds' | 'epochDelivered'
>;

export interface EpochEvidence {
  readonly delivered: readonly DeliveredOrder[];
  readonly refunded: readonly RefundedOrder[];
}

/** `OrderRefunded.reason`: the provider started and did not deliver in time. An order never started costs no score. */
const REASON_DEADLINE_PASSED = 1;

interface Entry extends Placed {
  readonly at: UnixSeconds;
  readonly provider: string;
  readonly evidence: Evidence | null;
  readonly gpuSeconds: bigint;
  readonly kind: 'delivered' | 'failed' | 'refunded';
}

/**
 * Scores in the order of `providers`.
 * @throws InvariantError `REPUTATION__UNKNOWN_PROVIDER` for evidence of a provider without an account
 */
export function scoreProviders(
  rules: ScoreRules,
  providers: readonly ProviderFacts[],
  earlier: readonly EarlierScore[],
  evidence: EpochEvidence,
  clusters: Clusters,
): ProviderScore[] {
  const earlierByProvider = new Map(earlier.map((each) => [hex(each.provider), each]));
  const owners = new Map(providers.map(({ provider, owner }) => [hex(provider), owner]));
  const byProvider = groupBy(entriesOf(evidence, owners, clusters), ({ provider }) => provider);
  for (const provider of byProvider.keys()) {
    checkInvariant(
      owners.has(provider),
      'REPUTATION__UNKNOWN_PROVIDER',
      'There is evidence of a provider without an account',
      { provider },
    );
  }
  return providers.map((facts) => {
    const name = hex(facts.provider);
    return scoreOne(rules, facts, earlierByProvider.get(name), (byProvider.get(name) ?? []).sort(compareEntries));
  });
}

function scoreOne(
  rules: ScoreRules,
  facts: ProviderFacts,
  earlier: EarlierScore | undefined,
  entries: readonly Entry[],
): ProviderScore {
  let state = earlier === undefined ? startState(rules) : reopened(rules, earlier);
  for (const { evidence } of entries) if (evidence !== null) state = applyEvidence(rules, state, evidence);
  const count = (kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const seconds = entries.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0n);
  return {
    ...facts,
    score: state.score,
    displayed: displayedScore(state.score, facts.bond, facts.requiredBond),
    target: state.target,
    deliveredCount: (earlier?.deliveredCount ?? 0n) + BigInt(count('delivered')),
    failedCount: (earlier?.failedCount ?? 0n) + BigInt(count('failed')),
    refundedCount: (earlier?.refundedCount ?? 0n) + BigInt(count('refunded')),
    gpuSeconds: (earlier?.gpuSeconds ?? 0n) + seconds,
    epochDelivered: count('delivered'),
  };
}

/** State after the epoch before was closed; its idle decay falls on the boundary. */
function reopened(rules: ScoreRules, { score, target, epochDelivered }: EarlierScore): ScoreState {
  const state = { score, target, orderCounts: new Map(), hasDelivered: epochDelivered > 0 };
  return applyEvidence(rules, state, { class: 'epoch_end' });
}

function entriesOf(
  { delivered, refunded }: EpochEvidence,
  owners: ReadonlyMap<string, Uint8Array>,
  clusters: Clusters,
): Entry[] {
  const fromDelivered = delivered.map((order): Entry => {
    const provider = hex(order.provider);
    return {
      ...placeOf(order),
      at: order.challengeEndsAt,
      provider,
      gpuSeconds: order.gpuSeconds,
      kind: 'delivered',
      evidence: {
        class: 'delivered',
        cluster: clusters.clusterOf(order.buyer),
        isOwn: isOwnOrder(order, owners.get(provider), clusters),
        gpuSeconds: order.fee > 0n ? order.gpuSeconds : 0n,
      },
    };
  });
  const fromRefunded = refunded.map((order): Entry => {
    const isFailure = order.reason === REASON_DEADLINE_PASSED;
    return {
      ...placeOf(order),
      at: order.refundedAt,
      provider: hex(order.provider),
      gpuSeconds: 0n,
      kind: isFailure ? 'failed' : 'refunded',
      evidence: isFailure ? { class: 'not_delivered' } : null,
    };
  });
  return [...fromDelivered, ...fromRefunded];
}

/** True when buyer and provider belong to one cluster. */
export function isOwnOrder(order: DeliveredOrder, owner: Uint8Array | undefined, clusters: Clusters): boolean {
  return owner !== undefined && clusters.clusterOf(order.buyer) === clusters.clusterOf(owner);
}

function placeOf({ slot, transactionIndex, position }: Placed): Placed {
  return { slot, transactionIndex, position };
}

function compareEntries(left: Entry, right: Entry): number {
  return (
    Number(left.at - right.at) ||
    Number(left.slot - right.slot) ||
    left.transactionIndex - right.transactionIndex ||
    left.position - right.position
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
