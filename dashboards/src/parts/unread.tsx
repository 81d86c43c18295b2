/**
 * Says that a part of the page could not be read while the API itself answers. Where it does not answer at all, the line
 * above the page says so for all parts at once.
 * @module
 */
import type { Live } from '../live/live.ts';

export function Unread({ live, what }: { live: Live<unknown>; what: string }) {
  if (live.failure === null) return null;
  if (live.refusal === null && live.answer === null && !live.isBusy) return null;
  return (
    <p class="unread" role="alert">
      <strong>
        {what} could not be read{live.answer === null ? '.' : '; shown is the last answer.'}
      </strong>{' '}
      {live.failure}
      {live.refusal === null && <span class="quiet"> It is asked for again by itself.</span>}
    </p>
  );
}
