/**
 * Leases that run, by when their bought time is over.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { countedRows } from '../rows/counted-rows.ts';

export interface LeaseRow {
  readonly order: Uint8Array;
  readonly provider: Uint8Array;
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly units: number;
  readonly startedAt: UnixSeconds;
  readonly endsAt: UnixSeconds;
}

/** Events after which a lease runs no longer. */
const END_EVENTS = ['lease_ended', 'order_settled', 'order_refunded', 'session_closed'];

const [STARTED, CREATED, EXTENDED, ENDED] = [0, 1, 2, 3] as const;

interface LeaseColumns {
  readonly provider: string;
  readonly buyer: string;
  readonly model: string;
  readonly units: string;
  readonly seconds: string;
  readonly startedAt: string;
}

const NOBODY = "toFixedString('', 32)";
const NO_COLUMNS: LeaseColumns = {
  ...{ provider: NOBODY, buyer: NOBODY, model: 'toUInt8(0)', units: 'toUInt16(0)', seconds: '0', startedAt: '0' },
};
const OWN_COLUMNS = { provider: 'provider', buyer: 'buyer', model: 'model', units: 'units', seconds: 'seconds' };
/** Only what became of these is looked at. */
const wasStarted = 'order IN (SELECT order FROM marketplace_delivery_started WHERE slot <= {slot:UInt64})';

/** Soonest first: leases that run after a slot and end at or before a time, at most `limit`. */
export function leasesEnding(
  client: StoreClient,
  slot: Slot,
  untilTime: UnixSeconds,
  limit: number,
): Promise<LeaseRow[]> {
  const from = (event: string, kind: number, { provider, buyer, model, units, seconds, startedAt }: LeaseColumns) =>
    `SELECT slot, bank, blockhash, order, ${kind} AS kind, ${provider} AS provider, ${buyer} AS buyer, ${model} AS model, ${units} AS units,
    toUInt64(${seconds}) AS seconds, toInt64(${startedAt}) AS startedAt
  FROM marketplace_${event} FINAL WHERE slot <= {slot:UInt64}${kind === STARTED ? '' : ` AND ${wasStarted}`}`;
  const branches = [
    from('delivery_started', STARTED, { ...NO_COLUMNS, startedAt: 'started_at' }),
    from('order_created', CREATED, { ...OWN_COLUMNS, startedAt: '0' }),
    from('order_extended', EXTENDED, { ...NO_COLUMNS, seconds: 'seconds' }),
    ...END_EVENTS.map((event) => from(event, ENDED, NO_COLUMNS)),
  ];
  return rows<LeaseRow>(
    client,
    `${countedRows(branches)}
SELECT order, anyIf(provider, kind = ${CREATED}) AS provider, anyIf(buyer, kind = ${CREATED}) AS buyer,
  anyIf(model, kind = ${CREATED}) AS model, anyIf(units, kind = ${CREATED}) AS units, max(startedAt) AS startedAt,
  startedAt + toInt64(max(seconds)) AS endsAt
FROM counted GROUP BY order
HAVING countIf(kind = ${STARTED}) > 0 AND countIf(kind = ${CREATED}) > 0 AND countIf(kind = ${ENDED}) = 0 AND endsAt <= {untilTime:Int64}
ORDER BY endsAt, order LIMIT {limit:UInt32}`,
    { slot, untilTime, limit },
  );
}
