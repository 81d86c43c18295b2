import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, powerBefore, votingPower, withCheckpoint } from '../../governance/voting-power.ts';

/** One step of a history: power moves, a vote opens, a vote is counted; then some slots pass. */
const history = fc.array(
  fc.record({
    act: fc.constantFrom('close', 'move', 'move', 'open'),
    power: fc.bigInt(0n, 100n),
    pass: fc.bigInt(0n, 2n),
    pick: fc.nat(200),
  }),
  { maxLength: 120 },
);

describe('voting power', () => {
  it('use counts up to the own stake', () => {
    expect([votingPower(10n, 3n), votingPower(10n, 10n), votingPower(10n, 11n), votingPower(0n, 5n)]).toEqual([
      13n,
      20n,
      20n,
      0n,
    ]);
  });

  it('what is kept answers every open vote as the whole history does, in no more places than votes and two', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let slot = 1n;
        let kept: Checkpoint[] = [];
        const whole: Checkpoint[] = [];
        const open: bigint[] = [];
        for (const { act, power, pass, pick } of steps) {
          slot += pass;
          if (act === 'move') {
            whole.push({ slot, power });
            kept = withCheckpoint(kept, open, { slot, power });
            expect(kept.length).toBeLessThanOrEqual(new Set(open).size + 2);
          } else if (act === 'open') open.push(slot);
          else if (open.length > 0) open.splice(pick % open.length, 1);
          for (const each of open) expect(powerBefore(kept, each)).toBe(powerBefore(whole, each));
          expect(powerBefore(kept, slot)).toBe(powerBefore(whole, slot));
        }
      }),
      { numRuns: 500, seed: 21 },
    );
  });

  it('a hundred open votes with a move between any two need 102 places at most', () => {
    let kept: Checkpoint[] = [{ slot: 0n, power: 1n }];
    const open: bigint[] = [];
    for (let slot = 1n; slot <= 300n; slot += 1n) {
      if (open.length < 100) open.push(slot);
      for (const power of [slot, slot + 1n]) kept = withCheckpoint(kept, open, { slot, power });
      expect(kept.length).toBeLessThanOrEqual(102);
    }
    expect(kept.length).toBe(102);
  });

  it('whoever stakes after a vote opened has no power in it', () => {
    const kept = withCheckpoint([], [5n], { slot: 5n, power: 100n });
    expect([powerBefore(kept, 5n), powerBefore(kept, 6n)]).toEqual([0n, 100n]);
  });
});
