/**
 * What the indexer knows of itself: counters that the stages write and the status page reads.
 * @module
 */
import type { Slot } from '../domain/units.ts';
import { Histogram } from '../histogram.ts';

/** What is known of one endpoint. */
export interface EndpointStatus {
  /** `host:port`. */
  readonly address: string;
  /** Newest slot it spoke of. */
  headSlot: Slot | null;
  isConnected: boolean;
  reconnects: number;
  /** Bytes that came and are not assembled yet; asked when somebody looks. */
  queuedBytes: () => number;
  lastError: string | null;
}

export interface IndexerStatus {
  /** Each endpoint by itself; head, connection and reconnects below are of all of them. */
  endpoints: readonly EndpointStatus[];
  /** Blocks in which an endpoint contradicted another: an alarm. */
  disagreementsTotal: number;
  /** Newest slot a stream spoke of. */
  headSlot: Slot | null;
  committedSlot: Slot | null;
  finalizedSlot: Slot | null;
  /** A stream is open. */
  isConnected: boolean;
  gapsOpen: number;
  reconnects: number;
  forks: number;
  /** Times that another writer was faster, so that this one began again from what is committed. */
  overtakenTotal: number;
  blocksTotal: number;
  transactionsTotal: number;
  eventsTotal: number;
  /** Kept, but no IDL could read them. */
  undecodedTotal: number;
  /** Transactions from RPC with an error that is newer than our lists: kept as the node's text. */
  unnamedErrorsTotal: number;
  /** Transactions of our programs whose logs were cut, absent or not to be believed: their blocks are not provable. */
  truncatedTotal: number;
  /** Transactions whose logs the stream had cut and a node had whole. */
  recoveredLogsTotal: number;
  commitsTotal: number;
  /** Seconds from the first attempt at a commit to its success. */
  readonly commitSeconds: Histogram;
  /** Bytes of rows that wait for the commit under way; asked when somebody looks. */
  queuedRowBytes: () => number;
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

/** Around what a commit should take: 0.3 s of a live block. */
const COMMIT_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30];

export function newStatus(): IndexerStatus {
  return {
    endpoints: [],
    disagreementsTotal: 0,
    headSlot: null,
    committedSlot: null,
    finalizedSlot: null,
    isConnected: false,
    gapsOpen: 0,
    reconnects: 0,
    forks: 0,
    overtakenTotal: 0,
    blocksTotal: 0,
    transactionsTotal: 0,
    eventsTotal: 0,
    undecodedTotal: 0,
    unnamedErrorsTotal: 0,
    truncatedTotal: 0,
    recoveredLogsTotal: 0,
    commitsTotal: 0,
    commitSeconds: new Histogram(COMMIT_SECONDS),
    queuedRowBytes: () => 0,
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

/** A status of an endpoint that is added to `sum`, which shows at any time what all its endpoints come to. */
export function addEndpoint(sum: IndexerStatus, address: string): EndpointStatus {
  const own: Omit<EndpointStatus, 'queuedBytes'> = {
    address,
    headSlot: null,
    isConnected: false,
    reconnects: 0,
    lastError: null,
  };
  const endpoint: EndpointStatus = {
    address,
    queuedBytes: () => 0,
    get headSlot() {
      return own.headSlot;
    },
    set headSlot(slot) {
      own.headSlot = slot;
      if (slot !== null && slot > (sum.headSlot ?? -1n)) sum.headSlot = slot;
    },
    get isConnected() {
      return own.isConnected;
    },
    set isConnected(isConnected) {
      own.isConnected = isConnected;
      sum.isConnected = sum.endpoints.some((each) => each.isConnected);
    },
    get reconnects() {
      return own.reconnects;
    },
    set reconnects(count) {
      sum.reconnects += count - own.reconnects;
      own.reconnects = count;
    },
    get lastError() {
      return own.lastError;
    },
    set lastError(text) {
      own.lastError = text;
      sum.lastError = text;
    },
  };
  sum.endpoints = [...sum.endpoints, endpoint];
  return endpoint;
}

/** An attempt at ClickHouse or RPC has failed and will be repeated. */
export function noteRetry(status: IndexerStatus, { message }: Error): void {
  status.storeRetries += 1;
  status.lastError = message;
}

/** Slots between the newest one heard of and the newest one committed. */
export function lagSlots({ headSlot, committedSlot }: IndexerStatus): Slot | null {
  if (headSlot === null || committedSlot === null) return null;
  return headSlot > committedSlot ? headSlot - committedSlot : 0n;
}
