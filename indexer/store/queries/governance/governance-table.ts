/**
 * The parameter table as the governance program holds it, from its events: starting values, the last change of each number,
 * and which numbers were handed over.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import { fewRows } from '../rows/few-rows.ts';
import type { EventsUntil } from './proposals.ts';

const until = 'slot > {afterSlot:UInt64} AND slot <= {slot:UInt64}';

export interface LastChangeRow {
  /** Row of the parameter table. */
  readonly id: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly changedAt: UnixSeconds;
  /** Address of the proposal; `null` for a change of the founding admin. */
  readonly proposal: Uint8Array | null;
  readonly slot: Slot;
  readonly signature: Uint8Array;
}

/** By row of the table. */
export function lastChanges(client: StoreClient, range: EventsUntil): Promise<LastChangeRow[]> {
  const number = (key: string) => `toInt64(trim(BOTH '"' FROM JSONExtractRaw(change, '${key}')))`;
  return rows<LastChangeRow>(
    client,
    `SELECT toUInt16(${number('id')}) AS id, ${number('from')} AS from, ${number('to')} AS to, changed_at AS changedAt, proposal, slot, signature
FROM ${fewRows('governance_parameters_changed')} ARRAY JOIN JSONExtractArrayRaw(changes) AS change WHERE ${until}
ORDER BY id, slot DESC, tx_index DESC, position DESC LIMIT 1 BY id`,
    { ...range },
  );
}

export interface HandedOverRow {
  readonly id: number;
  readonly at: UnixSeconds;
  readonly signature: Uint8Array;
}

/** By row of the table. */
export function handedOver(client: StoreClient, range: EventsUntil): Promise<HandedOverRow[]> {
  return rows<HandedOverRow>(
    client,
    `SELECT id, handed_over_at AS at, signature FROM ${fewRows('governance_parameters_handed_over')} ARRAY JOIN ids AS id
WHERE ${until} ORDER BY id, slot LIMIT 1 BY id`,
    { ...range },
  );
}

export interface SetupRow {
  readonly foundingAdmin: Uint8Array;
  readonly inferMint: Uint8Array;
  readonly usdcMint: Uint8Array;
  readonly inferTreasury: Uint8Array;
  readonly usdcTreasury: Uint8Array;
  /** Starting values by row of the parameter table. */
  readonly initial: readonly bigint[];
}

/** As governance was set up; `null` where it was not in the range. */
export function governanceSetup(client: StoreClient, range: EventsUntil): Promise<SetupRow | null> {
  return firstRow<SetupRow>(
    client,
    `SELECT founding_admin AS foundingAdmin, infer_mint AS inferMint, usdc_mint AS usdcMint, infer_treasury AS inferTreasury,
  usdc_treasury AS usdcTreasury, values AS initial FROM ${fewRows('governance_governance_initialized')} WHERE ${until} LIMIT 1`,
    { ...range },
  );
}
