/**
 * What narrows a list of the explorer: program, account, fields of events. All of it stands in the address, so that what is
 * seen can be linked to.
 * @module
 */
import { useState } from 'preact/hooks';
import { go, usePlace, withQuery } from '../../frame/router.ts';
import { useAnswer } from '../../live/use-live.ts';
import type { Comparison, FieldFilter, ProgramsQuery } from '../../queries.generated.ts';
import { shortened } from '../../text/shortened.ts';
import { PROGRAMS_QUERY } from './queries.ts';

export interface SeenProgram {
  readonly program: string;
  readonly programName: string | null;
}

/** Those that are on record, and those that any list has shown. */
const seenNames = new Map<string, string>();

export function useProgram(): string | null {
  return usePlace().query.get('program');
}

export function ProgramFilter({ rows }: { rows: readonly SeenProgram[] }) {
  const value = useProgram() ?? '';
  const live = useAnswer<ProgramsQuery>(PROGRAMS_QUERY, {}, { isFixed: true });
  for (const { program, programName } of [...(live.answer?.data.network.programs ?? []), ...rows])
    if (programName !== null) seenNames.set(program, programName);
  const options = [...seenNames].toSorted(([, left], [, right]) => (left < right ? -1 : 1));
  return (
    <label>
      Program
      <select
        value={value}
        onChange={(event) => go(withQuery({ program: event.currentTarget.value || null, after: null }))}
      >
        <option value="">any</option>
        {options.map(([program, name]) => (
          <option key={program} value={program}>
            {name}
          </option>
        ))}
        {value !== '' && !seenNames.has(value) && <option value={value}>{shortened(value)}</option>}
      </select>
    </label>
  );
}

/** A link that shows only what is of this program. */
export function ProgramLink({ list, of: { program, programName } }: { list: string; of: SeenProgram }) {
  return (
    <a class="quiet-link" href={`/explorer?${new URLSearchParams({ list, program })}`} title={program}>
      {programName ?? 'other'}
    </a>
  );
}

const comparisons: readonly (readonly [Comparison, string])[] = [
  ['EQ', '='],
  ['NE', '≠'],
  ['LT', '<'],
  ['LE', '≤'],
  ['GT', '>'],
  ['GE', '≥'],
  ['CONTAINS', 'has'],
];
const SEPARATOR = '~';

/** Conditions of the address, as `field~EQ~value`; what is none is passed over. */
export function useConditions(): readonly FieldFilter[] {
  return usePlace()
    .query.getAll('where')
    .flatMap((text) => {
      const [field = '', is = '', ...value] = text.split(SEPARATOR);
      const known = comparisons.find(([name]) => name === is)?.[0];
      return known === undefined || field === '' ? [] : [{ field, is: known, values: [value.join(SEPARATOR)] }];
    });
}

function textOf({ field, is, values }: FieldFilter): string {
  return [field, is, values.join(SEPARATOR)].join(SEPARATOR);
}

export function FieldFilters({ name, fields }: { name: string | null; fields: readonly string[] }) {
  const conditions = useConditions();
  const [draft, setDraft] = useState({ field: '', is: 'EQ' as Comparison, value: '' });
  const show = (next: readonly FieldFilter[]) => go(withQuery({ where: next.map(textOf), after: null }));
  if (name === null) {
    return conditions.length === 0 ? null : <p class="quiet">Name the event whose fields are to be compared.</p>;
  }
  return (
    <form
      class="lookup"
      aria-label={`Fields of ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.field.trim() === '') return;
        show([...conditions, { field: draft.field.trim(), is: draft.is, values: [draft.value.trim()] }]);
        setDraft({ ...draft, value: '' });
      }}
    >
      <label for="where-field">Field</label>
      <input
        id="where-field"
        type="text"
        list="where-fields"
        value={draft.field}
        spellcheck={false}
        onInput={(event) => setDraft({ ...draft, field: event.currentTarget.value })}
      />
      <datalist id="where-fields">
        {fields.map((field) => (
          <option key={field} value={field} />
        ))}
      </datalist>
      <select
        aria-label="Comparison"
        value={draft.is}
        onChange={(event) => setDraft({ ...draft, is: event.currentTarget.value as Comparison })}
      >
        {comparisons.map(([is, sign]) => (
          <option key={is} value={is}>
            {sign}
          </option>
        ))}
      </select>
      <input
        type="text"
        aria-label="Value: whole numbers in base units, keys in base58"
        placeholder="base units, or a key"
        value={draft.value}
        spellcheck={false}
        onInput={(event) => setDraft({ ...draft, value: event.currentTarget.value })}
      />
      <button type="submit" class="plain">
        Add condition
      </button>
      {conditions.map((condition, place) => (
        <button
          key={textOf(condition)}
          type="button"
          class="plain"
          aria-label={`Take away ${textOf(condition)}`}
          onClick={() => show(conditions.filter((_, index) => index !== place))}
        >
          {condition.field} {comparisons.find(([is]) => is === condition.is)?.[1]} {condition.values[0]} ×
        </button>
      ))}
    </form>
  );
}
