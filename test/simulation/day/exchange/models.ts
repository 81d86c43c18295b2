/**
 * What the exchange of a simulated day begins with: which GPU models are traded, by number in the catalogue, and the money
 * that stands against the traders.
 * @module
 */
export const TRADED_MODELS = [0, 1, 2, 4, 5] as const;
/** The one that a large trader buys while everybody wants to rent it. */
export const CORNERED_MODEL = 1;

const INFER = 10n ** 9n;
/** Little enough that a large trader's profit exceeds it. */
export const DAY_FUNDS = { bankroll: 200_000n * INFER, insurance: 20_000n * INFER } as const;
