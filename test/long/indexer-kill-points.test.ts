/**
 * Every kill point of the indexer by itself: a process dies there, the next one goes on, and the record is that of a run
 * which nobody disturbed. A point that no process passes fails.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/indexer-kill-points.test.ts
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KillPoint, type KillStep, killPoints } from '../../indexer/domain/kill-points.ts';
import { type CrashBench, openCrashBench } from '../indexer/crash/crash-bench.ts';
import { type Death, recordOf, type Scenario, scenarioOf } from '../indexer/crash/crash-case.ts';
import { expectSameRecord, type RecordDump } from '../indexer/crash/dump-record.ts';

const CASE_MS = 240_000;
/** Of migrations there are some fifty statements. */
const STATEMENTS = [5, 20, 35];
/** Steps that a process comes to again and again; the second time there are rows in the tables. */
const REPEATED: readonly KillStep[] = [
  ...(['commit-transactions', 'commit-instructions', 'commit-undecoded', 'commit-blocks'] as const),
  ...(['cancel', 'finalized-cursor'] as const),
];

let bench: CrashBench;
const undisturbed = new Map<Scenario, Promise<RecordDump>>();

beforeAll(async () => {
  bench = await openCrashBench();
});
afterAll(() => bench.stop());

function undisturbedOf(scenario: Scenario): Promise<RecordDump> {
  const known = undisturbed.get(scenario) ?? recordOf(bench, scenario);
  undisturbed.set(scenario, known);
  return known;
}

function stepOf(point: KillPoint): KillStep {
  return point.replace(/^(before|after)-/, '') as KillStep;
}

const deaths = killPoints.flatMap((point): readonly { death: Death; scenario: Scenario }[] => {
  const step = stepOf(point);
  const scenario = scenarioOf[step];
  const once = { death: point, scenario };
  if (REPEATED.includes(step)) return [once, { death: `${point}:2`, scenario }];
  if (step === 'migrate-statement')
    return [once, ...STATEMENTS.map((pass) => ({ death: `${point}:${pass}` as const, scenario }))];
  return [once];
});

/** What a backfill writes it writes by the same steps. */
const ofBackfill: readonly Death[] = [
  ...([
    'before-commit-instructions',
    'after-commit-instructions',
    'before-commit-blocks',
    'after-commit-blocks',
  ] as const),
  ...(['before-rpc-getBlock', 'after-rpc-getBlocks'] as const),
];

describe('the record is that of an undisturbed run after a death at', () => {
  test.each(deaths)(
    '$death ($scenario)',
    async ({ death, scenario }) => {
      expectSameRecord(await recordOf(bench, scenario, [death]), await undisturbedOf(scenario));
    },
    CASE_MS,
  );

  test.each(ofBackfill)(
    '%s of a backfill',
    async (death) => {
      expectSameRecord(await recordOf(bench, 'backfill', [death]), await undisturbedOf('backfill'));
    },
    CASE_MS,
  );
});

test('every kill point is among them', () => {
  expect(new Set(deaths.map(({ death }) => death.replace(/:\d+$/, '')))).toEqual(new Set(killPoints));
});
