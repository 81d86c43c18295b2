/**
 * Says that a part of the page could not be read while the API itself answers. Where it does not answer at all, or gives
 * the same reason for the head, the line above the page says so for all parts at once.
 * @module
 */
import { useContext } from 'preact/hooks';
import { HeadContext } from '../live/head.ts';
import { type Live, shownData } from '../live/live.ts';

export function Unread({ live, what }: { live: Live<unknown>; what: string }) {
  const head = useContext(HeadContext).live;
  if (live.failure === null) return null;
  if (shownData(live) === null && (live.code === '' || live.code === head.code)) return null;
  return (
    <p class="unread" role="alert">
      <strong>
        {what} could not be read{shownData(live) === null ? '.' : '; shown is the last answer.'}
      </strong>{' '}
      {live.failure.replace(/\.?$/, '.')}
      {live.refusal === null && <span class="quiet"> It is asked for again by itself.</span>}
    </p>
  );
}
