/**
 * A span of time for reading, to the second: reward epochs of a local chain last some of them. The day stands once where
 * both ends are of it.
 * @module
 */
import { day, isoTime, timeOfDay } from '../text/clock.ts';

export function TimeSpan({ from, to }: { from: string; to: string }) {
  return (
    <span class="nowrap">
      <Time at={from} hasDay /> – <Time at={to} hasDay={day(from) !== day(to)} />
    </span>
  );
}

function Time({ at, hasDay }: { at: string; hasDay: boolean }) {
  return (
    <time dateTime={isoTime(at)} title={isoTime(at)}>
      {hasDay && `${day(at)} `}
      {timeOfDay(at)}
    </time>
  );
}
