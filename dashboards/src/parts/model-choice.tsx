/**
 * The GPU model that a page is about, kept in its address.
 * @module
 */
import { go, usePlace, withQuery } from '../frame/router.ts';
import { modelNumber } from '../text/model-number.ts';

/** Its place in the catalogue; 0 where the address names none. */
export function useModel(): number {
  return modelNumber(usePlace().query.get('model'));
}

export function ModelChoice({ model, names }: { model: number; names: readonly string[] }) {
  const options = names.length > model ? names : [...names, ...Array(model + 1 - names.length).fill('–')];
  return (
    <label>
      GPU model
      <select value={String(model)} onChange={(event) => go(withQuery({ model: event.currentTarget.value }))}>
        {options.map((name, index) => (
          <option key={String(index)} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
