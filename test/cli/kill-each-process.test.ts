/**
 * SIGKILL of every process in turn, and of the supervisor, under a running market. The same over many rounds at the real
 * pace of the chain: test/long/kill-each-process.test.ts.
 */
import { afterAll, expect, test } from 'vitest';
import { compareWithChain } from './compare-with-chain.ts';
import { accruedEpoch, killAndWait, killSupervisor, PROCESSES, stopWithControlC, untilAccrued } from './kill-run.ts';
import { createStack, type Stack, until } from './stack.ts';

const args = ['--providers', '4'];
let stack: Stack | null = null;
afterAll(() => stack?.remove());

test('any process can be killed at any time: all come back, no event is lost or doubled, no record is made twice', {
  timeout: 240_000,
}, async () => {
  stack = await createStack({ LOCAL_SLOT_MS: '150', REWARD_EPOCH_SECONDS: '5' });
  const running = stack;
  const first = running.up(...args);
  await until('the market is open', async () => (first.out().includes('epoch 1 open') ? true : null));

  const intervals = [];
  for (const name of PROCESSES) intervals.push(await killAndWait(running, name));
  const { next, backMs } = await killSupervisor(running, first, args);
  process.stdout.write(`back after ms: ${JSON.stringify([...intervals, { name: 'supervisor', backMs }])}\n`);

  const accruedBefore = await until('the worker answers', () => accruedEpoch(running));
  await untilAccrued(running, accruedBefore + 1, 120_000);
  const compared = await compareWithChain(running);
  expect(compared.eventCount).toBeGreaterThan(50);
  expect(compared.epochCount).toBeGreaterThan(accruedBefore);
  await stopWithControlC(running, next);
});
