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
import { canonicalHead } from '../../../indexer/store/queries/chain/blocks.ts';
import { cursor } from '../../../indexer/store/queries/chain/cursors.ts';
import { transactionsCheckedTo } from '../../../indexer/store/queries/chain/transaction-checks.ts';
import { snapshotNeededFrom } from '../../../indexer/store/queries/rows/account-snapshots.ts';
import { addedIdlCount } from '../../../indexer/store/queries/rows/idls.ts';
import { keptBlocks } from '../../../indexer/store/queries/rows/kept-payloads.ts';
import type { Feed } from '../../../indexer/stream/subscription.ts';
import { startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { type CrashIdls, writeCrashIdls } from './crash-idls.ts';
import { type RunningCommand, startCommand } from './indexer-process.ts';
import { type RecordedChain, type RecordingOptions, recordChain, type TapeMessage } from './recorded-chain.ts';
import { startTapeServer, type TapeOptions } from './tape-server.ts';

export interface CrashBench {
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
  /** Ends what still runs. A second call does nothing. */
  drop(): Promise<void>;
}

export interface CrashBenchOptions {
  readonly recording?: RecordingOptions;
  /** A ClickHouse that others stop, instead of one of the bench's own. */
  readonly clickhouseUrl?: string;
  /** Blocks that are dropped from each tape. */
  readonly drops?: number;
}

const SMALL_CHAIN: RecordingOptions = { seed: 5, rounds: 12, roundsPerFork: 3 };
const TAPE_SEED = 11;
const POLL_MS = 400;
/** For a busy machine; a record is made in seconds. */
const PATIENCE_MS = 240_000;

export async function openCrashBench(options: CrashBenchOptions = {}): Promise<CrashBench> {
  const { recording = SMALL_CHAIN, clickhouseUrl, drops = 2 } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-crash-'));
  const ownClickHouse = clickhouseUrl === undefined ? await startEmbeddedClickHouse() : null;
  const url = clickhouseUrl ?? ownClickHouse?.url ?? '';
  const chain = await recordChain(recording);
  const idls = writeCrashIdls(folder);
  const dropped = await droppedMessages(chain, drops);
  const records: CrashRecord[] = [];
  return {
    ...{ chain, idls },
    async openRecord(feed, { tape = {}, isMigrated = true } = {}) {
      const record = await openRecord(
        { url, chain, database: `crash_${records.length}` },
        { feed, isMigrated, tape: { seed: TAPE_SEED, isDropped: (each) => dropped.has(each), ...tape } },
      );
      records.push(record);
      return record;
    },
    async stop() {
      try {
        await Promise.all(records.map((record) => record.drop()));
      } finally {
        await Promise.all([chain.stop(), ownClickHouse?.stop()]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

async function openRecord(
  at: { readonly url: string; readonly chain: RecordedChain; readonly database: string },
  { feed, tape, isMigrated }: { readonly feed: Feed; readonly tape: TapeOptions; readonly isMigrated: boolean },
): Promise<CrashRecord> {
  const server = await startTapeServer(at.chain.tapes[feed], tape);
  const environment: Environment = {
    ...{ CLICKHOUSE_URL: at.url, CLICKHOUSE_DATABASE: at.database },
    ...{ YELLOWSTONE_ENDPOINT: server.url, YELLOWSTONE_FEED: feed, SOLANA_RPC_URL: at.chain.rpcUrl },
    ...{ METRICS_PORT: '0', OWN_PROGRAMS: 'false', LOG_LEVEL: 'info', START_SLOT: '0' },
  };
  const settings = readSettings(environment);
  const client = createStoreClient(settings);
  if (isMigrated) await migrate(client, settings);
  const commands: RunningCommand[] = [];
  let isDropped = false;
  return {
    ...{ client, environment },
    start(args, changes = {}) {
      // A test whose time was up goes on behind it.
      if (isDropped) throw new Error(`${at.database} was dropped`);
      const command = startCommand(args, { ...environment, ...changes });
      commands.push(command);
      return command;
    },
    isSettled: (revision) => isSettled(client, at.chain, feed, revision),
    async drop() {
      if (isDropped) return;
      isDropped = true;
      // A test that failed leaves them running.
      for (const command of commands) command.kill('SIGKILL');
      await Promise.all(commands.map(({ ended }) => ended));
      // Over a connection of its own: where the database was never made, one that names it is refused.
      const admin = createStoreClient({ ...settings, CLICKHOUSE_DATABASE: 'default' });
      await admin.command(`DROP DATABASE IF EXISTS ${at.database}`);
      await Promise.all([admin.close(), client.close(), server.close()]);
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

/** Of each tape: what says that some blocks exist, and of one more a transaction inside it. Forks are left alone. */
async function droppedMessages(
  { tapes, rpcUrl, finalizedSlot }: RecordedChain,
  drops: number,
): Promise<ReadonlySet<TapeMessage>> {
  const dropped = new Set<TapeMessage>();
  for (const [tape, kind] of [
    [tapes.blocks, 'block'],
    [tapes.transactions, 'blockMeta'],
  ] as const) {
    const headers = tape.filter((each) => each.kind === kind && each.slot < finalizedSlot);
    const first = headers[0]?.slot ?? 0n;
    const canonical = new Set(await chainRpc(rpcUrl).blockSlots(first, finalizedSlot));
    const single = headers.filter(({ slot }, index) => canonical.has(slot) && isOnlyOne(headers, slot) && index > 0);
    for (let drop = 1; drop <= drops; drop += 1) {
      dropped.add(single[Math.floor((single.length * drop) / (drops + 1))] as TapeMessage);
    }
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

/** Wait for a condition while an indexer follows. @throws Error with what the process said, when it ends or never gets there */
export async function untilTrue(
  what: string,
  condition: () => Promise<boolean>,
  command: RunningCommand,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(command.hasBegun() && (await condition()))) {
    if (!command.isRunning()) throw new Error(`the process ended before ${what}: ${(await command.ended).said}`);
    if (Date.now() > giveUpAt) {
      command.kill('SIGKILL');
      throw new Error(`${what}: not within ${patienceMs} ms; it said ${(await command.ended).said}`);
    }
    await sleep(POLL_MS);
  }
}
