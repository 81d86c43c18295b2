/**
 * What the marketplace starts with: the founding GPU catalogue, and every governed number at the value of the parameter
 * table. Governance may change all of it; readers take it from the chain, never from here.
 * @module
 */
import { parameterOf, parameters } from '../../../governance/parameters.ts';
import type { GpuModel, ParameterChange } from '../../../programs/marketplace/client.generated.ts';

/** Names and memory of the founding models, by number. */
const FOUNDING_MODELS = [
  ['H100', 80],
  ['H200', 141],
  ['A100-40', 40],
  ['A100-80', 80],
  ['MI300X', 192],
  ['B200', 192],
  ['RTX3060', 12],
  ['RTX3090', 24],
  ['RTX4090', 24],
  ['RTX5090', 32],
  ['A6000', 48],
] as const;

function keyOf(prefix: string, name: string): string {
  return `${prefix}_${name.toLowerCase().replace('-', '_')}`;
}

/** The founding catalogue with the starting weights and least benchmarks. */
export const GPU_CATALOGUE: readonly GpuModel[] = FOUNDING_MODELS.map(([name, vramGb]) => ({
  name,
  vramGb,
  weight: Number(parameterOf(keyOf('model_weight', name)).defaultValue),
  minBenchmark: Number(parameterOf(keyOf('min_benchmark', name)).defaultValue),
  isListed: true,
}));

const rows = [...parameters.values()];

/** Values by key of the parameter table, as `set_parameters` takes them. @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function parameterChanges(values: Readonly<Record<string, bigint>>): ParameterChange[] {
  return Object.entries(values).map(([key, value]) => ({ id: rows.indexOf(parameterOf(key)), value }));
}

/** Every number the marketplace holds, with its starting value, in the order of the table. */
export const STARTING_PARAMETERS: readonly ParameterChange[] = rows.flatMap(({ program, defaultValue }, id) =>
  program === 'marketplace' ? [{ id, value: defaultValue }] : [],
);
