/**
 * What a session costs by the second, as the marketplace settles it: docs/programs/marketplace.md, "Arithmetic".
 * @module
 */
import type { SessionTerms } from '../../../jobs/market/session-billing.ts';

/** For all seconds settled together, down. */
export function billedPerSecond({ units, pricePerGpuHour }: SessionTerms, seconds: bigint): bigint {
  return (BigInt(units) * seconds * pricePerGpuHour) / 3_600n;
}
