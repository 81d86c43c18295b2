/**
 * Marks of charts: lines, steps, candles, bars. Each carries the value it stands for as it came.
 * @module
 */
import { curveLinear, curveStepAfter, line } from 'd3-shape';
import type { Scales } from './plot.tsx';

export interface Point {
  readonly x: number;
  /** `null` leaves a gap. */
  readonly y: number | null;
  /** As the API gave it. */
  readonly exact: string;
}

interface LineProps {
  readonly scales: Scales;
  readonly points: readonly Point[];
  readonly mark: string;
  /** Holds its value until the next point. */
  readonly isStep?: boolean;
  readonly hasDots?: boolean;
}

const MOST_DOTS = 60;

export function Line({ scales, points, mark, isStep = false, hasDots = false }: LineProps) {
  const path = line<Point>()
    .defined(({ y }) => y !== null)
    .x(({ x }) => scales.x(x))
    .y(({ y }) => scales.y(y ?? 0))
    .curve(isStep ? curveStepAfter : curveLinear)(points as Point[]);
  return (
    <g class="line" data-mark={mark}>
      <path d={path ?? ''} />
      {points.map(({ x, y, exact }) =>
        y === null ? null : (
          <circle
            key={x}
            cx={scales.x(x)}
            cy={scales.y(y)}
            r={hasDots && points.length <= MOST_DOTS ? 3 : 0}
            data-x={x}
            data-value={exact}
          />
        ),
      )}
    </g>
  );
}

export interface CandleMark {
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** `open high low close` as the API gave them. */
  readonly exact: string;
}

/** Rising ones are hollow, falling ones solid: told by more than colour. */
export function Candles(props: { scales: Scales; candles: readonly CandleMark[]; intervalSeconds: number }) {
  const { scales, candles, intervalSeconds } = props;
  const slot = scales.x(intervalSeconds) - scales.x(0);
  const width = Math.max(1.5, Math.min(14, slot * 0.7));
  return (
    <g class="candles">
      {candles.map((candle) => {
        const middle = scales.x(candle.start + intervalSeconds / 2);
        const [top, bottom] = [Math.max(candle.open, candle.close), Math.min(candle.open, candle.close)];
        return (
          <g
            key={candle.start}
            data-x={candle.start}
            data-value={candle.exact}
            data-turn={candle.close < candle.open ? 'down' : 'up'}
          >
            <line x1={middle} x2={middle} y1={scales.y(candle.high)} y2={scales.y(top)} />
            <line x1={middle} x2={middle} y1={scales.y(bottom)} y2={scales.y(candle.low)} />
            <rect
              x={middle - width / 2}
              width={width}
              y={scales.y(top)}
              height={Math.max(1, scales.y(bottom) - scales.y(top))}
            />
          </g>
        );
      })}
    </g>
  );
}

export interface BarMark {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly exact: string;
}

export function Bars({ scales, bars, mark }: { scales: Scales; bars: readonly BarMark[]; mark: string }) {
  const zero = scales.y(Math.max(0, scales.y.domain()[0] ?? 0));
  return (
    <g class="bars" data-mark={mark}>
      {bars.map(({ from, to, y, exact }) => {
        const top = Math.min(scales.y(y), zero);
        const width = Math.max(1, scales.x(to) - scales.x(from) - 1);
        const height = Math.max(y === 0 ? 0 : 1, Math.abs(scales.y(y) - zero));
        return (
          <rect key={from} x={scales.x(from)} y={top} width={width} height={height} data-x={from} data-value={exact} />
        );
      })}
    </g>
  );
}

/** A line is not drawn over places that have no value: a gap stands between points further apart than a step. */
export function withGaps(points: readonly Point[], step: number): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    const isApart = before !== undefined && point.x - before.x > step * 1.5;
    return isApart ? [{ x: before.x + step, y: null, exact: '' }, point] : [point];
  });
}

/** Low and high of all that is drawn; `null` values are passed over. */
export function rangeOf(values: readonly (number | null)[]): { readonly low: number; readonly high: number } {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return { low: 0, high: 1 };
  return { low: Math.min(...known), high: Math.max(...known) };
}
