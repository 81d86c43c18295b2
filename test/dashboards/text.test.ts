/** Texts of what programs and addresses of pages may hold, whatever they hold. */
import { expect, it } from 'vitest';
import { dayAndTime, isoTime, timeOfDay } from '../../dashboards/src/text/clock.ts';
import { modelNumber } from '../../dashboards/src/text/model-number.ts';

it('a moment that no calendar has is shown as none', () => {
  for (const at of [null, '9223372036854775807', '-9223372036854775808', '1e+21', 'NaN']) {
    expect([isoTime(at), dayAndTime(at), timeOfDay(at)]).toEqual(['', '–', '–']);
  }
  expect(isoTime('1763707864')).toBe('2025-11-21T06:51:04Z');
});

it('a model is one of those that can be numbered', () => {
  expect(['3', '255'].map(modelNumber)).toEqual([3, 255]);
  expect([null, '', '-1', '1.5', '256', '4000000000', 'x'].map(modelNumber)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});
