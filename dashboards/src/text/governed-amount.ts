/**
 * A governed number in the unit that people count in: programs have whole base units, and a voter thinks in tokens. Pure.
 * @module
 */
import { compact, count, INFER_DECIMALS, INT_DECIMALS, tokens } from './amount.ts';

const counted: Readonly<Record<string, readonly [decimals: number, unit: string]>> = {
  'base units of INFER': [INFER_DECIMALS, 'INFER'],
  'base units of INFER per USDC': [INFER_DECIMALS, 'INFER per USDC'],
  'base units of INT': [INT_DECIMALS, 'INT'],
  'milli-INFER': [3, 'INFER'],
  'micro-INFER per reward epoch': [6, 'INFER per reward epoch'],
};

export interface GovernedUnit {
  readonly unit: string;
  /** All digits. */
  text(value: string): string;
  /** A few characters. */
  short(value: string): string;
  /** As the program has it. */
  exact(value: string): string;
}

/** @param unit as the parameter's declaration names it; `null` where it is unknown */
export function governedUnit(unit: string | null): GovernedUnit {
  const [decimals, name] = counted[unit ?? ''] ?? [0, unit ?? '–'];
  return {
    unit: name,
    text: (value) => (decimals === 0 ? count(value) : tokens(value, decimals)),
    short: (value) => compact(value, decimals),
    exact: (value) => `${count(value)} ${unit ?? ''}`.trim(),
  };
}
