/**
 * A part of a simulated day, recorded by the indexer with every account state, in a database of its own. The chain is final
 * then; it answers until the end, and moves only where a test moves it.
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Address, createSolanaRpc } from '@solana/kit';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { readSettings, type Settings } from '../../../indexer/domain/settings.ts';
import { runIndexer } from '../../../indexer/main.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { chainStatus } from '../../../indexer/store/queries/chain/chain-status.ts';
import { observeTokens } from '../../../jobs/reconcile/observe-tokens.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { openDatabase } from '../../indexer/store/store-fixture.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { readTokens, type TokenBalance } from '../../simulation/day/books/books.ts';
import { wholeCast } from '../../simulation/day/cast.ts';
import { runDay } from '../../simulation/day/run-day.ts';
import { openWorld } from '../../simulation/day/world.ts';
import { compiledPrograms } from '../../simulation/programs.ts';
import { seededWallet } from '../../simulation/wallet.ts';

export interface RecordedDay {
  readonly settings: Settings;
  readonly store: StoreClient;
  readonly finalizedSlot: bigint;
  readonly chain: RunningLocalnet;
  /** Every token account of the chain at its end. */
  readonly tokens: ReadonlyMap<Address, TokenBalance>;
  stop(): Promise<void>;
}

export interface DayPart {
  readonly seed: number;
  readonly providers: number;
  readonly tickCount: number;
  readonly ticksPerEpoch: number;
}

const TICK_SECONDS = 900;
/** More than any day has. */
const ALL_SLOTS = 10_000_000;
/** Blocks behind the day, so that all of it is final. */
const SLOTS_TO_FINALITY = 40;

export async function recordDay(clickhouse: RunningClickHouse, part: DayPart): Promise<RecordedDay> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plumbline-reconcile-'));
  await liveDay(dataDir, part);
  const usdcMintAuthority = seededWallet(String(part.seed), 'admin', 0).address;
  const identity = { seed: part.seed, usdcMintAuthority, programs: compiledPrograms() };
  const chain = await startLocalnet({ dataDir, replaySlots: ALL_SLOTS, ...identity });
  const { client: store, settings: ofStore } = await openDatabase(clickhouse.url);
  const settings = readSettings({
    ...{
      CLICKHOUSE_URL: ofStore.CLICKHOUSE_URL,
      CLICKHOUSE_DATABASE: ofStore.CLICKHOUSE_DATABASE,
      DATA_DIR: dataDir,
      METRICS_PORT: '0',
    },
    ...{ YELLOWSTONE_ENDPOINT: chain.grpcUrl, SOLANA_RPC_URL: chain.rpcUrl, START_SLOT: '1', LOG_LEVEL: 'silent' },
  });
  const { finalizedSlot } = chain.control({});
  await index(settings, store, BigInt(finalizedSlot));
  await observeTokens({
    store,
    staking: fromBase58(settings.STAKING_PROGRAM_ID),
    rpcUrl: chain.rpcUrl,
    nowMicros: () => 1n,
  });
  const tokens = await readTokens({ rpc: createSolanaRpc(chain.rpcUrl) });
  const stop = async () => {
    await chain.stop();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { settings, store, finalizedSlot: BigInt(finalizedSlot), chain, tokens, stop };
}

async function liveDay(dataDir: string, { seed, providers, tickCount, ticksPerEpoch }: DayPart): Promise<void> {
  const { chain, world } = await openWorld({ seed, providers, tickCount, tickSeconds: TICK_SECONDS, dataDir });
  try {
    await runDay(chain, world, wholeCast(ticksPerEpoch));
    chain.running.advance(SLOTS_TO_FINALITY);
  } finally {
    await chain.stop();
  }
}

/** Until the record is final as far as the chain is. */
async function index(settings: Settings, store: StoreClient, finalizedSlot: bigint): Promise<void> {
  const stop = new AbortController();
  const ended = runIndexer(settings, stop.signal);
  for (;;) {
    const status = await Promise.race([chainStatus(store), ended.then(() => null)]);
    if (status?.finalizedSlot !== null && (status?.finalizedSlot ?? 0n) >= finalizedSlot) break;
    await sleep(50);
  }
  stop.abort();
  await ended;
}
