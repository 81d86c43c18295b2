/**
 * A score of at most a million as a number and a bar, with the score before the bond's cap where they differ.
 * @module
 */
import { count } from '../text/amount.ts';

const FULL = 1_000_000;

export function Score({ shown, score }: { shown: number; score?: number }) {
  const title = score === undefined || score === shown ? undefined : `${count(score)} before the bond’s cap`;
  return (
    <span class="score" data-exact={shown} {...(title === undefined ? {} : { title })}>
      <span class="gauge" aria-hidden="true">
        <i style={{ width: `${(shown / FULL) * 100}%` }} />
      </span>
      {count(shown)}
    </span>
  );
}
