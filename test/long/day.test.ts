/**
 * The day of a network of two hundred providers, and days of small ones from other seeds. Prints what each instruction's
 * share was.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { claimsOfADay } from '../simulation/day/day-claims.ts';
import { type PlayedDay, playDay } from '../simulation/day/play-day.ts';
import { proportionsTable } from '../simulation/day/proportions.ts';

const LARGE = { seed: 1, providers: 200 } as const;
const SMALL_SEEDS = [2, 3, 4] as const;
const SMALL_PROVIDERS = 14;
const LIMIT_MS = 3_600_000;

describe('the day of a network of two hundred providers', () => {
  let day: PlayedDay;
  beforeAll(async () => {
    day = await playDay(LARGE);
    const { transactionCount, blockCount } = day.record;
    const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;
    const { run, read } = day.tookMs;
    process.stdout.write(
      `${transactionCount} transactions in ${blockCount} blocks: ${seconds(run)}, read in ${seconds(read)}\n`,
    );
    process.stdout.write(`${proportionsTable(day.record)}\n`);
  }, LIMIT_MS);

  claimsOfADay(() => day);
});

describe.each(SMALL_SEEDS)('the day of a small network from seed %i', (seed) => {
  let day: PlayedDay;
  beforeAll(async () => {
    day = await playDay({ seed, providers: SMALL_PROVIDERS });
  }, LIMIT_MS);

  claimsOfADay(() => day);
});

describe('a simulated day', () => {
  it(
    'is the same to the last byte when it is played again',
    async () => {
      const [first, second] = [await playDay({ seed: 9, providers: 12 }), await playDay({ seed: 9, providers: 12 })];
      expect(second.blockhash).toBe(first.blockhash);
      expect(second.record).toEqual(first.record);
    },
    LIMIT_MS,
  );
});
