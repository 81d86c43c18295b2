/**
 * What the exchange of a simulated day begins with: which GPU models are traded, and the money that stands against the
 * traders.
 * @module
 */
import type { ProviderPlan } from '../../population.ts';

const INFER = 10n ** 9n;
/** Little enough that a large trader's profit exceeds it. */
export const DAY_FUNDS = { bankroll: 200_000n * INFER, insurance: 20_000n * INFER } as const;
const TRADED = 5;

/** GPU models by number in the catalogue. */
export interface TradedModels {
  /** Those that most is offered of, since purchases make their price. */
  readonly all: readonly [number, ...number[]];
  /** The one that a large trader buys while everybody wants to rent it. */
  readonly cornered: number;
}

export function tradedModels(providers: readonly ProviderPlan[]): TradedModels {
  const counts = new Map<number, number>();
  for (const { model } of providers.flatMap(({ offers }) => offers)) counts.set(model, (counts.get(model) ?? 0) + 1);
  const byOffers = [...counts].sort(([left, many], [right, more]) => more - many || left - right);
  const [cornered = 0, ...others] = byOffers.slice(0, TRADED).map(([model]) => model);
  return { all: [cornered, ...others], cornered };
}
