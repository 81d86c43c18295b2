import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filledPart, indexRanges } from '../../dashboards/src/pages/index/ranges.ts';

const range = fc
  .record({ length: fc.constantFrom(...indexRanges), to: fc.integer({ min: 1_700_000_000, max: 1_900_000_000 }) })
  .map(({ length, to }) => ({ length, from: to - length.seconds, to, isNow: true }));

it('what is drawn of a range has everything in it, ends where the range does, and is never longer', () => {
  fc.assert(
    fc.property(range, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }), (asked, parts) => {
      const places = parts.map((part) => Math.floor(asked.from + part * (asked.to - asked.from - 1)));
      const starts = places.toSorted((a, b) => a - b).map(String);
      const part = filledPart(asked, starts, asked.length.candleSeconds);
      expect(part.to).toBe(asked.to);
      expect(part.from).toBeGreaterThanOrEqual(asked.from);
      expect(part.from).toBeLessThan(part.to);
      for (const start of starts) expect(Number(start)).toBeGreaterThanOrEqual(part.from);
      if (starts.length === 0) expect(part).toBe(asked);
    }),
  );
});
