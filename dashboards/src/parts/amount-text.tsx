/**
 * An amount, shortened to what can be read at a glance; its title has every digit and its unit.
 * @module
 */
import { padded, rounded, tokens } from '../text/amount.ts';

interface AmountTextProps {
  readonly value: string;
  readonly decimals: number;
  readonly unit: string;
  /** Decimals that are shown. */
  readonly places?: number;
  readonly isUnitShown?: boolean;
  /** Prices of one column have the same decimals. */
  readonly isPadded?: boolean;
}

const PLACES = 2;

export function AmountText(props: AmountTextProps) {
  const { value, decimals, unit, places = PLACES, isUnitShown = false, isPadded = false } = props;
  const text = rounded(value, decimals, places);
  return (
    <span title={`${tokens(value, decimals)} ${unit}`} data-exact={value}>
      {isPadded ? padded(text, places) : text}
      {isUnitShown && <small> {unit}</small>}
    </span>
  );
}
