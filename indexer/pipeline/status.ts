/**
 * What the indexer knows of itself: counters that the stages write and the status page reads.
 * @module
 */
import type { Slot } from '../domain/units.ts';

export interface IndexerStatus {
  /** Newest slot the stream spoke of. */
  headSlot: Slot | null;
  committedSlot: Slot | null;
  finalizedSlot: Slot | null;
  isConnected: boolean;
  gapsOpen: number;
  reconnects: number;
  forks: number;
  blocksTotal: number;
  transactionsTotal: number;
  eventsTotal: number;
  /** Kept, but no IDL could read them. */
  undecodedTotal: number;
  commitsTotal: number;
  /** Filled from RPC, which has no account states. */
  blocksWithoutAccountsTotal: number;
  /** Times that all accounts were read by RPC. */
  snapshotsTotal: number;
  /** Finalized slots that the committed chain went past without a block: an alarm. */
  finalizedMissingTotal: number;
  storeRetries: number;
  /** Transactions that a node names and the stream did not give: an alarm. */
  missingTransactionsTotal: number;
  /** Up to where that was looked for; `null` while it is not. */
  transactionsCheckedSlot: Slot | null;
  /** IDLs that were added to the registry in use. */
  registryRevision: number;
  /** Payloads that were kept undecoded until an added IDL could read them. */
  redecodedTotal: number;
  /** Of the Yellowstone plugin; `null` when the server does not say. */
  serverVersion: string | null;
  lastError: string | null;
}

export function newStatus(): IndexerStatus {
  return {
    headSlot: null,
    committedSlot: null,
    finalizedSlot: null,
    isConnected: false,
    gapsOpen: 0,
    reconnects: 0,
    forks: 0,
    blocksTotal: 0,
    transactionsTotal: 0,
    eventsTotal: 0,
    undecodedTotal: 0,
    commitsTotal: 0,
    blocksWithoutAccountsTotal: 0,
    snapshotsTotal: 0,
    finalizedMissingTotal: 0,
    storeRetries: 0,
    missingTransactionsTotal: 0,
    transactionsCheckedSlot: null,
    registryRevision: 0,
    redecodedTotal: 0,
    serverVersion: null,
    lastError: null,
  };
}

/** Slots between the newest one heard of and the newest one committed. */
export function lagSlots({ headSlot, committedSlot }: IndexerStatus): Slot | null {
  if (headSlot === null || committedSlot === null) return null;
  return headSlot > committedSlot ? headSlot - committedSlot : 0n;
}
