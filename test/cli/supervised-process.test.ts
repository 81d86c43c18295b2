/** One watched process: started again, given up on, stopped. Real processes of a few milliseconds. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SupervisedProcess } from '../../cli/up/supervised-process.ts';
import { isAlive, until } from './stack.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-supervised-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Watched {
  readonly process: SupervisedProcess;
  readonly starts: () => number;
  readonly gaveUp: () => string | null;
}

function watch(name: string, shell: string): Watched {
  const seen = { starts: 0, reason: null as string | null };
  const plan = { name, command: 'sh', args: ['-c', shell], environment: {}, isReady: async () => true };
  const process = new SupervisedProcess(plan, folder, {
    onStart: () => {
      seen.starts += 1;
    },
    onGiveUp: (reason) => {
      seen.reason = reason;
    },
  });
  return { process, starts: () => seen.starts, gaveUp: () => seen.reason };
}

test('a process that was killed is started again, and what it says is in its log', async () => {
  const { process: watched, starts } = watch('killed', 'echo started; exec sleep 60');
  const log = () => readFileSync(join(folder, 'killed.log'), 'utf8');
  await until('the first start is logged', async () => (log() === 'started\n' ? true : null));
  const first = watched.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await until('the second start is logged', async () => (log() === 'started\nstarted\n' ? true : null));
  expect(watched.lastReason).toBe('ended by SIGKILL');
  expect([starts(), watched.restarts]).toEqual([2, 1]);
  const second = watched.pid ?? 0;
  await watched.stop();
  expect([first, second].filter(isAlive)).toEqual([]);
  expect(watched.restarts).toBe(1);
});

test('one that says three times that its input is wrong is given up on, with its last line', async () => {
  const { process: watched, gaveUp, starts } = watch('input', 'echo "plumbline: set THIS [A__B]" >&2; exit 2');
  const reason = await until('it is given up on', async () => gaveUp());
  expect(reason).toBe('input does not stay up: set THIS [A__B]');
  expect(starts()).toBe(3);
  await watched.stop();
});

test('one that waits for another process is started again for as long as it takes', async () => {
  const { process: watched, gaveUp, starts } = watch('upstream', 'exit 3');
  await until('a fifth start', async () => (starts() >= 5 ? true : null));
  expect(gaveUp()).toBe(null);
  await watched.stop();
});

test('one that cannot be started at all says so', async () => {
  const reasons: string[] = [];
  const plan = {
    name: 'absent',
    command: join(folder, 'no-such'),
    args: [],
    environment: {},
    isReady: async () => true,
  };
  const watched = new SupervisedProcess(plan, folder, {
    onStart: () => undefined,
    onGiveUp: (text) => reasons.push(text),
  });
  await until('the reason', async () => watched.lastReason);
  expect(watched.lastReason).toContain('ENOENT');
  await watched.stop();
  expect(reasons).toEqual([]);
});
