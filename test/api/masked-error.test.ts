/** What leaves the API of a failure, and what the log has of it. */
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createErrorMask } from '../../api/answers/masked-error.ts';
import { InputError, UpstreamError } from '../../indexer/domain/errors.ts';

/** The masked error, and the lines of the log. */
function masked(error: unknown) {
  const lines: string[] = [];
  const mask = createErrorMask(pino({}, { write: (line: string) => lines.push(line) }));
  const { message, extensions } = mask(error) as GraphQLError;
  return { message, extensions, lines: lines.map((line) => JSON.parse(line)) };
}

describe('a failure that nobody expected', () => {
  it('is hidden behind an id, under which the log has its type, message, causes and place', () => {
    const cause = new TypeError('rows is undefined', { cause: new Error('the pipe broke') });
    const { message, extensions, lines } = masked(cause);
    expect(extensions['code']).toBe('API__INTERNAL');
    expect(message).not.toContain('rows');
    expect(lines).toMatchObject([{ id: extensions['id'], failure: { type: 'TypeError' } }]);
    expect(lines[0].failure.message).toContain('rows is undefined');
    expect(lines[0].failure.stack).toContain('the pipe broke');
    expect(lines[0].failure.stack).toContain('masked-error.test');
  });

  it('of what we depend on has its code in the log and says that it is worth another try', () => {
    const { message, extensions, lines } = masked(
      new UpstreamError('STORE__GONE', 'http://me:secret@db:8123/ hung up'),
    );
    expect(extensions['code']).toBe('API__UNAVAILABLE');
    expect(message).toContain(String(extensions['id']));
    expect(lines[0].failure).toMatchObject({ code: 'STORE__GONE', message: 'http://…@db:8123/ hung up' });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('is told also where it is no error', () => {
    expect(masked('gone').lines[0].failure).toEqual({ message: 'gone' });
  });
});

it('the asker’s own fault keeps its code and its line, and is no matter of the log', () => {
  expect(masked(new InputError('API__NO_MODEL', 'There is none'))).toEqual({
    ...{ message: 'There is none', extensions: { code: 'API__NO_MODEL' }, lines: [] },
  });
  expect(masked(new GraphQLError('no', { extensions: { code: 'API__BAD_PAGE' } })).lines).toEqual([]);
});
