/**
 * What every crash test stands on: one ClickHouse, one recorded chain, and records that are made of it by processes which
 * may be killed. Each record has a database and a server of its own.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, readSettings } from '../../../indexer/domain/settings.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { migrate } from '../../../indexer/store/migrate.ts';
import { snapshotNeededFrom } from '../../../indexer/store/queries/account-snapshots.ts';
import { canonicalHead } from '../../../indexer/store/queries/blocks.ts';
import { cursor } from '../../../indexer/store/queries/cursors.ts';
import { addedIdlCount } from '../../../indexer/store/queries/idls.ts';
import { keptBlocks } from '../../../indexer/store/queries/kept-payloads.ts';
import { transactionsCheckedTo } from '../../../indexer/store/queries/transaction-checks.ts';
import type { Feed } from '../../../indexer/stream/subscription.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { type CrashIdls, writeCrashIdls } from './crash-idls.ts';
import { type RunningCommand, startCommand } from './indexer-process.ts';
import { type RecordedChain, type RecordingOptions, recordChain, type TapeMessage } from './recorded-chain.ts';
import { startTapeServer, type TapeOptions } from './tape-server.ts';

export interface CrashBench {
  readonly clickhouse: RunningClickHouse;
  readonly chain: RecordedChain;
  readonly idls: CrashIdls;
  /** A record that is to be made of the chain. */
  openRecord(feed: Feed, options?: RecordOptions): Promise<CrashRecord>;
  stop(): Promise<void>;
}

export interface RecordOptions {
  readonly tape?: Partial<TapeOptions>;
  /** Whether there are tables; true unless told otherwise. */
  readonly isMigrated?: boolean;
}

export interface CrashRecord {
  readonly client: StoreClient;
  readonly environment: Environment;
  /** A command of `plumbline` on this record. */
  start(args: readonly string[], changes?: Environment): RunningCommand;
  /** Whether all of the tape is in, and all that follows from it, by a registry of so many IDLs. */
  isSettled(revision: number): Promise<boolean>;
  drop(): Promise<void>;
}

const SMALL_CHAIN: RecordingOptions = { seed: 5, rounds: 12, roundsPerFork: 3 };
const TAPE_SEED = 11;
const POLL_MS = 150;

export async function openCrashBench(recording = SMALL_CHAIN): Promise<CrashBench> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-crash-'));
  const [clickhouse, chain] = await Promise.all([startEmbeddedClickHouse(), recordChain(recording)]);
  const idls = writeCrashIdls(folder);
  const dropped = await droppedMessages(chain);
  let recordCount = 0;
  return {
    ...{ clickhouse, chain, idls },
    openRecord: (feed, { tape = {}, isMigrated = true } = {}) =>
      openRecord(
        { clickhouse, chain, database: `crash_${recordCount++}` },
        { feed, isMigrated, tape: { seed: TAPE_SEED, isDropped: (each) => dropped.has(each), ...tape } },
      ),
    async stop() {
      await Promise.all([chain.stop(), clickhouse.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openRecord(
  at: { readonly clickhouse: RunningClickHouse; readonly chain: RecordedChain; readonly database: string },
  { feed, tape, isMigrated }: { readonly feed: Feed; readonly tape: TapeOptions; readonly isMigrated: boolean },
): Promise<CrashRecord> {
  const server = await startTapeServer(at.chain.tapes[feed], tape);
  const environment: Environment = {
    ...{ CLICKHOUSE_URL: at.clickhouse.url, CLICKHOUSE_DATABASE: at.database },
    ...{ YELLOWSTONE_ENDPOINT: server.url, YELLOWSTONE_FEED: feed, SOLANA_RPC_URL: at.chain.rpcUrl },
    ...{ METRICS_PORT: '0', OWN_PROGRAMS: 'false', LOG_LEVEL: 'warn', START_SLOT: '0' },
  };
  const settings = readSettings(environment);
  const client = createStoreClient(settings);
  if (isMigrated) await migrate(client, settings);
  return {
    ...{ client, environment },
    start: (args, changes = {}) => startCommand(args, { ...environment, ...changes }),
    isSettled: (revision) => isSettled(client, at.chain, feed, revision),
    async drop() {
      await client.command(`DROP DATABASE ${at.database}`);
      await Promise.all([client.close(), server.close()]);
    },
  };
}

async function isSettled(client: StoreClient, chain: RecordedChain, feed: Feed, revision: number): Promise<boolean> {
  if ((await canonicalHead(client))?.slot !== chain.headSlot) return false;
  if ((await cursor(client, 'finalized'))?.slot !== chain.finalizedSlot) return false;
  if ((await snapshotNeededFrom(client)) !== null) return false;
  if (feed === 'transactions' && (await transactionsCheckedTo(client)) !== chain.finalizedSlot) return false;
  return (await addedIdlCount(client)) === revision && (await keptBlocks(client, revision, 0n, 1)).length === 0;
}

/** Of each tape: what says that two blocks exist, one transaction that is dropped inside a block, and no fork's business. */
async function droppedMessages({ tapes, rpcUrl, finalizedSlot }: RecordedChain): Promise<ReadonlySet<TapeMessage>> {
  const dropped = new Set<TapeMessage>();
  for (const [tape, kind] of [
    [tapes.blocks, 'block'],
    [tapes.transactions, 'blockMeta'],
  ] as const) {
    const headers = tape.filter((each) => each.kind === kind && each.slot < finalizedSlot);
    const first = headers[0]?.slot ?? 0n;
    const canonical = new Set(await chainRpc(rpcUrl).blockSlots(first, finalizedSlot));
    const single = headers.filter(({ slot }, index) => canonical.has(slot) && isOnlyOne(headers, slot) && index > 0);
    for (const share of [0.3, 0.6]) dropped.add(single[Math.floor(single.length * share)] as TapeMessage);
    const slots = new Set([...dropped].map(({ slot }) => slot));
    const others = single.filter(({ slot }) => !slots.has(slot)).map(({ slot }) => slot);
    const transactions = tape.filter((each) => each.kind === 'transaction' && others.includes(each.slot));
    const lost = transactions[Math.floor(transactions.length / 2)];
    if (lost !== undefined) dropped.add(lost);
  }
  return dropped;
}

function isOnlyOne(headers: readonly TapeMessage[], slot: bigint): boolean {
  return headers.filter((each) => each.slot === slot).length === 1;
}

/** Wait for a condition while a process lives. @throws Error with what the process said, when it ends or never gets there */
export async function untilTrue(
  what: string,
  condition: () => Promise<boolean>,
  command: RunningCommand,
  patienceMs = 60_000,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await condition())) {
    if (!command.isRunning()) throw new Error(`the process ended before ${what}: ${(await command.ended).said}`);
    if (Date.now() > giveUpAt) {
      command.kill('SIGKILL');
      throw new Error(`${what}: not within ${patienceMs} ms; it said ${(await command.ended).said}`);
    }
    await sleep(POLL_MS);
  }
}
