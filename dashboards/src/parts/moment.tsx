/**
 * A time for reading, with the exact one for machines and in its title.
 * @module
 */
import { dayAndTime, isoTime, timeOfDay } from '../text/clock.ts';

/** Unix seconds as text. */
export function Moment({ at, hasDay = true }: { at: string | null; hasDay?: boolean }) {
  return (
    <time dateTime={isoTime(at)} title={isoTime(at)} class="nowrap">
      {hasDay ? dayAndTime(at) : timeOfDay(at)}
    </time>
  );
}
