/**
 * What a session costs by the second, and what the same use would cost by the begun hour. Pure; the rule of the first is the
 * marketplace's (docs/programs/marketplace.md, "Arithmetic").
 * @module
 */
const HOUR_SECONDS = 3_600n;

export interface SessionTerms {
  readonly units: number;
  /** Base units of the mint. */
  readonly pricePerGpuHour: bigint;
}

/** For all seconds settled together, down. */
export function billedPerSecond({ units, pricePerGpuHour }: SessionTerms, seconds: bigint): bigint {
  return (BigInt(units) * seconds * pricePerGpuHour) / HOUR_SECONDS;
}

export function billedPerHour({ units, pricePerGpuHour }: SessionTerms, seconds: bigint): bigint {
  return BigInt(units) * ((seconds + HOUR_SECONDS - 1n) / HOUR_SECONDS) * pricePerGpuHour;
}
