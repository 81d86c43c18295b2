/**
 * The frame of a chart: axes, grid, and a place that the pointer or the arrow keys pick, whose values stand in words
 * above it. Marks are drawn by the caller with the scales it is handed. Positions are rounded by the screen; the values
 * are the API's own and stand in the readout and in the chart's table.
 * @module
 */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tickText, timeTicks } from './time-ticks.ts';
import './chart.css';

export interface Scales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** Of the plane, in pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Pick {
  readonly x: number;
  readonly title: string;
  readonly values: readonly { readonly name: string; readonly text: string; readonly mark?: string }[];
}

interface PlotProps {
  readonly label: string;
  readonly height?: number;
  readonly x: { readonly from: number; readonly to: number; readonly kind: 'time' | 'days' | 'number' };
  readonly y: { readonly low: number; readonly high: number; readonly text: (value: number) => string };
  /** What can be picked, by x. */
  readonly picks: readonly Pick[];
  readonly children: (scales: Scales) => ComponentChildren;
}

const MARGIN = { left: 62, right: 22, top: 8, bottom: 24 } as const;
const FIRST_WIDTH = 640;
const HEIGHT = 240;
const PIXELS_PER_X_TICK = 110;
const PIXELS_PER_Y_TICK = 46;
/** Part of the range that stays free above and below. */
const AIR = 0.06;

export function Plot({ label, height = HEIGHT, x, y, picks, children }: PlotProps) {
  const [frame, width] = useWidth();
  const [picked, setPicked] = useState<number | null>(null);
  const place = picked === null ? picks.length - 1 : Math.min(picked, picks.length - 1);
  const inner = {
    width: Math.max(80, width - MARGIN.left - MARGIN.right),
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const air = (y.high - y.low || Math.abs(y.high) || 1) * AIR;
  const scales: Scales = {
    x: scaleLinear([x.from, x.to], [0, inner.width]),
    y: scaleLinear([y.low - (y.low === 0 ? 0 : air), y.high + air], [inner.height, 0]),
    ...inner,
  };
  const shown = picks[place];
  return (
    <div class="chart">
      <Readout pick={shown} isChosen={picked !== null} />
      <div
        ref={frame}
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={`${label}, values by arrow keys`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, picks.length - 1)}
        aria-valuenow={Math.max(0, place)}
        aria-valuetext={shown === undefined ? 'no values' : sentenceOf(shown)}
        onKeyDown={(event) => {
          const next = placeAfter(event.key, place, picks.length);
          if (next === undefined) return;
          event.preventDefault();
          setPicked(next);
        }}
        onPointerMove={(event) => {
          const left = event.currentTarget.getBoundingClientRect().left + MARGIN.left;
          setPicked(nearest(picks, scales.x.invert(event.clientX - left)));
        }}
        onPointerLeave={() => setPicked(null)}
        onBlur={() => setPicked(null)}
      >
        <svg width={width} height={height} aria-hidden="true">
          <g transform={`translate(${MARGIN.left},${MARGIN.top})`}>
            <Axes scales={scales} kind={x.kind} text={y.text} />
            {picked !== null && shown !== undefined && (
              <line class="cross" x1={scales.x(shown.x)} x2={scales.x(shown.x)} y1={0} y2={inner.height} />
            )}
            {children(scales)}
          </g>
        </svg>
      </div>
    </div>
  );
}

function Readout({ pick, isChosen }: { pick: Pick | undefined; isChosen: boolean }) {
  return (
    <p class="readout" data-chosen={isChosen}>
      <strong>{pick?.title ?? '–'}</strong>
      {pick?.values.map(({ name, text, mark }) => (
        <span key={name}>
          {mark !== undefined && <i class="swatch" data-mark={mark} />}
          <small>{name}</small> {text}
        </span>
      ))}
    </p>
  );
}

function Axes({
  scales,
  kind,
  text,
}: {
  scales: Scales;
  kind: PlotProps['x']['kind'];
  text: (value: number) => string;
}) {
  const [from = 0, to = 1] = scales.x.domain();
  const xCount = Math.max(2, Math.floor(scales.width / PIXELS_PER_X_TICK));
  const xTicks = kind === 'time' ? timeTicks(from, to, xCount) : scales.x.ticks(xCount);
  const span = to - from;
  return (
    <g class="axes">
      {scales.y.ticks(Math.max(2, Math.floor(scales.height / PIXELS_PER_Y_TICK))).map((tick) => (
        <g key={tick} transform={`translate(0,${scales.y(tick)})`}>
          <line x2={scales.width} />
          <text x={-8} dy="0.32em" text-anchor="end">
            {text(tick)}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={scales.x(tick)} y={scales.height + 17} text-anchor="middle">
          {kind === 'time' ? tickText(tick, span) : kind === 'days' ? `${tick} d` : String(tick)}
        </text>
      ))}
    </g>
  );
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}

function sentenceOf({ title, values }: Pick): string {
  return `${title}: ${values.map(({ name, text }) => `${name} ${text}`).join(', ')}`;
}

function placeAfter(key: string, place: number, length: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: place - 1, ArrowDown: place - 1, ArrowRight: place + 1, ArrowUp: place + 1 },
    ...{ Home: 0, End: length - 1, PageUp: place + 10, PageDown: place - 10 },
  };
  const next = moves[key];
  return next === undefined || length === 0 ? undefined : Math.max(0, Math.min(length - 1, next));
}

function nearest(picks: readonly Pick[], x: number): number | null {
  let best: number | null = null;
  for (const [index, pick] of picks.entries()) {
    if (best === null || Math.abs(pick.x - x) < Math.abs((picks[best]?.x ?? 0) - x)) best = index;
  }
  return best;
}
