/**
 * A governed value within its bounds: where it stands, how far one change may move it, and where a proposal would put it.
 * The numbers stand beside it in words; the gauge repeats them.
 * @module
 */

interface BoundsGaugeProps {
  readonly min: string;
  readonly max: string;
  readonly current: string;
  /** 0 for no limit. */
  readonly maxStep: string;
  readonly proposed?: string;
}

const PPM = 1_000_000n;

export function BoundsGauge({ min, max, current, maxStep, proposed }: BoundsGaugeProps) {
  const [low, high, now, step] = [BigInt(min), BigInt(max), BigInt(current), BigInt(maxStep)];
  const percentAt = (value: bigint) => {
    const inside = value < low ? low : value > high ? high : value;
    return high === low ? 0 : Number(((inside - low) * PPM) / (high - low)) / 10_000;
  };
  const [from, to] = step === 0n ? [0, 100] : [percentAt(now - step), percentAt(now + step)];
  const isOutside = proposed !== undefined && (BigInt(proposed) < low || BigInt(proposed) > high);
  return (
    <span class="bounds" aria-hidden="true">
      <i class="reach" style={{ left: `${from}%`, width: `${Math.max(to - from, 1)}%` }} />
      <i class="now" style={{ left: `${percentAt(now)}%` }} />
      {proposed !== undefined && (
        <i class="proposed" data-outside={isOutside} style={{ left: `${percentAt(BigInt(proposed))}%` }} />
      )}
    </span>
  );
}
