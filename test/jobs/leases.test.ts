/** Leases of a real Redis: who holds a name, and what becomes of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Leases } from '../../jobs/leases.ts';
import { type RunningRedis, startRedis } from '../redis/start-redis.ts';

/** Long enough to be renewed in time by a busy machine. */
const LEASE_MS = 1_000;
const SHORT_MS = 100;

let redis: RunningRedis;
let all: Leases[];
beforeAll(async () => {
  redis = await startRedis();
  all = [new Leases(redis.url, LEASE_MS), new Leases(redis.url, LEASE_MS), new Leases(redis.url, SHORT_MS)];
});
afterAll(async () => {
  for (const each of all) each.close();
  await redis.stop();
});

const held = async (leases: Leases | undefined, name: string): Promise<boolean> => {
  let isHeld = false;
  await leases?.whileHeld(name, async () => {
    isHeld = true;
  });
  return isHeld;
};

test('a name is held by one at a time, by whomever, and free once the work ends or fails', async () => {
  const [one, other] = all;
  let running = 0;
  const counts: number[] = [];
  const work = async () => {
    counts.push(++running);
    await sleep(20);
    running -= 1;
  };
  await Promise.all([one, other, one, other].map((each) => each?.whileHeld('work', work)));
  expect(counts).toEqual([1]);
  await expect(one?.whileHeld('work', () => Promise.reject(new Error('it fails')))).rejects.toThrow('it fails');
  expect(await held(other, 'work')).toBe(true);
});

test('other names are others’', async () => {
  await all[0]?.whileHeld('one', async () => {
    expect(await held(all[1], 'two')).toBe(true);
    expect(await held(all[1], 'one')).toBe(false);
  });
});

test('work that renews its lease keeps it for longer than one lasts', async () => {
  await all[0]?.whileHeld('long', async (isStillHeld) => {
    for (let turn = 0; turn < 6; turn += 1) {
      await sleep(LEASE_MS / 5);
      expect(await isStillHeld()).toBe(true);
    }
    expect(await held(all[1], 'long')).toBe(false);
  });
});

test('work that stands still loses its lease, is told so, and takes it from nobody', async () => {
  const [other, , short] = all;
  let second: Promise<void> | undefined;
  await short?.whileHeld('lost', async (isStillHeld) => {
    await sleep(2 * SHORT_MS);
    const told = new Promise<void>((resolve) => {
      second = other?.whileHeld('lost', async (isStill) => {
        resolve();
        await sleep(LEASE_MS / 10);
        expect(await isStill()).toBe(true);
      });
    });
    await told;
    expect(await isStillHeld()).toBe(false);
  });
  // The end of the first one's work must not have freed it.
  await second;
});

test('without Redis there is no lease, and the error names the setting’s address', async () => {
  const nowhere = new Leases('redis://127.0.0.1:1', SHORT_MS, 50);
  await expect(held(nowhere, 'work')).rejects.toMatchObject({ code: 'JOBS__REDIS_UNREACHABLE', retryable: true });
  nowhere.close();
});
