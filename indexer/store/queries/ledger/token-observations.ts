/**
 * Token accounts and mints as seen on chain at finalized slots; see sql/0014_ledger.sql.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow } from '../../rows.ts';

export interface VaultObservation {
  readonly account: Uint8Array;
  /** As of the end of this slot. */
  readonly slot: Slot;
  readonly mint: Uint8Array;
  /** Base units. */
  readonly amount: bigint;
}

export interface MintObservation {
  readonly mint: Uint8Array;
  /** As of the end of this slot. */
  readonly slot: Slot;
  /** Base units. */
  readonly supply: bigint;
  readonly decimals: number;
  /** Empty when there is none any more. */
  readonly mintAuthority: Uint8Array;
  /** Empty when there is none. */
  readonly freezeAuthority: Uint8Array;
}

const recorded = { recorded_at: 'DateTime64(6)' };
const vaultColumns = { account: 'FixedString(32)', slot: 'UInt64', mint: 'FixedString(32)', amount: 'UInt64' };
const mintColumns = {
  ...{ mint: 'FixedString(32)', slot: 'UInt64', supply: 'UInt64', decimals: 'UInt8' },
  ...{ mint_authority: 'String', freeze_authority: 'String' },
};
const vaultTable = rowTable('vault_observations', vaultColumns);
const mintTable = rowTable('mint_observations', mintColumns);
const writtenVaults = rowTable('vault_observations', { ...vaultColumns, ...recorded });
const writtenMints = rowTable('mint_observations', { ...mintColumns, ...recorded });

export async function insertObservations(
  client: StoreClient,
  seen: { readonly vaults: readonly VaultObservation[]; readonly mints: readonly MintObservation[] },
  recordedAt: bigint,
): Promise<void> {
  const marked = <Row extends object>(observations: readonly Row[]) =>
    observations.map((each) => ({ ...each, recordedAt }));
  await insertRows(client, writtenVaults, marked(seen.vaults));
  await insertRows(client, writtenMints, marked(seen.mints));
}

/** The newest one at or before a slot, or the first of all; `null` when there is none. */
export function vaultObservation(
  client: StoreClient,
  account: Uint8Array,
  slot: Slot | 'first',
): Promise<VaultObservation | null> {
  const order = slot === 'first' ? 'slot' : 'slot DESC';
  return firstRow<VaultObservation>(
    client,
    `SELECT ${vaultTable.selectList} FROM vault_observations
WHERE account = toFixedString(unhex({account:String}), 32) AND slot <= {slot:UInt64} ORDER BY ${order} LIMIT 1`,
    { account, slot: slot === 'first' ? 2n ** 63n : slot },
  );
}

/** The newest one at or before a slot; `null` when there is none. */
export function mintObservation(client: StoreClient, mint: Uint8Array, slot: Slot): Promise<MintObservation | null> {
  return firstRow<MintObservation>(
    client,
    `SELECT ${mintTable.selectList} FROM mint_observations
WHERE mint = toFixedString(unhex({mint:String}), 32) AND slot <= {slot:UInt64} ORDER BY slot DESC LIMIT 1`,
    { mint, slot },
    { bytesColumns: ['mintAuthority', 'freezeAuthority'] },
  );
}
