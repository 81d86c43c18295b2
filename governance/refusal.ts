/**
 * What a check of governance refuses, in the words that the on-chain program uses too: rule, key, value, limit. Pure.
 * @module
 */
import { InputError } from '../indexer/domain/errors.ts';

export interface Refusal {
  /** `GOVERNANCE__` and the rule. */
  readonly code: string;
  /** As the program's log names it: `ABOVE_MAX`. */
  readonly rule: string;
  readonly message: string;
  readonly key: string | null;
  /** What was found, and what it may be at most, at least or exactly; `null` where the rule compares no numbers. */
  readonly value: bigint | null;
  readonly limit: bigint | null;
}

const PREFIX = 'GOVERNANCE__';

/** By the number that the program stores with a proposal it invalidates; 0 for none. */
const RULES = [
  ...['', 'UNKNOWN_KEY', 'BELOW_MIN', 'ABOVE_MAX', 'STEP_TOO_LARGE', 'COOLDOWN', 'KEYS_NOT_ASCENDING', 'JOINT_SUM'],
  ...['NOTHING_PROPOSED', 'JOINT_ORDER'],
];

/** Name of a rule by the number that the program stores. */
export function refusalRule(number: number): string {
  return RULES[number] ?? `RULE_${number}`;
}

/** Names in the context of an error, of what was found and of the limit, by rule; `value` and `limit` for all others. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  BELOW_MIN: ['proposed', 'min'],
  ABOVE_MAX: ['proposed', 'max'],
  STEP_TOO_LARGE: ['step', 'maxStep'],
  JOINT_SUM: ['result', 'sum'],
  COOLDOWN: ['sinceSeconds', 'cooldownSeconds'],
};

/** What `check` refuses; `null` when it allows. Errors of another kind than governance's own go on. */
export function refusalOf(check: () => void): Refusal | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof InputError) || !error.code.startsWith(PREFIX)) throw error;
    const rule = error.code.slice(PREFIX.length);
    const [value, limit] = NAMES[rule] ?? ['value', 'limit'];
    const { key } = error.context;
    const numberAt = (name: string) => {
      const found = error.context[name];
      return typeof found === 'bigint' ? found : null;
    };
    return {
      ...{ code: error.code, rule, message: error.message },
      ...{ key: typeof key === 'string' ? key : null, value: numberAt(value), limit: numberAt(limit) },
    };
  }
}
