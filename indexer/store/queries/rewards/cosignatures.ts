/**
 * The word of co-signers on artefacts of reward epochs. Table: `sql/0013_epoch_review.sql`.
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { rows } from '../../rows.ts';

export type Verdict = 'approved' | 'blocked';

export interface CosignatureRow {
  readonly rewardEpoch: RewardEpoch;
  readonly artefactHash: string;
  /** Base58. */
  readonly cosigner: string;
  readonly verdict: Verdict;
  /** Of a block. */
  readonly reason: string;
  readonly signature: Uint8Array;
  /** Microseconds since 1970. */
  readonly signedAt: bigint;
}

const cosignatureTable = rowTable('reward_cosignatures', {
  ...{ reward_epoch: 'UInt64', artefact_hash: 'String', cosigner: 'String', verdict: 'String', reason: 'String' },
  ...{ signature: 'FixedString(64)', signed_at: 'DateTime64(6)' },
});

export function insertCosignature(client: StoreClient, row: CosignatureRow): Promise<void> {
  return insertRows(client, cosignatureTable, [row]);
}

/** On one artefact, newest first. */
export function cosignaturesOn(
  client: StoreClient,
  rewardEpoch: RewardEpoch,
  artefactHash: string,
): Promise<CosignatureRow[]> {
  return rows<CosignatureRow>(
    client,
    `SELECT ${cosignatureTable.selectList} FROM reward_cosignatures FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND artefact_hash = {artefactHash:String} ORDER BY signed_at DESC, verdict DESC LIMIT 100`,
    { rewardEpoch, artefactHash },
  );
}
