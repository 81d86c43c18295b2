/**
 * The parameter table as the governance program holds it at a slot: what proposals are checked against. Folded from events;
 * where the record begins inside the chain, from the account of its first snapshot on.
 * @module
 */
import { type Parameter, parameterOf, parameters } from '../../governance/parameters.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  governanceSetup,
  handedOver,
  type LastChangeRow,
  lastChanges,
} from '../../indexer/store/queries/governance/governance-table.ts';
import type { EventsUntil } from '../../indexer/store/queries/governance/proposals.ts';
import { accountsAsOf } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { decodeParameters } from '../../programs/governance/client.generated.ts';

export interface GovernedValue {
  readonly parameter: Parameter;
  /** Its row: the number by which the program knows it. */
  readonly id: number;
  readonly current: bigint;
  readonly isHandedOver: boolean;
  /** `null` when it was never changed. */
  readonly changedAt: UnixSeconds | null;
  /** `null` when it was never changed, or before the record. */
  readonly lastChange: LastChangeRow | null;
}

/** By key, in the order of the table. A chain without governance has the defaults, all of them the founders'. */
export type GovernedTable = ReadonlyMap<string, GovernedValue>;

export async function governedTable(
  store: StoreClient,
  program: Uint8Array,
  range: EventsUntil,
): Promise<GovernedTable> {
  const [account, setup, changes, given] = await Promise.all([
    range.afterSlot === 0n ? [] : accountsAsOf(store, program, 'Parameters', range.afterSlot),
    governanceSetup(store, range),
    lastChanges(store, range),
    handedOver(store, range),
  ]);
  const before = account[0] === undefined ? null : decodeParameters(account[0].data);
  const changeOf = new Map(changes.map((each) => [each.id, each]));
  const handed = new Set(given.map(({ id }) => id));
  const entries = [...parameters.values()].map((parameter, id): [string, GovernedValue] => {
    const lastChange = changeOf.get(id) ?? null;
    const started = setup?.initial[id] ?? before?.values[id] ?? parameter.defaultValue;
    const value = {
      ...{ parameter, id, lastChange, current: lastChange?.to ?? started },
      isHandedOver: handed.has(id) || before?.handedOver[id] === 1,
      changedAt: lastChange?.changedAt ?? (before?.changedAt[id] || null),
    };
    return [parameter.key, value];
  });
  return new Map(entries);
}

/** @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function governedValue(table: GovernedTable, key: string): GovernedValue {
  const { key: known } = parameterOf(key);
  return table.get(known) as GovernedValue;
}

/** Seconds since the last change; `null` when there was none. */
export function sinceChange({ changedAt }: GovernedValue, now: UnixSeconds): bigint | null {
  return changedAt === null ? null : now - changedAt;
}

/** Seconds until it may change again; 0 when it may. */
export function cooldownLeft(value: GovernedValue, now: UnixSeconds): bigint {
  const since = sinceChange(value, now);
  const left = since === null ? 0n : value.parameter.cooldownSeconds - since;
  return left > 0n ? left : 0n;
}
