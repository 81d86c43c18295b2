import { expect, test } from 'vitest';
import { LoopTurn } from '../../../indexer/pipeline/loop-turn.ts';

const WORK_MS = 5;

/** Promises alone, as many as there are steps; what was heard of the event loop meanwhile. */
async function turnsHeard(steps: number, step: () => Promise<void>): Promise<number> {
  let heard = 0;
  let isOver = false;
  const listen = () => {
    heard += 1;
    if (!isOver) setImmediate(listen);
  };
  setImmediate(listen);
  for (let count = 0; count < steps; count += 1) await step();
  isOver = true;
  return heard;
}

test('long work in many steps leaves the event loop a turn behind each of them', async () => {
  const turn = new LoopTurn();
  const step = async () => {
    const startedAt = performance.now();
    while (performance.now() - startedAt < WORK_MS) await null;
    await turn.take();
  };
  expect(await turnsHeard(10, step)).toBeGreaterThanOrEqual(10);
});

test('steps that are short do without', async () => {
  const turn = new LoopTurn();
  await turn.take();
  expect(await turnsHeard(10, () => turn.take())).toBeLessThan(10);
});
