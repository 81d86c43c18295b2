/**
 * The indexer and its ClickHouse are killed two hundred times within ten minutes, at random moments, while blocks are
 * forked, dropped, told twice, and connections cut. Halfway the registry grows. The record is that of a run which nobody
 * disturbed and which knew all IDLs from the start.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/indexer-random-kills.test.ts
 *
 * KILL_SEED repeats the chain, the faults and the waits of a run that failed; it is printed at the start. KILLS asks for
 * another number of kills, three seconds of the run each or somewhat more.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import { type CrashBench, type CrashRecord, openCrashBench } from '../indexer/crash/crash-bench.ts';
import { dumpRecord, expectSameRecord } from '../indexer/crash/dump-record.ts';
import { KilledClickHouse, KilledIndexer } from '../indexer/crash/killed-run.ts';
import { createRandom, type Random } from '../simulation/random.ts';

const KILLS = Number(process.env['KILLS'] ?? 200);
const LONGEST_WAIT_MS = 6_000;
const RUN_MS = (KILLS * LONGEST_WAIT_MS) / 2;
const ROUNDS = 220;
const DROPS = 12;
const CUTS = 60;
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const PATIENCE_MS = 240_000;

let clickhouse: KilledClickHouse;
let bench: CrashBench;

beforeAll(async () => {
  clickhouse = await KilledClickHouse.start();
  const recording = { seed, rounds: ROUNDS, roundsPerFork: 4 };
  bench = await openCrashBench({ recording, clickhouseUrl: clickhouse.url, drops: DROPS });
});
afterAll(async () => {
  await bench?.stop();
  await clickhouse?.stop();
});

test(`${KILLS} kills at random moments change nothing (KILL_SEED=${seed})`, { timeout: 1_800_000 }, async () => {
  const { chain, idls } = bench;
  const slots = Number(chain.headSlot - chain.firstSlot);
  // The last tenth of the kills finds the tape at its end: snapshot, finality, waiting.
  const record = await bench.openRecord('blocks', {
    tape: { slotMs: (0.9 * RUN_MS) / slots, whileAway: 'plays', cuts: CUTS },
  });
  let programs = idls.early;
  const indexer = new KilledIndexer(record, () => ({ PROGRAMS: programs }));
  const kills = await killAtRandom(indexer, createRandom(BigInt(seed)), () => {
    programs = idls.late;
  });
  await settle(record, indexer);
  process.stdout.write(
    `seed ${seed}: ${JSON.stringify({ ...kills, slots, starts: indexer.starts, refused: indexer.refusedStarts })}\n`,
  );
  const found = await dumpRecord(record.client);
  const { problems, blockCount } = await verifyBlocks(record.client, chain.firstSlot, chain.headSlot);
  expect(problems).toEqual([]);
  expect(blockCount).toBeGreaterThan(0.5 * slots);

  const undisturbed = await bench.openRecord('blocks');
  const other = new KilledIndexer(undisturbed, () => ({ PROGRAMS: idls.late }));
  await settle(undisturbed, other);
  // What was kept, and later decoded, tells when the IDLs came.
  expectSameRecord(found, await dumpRecord(undisturbed.client), ['undecoded', 'redecoded']);
  for (const each of [record, undisturbed]) await each.drop();
});

/** @param atHalf called once, when half of the kills are done */
async function killAtRandom(indexer: KilledIndexer, random: Random, atHalf: () => void) {
  const kills = { indexer: 0, clickhouse: 0, both: 0 };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // From the start of the victim on: some die before they have looked at anything, some in the midst of their work.
    await Promise.race([indexer.untilRunning(), indexer.ended]);
    await Promise.race([sleep(random.integer(0, LONGEST_WAIT_MS)), indexer.ended]);
    const who = random.chance(0.75) ? 'indexer' : random.pick(['clickhouse', 'both'] as const);
    kills[who] += 1;
    if (who !== 'clickhouse') indexer.kill();
    if (who !== 'indexer') await clickhouse.kill();
    if (kill === KILLS / 2) atHalf();
  }
  return kills;
}

/** Until everything is in; then the indexer ends. */
async function settle(record: CrashRecord, indexer: KilledIndexer): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await record.isSettled(bench.idls.revisions.late))) {
    if (Date.now() > giveUpAt) throw new Error(`not everything is recorded after ${PATIENCE_MS} ms`);
    await Promise.race([sleep(500), indexer.ended]);
  }
  await Promise.race([indexer.untilBegun(), indexer.ended]);
  await indexer.stop();
}
