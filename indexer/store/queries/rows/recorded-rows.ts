/**
 * Rows of reward epochs and incidents in the order they were recorded, for whoever follows them. The newest second is
 * left for later: of two rows that are written at once the one with the later time may be seen first.
 *
 * All rows of one insert have one time, and who goes on after it goes on after all of them. So `limit` is where a moment is the
 * last one to be read, and not where it is cut.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { oneRow, rows } from '../../rows.ts';
import type { Incident } from '../ledger/reconciliation.ts';
import type { EpochRow } from '../rewards/reward-epochs.ts';

const settledOnly = 'recorded_at <= now64(6) - INTERVAL 1 SECOND';

/** Microseconds since 1970 of the last row; 0 for none. */
export async function lastRecordedAt(
  client: StoreClient,
  table: 'reward_epochs' | 'reconciliation_incidents',
): Promise<bigint> {
  const { last } = await oneRow<{ last: bigint }>(
    client,
    `SELECT toInt64(toUnixTimestamp64Micro(max(recorded_at))) AS last FROM ${table} WHERE ${settledOnly}`,
  );
  return last;
}

export interface Recorded<Row> {
  /** Microseconds since 1970. */
  readonly recordedAt: bigint;
  readonly row: Row;
}

/** States that epochs reached after a time, in the order they were recorded: up to `limit`, and those of the last one's moment. */
export async function epochsRecordedAfter(
  client: StoreClient,
  afterMicros: bigint,
  limit: number,
): Promise<Recorded<Pick<EpochRow, 'rewardEpoch' | 'state' | 'stateRank'>>[]> {
  const found = await rows<Pick<EpochRow, 'rewardEpoch' | 'state' | 'stateRank'> & { at: bigint }>(
    client,
    `SELECT * FROM (
  SELECT reward_epoch AS rewardEpoch, state, state_rank AS stateRank,
    toInt64(toUnixTimestamp64Micro(min(recorded_at))) AS at FROM reward_epochs
  WHERE ${settledOnly} GROUP BY reward_epoch, state, state_rank
  HAVING at > {afterMicros:Int64} ORDER BY at LIMIT {limit:UInt32} WITH TIES
) ORDER BY at, rewardEpoch, stateRank`,
    { afterMicros, limit },
  );
  return found.map((row) => ({ recordedAt: row.at, row }));
}

export type IncidentChange = Incident & { readonly isOpen: number };

/** Incidents that were opened or closed after a time, in the order they were recorded: up to `limit`, and those of the last one's moment. */
export async function incidentsRecordedAfter(
  client: StoreClient,
  afterMicros: bigint,
  limit: number,
): Promise<Recorded<IncidentChange>[]> {
  const found = await rows<IncidentChange & { at: bigint }>(
    client,
    `SELECT * FROM (
  SELECT slot, from_slot AS fromSlot, program, public_key AS publicKey, kind, field, expected, seen, is_open AS isOpen,
    toInt64(toUnixTimestamp64Micro(recorded_at)) AS at FROM reconciliation_incidents
  WHERE ${settledOnly} AND recorded_at > fromUnixTimestamp64Micro({afterMicros:Int64})
  ORDER BY at LIMIT {limit:UInt32} WITH TIES
) ORDER BY at, slot, publicKey, field`,
    { afterMicros, limit },
  );
  return found.map((row) => ({ recordedAt: row.at, row }));
}
