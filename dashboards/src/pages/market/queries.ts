/**
 * Questions of the market page.
 * @module
 */

export const MARKET_QUERY = /* GraphQL */ `
  query Market($model: Int!, $region: Int, $tier: Int, $minScorePpm: Int) {
    marketplace { models inferMint usdcMint }
    offers(model: $model, region: $region, tier: $tier, minScorePpm: $minScorePpm) {
      offerCount units unitsFree utilisationPpm
      offers(first: 200) {
        address provider tier region scorePpm units unitsFree depthUnits isByIndex isInUsdc orderPrice usdcPrice
        minSeconds maxSeconds
      }
    }
    supply { model region jurisdiction tier units unitsBusy vramGb offerCount providerCount }
    leasesEnding(withinSeconds: 86400, first: 50) { order provider buyer model units startedAt endsAt }
    exchange { slot signature margin bankroll insurance openNotional claimsIssued claimsFunded utilisationPpm }
  }
`;

export const SESSIONS_QUERY = /* GraphQL */ `
  query Sessions {
    sessions(first: 30) {
      edges {
        node {
          order provider buyer mint model units createdAt closedAt settledSeconds billed billedPerHour pricePerGpuHour
          usage(first: 20) { settledAt signature fromSecond toSecond amount fee }
        }
      }
    }
    liquidations(first: 20) {
      edges { node { time signature owner model position size price equity shortfall keeper } }
    }
  }
`;

export const MODEL_PRICES_QUERY = /* GraphQL */ `
  query ModelDays($model: Int!, $from: I64!, $to: I64!) {
    index(model: $model) {
      dailyPrices(from: $from, to: $to) { start purchaseCount gpuSeconds min mean median max }
    }
  }
`;
