/**
 * How far a reward epoch is on its way, in steps and in a word.
 * @module
 */
import type { RewardEpochState } from '../queries.generated.ts';

/** In the order in which an epoch goes through them, with what each means. */
export const epochStates: readonly (readonly [RewardEpochState, string])[] = [
  ['OPEN', 'the window has not ended or is not marked'],
  ['MARKED', 'marked on chain, the pools are fixed'],
  ['COMPUTED', 'allocated over proven blocks'],
  ['VERIFIED', 'computed a second time, equal'],
  ['PUBLISHED', 'the artefact is out'],
  ['APPROVED', 'the authority allowed the commit'],
  ['COMMITTED', 'the record is on chain'],
  ['FINALIZED', 'the record is final'],
  ['ACCRUED', 'every pool has accrued'],
];

/** Before this state an epoch has neither totals nor roots. */
const COMPUTED_PLACE = 2;

export function placeOf(state: RewardEpochState): number {
  return epochStates.findIndex(([name]) => name === state);
}

export function isComputed(state: RewardEpochState): boolean {
  return placeOf(state) >= COMPUTED_PLACE;
}

export function EpochProgress({ state }: { state: RewardEpochState }) {
  const place = placeOf(state);
  const word = state.toLowerCase();
  return (
    <span class="progress" data-state={word}>
      <span
        class="steps"
        role="img"
        aria-label={`Step ${place + 1} of ${epochStates.length}`}
        title={epochStates[place]?.[1] ?? ''}
      >
        {epochStates.map(([name], index) => (
          <i key={name} data-done={index <= place} />
        ))}
      </span>
      <span>{word}</span>
    </span>
  );
}
