/**
 * An amount, shortened to what can be read at a glance; its title has every digit and its unit.
 * @module
 */
import { rounded, tokens } from '../text/amount.ts';

interface AmountTextProps {
  readonly value: string;
  readonly decimals: number;
  readonly unit: string;
  /** Decimals that are shown. */
  readonly places?: number;
  readonly isUnitShown?: boolean;
}

const PLACES = 2;

export function AmountText({ value, decimals, unit, places = PLACES, isUnitShown = false }: AmountTextProps) {
  return (
    <span title={`${tokens(value, decimals)} ${unit}`} data-exact={value}>
      {rounded(value, decimals, places)}
      {isUnitShown && <small> {unit}</small>}
    </span>
  );
}
