/**
 * The GPU model that a page is about, kept in its address.
 * @module
 */
import { go, usePlace, withQuery } from '../frame/router.ts';

/** Its place in the catalogue; 0 where the address names none. */
export function useModel(): number {
  const asked = Number(usePlace().query.get('model') ?? 0);
  return Number.isInteger(asked) && asked >= 0 ? asked : 0;
}

export function ModelChoice({ model, names }: { model: number; names: readonly string[] }) {
  const options = names.length > model ? names : [...names, ...Array(model + 1 - names.length).fill('–')];
  return (
    <label>
      GPU model
      <select value={String(model)} onChange={(event) => go(withQuery({ model: event.currentTarget.value, at: null }))}>
        {options.map((name, index) => (
          <option key={String(index)} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
