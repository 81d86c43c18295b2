/**
 * `plumbline status [--json]`: what every process knows of itself, asked over HTTP, and what the record in ClickHouse
 * holds. A process that does not answer is reported as down, not as an error.
 * @module
 */
import type { Settings } from '../indexer/domain/settings.ts';
import { clickHouseAddress, pingUrl } from '../indexer/store/clickhouse-address.ts';
import { createStoreClient, type StoreClient } from '../indexer/store/clickhouse-client.ts';
import { chainCounts, chainStatus } from '../indexer/store/queries/chain/chain-status.ts';
import { findGaps } from '../indexer/store/queries/chain/gaps.ts';
import { reconciliationStatus } from '../indexer/store/queries/ledger/reconciliation.ts';
import { latestEpochRows } from '../indexer/store/queries/rewards/reward-epochs.ts';

export type ProcessStatus = { readonly up: false } | ({ readonly up: true } & Readonly<Record<string, unknown>>);

export interface Status {
  readonly indexer: ProcessStatus;
  readonly worker: ProcessStatus;
  readonly api: ProcessStatus;
  readonly clickhouse: ProcessStatus;
}

const PATIENCE_MS = 2_000;
const RECORD_PATIENCE_MS = 10_000;
const SHOWN_EPOCHS = 10;
const U64_MAX = 2n ** 64n - 1n;

export async function runStatus(settings: Settings, options: Readonly<Record<string, unknown>>): Promise<void> {
  const [processes, record] = await Promise.all([readStatus(settings), readRecord(settings)]);
  const status = { ...processes, record };
  if (options['json'] === true) {
    process.stdout.write(`${JSON.stringify(status, plainNumber, 2)}\n`);
    return;
  }
  for (const [name, each] of Object.entries(status) as [string, ProcessStatus][]) {
    const { up, ...known } = each as Record<string, unknown>;
    const facts = Object.entries(known).map(
      ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value, plainNumber) : String(value)}`,
    );
    process.stdout.write(`${name.padEnd(12)}${up ? 'up  ' : 'down'}  ${facts.join('  ')}\n`);
  }
}

/** What the processes say. */
export async function readStatus(settings: Settings): Promise<Status> {
  const statusOf = (port: number) => ask(`http://${reachable(settings.METRICS_HOST)}:${port}/status`);
  const [indexer, worker, api, clickhouse] = await Promise.all([
    statusOf(settings.METRICS_PORT),
    statusOf(settings.METRICS_PORT + 1),
    ask(`http://${reachable(settings.API_HOST)}:${settings.API_PORT}/readyz`),
    ask(pingUrl(clickHouseAddress(settings))),
  ]);
  return { indexer, worker, api, clickhouse };
}

/** A server that listens on every address is asked on this machine's own. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** What is recorded, whoever wrote it and however often that process was started. Reads all blocks. */
async function readRecord(settings: Settings): Promise<ProcessStatus> {
  const store = createStoreClient(settings, { requestTimeoutMs: RECORD_PATIENCE_MS });
  try {
    return { up: true, ...(await recordFacts(store)) };
  } catch {
    return { up: false };
  } finally {
    await store.close();
  }
}

async function recordFacts(store: StoreClient): Promise<Readonly<Record<string, unknown>>> {
  const [chain, counts, epochs, reconciliation] = await Promise.all([
    chainStatus(store),
    chainCounts(store, 0n, U64_MAX),
    latestEpochRows(store, SHOWN_EPOCHS),
    reconciliationStatus(store),
  ]);
  const { firstSlot, lastSlot, blockCount, transactionCount, eventCount, undecodedCount, unprovableCount } = counts;
  return {
    ...{ headSlot: chain?.headSlot ?? null, finalizedSlot: chain?.finalizedSlot ?? null, firstSlot },
    ...{ blocks: blockCount, transactions: transactionCount, events: eventCount, undecoded: undecodedCount },
    gaps: (await findGaps(store, firstSlot, lastSlot)).length,
    unprovableBlocks: unprovableCount,
    reconciledThroughSlot: reconciliation.reconciledThroughSlot,
    openIncidents: reconciliation.openIncidentCount,
    epochs: epochs.map((row) => ({
      ...{ rewardEpoch: row.rewardEpoch, state: row.state, windowStart: row.windowStart, windowEnd: row.windowEnd },
      ...{ pools: row.poolCount, totalRewards: String(row.totalRewards), totalUsdc: String(row.totalUsdc) },
      roots: row.roots.map((root) => Buffer.from(root).toString('hex')),
    })),
  };
}

/** Slots, counts and times stay below 2^53; amounts are text before they come here. */
function plainNumber(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

async function ask(url: string): Promise<ProcessStatus> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { ...parseObject(await response.text()), up: true };
  } catch {
    return { up: false };
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
