/** 100,000 random instructions of the staking program, in worlds of 2,000. */
import { expect, it } from 'vitest';
import { live } from '../programs/staking/live.ts';
import { KINDS } from '../programs/staking/world.ts';

const WORLDS = 50;
const INSTRUCTIONS = 2_000;
const HOUR_MS = 3_600_000;

it('vaults hold what records and pools are owed after each of 100,000 random instructions', {
  timeout: HOUR_MS,
}, async () => {
  const accepted = await live(WORLDS, INSTRUCTIONS, 1_000);
  expect(KINDS.filter((kind) => accepted[kind] === 0)).toEqual([]);
});
