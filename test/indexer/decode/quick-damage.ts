/**
 * Damage to the lines of a log, dealt by a generator quick enough for millions of cases.
 * @module
 */
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { OURS, ping, STRANGER } from './synthetic-transaction.ts';

const MOST_DAMAGES = 3;

const SPLICES = [
  `Program ${toBase58(OURS)} invoke [1]`,
  `Program ${toBase58(OURS)} invoke [2]`,
  `Program ${toBase58(STRANGER)} invoke [2]`,
  `Program ${toBase58(OURS)} success`,
  `Program ${toBase58(STRANGER)} success`,
  `Program data: ${Buffer.from(ping(666_666)).toString('base64')}`,
  'Log truncated',
  'Program log: x',
  '',
];

/** Marsaglia's xorshift32: enough to choose damage, and quick. */
export function createXorshift(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export type Choose = ReturnType<typeof createXorshift>;

function damage(lines: string[], choose: Choose): void {
  const at = choose(lines.length + 1);
  const line = lines[at] ?? '';
  switch (choose(7)) {
    case 0:
      lines.splice(at, 1);
      return;
    case 1:
      lines.splice(at, 0, SPLICES[choose(SPLICES.length)] ?? '');
      return;
    case 2:
      lines.splice(at, 0, line);
      return;
    case 3:
      lines.length = at;
      lines.push('Log truncated');
      return;
    case 4: {
      const column = choose(line.length + 1);
      lines[at] = line.slice(0, column) + String.fromCharCode(choose(128)) + line.slice(column + 1);
      return;
    }
    case 5: {
      const other = choose(lines.length + 1);
      lines[at] = lines[other] ?? '';
      lines[other] = line;
      return;
    }
    default:
      lines.push(...lines.splice(0, at));
  }
}

/** One to three times. */
export function damageAtRandom(lines: string[], choose: Choose): void {
  for (let count = choose(MOST_DAMAGES) + 1; count > 0; count -= 1) damage(lines, choose);
}
