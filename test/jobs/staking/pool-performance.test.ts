import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delegatorAprPpm, retentionPpm, uptimePpm } from '../../../jobs/staking/pool-performance.ts';

const DAY = 86_400n;
const amount = fc.bigInt({ min: 1n, max: 10n ** 18n });

describe('the yield of a pool', () => {
  it('is a hundredth a day for a year of 365 days', () => {
    const epochs = [1n, 2n, 3n].map(() => ({ rewards: 10n, staked: 1_000n, lengthSeconds: DAY }));
    expect(delegatorAprPpm(epochs)).toBe(3_650_000n);
  });

  it('is unknown without an epoch in which something was staked', () => {
    expect(delegatorAprPpm([])).toBeNull();
    expect(delegatorAprPpm([{ rewards: 5n, staked: 0n, lengthSeconds: DAY }])).toBeNull();
  });

  it('does not depend on the order of epochs, nor on how stake and rewards are scaled', () => {
    const epoch = fc.record({ rewards: amount, staked: amount, lengthSeconds: fc.bigInt({ min: 1n, max: 10n ** 7n }) });
    fc.assert(
      fc.property(
        fc.array(epoch, { minLength: 1, maxLength: 20 }),
        fc.bigInt({ min: 1n, max: 1000n }),
        (epochs, by) => {
          const once = delegatorAprPpm(epochs);
          expect(delegatorAprPpm(epochs.toReversed())).toBe(once);
          const scaled = epochs.map((each) => ({ ...each, rewards: each.rewards * by, staked: each.staked * by }));
          expect(delegatorAprPpm(scaled)).toBe(once);
        },
      ),
    );
  });
});

describe('the uptime of a pool', () => {
  it('is the part of expected heartbeats that came, and never more than all', () => {
    expect(uptimePpm({ seen: 9n, expected: 12n })).toBe(750_000n);
    expect(uptimePpm({ seen: 13n, expected: 12n })).toBe(1_000_000n);
    expect(uptimePpm({ seen: 0n, expected: 0n })).toBeNull();
  });
});

describe('the retention of a pool', () => {
  it('falls with what left, is all without it, and is rounded against the pool', () => {
    expect(retentionPpm(3n, 1n)).toBe(666_666n);
    expect(retentionPpm(3n, 0n)).toBe(1_000_000n);
    expect(retentionPpm(3n, 5n)).toBe(0n);
    expect(retentionPpm(0n, 0n)).toBeNull();
  });

  it('is between nothing and all for any pool', () => {
    fc.assert(
      fc.property(amount, amount, (shares, left) => {
        const kept = retentionPpm(shares, left) ?? -1n;
        expect(kept >= 0n && kept <= 1_000_000n).toBe(true);
      }),
    );
  });
});
