import { expect, it } from 'vitest';
import { functionLengths } from './function-lengths.ts';

it('counts the lines of functions, methods and arrow functions, and of nothing else', () => {
  const text = [
    'export async function first(a: number): Promise<void> {',
    '  if (a) {',
    '    return;',
    '  }',
    '}',
    'class Box {',
    '  async method(a: string) {',
    '    return a;',
    '  }',
    '}',
    'const arrow = (a: number) => {',
    '  return a;',
    '};',
  ].join('\n');
  expect(functionLengths(text).map(({ lines }) => lines)).toEqual([5, 3, 3]);
});
