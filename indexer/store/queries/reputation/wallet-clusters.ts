/**
 * Clusters of wallets as a reward epoch froze them. Table: `sql/0013_epoch_review.sql`.
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';

export interface WalletClusterRow {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly wallet: Uint8Array;
  /** Lowest member of the cluster. */
  readonly cluster: Uint8Array;
  readonly ruleVersion: string;
}

const clusterTable = rowTable('wallet_clusters', {
  ...{ reward_epoch: 'UInt64', input_hash: 'String', wallet: 'FixedString(32)', cluster: 'FixedString(32)' },
  rule_version: 'String',
});

/** Written again after a crash, the rows replace themselves. */
export function insertWalletClusters(client: StoreClient, rows: readonly WalletClusterRow[]): Promise<void> {
  return insertRows(client, clusterTable, rows);
}
