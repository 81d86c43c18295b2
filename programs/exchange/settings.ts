/**
 * Starting prices of the founding models' indexes, for a local chain and the simulation. On a deployment whoever calls
 * `create_index` names the price; readers take it from the chain, never from here.
 * @module
 */

/** Index prices are base units of INFER per GPU-hour times this. */
export const PRICE_SCALE = 1_000_000n;
/** Base units of INFER for a thousandth of a dollar: ten INFER are a dollar, as in the marketplace's starting rate. */
const INFER_PER_MILL = 10_000_000n;

/**
 * Thousandths of a dollar per GPU-hour by model number of the marketplace's catalogue: the network's published prices,
 * and for H200, MI300X and B200, which it does not list, the prices the simulation begins with.
 */
const MILLS_PER_GPU_HOUR = [1_500n, 2_400n, 610n, 900n, 1_990n, 2_990n, 48n, 192n, 320n, 400n, 400n] as const;

/** Starting index price of a founding model. */
export const STARTING_PRICES: readonly bigint[] = MILLS_PER_GPU_HOUR.map(
  (mills) => mills * INFER_PER_MILL * PRICE_SCALE,
);
