/**
 * Which part of the past a chart shows: a length, and an end that is either now or a moment. Kept in the address, so that
 * a view can be linked to. Now is the head's block time: a record that stands still has its own.
 * @module
 */
import { useContext } from 'preact/hooks';
import { go, usePlace, withQuery } from '../frame/router.ts';
import { headTimeOfDocument } from '../live/document.ts';
import { HeadContext } from '../live/head.ts';
import { isoTime } from '../text/clock.ts';

export interface RangeLength {
  readonly name: string;
  readonly seconds: number;
}

export interface TimeRange {
  readonly length: RangeLength;
  /** Unix seconds. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly isNow: boolean;
}

/** `null` before the head is known. Ends at a multiple of `stepSeconds`, so that it moves by whole steps. */
export function useTimeRange(
  lengths: readonly RangeLength[],
  usual: string,
  stepSeconds: (length: RangeLength) => number,
): TimeRange | null {
  const { query } = usePlace();
  const { meta } = useContext(HeadContext);
  const length = lengths.find(({ name }) => name === (query.get('range') ?? usual)) ?? lengths[0];
  const now = meta === null ? headTimeOfDocument() : meta.blockTime;
  if (length === undefined || now === null) return null;
  const asked = Number(query.get('until'));
  const isNow = !Number.isFinite(asked) || asked <= 0;
  const step = stepSeconds(length);
  const to = (Math.floor((isNow ? Number(now) : asked - 1) / step) + 1) * step;
  return { length, from: to - length.seconds, to, isNow };
}

export function TimeRangeControls({ lengths, range }: { lengths: readonly RangeLength[]; range: TimeRange | null }) {
  const move = (seconds: number) =>
    range && go(withQuery({ until: String(Math.max(range.to + seconds, range.length.seconds)) }));
  return (
    <>
      <fieldset class="segments" aria-label="Time range">
        {lengths.map(({ name }) => (
          <button
            key={name}
            type="button"
            aria-pressed={range?.length.name === name}
            onClick={() => go(withQuery({ range: name }), true)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments" aria-label="Moment">
        <button type="button" aria-label="Earlier" onClick={() => range && move(-range.length.seconds)}>
          ←
        </button>
        <button type="button" aria-pressed={range?.isNow ?? true} onClick={() => go(withQuery({ until: null }))}>
          {range === null || range.isNow ? 'Now' : `until ${isoTime(String(range.to)).slice(0, 16).replace('T', ' ')}`}
        </button>
        <button
          type="button"
          aria-label="Later"
          disabled={range?.isNow ?? true}
          onClick={() => range && move(range.length.seconds)}
        >
          →
        </button>
      </fieldset>
    </>
  );
}
