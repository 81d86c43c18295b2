/**
 * Who may upgrade programs, as the worker has seen it; meanings: sql/0016_program_authorities.sql.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { rows } from '../../rows.ts';

export interface ProgramAuthorityRow {
  readonly program: Uint8Array;
  readonly slot: Slot;
  readonly loader: Uint8Array;
  readonly isUpgradeable: number;
  /** Zero bytes when nobody may upgrade it. */
  readonly upgradeAuthority: Uint8Array;
  readonly deployedSlot: Slot;
}

const table = rowTable('program_authorities', {
  ...{ program: 'FixedString(32)', slot: 'UInt64', loader: 'FixedString(32)', is_upgradeable: 'UInt8' },
  ...{ upgrade_authority: 'FixedString(32)', deployed_slot: 'UInt64' },
});

/** What was seen of all programs up to a slot, oldest first. */
export function programAuthorities(client: StoreClient, slot: Slot): Promise<ProgramAuthorityRow[]> {
  return rows<ProgramAuthorityRow>(
    client,
    `SELECT ${table.selectList} FROM program_authorities FINAL WHERE slot <= {slot:UInt64}
ORDER BY program, slot LIMIT 10000`,
    { slot },
  );
}

export function insertProgramAuthorities(client: StoreClient, found: readonly ProgramAuthorityRow[]): Promise<void> {
  return insertRows(client, table, found);
}
