import { expect, it } from 'vitest';
import { unannouncedChanges } from '../../api/schema/schema-changes.ts';
import { read } from '../repository/tracked-files.ts';

const released = read('api/schema.released.graphql');

it('no client of the released schema breaks unless the changelog says so', () => {
  expect(unannouncedChanges(released, read('api/schema.graphql'), read('CHANGELOG.md'))).toEqual([]);
});

it.each([
  [
    'a field that is gone',
    (text: string) => text.replace(/^ {2}reconciledThroughSlot: U64$/m, '  reconciledUntil: U64'),
    'Meta.reconciledThroughSlot',
  ],
  ['a field of another type', (text: string) => text.replace(/^ {2}gaps: Int!$/m, '  gaps: U64!'), 'Meta.gaps'],
  ['an argument that is now needed', (text: string) => text.replace(/^ {4}atSlot: U64$/m, '    atSlot: U64!'), null],
])('%s is found, and passes once it is announced', (_, change, subject) => {
  const changed = change(released);
  expect(changed).not.toBe(released);
  const [found] = unannouncedChanges(released, changed, '');
  expect(found?.description).toContain(subject ?? 'atSlot');
  const name = subject ?? /\w+\.\w+/.exec(found?.description ?? '')?.[0];
  expect(unannouncedChanges(released, changed, `* Breaking: \`${name}\` now is something else`)).toEqual([]);
});

it('what is added breaks nobody', () => {
  const more = released.replace(/^type Meta \{$/m, 'type Meta {\n  """More."""\n  more: Int!');
  expect(unannouncedChanges(released, more, '')).toEqual([]);
});
