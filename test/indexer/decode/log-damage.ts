/**
 * Random damage to the log of a transaction.
 * @module
 */
import fc from 'fast-check';
import { messages } from './random-calls.ts';

/** Damage that a hostile or broken server could do to a list of log entries. */
export type Damage = (lines: readonly string[]) => string[];
const positions = fc.nat(200);
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  positions.map(
    (at): Damage =>
      (lines) =>
        lines.filter((_, index) => index !== at % Math.max(1, lines.length)),
  ),
  positions.map(
    (at): Damage =>
      (lines) => [...lines.slice(0, at % (lines.length + 1)), 'Log truncated'],
  ),
  fc.tuple(positions, positions).map(([from, to]): Damage => {
    return (lines) => swapped(lines, from % Math.max(1, lines.length), to % Math.max(1, lines.length));
  }),
  positions.map(
    (at): Damage =>
      (lines) => {
        const index = at % Math.max(1, lines.length);
        return lines.flatMap((line, each) => (each === index ? [line, line] : [line]));
      },
  ),
  fc.tuple(positions, messages).map(([at, text]): Damage => {
    return (lines) => [...lines.slice(0, at % (lines.length + 1)), text, ...lines.slice(at % (lines.length + 1))];
  }),
  fc.tuple(positions, fc.nat(60), fc.string({ minLength: 1, maxLength: 1 })).map(([at, column, letter]): Damage => {
    const index = (lines: readonly string[]) => at % Math.max(1, lines.length);
    return (lines) =>
      lines.map((line, each) =>
        each === index(lines) ? line.slice(0, column) + letter + line.slice(column + 1) : line,
      );
  }),
);

function swapped(lines: readonly string[], from: number, to: number): string[] {
  const result = [...lines];
  [result[from], result[to]] = [lines[to] ?? '', lines[from] ?? ''];
  return result;
}
