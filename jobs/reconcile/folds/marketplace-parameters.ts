/**
 * Which field of the Marketplace account holds a row of the parameter table, told from the row's key alone.
 * @module
 */
import { parameters } from '../../../governance/parameters.ts';

export type Place =
  | { readonly in: 'settings'; readonly name: string }
  | { readonly in: 'tiers'; readonly index: number }
  | { readonly in: 'models'; readonly index: number; readonly name: 'minBenchmark' | 'weight' };

const keys = [...parameters.keys()];

/** @param id row of the parameter table */
export function nameOf(id: number): Place {
  const key = keys[id];
  if (key === undefined) throw new RangeError(`no parameter ${id}`);
  const tier = /^min_stake_tier_(\d)$/.exec(key)?.[1];
  if (tier !== undefined) return { in: 'tiers', index: Number(tier) - 1 };
  for (const [prefix, name] of [
    ['model_weight_', 'weight'],
    ['min_benchmark_', 'minBenchmark'],
  ] as const) {
    if (key.startsWith(prefix)) return { in: 'models', index: keysWith(prefix).indexOf(key), name };
  }
  return { in: 'settings', name: key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) };
}

function keysWith(prefix: string): string[] {
  return keys.filter((key) => key.startsWith(prefix));
}
