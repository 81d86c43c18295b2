import { expect, it } from 'vitest';
import { live } from './live.ts';
import { KINDS } from './world.ts';

it('vaults hold what records and pools are owed, after any instruction of anybody', async () => {
  const accepted = await live(3, 600);
  // A sequence of refusals would show nothing.
  expect(KINDS.filter((kind) => accepted[kind] === 0)).toEqual([]);
  expect(Object.values(accepted).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(600);
});
