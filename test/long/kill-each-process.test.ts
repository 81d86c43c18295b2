/**
 * The proof that a kill is normal operation, at the real pace of the chain: many rounds in which every process is killed in
 * a random order after random waits, two at once now and then, and the supervisor at the end of each round. Afterwards the
 * record is compared with all blocks of the chain.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/kill-each-process.test.ts
 *
 * About eight minutes. KILL_SEED repeats an order that failed; it is printed at the start.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { compareWithChain } from '../cli/compare-with-chain.ts';
import {
  accruedEpoch,
  type Interval,
  killAndWait,
  killSupervisor,
  PROCESSES,
  stopWithControlC,
  untilAccrued,
} from '../cli/kill-run.ts';
import { createStack, type Stack, until } from '../cli/stack.ts';
import { createRandom, type Random } from '../simulation/random.ts';

const ROUNDS = 5;
const LONGEST_WAIT_MS = 6_000;
const PAIRS_PER_ROUND = 2;
const args = ['--providers', '12'];
const seed = process.env['KILL_SEED'] ?? String(Date.now());

let stack: Stack | null = null;
afterAll(() => stack?.remove());

test(`sixty kills leave the record equal to the chain (KILL_SEED=${seed})`, { timeout: 1_800_000 }, async () => {
  stack = await createStack();
  const running = stack;
  const random = createRandom(BigInt(seed));
  let command = running.up(...args);
  await until('the market is open', async () => (command.out().includes('epoch 1 open') ? true : null));

  for (let round = 0; round < ROUNDS; round += 1) {
    const intervals = await killRound(running, random);
    const { next, backMs } = await killSupervisor(running, command, args);
    command = next;
    process.stdout.write(`round ${round}: ${textOf([...intervals, { name: 'supervisor', backMs }])}\n`);
    await compareWithChain(running);
  }

  const accruedBefore = await until('the worker answers', () => accruedEpoch(running));
  await untilAccrued(running, accruedBefore + 1, 300_000);
  const compared = await compareWithChain(running);
  process.stdout.write(`${JSON.stringify(compared)}\n`);
  expect(compared.epochCount).toBeGreaterThan(accruedBefore);
  await stopWithControlC(running, command);
});

/** Everyone once, then pairs at the same moment. */
async function killRound(running: Stack, random: Random): Promise<Interval[]> {
  const intervals: Interval[] = [];
  const pause = () => sleep(random.integer(0, LONGEST_WAIT_MS));
  for (const name of shuffled(PROCESSES, random)) {
    await pause();
    intervals.push(await killAndWait(running, name));
  }
  for (let pair = 0; pair < PAIRS_PER_ROUND; pair += 1) {
    await pause();
    const [first, second] = shuffled(PROCESSES, random);
    if (first === undefined || second === undefined) throw new Error('there are no two processes');
    intervals.push(...(await Promise.all([killAndWait(running, first), killAndWait(running, second)])));
  }
  return intervals;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.integer(0, left.length - 1), 1)[0] as T);
}

function textOf(intervals: readonly Interval[]): string {
  return intervals.map(({ name, backMs }) => `${name} ${backMs} ms`).join(', ');
}
