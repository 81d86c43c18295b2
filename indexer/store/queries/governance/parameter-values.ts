/**
 * Governed numbers as the programs' events say them: what each program started with and every change since.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { fewRows } from '../rows/few-rows.ts';

export interface ParameterValue {
  /** Program that said it. */
  readonly program: 'exchange' | 'governance' | 'marketplace';
  /** Row of the parameter table; -1 where the program names its numbers. */
  readonly id: number;
  /** Name of the number; empty where the program counts rows. */
  readonly key: string;
  readonly value: bigint;
}

/** The numbers that the exchange names in its events, each a column `rules_<key>`. */
const EXCHANGE_KEYS = [
  ...['index_depth_gpu_seconds', 'index_trade_depth', 'index_clamp_ppm', 'index_max_age_seconds'],
  ...['initial_margin_bps', 'maintenance_margin_bps', 'trade_fee_bps', 'liquidation_fee_bps'],
  ...['funding_interval_seconds', 'funding_clamp_ppm', 'mark_window_seconds', 'max_open_interest'],
  ...['max_open_interest_bankroll_bps', 'series_basis_ppm'],
];

/** The latest value of each number that events after `afterSlot` up to `lastSlot` tell of. */
export function parameterValues(client: StoreClient, afterSlot: Slot, lastSlot: Slot): Promise<ParameterValue[]> {
  const inRange = 'WHERE slot > {afterSlot:UInt64} AND slot <= {lastSlot:UInt64}';
  const place = '(slot, tx_index, toUInt32(position)) AS place';
  const number = (key: string) => `toInt64(trim(BOTH '"' FROM JSONExtractRaw(change, '${key}')))`;
  const listed = (program: string, table: string, column: string, value: string) => `
  SELECT '${program}' AS program, toInt32(${number('id')}) AS id, '' AS key, ${number(value)} AS value, ${place}, number
  FROM ${fewRows(table)} ARRAY JOIN JSONExtractArrayRaw(${column}) AS change, arrayEnumerate(JSONExtractArrayRaw(${column})) AS number ${inRange}`;
  const names = EXCHANGE_KEYS.map((key) => `'${key}'`).join(', ');
  const values = EXCHANGE_KEYS.map((key) => `toInt64(rules_${key})`).join(', ');
  const named = (table: string) => `
  SELECT 'exchange' AS program, toInt32(-1) AS id, key, value, ${place}, 1 AS number
  FROM ${fewRows(table)} ARRAY JOIN [${names}] AS key, [${values}] AS value ${inRange}`;
  return rows<ParameterValue>(
    client,
    `SELECT program, id, key, argMax(value, (place, number)) AS value FROM (
  ${[
    listed('marketplace', 'marketplace_marketplace_initialized', 'parameters', 'value'),
    listed('marketplace', 'marketplace_parameters_set', 'changes', 'value'),
    listed('governance', 'governance_parameters_changed', 'changes', 'to'),
    `SELECT 'governance' AS program, toInt32(number - 1) AS id, '' AS key, value, ${place}, number
  FROM ${fewRows('governance_governance_initialized')} ARRAY JOIN values AS value, arrayEnumerate(values) AS number ${inRange}`,
    named('exchange_exchange_initialized'),
    named('exchange_parameters_set'),
  ].join('\n  UNION ALL ')}
) GROUP BY program, id, key ORDER BY program, id, key`,
    { afterSlot, lastSlot },
  );
}
