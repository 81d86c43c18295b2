/**
 * Units that must not be mixed up. Amounts are integers in base units; 64-bit numbers of the chain are `bigint`.
 * Source: the token definitions of the programs (INFER and INT have 9 decimals, USDC 6).
 * @module
 */

declare const unit: unique symbol;

/** Base units of INT, the staking program's token (10^-9). */
export type IntAmount = bigint & { readonly [unit]?: 'INT' };
/** Base units of USDC (10^-6). */
export type UsdcAmount = bigint & { readonly [unit]?: 'USDC' };
/** Base units of INFER (10^-9). */
export type InferAmount = bigint & { readonly [unit]?: 'INFER' };
/** A slot of the chain. */
export type Slot = bigint;
/** Seconds since 1970, as the chain's clock counts them. */
export type UnixSeconds = bigint;
/** Number of a reward epoch of the staking program, from 1. Not a Solana epoch. */
export type RewardEpoch = bigint;

export const PUBLIC_KEY_BYTES = 32;
export const BLOCKHASH_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const U64_MAX = (1n << 64n) - 1n;
/** A whole, in parts per million and in basis points. */
export const PPM = 1_000_000n;
export const BPS = 10_000n;
/** Base units of one USDC. */
export const USDC_BASE_UNITS = 1_000_000n;
