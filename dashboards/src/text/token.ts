/**
 * The token of a mint, as the marketplace names them. Pure.
 * @module
 */
import { INFER_DECIMALS, USDC_DECIMALS } from './amount.ts';

export interface Token {
  readonly unit: string;
  readonly decimals: number;
}

export interface Mints {
  readonly inferMint: string;
  readonly usdcMint: string;
}

/** `null` for a mint the marketplace does not name: its decimals are unknown. */
export function tokenOf(mint: unknown, mints: Mints | null): Token | null {
  if (mints === null) return null;
  if (mint === mints.usdcMint) return { unit: 'USDC', decimals: USDC_DECIMALS };
  return mint === mints.inferMint ? { unit: 'INFER', decimals: INFER_DECIMALS } : null;
}
