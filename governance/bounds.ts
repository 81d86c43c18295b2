/**
 * Whether a parameter may take a value: within its bounds, within one step, after its cooldown. Pure.
 * The same rules in the same order as the on-chain program, so that what is shown is what is enforced.
 * @module
 */
import { checkInput, InputError } from '../indexer/domain/errors.ts';
import { JOINT_ORDERS, JOINT_SUMS, type Parameter, parameterOf } from './parameters.ts';

export interface Change {
  readonly key: string;
  readonly proposed: bigint;
}

/**
 * The check at submit: `min <= proposed <= max`.
 * @throws InputError `GOVERNANCE__UNKNOWN_KEY`, `GOVERNANCE__BELOW_MIN`, `GOVERNANCE__ABOVE_MAX`
 */
export function validateBounds(key: string, proposed: bigint): void {
  checkBounds(parameterOf(key), proposed);
}

/**
 * The check against the value of the moment: bounds, then the step from `current` clamped into the bounds, so that a
 * value left outside by an older table can always be brought back.
 * @throws InputError the codes of `validateBounds`, `GOVERNANCE__STEP_TOO_LARGE`
 */
export function validateTransition(key: string, current: bigint, proposed: bigint): void {
  const parameter = parameterOf(key);
  checkBounds(parameter, proposed);
  const { min, max, maxStep } = parameter;
  const from = current < min ? min : current > max ? max : current;
  const step = proposed > from ? proposed - from : from - proposed;
  if (maxStep !== 0n && step > maxStep) {
    throw refusal('STEP_TOO_LARGE', `${key} may move by ${maxStep} at once, not by ${step}`, {
      key,
      proposed,
      current,
      step,
      maxStep,
    });
  }
}

/**
 * The cooldown, checked when a proposal executes.
 * @param sinceLastChangeSeconds `null` when the key was never changed
 * @throws InputError `GOVERNANCE__COOLDOWN`
 */
export function validateCooldown(key: string, sinceLastChangeSeconds: bigint | null): void {
  const { cooldownSeconds } = parameterOf(key);
  if (sinceLastChangeSeconds !== null && sinceLastChangeSeconds < cooldownSeconds) {
    const leftSeconds = cooldownSeconds - sinceLastChangeSeconds;
    const sinceSeconds = sinceLastChangeSeconds;
    const context = { key, cooldownSeconds, sinceSeconds, leftSeconds };
    throw refusal('COOLDOWN', `${key} may change again in ${leftSeconds} s`, context);
  }
}

/**
 * All changes of one proposal against the values in force, at submit; all or nothing.
 * @throws InputError the codes of `validateTransition`, `GOVERNANCE__KEYS_NOT_ASCENDING`, `GOVERNANCE__NOTHING_PROPOSED`,
 *   `GOVERNANCE__JOINT_SUM`, `GOVERNANCE__JOINT_ORDER`
 */
export function validateChanges(changes: readonly Change[], currentOf: (key: string) => bigint): void {
  checkChanges(changes, currentOf, () => {});
}

/** Most changes of one proposal. */
export const MAX_CHANGES = 16;

/**
 * The first check as `create_proposal` makes it: of at most 16 changes, all of them of numbers that governance holds.
 * @throws InputError the codes of `validateChanges`, `GOVERNANCE__TOO_MANY_CHANGES`, `GOVERNANCE__HELD_BY_FOUNDERS`
 */
export function validateSubmission(
  changes: readonly Change[],
  currentOf: (key: string) => bigint,
  isHandedOver: (key: string) => boolean,
): void {
  if (changes.length > MAX_CHANGES) {
    const message = `A proposal changes ${MAX_CHANGES} parameters at most, not ${changes.length}`;
    throw refusal('TOO_MANY_CHANGES', message, { value: BigInt(changes.length), limit: BigInt(MAX_CHANGES) });
  }
  validateChanges(changes, currentOf);
  const held = changes.find(({ key }) => !isHandedOver(key));
  if (held !== undefined) {
    const message = `${held.key} is still the founding admin's: it is not handed over to governance`;
    throw refusal('HELD_BY_FOUNDERS', message, { key: held.key });
  }
}

/**
 * The second check, when a proposal executes: all of the first against the values of that moment, and the cooldowns.
 * @param sinceLastChangeOf seconds; `null` for a key that was never changed
 * @throws InputError the codes of `validateChanges`, `GOVERNANCE__COOLDOWN`
 */
export function validateExecution(
  changes: readonly Change[],
  currentOf: (key: string) => bigint,
  sinceLastChangeOf: (key: string) => bigint | null,
): void {
  checkChanges(changes, currentOf, (key) => validateCooldown(key, sinceLastChangeOf(key)));
}

/**
 * Whether governance could come to hold values, in however many proposals: bounds, and joint rules over the result.
 * @throws InputError the codes of `validateBounds`, `GOVERNANCE__JOINT_SUM`, `GOVERNANCE__JOINT_ORDER`
 */
export function validateValues(changes: readonly Change[], currentOf: (key: string) => bigint): void {
  for (const { key, proposed } of changes) validateBounds(key, proposed);
  checkJointRules(changes, currentOf);
}

function checkChanges(
  changes: readonly Change[],
  currentOf: (key: string) => bigint,
  checkKey: (key: string) => void,
): void {
  checkInput(changes.length > 0, 'GOVERNANCE__NOTHING_PROPOSED', 'A proposal has to change a parameter');
  changes.forEach(({ key, proposed }, index) => {
    const before = changes[index - 1]?.key;
    parameterOf(key);
    if (before !== undefined && before >= key) {
      throw refusal('KEYS_NOT_ASCENDING', `${key} must not follow ${before}`, { key, before });
    }
    validateTransition(key, currentOf(key), proposed);
    checkKey(key);
  });
  checkJointRules(changes, currentOf);
}

function checkBounds({ key, min, max }: Parameter, proposed: bigint): void {
  if (proposed < min) throw refusal('BELOW_MIN', `${key} must be at least ${min}`, { key, proposed, min });
  if (proposed > max) throw refusal('ABOVE_MAX', `${key} must be at most ${max}`, { key, proposed, max });
}

/** Rules over the values as they would be afterwards, where a change touches them. */
function checkJointRules(changes: readonly Change[], currentOf: (key: string) => bigint): void {
  const proposals = new Map(changes.map(({ key, proposed }) => [key, proposed]));
  const after = (key: string) => proposals.get(key) ?? currentOf(key);
  for (const { keys, sum } of JOINT_SUMS) {
    if (!keys.some((key) => proposals.has(key))) continue;
    const result = keys.reduce((total, key) => total + after(key), 0n);
    if (result !== sum) {
      throw refusal('JOINT_SUM', `${keys.join(' + ')} must be ${sum}, not ${result}`, { keys, result, sum });
    }
  }
  for (const { below, above } of JOINT_ORDERS) {
    if (!proposals.has(below) && !proposals.has(above)) continue;
    const [value, limit] = [after(below), after(above)];
    if (value >= limit) {
      const message = `${below} must stay below ${above}: ${value} is not below ${limit}`;
      throw refusal('JOINT_ORDER', message, { key: below, value, limit });
    }
  }
}

function refusal(rule: string, message: string, context: InputError['context']): InputError {
  return new InputError(`GOVERNANCE__${rule}`, message, context);
}
