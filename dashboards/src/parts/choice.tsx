/**
 * What a list is narrowed by, kept in the address of the page.
 * @module
 */
import { go, usePlace, withQuery } from '../frame/router.ts';

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: number, text: string])[];
}

/** The number that the address has for it; `null` where it has none. */
export function useChoice(name: string): number | null {
  const value = usePlace().query.get(name);
  return value === null || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}

export function Choice({ name, label, options }: ChoiceProps) {
  const chosen = useChoice(name);
  // What an address asks for stays chosen while the options are on their way, and where nothing is of it.
  const isKnown = chosen === null || options.some(([value]) => value === chosen);
  const shown = isKnown ? options : [...options, [chosen, String(chosen)] as const];
  return (
    <label>
      {label}
      <select
        value={chosen === null ? '' : String(chosen)}
        onChange={(event) => go(withQuery({ [name]: event.currentTarget.value || null }), true)}
      >
        <option value="">any</option>
        {shown.map(([each, text]) => (
          <option key={each} value={String(each)}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
