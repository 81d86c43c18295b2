/**
 * What a day consists of: how often each instruction succeeded and was refused, and its share of all that succeeded.
 * @module
 */
import { PROGRAM_NAMES } from '../programs.ts';
import type { DayRecord } from './day-record.ts';
import { namesInIdl } from './play-day.ts';

/** A Markdown table, by program, most frequent first. */
export function proportionsTable({ instructions }: DayRecord): string {
  const counts = [...instructions.values()];
  const all = counts.reduce((total, { succeeded }) => total + succeeded, 0);
  const rows = [...PROGRAM_NAMES.values()].flatMap((program) =>
    namesInIdl(program, 'instructions')
      .map((name) => ({ name, ...(instructions.get(name) ?? { succeeded: 0, failed: 0 }) }))
      .sort((left, right) => right.succeeded - left.succeeded || (left.name < right.name ? -1 : 1))
      .map(({ name, succeeded, failed }) => `| ${name} | ${succeeded} | ${failed} | ${percent(succeeded, all)} |`),
  );
  return ['| instruction | succeeded | refused | share |', '| --- | ---: | ---: | ---: |', ...rows].join('\n');
}

function percent(part: number, all: number): string {
  const share = ((100 * part) / Math.max(all, 1)).toFixed(2);
  return part > 0 && Number(share) === 0 ? '< 0.01 %' : `${share} %`;
}
