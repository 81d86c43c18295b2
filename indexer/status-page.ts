/**
 * The indexer's part of its status page: its facts, and which of them are metrics.
 * @module
 */
import { type EndpointStatus, type IndexerStatus, lagSlots } from './pipeline/status.ts';
import type { Labelled, Metric, StatusFacts, StatusPage } from './status-server.ts';

const RATE_WINDOW_MS = 10_000;
const SAMPLE_MS = 1_000;

export interface IndexerStatusPage extends StatusPage {
  /** Ends the sampling of rates. */
  stop(): void;
}

export function indexerStatusPage(status: IndexerStatus, nowMs: () => number): IndexerStatusPage {
  const rate = new EventRate(status, nowMs);
  const timer = setInterval(() => rate.sample(), SAMPLE_MS);
  timer.unref();
  return {
    process: 'indexer',
    facts: () => factsOf(status, rate.perSecond()),
    metrics: METRICS,
    stop: () => clearInterval(timer),
  };
}

/** Slots as numbers: they stay below 2^53 for thousands of years. */
function factsOf(status: IndexerStatus, eventsPerSecond: number): StatusFacts {
  const slots = {
    headSlot: status.headSlot,
    committedSlot: status.committedSlot,
    finalizedSlot: status.finalizedSlot,
    lagSlots: lagSlots(status),
    transactionsCheckedSlot: status.transactionsCheckedSlot,
  };
  const numbers = Object.entries(slots).map(([name, slot]) => [name, slot === null ? null : Number(slot)]);
  return {
    ...status,
    ...Object.fromEntries(numbers),
    ...endpointFacts(status.endpoints),
    queuedRowBytes: status.queuedRowBytes(),
    commitSeconds: status.commitSeconds.facts(),
    eventsPerSecond,
  };
}

function endpointFacts(statuses: readonly EndpointStatus[]) {
  const endpoints = statuses.map((each) => ({
    ...each,
    headSlot: each.headSlot === null ? null : Number(each.headSlot),
    queuedBytes: each.queuedBytes(),
  }));
  const byAddress = (read: (endpoint: (typeof endpoints)[number]) => Labelled['value']): Labelled[] =>
    endpoints.map((endpoint) => ({ labels: { endpoint: endpoint.address }, value: read(endpoint) }));
  return {
    endpoints,
    endpointConnected: byAddress(({ isConnected }) => isConnected),
    endpointHeadSlot: byAddress(({ headSlot }) => headSlot),
    endpointReconnects: byAddress(({ reconnects }) => reconnects),
    endpointQueuedBytes: byAddress(({ queuedBytes }) => queuedBytes),
  };
}

const METRICS: readonly Metric[] = [
  ['headSlot', 'head_slot', 'gauge', 'Newest slot the stream spoke of'],
  ['committedSlot', 'committed_slot', 'gauge', 'Newest committed slot'],
  ['finalizedSlot', 'finalized_slot', 'gauge', 'Newest finalized slot that is committed'],
  ['lagSlots', 'lag_slots', 'gauge', 'Slots from the newest one heard of to the newest one committed'],
  ['isConnected', 'connected', 'gauge', '1 while a stream is open'],
  ['gapsOpen', 'gaps_open', 'gauge', 'Gaps that are not filled'],
  ['reconnects', 'reconnects_total', 'counter', 'Streams that ended'],
  ['endpointConnected', 'endpoint_connected', 'gauge', '1 while a stream of the endpoint is open'],
  ['endpointHeadSlot', 'endpoint_head_slot', 'gauge', 'Newest slot the endpoint spoke of'],
  ['endpointReconnects', 'endpoint_reconnects_total', 'counter', 'Streams of the endpoint that ended'],
  ['endpointQueuedBytes', 'endpoint_queued_bytes', 'gauge', 'Bytes of the endpoint that are not assembled yet'],
  ['disagreementsTotal', 'endpoint_disagreements_total', 'counter', 'Blocks in which an endpoint contradicted another'],
  ['forks', 'forks_total', 'counter', 'Times that committed blocks were replaced'],
  ['overtakenTotal', 'overtaken_total', 'counter', 'Times that another writer of the record was faster'],
  ['blocksTotal', 'blocks_total', 'counter', 'Blocks committed by this process'],
  ['transactionsTotal', 'transactions_total', 'counter', 'Transactions committed by this process'],
  ['eventsTotal', 'events_total', 'counter', 'Events committed by this process'],
  ['undecodedTotal', 'undecoded_total', 'counter', 'Payloads kept that no IDL could read'],
  ['unnamedErrorsTotal', 'unnamed_errors_total', 'counter', 'Transactions from RPC with an error newer than our lists'],
  [
    'missingTransactionsTotal',
    'missing_transactions_total',
    'counter',
    'Transactions the stream dropped inside blocks',
  ],
  [
    'transactionsCheckedSlot',
    'transactions_checked_slot',
    'gauge',
    'Slot up to which transactions were checked by RPC',
  ],
  ['registryRevision', 'registry_revision', 'gauge', 'IDLs that were added to the registry in use'],
  ['redecodedTotal', 'redecoded_total', 'counter', 'Payloads kept undecoded that an added IDL could read'],
  ['truncatedTotal', 'truncated_transactions_total', 'counter', 'Transactions whose logs were cut or not believed'],
  ['recoveredLogsTotal', 'recovered_logs_total', 'counter', 'Transactions whose cut logs a node had whole'],
  ['commitsTotal', 'commits_total', 'counter', 'Commits of this process'],
  ['commitSeconds', 'commit_seconds', 'histogram', 'Seconds of a commit, repeated attempts included'],
  ['queuedRowBytes', 'queued_row_bytes', 'gauge', 'Bytes of rows that wait for the commit under way'],
  ['blocksWithoutAccountsTotal', 'blocks_without_accounts_total', 'counter', 'Blocks filled from RPC by this process'],
  ['snapshotsTotal', 'account_snapshots_total', 'counter', 'Times that all accounts were read by RPC'],
  ['finalizedMissingTotal', 'finalized_missing_total', 'counter', 'Finalized slots missing from the committed chain'],
  ['storeRetries', 'retries_total', 'counter', 'Failed attempts at ClickHouse or RPC that were repeated'],
];

/** Committed events per second over the last ten seconds. */
class EventRate {
  readonly #samples: { readonly atMs: number; readonly events: number }[] = [];

  constructor(
    private readonly status: IndexerStatus,
    private readonly nowMs: () => number,
  ) {
    this.sample();
  }

  sample(): void {
    const atMs = this.nowMs();
    this.#samples.push({ atMs, events: this.status.eventsTotal });
    while (this.#samples.length > 2 && (this.#samples[1]?.atMs ?? atMs) <= atMs - RATE_WINDOW_MS) this.#samples.shift();
  }

  perSecond(): number {
    const first = this.#samples[0];
    const spanMs = first === undefined ? 0 : this.nowMs() - first.atMs;
    if (first === undefined || spanMs <= 0) return 0;
    return Math.round(((this.status.eventsTotal - first.events) * 1_000) / spanMs);
  }
}
