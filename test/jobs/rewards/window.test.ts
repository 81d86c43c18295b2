import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSchedule, slotsOf, windowOf } from '../../../jobs/rewards/inputs/window.ts';

const row = (fromRewardEpoch: bigint, startTime: bigint, lengthSeconds: bigint) => ({
  fromRewardEpoch,
  startTime,
  lengthSeconds,
});
const badSchedule = expect.objectContaining({ code: 'REWARDS__BAD_SCHEDULE' });

describe('schedule', () => {
  it('a change of length moves no window before it', () => {
    const before = [row(1n, 1000n, 100n)];
    const after = [row(4n, 1300n, 50n), ...before];
    for (const epoch of [1n, 2n, 3n]) expect(windowOf(after, epoch)).toEqual(windowOf(before, epoch));
    expect(windowOf(after, 4n)).toEqual({ start: 1300n, end: 1350n });
    expect(windowOf(after, 6n)).toEqual({ start: 1400n, end: 1450n });
  });

  it('windows follow one another without a gap', () => {
    const schedule = [row(1n, 0n, 7n), row(3n, 14n, 11n)];
    for (let epoch = 1n; epoch < 9n; epoch += 1n)
      expect(windowOf(schedule, epoch).end).toBe(windowOf(schedule, epoch + 1n).start);
  });

  it('refuses rows that would move a boundary, and a schedule without a beginning', () => {
    expect(() => checkSchedule([row(1n, 1000n, 100n), row(4n, 1299n, 50n)])).toThrow(badSchedule);
    expect(() => checkSchedule([row(1n, 0n, 100n), row(1n, 0n, 50n)])).toThrow(badSchedule);
    expect(() => checkSchedule([row(2n, 0n, 100n)])).toThrow(badSchedule);
    expect(() => checkSchedule([row(1n, 0n, 0n)])).toThrow(badSchedule);
    expect(() => checkSchedule([])).toThrow(badSchedule);
    expect(() => windowOf([row(1n, 0n, 5n)], 0n)).toThrow(expect.objectContaining({ code: 'REWARDS__BAD_EPOCH' }));
  });
});

interface TimedBlock {
  readonly slot: bigint;
  readonly time: bigint;
}

const lookUps = (blocks: readonly TimedBlock[]) =>
  [
    async (moment: bigint) => blocks.find(({ time }) => time >= moment)?.slot ?? null,
    async (slot: bigint) => blocks.findLast((block) => block.slot < slot)?.slot ?? null,
  ] as const;

describe('blocks of a window', () => {
  const anyBlocks = fc
    .array(fc.record({ gap: fc.bigInt(1n, 4n), time: fc.bigInt(0n, 60n) }), { maxLength: 60 })
    .map((rows) => {
      let slot = 0n;
      return rows.map(({ gap, time }) => {
        slot += gap;
        return { slot, time };
      });
    });

  it('are those whose running-maximum time lies in it, even when the clock steps back', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, fc.bigInt(0n, 50n), fc.bigInt(1n, 20n), async (blocks, start, length) => {
        const end = start + length;
        const range = await slotsOf({ start, end }, ...lookUps(blocks));
        let clock = -1n;
        const inside: bigint[] = [];
        for (const { slot, time } of blocks) {
          clock = time > clock ? time : clock;
          if (clock >= start && clock < end) inside.push(slot);
        }
        const hasEnded = clock >= end;
        if (!hasEnded) expect(range).toBeNull();
        else
          expect(
            blocks.map(({ slot }) => slot).filter((slot) => range && slot >= range.first && slot <= range.last),
          ).toEqual(inside);
      }),
    );
  });

  it('never move once the window has ended', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlocks, fc.nat(60), async (blocks, cut) => {
        const window = { start: 10n, end: 20n };
        const early = await slotsOf(window, ...lookUps(blocks.slice(0, cut)));
        if (early !== null) expect(await slotsOf(window, ...lookUps(blocks))).toEqual(early);
      }),
    );
  });
});
