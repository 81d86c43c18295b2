/**
 * Questions of the index page.
 * @module
 */

/** What the first chart is made of, and nothing that would keep it waiting. */
export const CANDLES_QUERY = /* GraphQL */ `
  query Candles($model: Int!, $from: I64!, $to: I64!, $interval: CandleInterval!) {
    marketplace { models }
    index(model: $model) {
      price anchor longSize shortSize slot
      candles(interval: $interval, from: $from, to: $to) {
        start open high low close tickCount vwap twap purchaseGpuSeconds tradeGpuSeconds
      }
    }
  }
`;

export const INDEX_QUERY = /* GraphQL */ `
  query Index(
    $model: Int!, $from: I64!, $to: I64!, $bucketSeconds: Int!
    $rateFrom: I64!, $rateWindow: RateWindow!, $watchFrom: I64!, $watchWindow: RateWindow!
  ) {
    index(model: $model) {
      referenceRates(window: $rateWindow, from: $rateFrom, to: $to) {
        windowStart status rate purchaseCount excludedCount gpuSeconds ruleVersion inputHash firstSlot lastSlot
      }
      surveillance(window: $watchWindow, from: $watchFrom, to: $to) {
        windowStart washSharePpm concentrationPpm largestSharePpm premiumPpm
        moveByPurchases { value fee burned }
        moveByTrades { notional fee }
      }
      openInterest(bucketSeconds: $bucketSeconds, from: $from, to: $to) { start longSize shortSize mark }
    }
  }
`;

export const RATE_INPUTS_QUERY = /* GraphQL */ `
  query RateInputs($model: Int!, $from: I64!, $to: I64!, $window: RateWindow!) {
    index(model: $model) {
      referenceRates(window: $window, from: $from, to: $to) {
        partitions
        inputs(first: 200) { slot signature order price gpuSeconds cluster exclusion }
      }
    }
  }
`;

export const CURVE_QUERY = /* GraphQL */ `
  query Curve($model: Int!, $settlement: SeriesSettlement!, $atSlot: U64) {
    blocks(first: 1, atSlot: $atSlot) { edges { node { slot blockTime } } }
    index(model: $model, atSlot: $atSlot) {
      forwardCurve(settlement: $settlement) {
        shape slopePerYear rollYield
        spot { price source }
        nodes { series expiry deliveryStart mark lastPrice tradedAt longSize shortSize secondsToSettlement isUsed }
        tenors { days kind forward absence annualisedBasis }
      }
    }
  }
`;
