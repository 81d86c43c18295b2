/**
 * Kills processes of a running stack, one after the other, and waits until each is back and the whole goes on.
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ProcessStatus, readStatus, type Status } from '../../cli/status.ts';
import { type Command, isAlive, type Stack, until } from './stack.ts';

export const PROCESSES = ['chain', 'clickhouse', 'redis', 'indexer', 'worker', 'api', 'market'] as const;

export interface Interval {
  readonly name: string;
  /** From the kill until the same process served again and new blocks were committed. */
  readonly backMs: number;
}

export async function killAndWait(stack: Stack, name: string): Promise<Interval> {
  const pid = stack.pids()[name];
  if (pid === undefined) throw new Error(`${name} does not run`);
  const before = await until('the head', () => committedSlot(stack));
  const roundsBefore = roundsOf(stack);
  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  await until(`${name} is started again`, async () => {
    const next = stack.pids()[name];
    return next !== undefined && next !== pid && isAlive(next) ? next : null;
  });
  await until(`all goes on after the kill of ${name}`, () => isWell(stack, before));
  if (name === 'market') await untilMarketPlays(stack, roundsBefore);
  return { name, backMs: Date.now() - killedAt };
}

/** How often the market was opened, and how many rounds it has played since. */
function roundsOf({ dataDir }: Stack): { readonly openings: number; readonly rounds: number } {
  const parts = readFileSync(join(dataDir, 'logs/market.log'), 'utf8').split('"message":"market open"');
  return { openings: parts.length - 1, rounds: (parts.at(-1) ?? '').split('"message":"round"').length - 1 };
}

async function untilMarketPlays(stack: Stack, before: { readonly openings: number }): Promise<void> {
  await until('the market plays again', async () => {
    const { openings, rounds } = roundsOf(stack);
    return openings > before.openings && rounds > 0 ? true : null;
  });
}

/** Everyone is connected and blocks are committed that were not there before. */
async function isWell(stack: Stack, committedBefore: number): Promise<true | null> {
  const status = await readStatus(stack.settings);
  const everyone = Object.values(status).every((each: ProcessStatus) => each.up);
  const isConnected = fact(status, 'indexer', 'isConnected') === true && fact(status, 'worker', 'isConnected') === true;
  const committed = Number(fact(status, 'indexer', 'committedSlot') ?? 0);
  return everyone && isConnected && committed > committedBefore ? true : null;
}

async function committedSlot(stack: Stack): Promise<number | null> {
  const slot = fact(await readStatus(stack.settings), 'indexer', 'committedSlot');
  return typeof slot === 'number' ? slot : null;
}

export async function accruedEpoch(stack: Stack): Promise<number> {
  const accrued = fact(await readStatus(stack.settings), 'worker', 'accruedRewardEpoch');
  return Number(accrued ?? 0);
}

function fact(status: Status, name: keyof Status, field: string): unknown {
  const each = status[name];
  return each.up ? each[field] : undefined;
}

export async function untilAccrued(stack: Stack, rewardEpoch: number, patienceMs: number): Promise<void> {
  await until(
    `reward epoch ${rewardEpoch} is accrued`,
    async () => ((await accruedEpoch(stack)) >= rewardEpoch ? true : null),
    patienceMs,
  );
}

/** The supervisor dies and leaves its children; the next one on the folder ends them and goes on. @returns that next one */
export async function killSupervisor(
  stack: Stack,
  command: Command,
  args: readonly string[],
): Promise<{ next: Command; backMs: number }> {
  const orphans = Object.values(stack.pids());
  const before = await until('the head', () => committedSlot(stack));
  const killedAt = Date.now();
  command.child.kill('SIGKILL');
  await command.ended;
  const next = stack.up(...args);
  const endedEarly = next.ended.then(({ code, err }) => {
    throw new Error(`the next supervisor ended with ${code}: ${err}`);
  });
  const isTakenOver = until('the next supervisor has started everything', async () =>
    stack.supervisorPid() === next.child.pid && Object.keys(stack.pids()).length === PROCESSES.length ? true : null,
  );
  await Promise.race([isTakenOver, endedEarly]);
  endedEarly.catch(() => undefined);
  expect(orphans.filter((pid) => isAlive(pid))).toEqual([]);
  await until('all goes on after the kill of the supervisor', () => isWell(stack, before));
  return { next, backMs: Date.now() - killedAt };
}

/** Ctrl-C, as a terminal sends it to everyone in the group. */
export async function stopWithControlC(stack: Stack, command: Command): Promise<void> {
  const pids = Object.values(stack.pids());
  process.kill(-(command.child.pid ?? 0), 'SIGINT');
  const { code } = await command.ended;
  expect(code).toBe(0);
  expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
}
