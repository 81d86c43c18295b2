/**
 * What tests look at of the rows that reward epochs leave: what was sent for them, and the leaves of providers.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { ProviderLeafRow } from '../../indexer/store/queries/reputation/provider-trees.ts';
import type { TransactionKind, TransactionRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { firstRow, rows } from '../../indexer/store/rows.ts';

/** Everything sent for an epoch, in the order it was sent. */
export function transactionsOf(store: StoreClient, rewardEpoch: bigint, kind: TransactionKind) {
  return rows<Pick<TransactionRow, 'signature' | 'status' | 'errorCode'>>(
    store,
    `SELECT signature, status, error_code AS errorCode FROM reward_transactions FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND kind = {kind:String} ORDER BY recorded_at`,
    { rewardEpoch, kind },
  );
}

/** Leaf of a provider in the computation that its epoch uses. */
export function providerLeaf(store: StoreClient, kind: string, rewardEpoch: bigint, provider: Uint8Array) {
  return firstRow<Pick<ProviderLeafRow, 'number' | 'proof' | 'proofPath'>>(
    store,
    `SELECT number, proof, proof_path AS proofPath FROM current_provider_leaves
WHERE kind = {kind:String} AND reward_epoch = {rewardEpoch:UInt64} AND provider = toFixedString(unhex({provider:String}), 32)`,
    { kind, rewardEpoch, provider },
  );
}
