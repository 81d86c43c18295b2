/**
 * Places at which the process can be made to die, as by SIGKILL, so that a test can show what a crash there leaves.
 *
 * Every write of the indexer, every answer of the RPC that decides what is written, and every write and transaction of a reward
 * epoch is a step; before and after each step stands a kill point. KILL_POINT=after-cancel:2 ends the process when it passes that point for the second time.
 * Unset, a step costs one comparison.
 * @module
 */

/** In the order in which processes come to them. */
export const killSteps = [
  // What `plumbline migrate` does.
  'migrate-database',
  'migrate-ledger',
  'migrate-statement',
  'migrate-record',
  // Opening a record.
  'rpc-getGenesisHash',
  'identity',
  'idl',
  'event-table',
  'event-column',
  'canonical-view',
  'readable-view',
  // Filling a gap, and a backfill.
  'rpc-getFirstAvailableBlock',
  'rpc-getBlocks',
  'rpc-getBlock',
  // A commit: rows in any order, then the marks.
  'commit-transactions',
  'commit-events',
  'commit-instructions',
  'commit-accounts',
  'commit-undecoded',
  'commit-typed',
  'commit-blocks',
  'cancel',
  'finalized-cursor',
  // An account snapshot.
  'rpc-getProgramAccounts',
  'snapshot-undecoded',
  'snapshot-accounts',
  'snapshot-record',
  // The search for transactions that the stream dropped.
  'rpc-getSlot',
  'rpc-getSignaturesForAddress',
  'missing-transactions',
  'checked-cursor',
  // Decoding kept payloads again.
  'redecode-rows',
  'redecode-redecoded',
  'redecode-blocks',
] as const;

/** Of the worker, in the order in which an epoch comes to them: rows of states, results, files, and transactions. */
export const workerKillSteps = [
  'epoch-open',
  'mark-intent',
  // Between the simulation and what the chain is told lies `before-...-send`, between that and the confirmation `after-...-send`.
  'mark-send',
  'epoch-marked',
  'epoch-results',
  'epoch-computed',
  'epoch-verified',
  'epoch-files',
  'epoch-review',
  'epoch-published',
  'epoch-approved',
  'commit-intent',
  'commit-send',
  'epoch-committed',
  'epoch-finalized',
  'accrue-intent',
  'accrue-send',
  'epoch-accrued',
  'reputation-intent',
  'reputation-send',
  'incentives-intent',
  'incentives-send',
] as const;

export type KillStep = (typeof killSteps)[number];
export type WorkerKillStep = (typeof workerKillSteps)[number];
export type KillPoint = PointOf<KillStep>;

type PointOf<Step extends string> = `${'before' | 'after'}-${Step}`;

export const killPoints: readonly KillPoint[] = pointsOf(killSteps);
export const workerKillPoints: readonly PointOf<WorkerKillStep>[] = pointsOf(workerKillSteps);

function pointsOf<Step extends string>(steps: readonly Step[]): PointOf<Step>[] {
  return steps.flatMap((step) => [`before-${step}` as const, `after-${step}` as const]);
}

interface ArmedPoint {
  readonly point: string;
  passesLeft: number;
}

let armed: ArmedPoint | null = null;

/** Whether `text` is nothing, a kill point, or one with the number of the pass. */
export function isKillPoint(text: string): boolean {
  const { point, passesLeft } = parsed(text);
  const isKnown = [...killPoints, ...workerKillPoints].some((each) => each === point);
  return text === '' || (passesLeft > 0 && isKnown);
}

/** @param text as of the setting KILL_POINT; empty for a process that nobody wants dead */
export function armKillPoint(text: string): void {
  armed = text === '' ? null : parsed(text);
}

/** Run a step between its two kill points. */
export async function killable<T>(step: KillStep | WorkerKillStep, run: () => Promise<T>): Promise<T> {
  if (armed === null) return run();
  pass(armed, `before-${step}`);
  const result = await run();
  pass(armed, `after-${step}`);
  return result;
}

function pass(each: ArmedPoint, point: PointOf<KillStep | WorkerKillStep>): void {
  if (each.point !== point) return;
  each.passesLeft -= 1;
  if (each.passesLeft === 0) process.kill(process.pid, 'SIGKILL');
}

function parsed(text: string): ArmedPoint {
  const [, point = '', pass = '1'] = /^([A-Za-z-]+)(?::(\d{1,9}))?$/.exec(text) ?? [];
  return { point, passesLeft: Number(pass) };
}
