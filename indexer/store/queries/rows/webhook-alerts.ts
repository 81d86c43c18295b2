/**
 * Alerts for webhooks: what of the record is worth one, and what became of those that were found. Tables:
 * sql/0017_webhooks.sql.
 * @module
 */
import type { RewardEpoch, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { EVENT_COLUMNS, type EventRow } from './events.ts';

export interface AlertRow {
  readonly endpoint: string;
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly state: 'pending' | 'sent' | 'dead';
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly nextAt: bigint;
  readonly lastError: string;
  /** Microseconds since 1970. */
  readonly recordedAt: bigint;
}

const alertTable = rowTable('webhook_alerts', {
  ...{ endpoint: 'String', id: 'String', kind: 'String', body: 'String', state: 'String' },
  ...{ attempts: 'UInt32', next_at: 'UInt64', last_error: 'String', recorded_at: 'DateTime64(6)' },
});

export function insertAlerts(client: StoreClient, alerts: readonly AlertRow[]): Promise<void> {
  return insertRows(client, alertTable, alerts);
}

/** Alerts of an endpoint whose time has come, those that wait longest first. */
export function dueAlerts(client: StoreClient, endpoint: string, nowMs: bigint, limit: number): Promise<AlertRow[]> {
  return rows<AlertRow>(
    client,
    `SELECT ${alertTable.selectList} FROM current_webhook_alerts
WHERE endpoint = {endpoint:String} AND state = 'pending' AND nextAt <= {nowMs:UInt64}
ORDER BY nextAt, recordedAt, id LIMIT {limit:UInt32}`,
    { endpoint, nowMs, limit },
  );
}

/** Those that are tried no more, newest first. */
export function deadAlerts(client: StoreClient, limit: number): Promise<AlertRow[]> {
  return rows<AlertRow>(
    client,
    `SELECT ${alertTable.selectList} FROM current_webhook_alerts WHERE state = 'dead'
ORDER BY recordedAt DESC, endpoint, id LIMIT {limit:UInt32}`,
    { limit },
  );
}

/** Those of some ids that an endpoint has already, whatever became of them. */
export async function knownAlerts(
  client: StoreClient,
  endpoint: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    client,
    'SELECT DISTINCT id FROM webhook_alerts WHERE endpoint = {endpoint:String} AND id IN ({ids:Array(String)})',
    { endpoint, ids },
  );
  return new Set(found.map(({ id }) => id));
}

export interface AlertCount {
  readonly state: AlertRow['state'];
  readonly alertCount: bigint;
}

export function alertCounts(client: StoreClient): Promise<AlertCount[]> {
  return rows<AlertCount>(
    client,
    'SELECT state, count() AS alertCount FROM current_webhook_alerts GROUP BY state ORDER BY state LIMIT 10',
  );
}

export type AlertSource = 'events' | 'epochs';

/** `null` before the endpoint was first told of the source. */
export async function alertPosition(
  client: StoreClient,
  endpoint: string,
  source: AlertSource,
): Promise<bigint | null> {
  const found = await firstRow<{ position: bigint }>(
    client,
    `SELECT position FROM webhook_positions WHERE endpoint = {endpoint:String} AND source = {source:String}
ORDER BY position DESC LIMIT 1`,
    { endpoint, source },
  );
  return found?.position ?? null;
}

/** A position below the present one changes nothing. */
export async function moveAlertPosition(
  client: StoreClient,
  endpoint: string,
  source: AlertSource,
  position: bigint,
): Promise<void> {
  await client.command(
    `INSERT INTO webhook_positions (endpoint, source, position)
SELECT {endpoint:String}, {source:String}, {position:UInt64}`,
    { endpoint, source, position },
  );
}

/** Events of some names, of some programs alone, in a range of slots, in chain order. */
export function alertEvents(
  client: StoreClient,
  range: SlotBounds,
  programs: readonly Uint8Array[],
  names: readonly string[],
): Promise<EventRow[]> {
  return rows<EventRow>(
    client,
    `SELECT ${EVENT_COLUMNS} FROM canonical_events
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND name IN ({names:Array(String)})
  AND program IN (SELECT toFixedString(unhex(arrayJoin({programs:Array(String)})), 32))
ORDER BY slot, tx_index, position`,
    { ...range, names, programs },
    { bytesColumns: ['data'] },
  );
}

export interface CommittedEpochRow {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly roots: readonly Uint8Array[];
  readonly commitSignature: string;
  readonly commitSlot: Slot;
  readonly windowStart: UnixSeconds;
  readonly windowEnd: UnixSeconds;
}

/** Epochs with a record on chain after one, ascending, at most `limit`. */
export function committedEpochs(
  client: StoreClient,
  afterEpoch: RewardEpoch,
  committedRank: number,
  limit: number,
): Promise<CommittedEpochRow[]> {
  return rows<CommittedEpochRow>(
    client,
    `SELECT reward_epoch AS rewardEpoch, input_hash AS inputHash, roots, commit_signature AS commitSignature,
  commit_slot AS commitSlot, window_start AS windowStart, window_end AS windowEnd
FROM current_reward_epochs WHERE state_rank >= {committedRank:UInt8} AND reward_epoch > {afterEpoch:UInt64}
ORDER BY reward_epoch LIMIT {limit:UInt32}`,
    { afterEpoch, committedRank, limit },
  );
}

export interface ScoreDropRow {
  readonly provider: Uint8Array;
  readonly before: number;
  readonly after: number;
}

/** Providers whose shown score fell by at least so many parts per million from the epoch before, deepest first. */
export function scoreDrops(client: StoreClient, rewardEpoch: RewardEpoch, leastPpm: number): Promise<ScoreDropRow[]> {
  return rows<ScoreDropRow>(
    client,
    `SELECT provider, b.displayed_score AS before, a.displayed_score AS after
FROM (SELECT provider, displayed_score FROM current_provider_scores WHERE reward_epoch = {rewardEpoch:UInt64}) AS a
INNER JOIN (SELECT provider, displayed_score FROM current_provider_scores WHERE reward_epoch + 1 = {rewardEpoch:UInt64}) AS b
USING (provider)
WHERE before >= after + {leastPpm:UInt32} ORDER BY before - after DESC, provider LIMIT 10000`,
    { rewardEpoch, leastPpm },
  );
}
