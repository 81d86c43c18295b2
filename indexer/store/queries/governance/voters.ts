/**
 * Stake and voting power of an owner as governance's events tell of them, and the power of all.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { fewRows } from '../rows/few-rows.ts';
import type { EventsUntil } from './proposals.ts';

/** Columns that each event brings, by the name of its table. */
const STEPS = {
  staked: ['stake', 'power'],
  unstake_requested: ['stake', 'unstaking', 'unstake_at', 'power'],
  stake_withdrawn: [],
  use_synced: ['fees_paid', 'fees_earned_on', 'power'],
  vote_cast: ['locked_until', 'unstake_at'],
} as const;

export interface StakeStepRow {
  readonly step: keyof typeof STEPS;
  /** As `STEPS` lists them. */
  readonly numbers: readonly bigint[];
}

const until = 'slot > {afterSlot:UInt64} AND slot <= {slot:UInt64}';

/** The last event of each kind about an owner's stake, in chain order. */
export function stakeSteps(client: StoreClient, range: EventsUntil, owner: Uint8Array): Promise<StakeStepRow[]> {
  const branches = Object.entries(STEPS).map(
    ([table, columns]) => `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, '${table}' AS step,
    CAST([${columns.map((column) => `toInt128(${column})`).join(', ')}], 'Array(Int128)') AS numbers
  FROM governance_${table} FINAL WHERE ${until} AND owner = toFixedString(unhex({owner:String}), 32)`,
  );
  return rows<StakeStepRow>(
    client,
    `${countedRows(branches)}
SELECT step, argMax(listed, chain_place) AS numbers FROM (
  SELECT step, numbers AS listed, (slot, tx_index, place) AS chain_place FROM counted
) GROUP BY step ORDER BY max(chain_place)`,
    { ...range, owner },
  );
}

/** Power of all who stake; `null` where no event has told of it. */
export async function totalPower(client: StoreClient, range: EventsUntil): Promise<bigint | null> {
  const last = (table: string) => `(SELECT slot, tx_index, toUInt32(position) AS place, total_power
  FROM ${fewRows(`governance_${table}`, until)} WHERE ${until} ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1)`;
  const found = await firstRow<{ power: bigint }>(
    client,
    `SELECT total_power AS power FROM (${['staked', 'unstake_requested', 'use_synced'].map(last).join('\n  UNION ALL ')})
ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1`,
    { ...range },
  );
  return found?.power ?? null;
}
