/**
 * What the use of a session, which is paid for by the second, would cost by the begun hour. Pure.
 * @module
 */
const HOUR_SECONDS = 3_600n;

export interface SessionTerms {
  readonly units: number;
  /** Base units of the mint. */
  readonly pricePerGpuHour: bigint;
}

export function billedPerHour({ units, pricePerGpuHour }: SessionTerms, seconds: bigint): bigint {
  return BigInt(units) * ((seconds + HOUR_SECONDS - 1n) / HOUR_SECONDS) * pricePerGpuHour;
}
