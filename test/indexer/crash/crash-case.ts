/**
 * Lives of a record: the processes that write it, each of which dies at a kill point but the last, which ends in good order.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { KillPoint, KillStep } from '../../../indexer/domain/kill-points.ts';
import type { Environment } from '../../../indexer/domain/settings.ts';
import { type CrashBench, type CrashRecord, untilTrue } from './crash-bench.ts';
import { dumpRecord, type RecordDump } from './dump-record.ts';

/** Where processes die: a kill point, with `:n` the n-th pass of it. */
export type Death = KillPoint | `${KillPoint}:${number}`;

/** What a process does when it comes to a step. */
export type Scenario =
  /** It follows the stream of blocks, with a part of the IDLs. */
  | 'early'
  /** It knows all IDLs, and the record was made by one that did not. */
  | 'late'
  /** It follows the stream of single transactions. */
  | 'transactions'
  /** It fills a record from its first block down, which began in the middle of the chain. */
  | 'backfill'
  /** It makes the tables. */
  | 'migrate';

/** Where each step is looked for. */
export const scenarioOf: Readonly<Record<KillStep, Scenario>> = {
  ...{ 'migrate-database': 'migrate', 'migrate-ledger': 'migrate' },
  ...{ 'migrate-statement': 'migrate', 'migrate-record': 'migrate' },
  ...{ identity: 'early', idl: 'early', 'event-table': 'early', 'event-column': 'late' },
  ...{ 'canonical-view': 'early', 'readable-view': 'early' },
  ...{ 'commit-transactions': 'early', 'commit-events': 'early', 'commit-instructions': 'early' },
  ...{ 'commit-accounts': 'early', 'commit-undecoded': 'early', 'commit-typed': 'early', 'commit-blocks': 'early' },
  ...{ cancel: 'early', 'finalized-cursor': 'early' },
  ...{ 'snapshot-undecoded': 'early', 'snapshot-accounts': 'early', 'snapshot-record': 'early' },
  ...{ 'missing-transactions': 'transactions', 'checked-cursor': 'transactions' },
  ...{ 'redecode-rows': 'late', 'redecode-redecoded': 'late', 'redecode-blocks': 'late' },
  ...{ 'rpc-getGenesisHash': 'early', 'rpc-getBlocks': 'early', 'rpc-getBlock': 'early' },
  ...{ 'rpc-getProgramAccounts': 'early', 'rpc-getFirstAvailableBlock': 'backfill' },
  ...{ 'rpc-getSlot': 'transactions', 'rpc-getSignaturesForAddress': 'transactions' },
};

/** Slow enough that the tape is not one commit. */
const SLOT_MS = 8;
const CUTS = 2;

/**
 * The record of a scenario in which processes died, or none.
 * @param deathsBefore of those that made the record before the scenario begins; for `late`
 */
export async function recordOf(
  bench: CrashBench,
  scenario: Scenario,
  deaths: readonly Death[] = [],
  deathsBefore: readonly Death[] = [],
): Promise<RecordDump> {
  const feed = scenario === 'transactions' ? 'transactions' : 'blocks';
  const isMigrated = scenario !== 'migrate';
  const record = await bench.openRecord(feed, { tape: { slotMs: SLOT_MS, cuts: CUTS }, isMigrated });
  try {
    await live(bench, record, scenario, { deaths, deathsBefore });
    return await dumpRecord(record.client);
  } finally {
    await record.drop();
  }
}

interface Deaths {
  readonly deaths: readonly Death[];
  readonly deathsBefore: readonly Death[];
}

async function live(
  { idls, chain }: CrashBench,
  record: CrashRecord,
  scenario: Scenario,
  { deaths, deathsBefore }: Deaths,
): Promise<void> {
  const early = { programs: idls.early, revision: idls.revisions.early };
  if (scenario === 'migrate') {
    for (const death of deaths) await dieAt(record, ['migrate'], death, {}, async () => false);
    expect(await record.start(['migrate']).ended).toMatchObject({ code: 0 });
    return;
  }
  if (scenario === 'late') {
    await follow(record, deathsBefore, early);
    await follow(record, deaths, { programs: idls.late, revision: idls.revisions.late });
    return;
  }
  if (scenario !== 'backfill') return follow(record, deaths, early);
  await follow(record, [], { ...early, startSlot: chain.middleSlot });
  const fill = ['backfill', '--from', String(chain.firstSlot)];
  for (const death of deaths) await dieAt(record, fill, death, { PROGRAMS: idls.early }, async () => false);
  expect(await record.start(fill, { PROGRAMS: idls.early }).ended).toMatchObject({ code: 0 });
}

interface Following {
  readonly programs: string;
  readonly revision: number;
  readonly startSlot?: bigint;
}

async function follow(record: CrashRecord, deaths: readonly Death[], following: Following): Promise<void> {
  const { programs, revision, startSlot = 0n } = following;
  const environment = { PROGRAMS: programs, START_SLOT: String(startSlot) };
  const isSettled = () => record.isSettled(revision);
  for (const death of deaths) await dieAt(record, ['indexer'], death, environment, isSettled);
  const last = record.start(['indexer'], environment);
  await untilTrue('everything is recorded', isSettled, last);
  last.kill('SIGTERM');
  expect(await last.ended).toMatchObject({ code: 0 });
}

/** How long a process may still take to its kill point once everything is recorded. */
const IDLE_MS = 8_000;
const POLL_MS = 1_000;

/** A process that has to die at a kill point, and does not die of anything else. */
async function dieAt(
  record: CrashRecord,
  args: readonly string[],
  death: Death,
  environment: Environment,
  isSettled: () => Promise<boolean>,
): Promise<void> {
  const command = record.start(args, { ...environment, KILL_POINT: death });
  let settledAt: number | null = null;
  while (command.isRunning()) {
    await Promise.race([command.ended, sleep(POLL_MS)]);
    settledAt = (await isSettled()) ? (settledAt ?? Date.now()) : null;
    if (settledAt !== null && Date.now() - settledAt > IDLE_MS) command.kill('SIGTERM');
  }
  const { signal, said } = await command.ended;
  expect(signal, `the death at ${death}, which was not passed; the process said ${said}`).toBe('SIGKILL');
}
