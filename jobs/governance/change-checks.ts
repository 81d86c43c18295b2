/**
 * The two checks of parameter changes against the values of a moment, for all of them together and for each alone. Pure.
 * @module
 */
import {
  type Change,
  validateBounds,
  validateCooldown,
  validateExecution,
  validateSubmission,
  validateTransition,
} from '../../governance/bounds.ts';
import { type Parameter, parameterOf, parameters } from '../../governance/parameters.ts';
import { type Refusal, refusalOf } from '../../governance/refusal.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { cooldownLeft, type GovernedTable, type GovernedValue, governedValue, sinceChange } from './governed-table.ts';

/** One change beside what limits it; where the key is unknown there is nothing to set it beside. */
export interface CheckedChange {
  readonly key: string;
  readonly proposed: bigint;
  readonly value: GovernedValue | null;
  readonly cooldownLeftSeconds: bigint;
  /** Of this change alone, at submit and at execution; `null` when it is allowed. */
  readonly submitRefusal: Refusal | null;
  readonly executeRefusal: Refusal | null;
}

export interface CheckedChanges {
  readonly changes: readonly CheckedChange[];
  /** Of all of them together, as the program decides. */
  readonly submitRefusal: Refusal | null;
  readonly executeRefusal: Refusal | null;
}

export function checkChanges(table: GovernedTable, changes: readonly Change[], now: UnixSeconds): CheckedChanges {
  const currentOf = (key: string) => governedValue(table, key).current;
  const since = (key: string) => sinceChange(governedValue(table, key), now);
  const isHandedOver = (key: string) => governedValue(table, key).isHandedOver;
  return {
    changes: changes.map((change) => checkOne(table, change, now)),
    submitRefusal: refusalOf(() => validateSubmission(changes, currentOf, isHandedOver)),
    executeRefusal: refusalOf(() => validateExecution(changes, currentOf, since)),
  };
}

function checkOne(table: GovernedTable, { key, proposed }: Change, now: UnixSeconds): CheckedChange {
  const value = table.get(key) ?? null;
  const submitRefusal = refusalOf(() => {
    validateBounds(key, proposed);
    validateTransition(key, governedValue(table, key).current, proposed);
  });
  const cooldown = refusalOf(() => validateCooldown(key, sinceChange(governedValue(table, key), now)));
  return {
    ...{ key, proposed, value, submitRefusal, executeRefusal: submitRefusal ?? cooldown },
    cooldownLeftSeconds: value === null ? 0n : cooldownLeft(value, now),
  };
}

/** The parameter of a row of the table; `null` for a row that this release does not have. */
export function parameterAt(id: number): Parameter | null {
  return ROWS[id] ?? null;
}

const ROWS = [...parameters.values()];
const IDS = new Map(ROWS.map(({ key }, id) => [key, id]));

/** Row of a key in the table: the number by which the program knows it. @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function idOf(key: string): number {
  return IDS.get(parameterOf(key).key) as number;
}

/** Changes as the program stores them, by key. A row that this release does not know has its number for a name. */
export function changesByKey(changes: readonly { readonly id: number; readonly value: bigint }[]): Change[] {
  return changes.map(({ id, value }) => ({ key: parameterAt(id)?.key ?? `row_${id}`, proposed: value }));
}
