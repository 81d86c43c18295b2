/**
 * A reward epoch of a large network, from the close of its window to the published artefact, by the steps that the worker
 * runs: how long each takes, and what worker and ClickHouse need of memory at most.
 *
 *     node --max-semi-space-size=16 --heap-growing-percent=40 --expose-gc --import tsx bench/epoch.ts [pools, 100000] [events, 10000000]
 *
 * A day of the network is written into an embedded ClickHouse by SQL (bench/load/epoch-network.ts). Accounts and ledger are
 * compared and proven as blocks become final, so both stand at the head when the window ends, as in a worker that runs.
 * The limits are 60 seconds on two cores and 2 GiB. The heap is set as `./plumbline` sets it.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { createStoreClient, queryLimits } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';
import { type EpochRow, insertEpochRow, insertScheduleRow } from '../indexer/store/queries/rewards/reward-epochs.ts';
import { markingOf } from '../indexer/store/queries/rewards/reward-inputs.ts';
import { inState, openedRow } from '../jobs/rewards/epoch-state.ts';
import { createRewardContext, type Step } from '../jobs/rewards/reward-context.ts';
import { computeStep, verifyStep } from '../jobs/rewards/steps/compute-step.ts';
import { windowSlots } from '../jobs/rewards/steps/mark-epoch.ts';
import { publishStep } from '../jobs/rewards/steps/publish-step.ts';
import { DAY_SECONDS, ELIGIBILITY_SLOT, fillNetwork, START } from './load/epoch-network.ts';
import { cpuSeconds, forgetPeak, peakMiB, startClickHouse } from './load/processes.ts';

const LIMIT_SECONDS = 60;
const LIMIT_MIB = 2_048;
const size = { pools: Number(process.argv[2] ?? 100_000), events: Number(process.argv[3] ?? 10_000_000) };

function say(facts: Readonly<Record<string, unknown>>): void {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  process.stdout.write(`${JSON.stringify(facts, rounded)}\n`);
}

interface Cost {
  readonly seconds: number;
  readonly workerCpuSeconds: number;
  readonly clickhouseCpuSeconds: number;
}

const server = await startClickHouse();
const dataDir = mkdtempSync(path.join(tmpdir(), 'plumbline-bench-'));
const settings = readSettings({
  CLICKHOUSE_URL: server.ready.url,
  CLICKHOUSE_DATABASE: 'bench_epoch',
  DATA_DIR: dataDir,
  // Nothing is sent; the address of the record follows from the program.
  SOLANA_RPC_URL: 'http://127.0.0.1:1',
});
const costs: Cost[] = [];

async function timed<T>(name: string, run: () => Promise<T>): Promise<T> {
  const [start, ours, theirs] = [performance.now(), cpuSeconds(process.pid), cpuSeconds(server.pid)];
  const result = await run();
  const cost = {
    seconds: (performance.now() - start) / 1_000,
    workerCpuSeconds: cpuSeconds(process.pid) - ours,
    clickhouseCpuSeconds: cpuSeconds(server.pid) - theirs,
  };
  costs.push(cost);
  say({ step: name, ...cost, workerPeakMiB: peakMiB(process.pid), clickhousePeakMiB: peakMiB(server.pid) });
  return result;
}

/** Written with a client of its own: an insert of a million rows may take longer than a query of the worker. */
async function fill(): Promise<void> {
  const client = createStoreClient(settings, { requestTimeoutMs: 600_000, limits: { max_execution_time: 600 } });
  try {
    await migrate(client, settings);
    const registry = await loadProgramRegistry(settings);
    await ensureEventTables(client, registry.tables);
    const [staking] = registry.programs.map(({ id }) => id);
    if (staking === undefined) throw new Error('no programs');
    const start = performance.now();
    const events = await fillNetwork(client, staking, size);
    say({ filled: events, pools: size.pools, seconds: (performance.now() - start) / 1_000 });
    await client.command('SYSTEM DROP MARK CACHE');
  } finally {
    await client.close();
  }
}

async function advanced(step: Step, row: EpochRow, name: string): Promise<EpochRow> {
  const result = await timed(name, () => step(context, row));
  if (result.kind !== 'advanced') throw new Error(`${name} waits: ${result.reason}`);
  await insertEpochRow(store, result.row);
  return result.row;
}

/** A busy machine gives figures too: a query may take longer than the worker would allow it, but no more memory. */
const limits = { ...queryLimits, max_execution_time: 300 };
const store = createStoreClient(settings, { requestTimeoutMs: 310_000, limits });
const context = await createRewardContext(settings, store, new AbortController().signal);
try {
  await fill();
  globalThis.gc?.();
  for (const pid of [process.pid, server.pid]) forgetPeak(pid);
  await insertScheduleRow(store, { fromRewardEpoch: 1n, startTime: START, lengthSeconds: DAY_SECONDS });
  const opened = openedRow(1n, { start: START, end: START + DAY_SECONDS }, context.nowMicros());
  const marked = await timed('close', async () => {
    const slots = await windowSlots(context, opened);
    if (slots === null) throw new Error('the window is open');
    // Looked for as the worker does; what it finds is of no account, since nothing was sent.
    await markingOf(store, context.programs.staking, 1n, ELIGIBILITY_SLOT);
    const settled = { firstSlot: slots.first, lastSlot: slots.last, eligibilitySlot: ELIGIBILITY_SLOT };
    return inState(opened, 'marked', settled, context.nowMicros());
  });
  const computed = await advanced(computeStep, marked, 'compute');
  const verified = await advanced(verifyStep, computed, 'verify');
  await advanced(publishStep, verified, 'publish');
  const seconds = costs.reduce((sum, cost) => sum + cost.seconds, 0);
  const [worker, clickhouse] = [peakMiB(process.pid), peakMiB(server.pid)];
  say({
    ...{ pools: computed.poolCount, events: size.events, seconds, ofLimit: seconds / LIMIT_SECONDS },
    ...{ cpuSeconds: costs.reduce((sum, cost) => sum + cost.workerCpuSeconds + cost.clickhouseCpuSeconds, 0) },
    ...{ workerPeakMiB: worker, clickhousePeakMiB: clickhouse, workerOfLimit: worker / LIMIT_MIB },
    ...{ clickhouseOfLimit: clickhouse / LIMIT_MIB, togetherOfLimit: (worker + clickhouse) / LIMIT_MIB },
  });
} finally {
  await store.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
