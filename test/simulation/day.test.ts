/** The day of a small network: everything the four programs can do, done by people, and read back. */
import { beforeAll, describe } from 'vitest';
import { claimsOfADay } from './day/day-claims.ts';
import { type PlayedDay, playDay } from './day/play-day.ts';

const LIMIT_MS = 900_000;

describe('the day of a network', () => {
  let day: PlayedDay;
  beforeAll(async () => {
    day = await playDay({ seed: 1, providers: 12 });
  }, LIMIT_MS);

  claimsOfADay(() => day);
});
