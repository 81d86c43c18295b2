/** 10,000 random sequences of submit, drift, execute: the compiled program and the rules of governance/ agree on each. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Agreement, sequence } from '../programs/governance/agreement.ts';

const RUNS = 10_000;

it('ten thousand proposals have the same verdict on and off the chain, and no value leaves its bounds or its step', {
  timeout: 1_200_000,
}, async () => {
  const agreement = await Agreement.create();
  for (const drawn of fc.sample(sequence, { numRuns: RUNS, seed: 2_026 })) await agreement.play(drawn);
  const submitted = [...agreement.verdicts].filter(([verdict]) => verdict.startsWith('submit'));
  expect(submitted.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(RUNS);
  expect(agreement.verdicts.get('execute OK')).toBeGreaterThan(1_000);
});
