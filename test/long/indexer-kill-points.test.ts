/**
 * Every kill point of the indexer: processes die there, one after the other on a few records, the last one goes on to the
 * end, and the record is that of a run which nobody disturbed. A point that no process passes fails.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/indexer-kill-points.test.ts
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KillPoint, type KillStep, killPoints } from '../../indexer/domain/kill-points.ts';
import { type CrashBench, openCrashBench } from '../indexer/crash/crash-bench.ts';
import { type Death, recordOf, type Scenario, scenarioOf } from '../indexer/crash/crash-case.ts';
import { expectSameRecord, type RecordDump } from '../indexer/crash/dump-record.ts';

const GROUP_MS = 900_000;
/** Deaths of one record, about; more would not find a tape that still has what they wait for. */
const DEATHS_PER_RECORD = 4;
/** Of migrations there are some fifty statements. */
const STATEMENTS = [5, 20, 35];
/** Steps that a process comes to again and again; the second time there are rows of its own in the tables. */
const REPEATED: readonly KillStep[] = ['commit-transactions', 'commit-undecoded', 'commit-blocks', 'cancel'];
/** What a backfill writes it writes by the steps of a commit. */
const OF_BACKFILL: readonly KillStep[] = ['rpc-getBlocks', 'rpc-getBlock', 'commit-instructions', 'commit-blocks'];

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

interface Planned {
  readonly death: Death;
  readonly scenario: Scenario;
}

function plannedAt(point: KillPoint): Planned[] {
  const step = point.replace(/^(before|after)-/, '') as KillStep;
  const scenario = scenarioOf[step];
  const passes = step === 'migrate-statement' ? STATEMENTS : REPEATED.includes(step) ? [2] : [];
  const planned: Planned[] = [point, ...passes.map((pass) => `${point}:${pass}` as const)].map((death) => {
    return { death, scenario };
  });
  return OF_BACKFILL.includes(step) ? [...planned, { death: point, scenario: 'backfill' }] : planned;
}

const planned = killPoints.flatMap(plannedAt);

/** Dealt like cards, so that the deaths of one record lie far apart on the way. */
function recordsOf(scenario: Scenario): { readonly scenario: Scenario; readonly deaths: readonly Death[] }[] {
  const all = planned.filter((each) => each.scenario === scenario).map(({ death }) => death);
  const recordCount = Math.ceil(all.length / DEATHS_PER_RECORD);
  return Array.from({ length: recordCount }, (_, record) => ({
    scenario,
    deaths: all.filter((_, index) => index % recordCount === record),
  }));
}

const scenarios = ['transactions', 'late', 'backfill', 'early', 'migrate'] as const;

describe('the record is that of an undisturbed run after deaths at', () => {
  test.each(scenarios.flatMap(recordsOf))(
    '$deaths ($scenario)',
    async ({ deaths, scenario }) => {
      expectSameRecord(await recordOf(bench, scenario, deaths), await undisturbedOf(scenario));
    },
    GROUP_MS,
  );
});

test('every kill point is among them', () => {
  expect(new Set(planned.map(({ death }) => death.replace(/:\d+$/, '')))).toEqual(new Set(killPoints));
});
