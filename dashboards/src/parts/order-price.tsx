/**
 * The price of an offer in the token that it is paid in, for a GPU-hour.
 * @module
 */
import { INFER_DECIMALS, USDC_DECIMALS } from '../text/amount.ts';
import { AmountText } from './amount-text.tsx';

interface OrderPriceProps {
  /** Base units of USDC or INFER. */
  readonly orderPrice: string;
  readonly isInUsdc: boolean;
}

/** Decimals that are shown: prices of one model differ little. */
export const PRICE_PLACES = 4;

export function OrderPrice({ orderPrice, isInUsdc }: OrderPriceProps) {
  return (
    <AmountText
      value={orderPrice}
      decimals={isInUsdc ? USDC_DECIMALS : INFER_DECIMALS}
      unit={isInUsdc ? 'USDC' : 'INFER'}
      places={PRICE_PLACES}
      isUnitShown
      isPadded
    />
  );
}
