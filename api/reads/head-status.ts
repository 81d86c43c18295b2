/**
 * How fresh and how final the ledger is now, and whether anything of it is missing or does not reconcile.
 * @module
 */
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type ChainStatus, chainStatus } from '../../indexer/store/queries/chain/chain-status.ts';
import { findGaps } from '../../indexer/store/queries/chain/gaps.ts';
import { type ReconciliationStatus, reconciliationStatus } from '../../indexer/store/queries/ledger/reconciliation.ts';

export interface HeadStatus {
  /** `null` on an empty ledger. */
  readonly status: ChainStatus | null;
  readonly gapCount: number;
  readonly reconciliation: ReconciliationStatus;
}

/** Gaps are looked for in this many newest slots; older ones are `plumbline verify blocks`' business. */
export const GAP_WINDOW_SLOTS = 10_000n;
const MOST_GAPS = 100;

export async function headStatus(store: StoreClient): Promise<HeadStatus> {
  const [status, reconciliation] = await Promise.all([chainStatus(store), reconciliationStatus(store)]);
  if (status === null) return { status, gapCount: 0, reconciliation };
  const fromSlot = status.headSlot > GAP_WINDOW_SLOTS ? status.headSlot - GAP_WINDOW_SLOTS : 0n;
  const gaps = await findGaps(store, fromSlot, status.headSlot, MOST_GAPS);
  return { status, gapCount: gaps.length, reconciliation };
}
