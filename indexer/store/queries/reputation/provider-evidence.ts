/**
 * What the chain says for and against providers in a window: orders and sessions that are beyond every dispute and
 * challenge, failures, outcomes of challenges, slashes, signs of life. Only what is in blocks up to the window's last slot.
 * Rule: docs/reputation.md, "Evidence".
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

/** Place of an event on the chain. */
export interface Placed {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
  readonly signature: Uint8Array;
}

export interface MaturityRange {
  /** Last slot and end of the window before; 0 and the window's start for the first. */
  readonly beforeSlot: Slot;
  readonly beforeTime: UnixSeconds;
  readonly lastSlot: Slot;
  readonly endTime: UnixSeconds;
}

/** An order or a session that has ended with a payment and is beyond dispute and challenge. */
export interface DeliveredRow extends Placed {
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly operatorPool: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly mint: Uint8Array;
  /** Paid by this event; what a session was paid before stands beside it. */
  readonly amount: bigint;
  readonly gpuSeconds: bigint;
  readonly fee: bigint;
  /** Of a session, what `settle_usage` paid for. */
  readonly usageGpuSeconds: bigint;
  readonly usageFee: bigint;
  /** When the last of its challenge window and its attestations ended. */
  readonly maturedAt: UnixSeconds;
  readonly hasFailedChallenge: boolean;
  readonly isDisputeLost: boolean;
}

const placed = 'slot, tx_index AS transactionIndex, position, signature';

/** Attestations that are decided: not drawn for a challenge, not challenged in time, or their challenge resolved. */
const decided = (until: string) => `
  SELECT order, attestation, drawn_at AS decided_at FROM canonical_marketplace_attestation_drawn WHERE slot <= ${until} AND NOT is_selected
  UNION ALL SELECT order, attestation, cleared_at FROM canonical_marketplace_attestation_cleared WHERE slot <= ${until}
  UNION ALL SELECT order, attestation, resolved_at FROM canonical_marketplace_challenge_resolved WHERE slot <= ${until}`;

/** Orders with an attestation that is not. */
const undecidedOrders = (until: string) => `
  SELECT order FROM canonical_marketplace_attestation_committed
  WHERE slot <= ${until} AND attestation NOT IN (SELECT attestation FROM (${decided(until)}))`;

/** Orders of challenges that failed: unanswered, judged against the provider, or slashed by a vote. */
const failedOrders = `
  SELECT order FROM canonical_marketplace_challenge_resolved WHERE slot <= {lastSlot:UInt64} AND (outcome = 6 OR challenge IN (
    SELECT evidence FROM canonical_marketplace_provider_slashed WHERE slot <= {lastSlot:UInt64} AND class = 1))`;

/** The arbiter gave the provider less than half of what was in dispute. */
const lostDispute = 'provider_bps < 5000';

const matured = (slot: string, time: string) =>
  `(slot <= {${slot}:UInt64} AND ended_at < {${time}:Int64} AND order NOT IN (${undecidedOrders(`{${slot}:UInt64}`)}))`;

/** What matured in a window, in chain order. Each order matures in exactly one. */
export function deliveredOrders(client: StoreClient, range: MaturityRange): Promise<DeliveredRow[]> {
  const until = 'WHERE slot <= {lastSlot:UInt64}';
  const key = 'order, provider, operator_pool, buyer';
  return rows<DeliveredRow>(
    client,
    `WITH ends AS (
  SELECT slot, tx_index, position, signature, ${key}, model, mint, amount, gpu_seconds, fee, challenge_ends_at AS ended_at
  FROM canonical_marketplace_order_settled ${until}
  UNION ALL
  SELECT slot, tx_index, position, signature, ${key}, 0, mint, 0, 0, 0, closed_at FROM canonical_marketplace_session_closed ${until}
), usage AS (
  SELECT order, sum(gpu_seconds) AS used, sum(fee) AS used_fee FROM canonical_marketplace_usage_settled ${until} GROUP BY order
), last_decided AS (
  SELECT order, max(decided_at) AS last_decided_at FROM (${decided('{lastSlot:UInt64}')}) GROUP BY order
)
SELECT slot, transactionIndex, position, signature, e.order AS order, provider, operatorPool, buyer, model, mint, amount, gpuSeconds, fee,
  used AS usageGpuSeconds, used_fee AS usageFee, greatest(ended_at, last_decided_at) AS maturedAt,
  toBool(e.order IN (${failedOrders})) AS hasFailedChallenge,
  toBool(e.order IN (SELECT order FROM canonical_marketplace_dispute_resolved ${until} AND ${lostDispute})) AS isDisputeLost
FROM (
  SELECT ${placed}, order, provider, operator_pool AS operatorPool, buyer, model, mint, amount, gpu_seconds AS gpuSeconds, fee, ended_at
  FROM ends WHERE ${matured('lastSlot', 'endTime')} AND NOT ${matured('beforeSlot', 'beforeTime')}
) AS e
LEFT JOIN usage ON usage.order = e.order LEFT JOIN last_decided ON last_decided.order = e.order
ORDER BY slot, transactionIndex, position`,
    { ...range },
    { repeatedColumns: ['provider', 'operatorPool', 'buyer', 'mint'] },
  );
}

