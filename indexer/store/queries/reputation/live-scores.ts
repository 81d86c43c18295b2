/**
 * Scores of providers as of now. Table: `sql/0013_epoch_review.sql`.
 * @module
 */
import type { RewardEpoch, Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { rows } from '../../rows.ts';

export interface LiveScoreRow {
  readonly provider: Uint8Array;
  /** Whose scores the fold started from; 0 for none. */
  readonly baseEpoch: RewardEpoch;
  readonly baseInputHash: string;
  /** Finalized slot up to which evidence is in it. */
  readonly throughSlot: Slot;
  readonly score: number;
  readonly displayedScore: number;
  /** 0 for none. */
  readonly targetScore: number;
  /** Pieces since that epoch. */
  readonly evidenceCount: number;
  /** Microseconds since 1970. */
  readonly recordedAt: bigint;
}

const liveTable = rowTable('live_provider_scores', {
  ...{ provider: 'FixedString(32)', base_epoch: 'UInt64', base_input_hash: 'String', through_slot: 'UInt64' },
  ...{ score: 'UInt32', displayed_score: 'UInt32', target_score: 'UInt32', evidence_count: 'UInt32' },
  recorded_at: 'DateTime64(6)',
});

export function insertLiveScores(client: StoreClient, scores: readonly LiveScoreRow[]): Promise<void> {
  return insertRows(client, liveTable, scores);
}

/** Of some providers, by address; those that were never scored are left out. */
export function liveScoresOf(client: StoreClient, providers: readonly Uint8Array[]): Promise<LiveScoreRow[]> {
  return rows<LiveScoreRow>(
    client,
    `SELECT ${liveTable.selectList} FROM live_provider_scores FINAL
WHERE hex(provider) IN ({providers:Array(String)}) ORDER BY provider`,
    { providers: providers.map((each) => Buffer.from(each).toString('hex').toUpperCase()) },
  );
}
