/**
 * An amount in the token whose mint is named; in base units where the mint is none of the marketplace's.
 * @module
 */
import { count } from '../text/amount.ts';
import { type Mints, tokenOf } from '../text/token.ts';
import { AmountText } from './amount-text.tsx';

interface TokenAmountProps {
  /** Base units; `null` where it is not known. */
  readonly value: string | null;
  readonly mint: string;
  readonly mints: Mints | null;
  /** Decimals that are shown. */
  readonly places?: number;
}

export function TokenAmount({ value, mint, mints, ...shown }: TokenAmountProps) {
  if (value === null) return <span>–</span>;
  const token = tokenOf(mint, mints);
  if (token === null) return <span data-exact={value}>{count(value)}</span>;
  return <AmountText value={value} decimals={token.decimals} unit={token.unit} isUnitShown {...shown} />;
}