/** Blocks after `beforeSlot` up to `lastSlot`. */
export interface SlotWindow {
  readonly beforeSlot: Slot;
  readonly lastSlot: Slot;
}

const inWindow = 'WHERE slot > {beforeSlot:UInt64} AND slot <= {lastSlot:UInt64}';

export interface JudgedRow extends Placed {
  readonly provider: Uint8Array;
  /** The order it is about; of a slash, its evidence. */
  readonly subject: Uint8Array;
  readonly class: 'challenge_failed' | 'challenge_passed' | 'dispute_lost' | 'not_delivered' | 'slashed';
  readonly at: UnixSeconds;
}

/**
 * Everything else that was decided about a provider, in chain order. The slash for an order that was not delivered is no
 * second piece of evidence beside its refund, and one that voters decide over a challenge is that challenge's outcome.
 */
export function judgedProviders(client: StoreClient, window: SlotWindow): Promise<JudgedRow[]> {
  return rows<JudgedRow>(
    client,
    `SELECT ${placed}, provider, subject, class, at FROM (
  SELECT slot, tx_index, position, signature, provider, order AS subject, 'not_delivered' AS class, refunded_at AS at
  FROM canonical_marketplace_order_refunded ${inWindow} AND reason = 1
  UNION ALL
  SELECT slot, tx_index, position, signature, provider, order, 'dispute_lost', resolved_at
  FROM canonical_marketplace_dispute_resolved ${inWindow} AND ${lostDispute}
  UNION ALL
  SELECT slot, tx_index, position, signature, provider, order, if(outcome = 6, 'challenge_failed', 'challenge_passed'), resolved_at
  FROM canonical_marketplace_challenge_resolved ${inWindow} AND outcome IN (5, 6, 7)
  UNION ALL
  SELECT slot, tx_index, position, signature, provider, evidence, if(class = 1, 'challenge_failed', 'slashed'), slashed_at
  FROM canonical_marketplace_provider_slashed ${inWindow} AND class != 0
) ORDER BY slot, transactionIndex, position`,
    { ...window },
  );
}

export interface ProviderTally {
  readonly provider: Uint8Array;
  /** Orders that went back to the buyer for another reason than a missed deadline. */
  readonly refundedCount: bigint;
  readonly disputedCount: bigint;
  readonly slashCount: bigint;
  /** Base units of INFER. */
  readonly slashedAmount: bigint;
}

/** What is counted beside the score, of providers to whom any of it happened. */
export function providerTallies(client: StoreClient, window: SlotWindow): Promise<ProviderTally[]> {
  return rows<ProviderTally>(
    client,
    `SELECT provider, sum(refunded) AS refundedCount, sum(disputed) AS disputedCount, sum(slashes) AS slashCount, sum(amount) AS slashedAmount
FROM (
  SELECT provider, 1 AS refunded, 0 AS disputed, 0 AS slashes, toUInt64(0) AS amount
  FROM canonical_marketplace_order_refunded ${inWindow} AND reason != 1
  UNION ALL SELECT provider, 0, 1, 0, 0 FROM canonical_marketplace_dispute_opened ${inWindow}
  UNION ALL SELECT provider, 0, 0, 1, slash_amount FROM canonical_marketplace_challenge_resolved ${inWindow} AND outcome = 6
  UNION ALL SELECT provider, 0, 0, 1, amount FROM canonical_marketplace_provider_slashed ${inWindow}
) GROUP BY provider ORDER BY provider`,
    { ...window },
  );
}

export interface HeartbeatRow {
  readonly provider: Uint8Array;
  /** Intervals of the window, counted from its start, in which there was at least one. */
  readonly intervals: readonly number[];
}

/** Signs of life in a window that is cut into intervals from its start on. */
export function heartbeatIntervals(
  client: StoreClient,
  window: SlotWindow & { readonly start: UnixSeconds; readonly end: UnixSeconds; readonly intervalSeconds: bigint },
): Promise<HeartbeatRow[]> {
  return rows<HeartbeatRow>(
    client,
    `SELECT provider, arraySort(groupUniqArray(toUInt32(intDiv(sent_at - {start:Int64}, {intervalSeconds:Int64})))) AS intervals
FROM canonical_marketplace_heartbeat_sent ${inWindow} AND sent_at >= {start:Int64} AND sent_at < {end:Int64}
GROUP BY provider ORDER BY provider`,
    { ...window },
  );
}
