/**
 * Numbers as text, exactly: base units arrive as decimal text, are taken apart as `bigint`, and never pass through a
 * float. Pure.
 * @module
 */

/** Decimals of the mints: INT and INFER 9, USDC 6. */
export const INT_DECIMALS = 9;
export const INFER_DECIMALS = 9;
export const USDC_DECIMALS = 6;

const BPS_DECIMALS_OF_PERCENT = 2;
const SECONDS_PER_HOUR = 3_600n;
const HOUR_DECIMALS = 4;

/** Base units in whole tokens, `1234500000` with 9 decimals is `1.2345`; thousands are separated, no zero trails. */
export function tokens(baseUnits: string, decimals: number): string {
  const value = BigInt(baseUnits);
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - decimals));
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${value < 0n ? '−' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A whole number with its thousands separated. */
export function count(value: string | number | bigint): string {
  return grouped(String(value));
}

/** 1/10,000 in percent: `250` is `2.5 %`. */
export function percent(bps: number): string {
  return `${tokens(String(bps), BPS_DECIMALS_OF_PERCENT)} %`;
}

/** GPU-seconds in GPU-hours, cut (not rounded) after four decimals. */
export function gpuHours(gpuSeconds: string): string {
  const scaled = (BigInt(gpuSeconds) * 10n ** BigInt(HOUR_DECIMALS)) / SECONDS_PER_HOUR;
  return tokens(String(scaled), HOUR_DECIMALS);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * As `tokens`, rounded half away from zero to `places` decimals; a value that this would make zero keeps its first digit.
 * For what is looked at; the exact text stands beside it.
 */
export function rounded(baseUnits: string, decimals: number, places: number): string {
  if (places >= decimals) return tokens(baseUnits, decimals);
  const value = BigInt(baseUnits);
  const size = value < 0n ? -value : value;
  const firstDigit = decimals - String(size).length + 1;
  const kept = size === 0n ? places : Math.min(decimals, Math.max(places, firstDigit));
  const step = 10n ** BigInt(decimals - kept);
  const scaled = (size + step / 2n) / step;
  return tokens(String(value < 0n ? -scaled : scaled), kept);
}

/** With zeros up to so many decimals, so that numbers below each other have their points below each other. */
export function padded(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(places, '0')}`;
}

const PPM_DECIMALS_OF_PERCENT = 4;

/** From here on, in parts per million, digits of a percentage are noise. */
const LARGE_PPM = 100_000_000;

/** A yearly rate in percent; one that is beyond all bounds, as of epochs of seconds, in a few characters. */
export function yearlyPercent(ppm: string): string {
  return Math.abs(Number(ppm)) < LARGE_PPM ? percentOfPpm(ppm) : `${compact(ppm, PPM_DECIMALS_OF_PERCENT)} %`;
}

/** Parts per million in percent: `25000` is `2.5 %`. */
export function percentOfPpm(ppm: string | number): string {
  return `${rounded(String(ppm), PPM_DECIMALS_OF_PERCENT, 2)} %`;
}

/** Decimals of a price per GPU-hour times 10^6 in whole INFER and in whole USDC. */
export const INFER_PRICE_DECIMALS = INFER_DECIMALS + 6;
export const USDC_PRICE_DECIMALS = USDC_DECIMALS + 6;

/** For places on the screen only: loses digits. */
export function asNumber(baseUnits: string, decimals: number): number {
  return Number(BigInt(baseUnits)) / 10 ** decimals;
}

/** In at most a few characters, `9000000000000` is `9T`; the exact one stands beside it. */
export function compact(value: string, decimals = 0): string {
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  return short.format(decimals === 0 ? BigInt(value) : asNumber(value, decimals));
}
