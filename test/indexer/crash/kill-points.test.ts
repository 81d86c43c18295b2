/**
 * A process that is killed before or after a write leaves a record that the next one makes whole: equal in every table and
 * view to that of a run which nobody disturbed. Every kill point by itself: test/long/indexer-kill-points.test.ts.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killPoints, killSteps } from '../../../indexer/domain/kill-points.ts';
import { readSettings } from '../../../indexer/domain/settings.ts';
import { type CrashBench, openCrashBench } from './crash-bench.ts';
import { recordOf } from './crash-case.ts';
import { expectSameRecord } from './dump-record.ts';

let bench: CrashBench;
beforeAll(async () => {
  bench = await openCrashBench();
});
afterAll(() => bench.stop());

test('a record whose writers died in a commit, a cancel, a snapshot and while decoding again is the undisturbed one', async () => {
  const undisturbed = await recordOf(bench, 'late');
  for (const name of ['events', 'instructions', 'accounts', 'undecoded', 'redecoded']) {
    expect(undisturbed.counted[name]?.split('\n').length, name).toBeGreaterThan(5);
  }
  expect(undisturbed.leftBehind['blocks']?.length).toBeGreaterThan(1);
  const deaths = {
    early: ['before-idl', 'after-commit-typed', 'before-commit-blocks:2', 'before-cancel', 'after-snapshot-accounts'],
    late: ['after-redecode-rows', 'before-redecode-blocks'],
  } as const;
  expectSameRecord(await recordOf(bench, 'late', deaths.late, deaths.early), undisturbed);
}, 600_000);

test('a kill point is a setting that is checked', () => {
  expect(killPoints).toHaveLength(2 * killSteps.length);
  expect(readSettings({ KILL_POINT: 'after-cancel:12' }).KILL_POINT).toBe('after-cancel:12');
  for (const KILL_POINT of ['cancel', 'after-cancel:0', 'after-nothing', 'after-cancel:x']) {
    expect(() => readSettings({ KILL_POINT }), KILL_POINT).toThrow('must be a kill point');
  }
});
