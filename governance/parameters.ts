/**
 * The parameter table: the only place where a governed number is defined. Read from `parameters.json`, checked when loaded.
 * Source: docs/decisions.md, "A parameter names the program that acts by it"; the first nine rows are those of the founding documents.
 * @module
 */
import { z } from 'zod';
import { InputError, messageOf } from '../indexer/domain/errors.ts';
import table from './parameters.json' with { type: 'json' };

/** A governed number; amounts are in `unit`. */
export interface Parameter {
  readonly key: string;
  /** The on-chain program that acts by it; `ledger` for the platform itself. */
  readonly program: 'exchange' | 'governance' | 'ledger' | 'marketplace' | 'staking';
  readonly unit: string;
  readonly type: 'bps' | 'int32' | 'int64';
  readonly min: bigint;
  readonly max: bigint;
  /** Largest change in one proposal; 0 for no limit. */
  readonly maxStep: bigint;
  readonly defaultValue: bigint;
  /** Least time between two changes. */
  readonly cooldownSeconds: bigint;
  readonly rationale: string;
}

const integer = z.number().int().refine(Number.isSafeInteger, 'must be an integer below 2^53').transform(BigInt);
const rowSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]*$/),
  program: z.enum(['exchange', 'governance', 'ledger', 'marketplace', 'staking']),
  unit: z.string().min(1),
  type: z.enum(['bps', 'int32', 'int64']),
  min: integer,
  max: integer,
  maxStep: integer,
  default: integer,
  cooldownSeconds: integer,
  rationale: z.string().min(20),
});

const typeLimits = { bps: 10_000n, int32: (1n << 31n) - 1n, int64: (1n << 63n) - 1n } as const;

/** Keys that only change together, to this sum. */
export const JOINT_SUMS: readonly { readonly keys: readonly string[]; readonly sum: bigint }[] = [
  { keys: ['fee_treasury_bps', 'fee_burn_bps', 'fee_verifier_bps'], sum: 10_000n },
];

/** Keys of which one stays below the other. */
export const JOINT_ORDERS: readonly { readonly below: string; readonly above: string }[] = [
  { below: 'maintenance_margin_bps', above: 'initial_margin_bps' },
];

/**
 * Parameters by key, in the order of the table.
 * @throws InputError `GOVERNANCE__BAD_TABLE` for a row that is malformed, doubled or contradicts itself
 */
export function readParameterTable(rows: unknown): ReadonlyMap<string, Parameter> {
  const parsed = z.array(rowSchema).safeParse(rows);
  if (!parsed.success) throw badTable(messageOf(parsed.error.issues[0]?.message), '');
  const parameters = new Map<string, Parameter>();
  for (const { default: defaultValue, ...row } of parsed.data) {
    const parameter = { ...row, defaultValue };
    checkRow(parameter, parameters.has(row.key));
    parameters.set(row.key, parameter);
  }
  for (const { keys, sum } of JOINT_SUMS) checkJointDefaults(parameters, keys, sum);
  for (const { below, above } of JOINT_ORDERS) {
    const [low, high] = [parameters.get(below), parameters.get(above)];
    const isOrdered = low === undefined || high === undefined || low.defaultValue < high.defaultValue;
    if (!isOrdered) throw badTable(`has a default that is not below that of ${above}`, below);
  }
  return parameters;
}

/** The table of this release. */
export const parameters: ReadonlyMap<string, Parameter> = readParameterTable(table);

/** @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function parameterOf(key: string, within: ReadonlyMap<string, Parameter> = parameters): Parameter {
  const parameter = within.get(key);
  if (parameter === undefined) {
    throw new InputError('GOVERNANCE__UNKNOWN_KEY', `There is no parameter ${key.slice(0, 100)}`, { key });
  }
  return parameter;
}

/** Keys that a joint rule ties to one: what is changed of them decides whether it may change. */
export function tiedTo(key: string): string[] {
  const orders = JOINT_ORDERS.map(({ below, above }) => [below, above]);
  const groups = [...JOINT_SUMS.map(({ keys }) => [...keys]), ...orders];
  return groups.filter((keys) => keys.includes(key)).flatMap((keys) => keys.filter((each) => each !== key));
}

/** Value in force where governance has not changed it. @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function defaultOf(key: string): bigint {
  return parameterOf(key).defaultValue;
}

function checkRow(parameter: Parameter, isDouble: boolean): void {
  const { key, min, max, maxStep, defaultValue, cooldownSeconds, type } = parameter;
  if (isDouble) throw badTable('stands twice', key);
  if (min > max || min < 0n || max > typeLimits[type]) throw badTable(`has bounds outside its type ${type}`, key);
  if (defaultValue < min || defaultValue > max) throw badTable('has a default outside its bounds', key);
  if (maxStep < 0n || cooldownSeconds < 0n) throw badTable('has a negative step or cooldown', key);
}

function checkJointDefaults(table: ReadonlyMap<string, Parameter>, keys: readonly string[], sum: bigint): void {
  const present = keys.filter((key) => table.has(key));
  if (present.length === 0) return;
  const total = present.reduce((all, key) => all + (table.get(key)?.defaultValue ?? 0n), 0n);
  if (total !== sum) throw badTable(`and its partners have defaults that sum to ${total}, not ${sum}`, keys.join(', '));
}

function badTable(reason: string, key: string): InputError {
  return new InputError('GOVERNANCE__BAD_TABLE', `Parameter table cannot be used: ${key} ${reason}`, { key });
}
