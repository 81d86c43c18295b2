/**
 * Stored evidence: why each provider has its score, piece by piece with the transaction it comes from.
 * @module
 */
import type { RewardEpoch, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { rows } from '../../rows.ts';

export interface EvidenceRow {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly provider: Uint8Array;
  /** Place in the fold of this provider and epoch, from 0. */
  readonly number: number;
  readonly class: string;
  readonly at: UnixSeconds;
  readonly slot: Slot;
  readonly txIndex: number;
  readonly position: number;
  /** Zero bytes for what the epoch itself makes. */
  readonly signature: Uint8Array;
  /** Zero bytes for none. */
  readonly subject: Uint8Array;
  readonly cluster: string;
  readonly ownCluster: number;
  readonly gpuSeconds: bigint;
  readonly shortfallPpm: number;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
  /** 0 for none. */
  readonly targetAfter: number;
}

const evidenceTable = rowTable('provider_evidence', {
  ...{ reward_epoch: 'UInt64', input_hash: 'String', provider: 'FixedString(32)', number: 'UInt32', class: 'String' },
  ...{ at: 'Int64', slot: 'UInt64', tx_index: 'UInt32', position: 'UInt32', signature: 'FixedString(64)' },
  ...{ subject: 'FixedString(32)', cluster: 'String', own_cluster: 'UInt8', gpu_seconds: 'UInt64' },
  ...{ shortfall_ppm: 'UInt32', score_before: 'UInt32', score_after: 'UInt32', target_after: 'UInt32' },
});

/** Written again after a crash, the rows replace themselves. */
export function insertEvidence(client: StoreClient, evidence: Iterable<EvidenceRow>): Promise<void> {
  return insertRows(client, evidenceTable, evidence);
}

export interface EvidencePlace {
  readonly rewardEpoch: RewardEpoch;
  readonly number: number;
}

/** Evidence of a provider in epochs whose windows had ended by `slot`, newest first: before `before`, at most `limit`. */
export function evidencePage(
  client: StoreClient,
  slot: Slot,
  provider: Uint8Array,
  before: EvidencePlace,
  limit: number,
): Promise<EvidenceRow[]> {
  return rows<EvidenceRow>(
    client,
    `SELECT ${evidenceTable.selectList} FROM current_provider_evidence
WHERE provider = toFixedString(unhex({provider:String}), 32) AND (reward_epoch, number) < ({rewardEpoch:UInt64}, {number:UInt32})
  AND reward_epoch IN (SELECT reward_epoch FROM current_reward_epochs WHERE last_slot <= {slot:UInt64})
ORDER BY reward_epoch DESC, number DESC LIMIT {limit:UInt32}`,
    { slot, provider, ...before, limit },
  );
}
