/**
 * What events say of one wallet: its votes, its claims on the exchange.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { fewRows } from '../rows/few-rows.ts';

export interface WalletVoteRow {
  readonly proposal: Uint8Array;
  /** 0 for, 1 against, 2 abstain, 3 veto. */
  readonly choice: number;
  readonly power: bigint;
  readonly votedAt: UnixSeconds;
  readonly slot: Slot;
  readonly signature: Uint8Array;
}

/** Votes of an owner up to a slot, newest first, at most `limit`. */
export function votesOfWallet(
  client: StoreClient,
  owner: Uint8Array,
  slot: Slot,
  limit: number,
): Promise<WalletVoteRow[]> {
  const ofOwner = 'slot <= {slot:UInt64} AND owner = toFixedString(unhex({owner:String}), 32)';
  return rows<WalletVoteRow>(
    client,
    `SELECT proposal, choice, power, voted_at AS votedAt, slot, signature FROM ${fewRows('governance_vote_cast', ofOwner)}
WHERE ${ofOwner}
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
    { owner, slot, limit },
  );
}

export interface ClaimRow {
  readonly claim: Uint8Array;
  /** Place in the line: what was issued before it. */
  readonly start: bigint;
  readonly amount: bigint;
  /** Paid of it by then. */
  readonly paid: bigint;
  readonly recordedAt: UnixSeconds;
}

/** Claims of a trader that are not paid in full by a slot, in the order of the line, at most `limit`. */
export function openClaims(client: StoreClient, trader: Uint8Array, slot: Slot, limit: number): Promise<ClaimRow[]> {
  const ofTrader = 'slot <= {slot:UInt64} AND trader = toFixedString(unhex({trader:String}), 32)';
  return rows<ClaimRow>(
    client,
    `SELECT r.claim AS claim, r.start AS start, r.amount AS amount, toUInt64(p.paid) AS paid, r.at AS recordedAt
FROM (SELECT claim, start, amount, at FROM ${fewRows('exchange_claim_recorded', ofTrader)} WHERE ${ofTrader}) AS r
LEFT JOIN (
  SELECT claim, max(paid) AS paid FROM ${fewRows('exchange_claim_paid', ofTrader)} WHERE ${ofTrader} GROUP BY claim
) AS p ON p.claim = r.claim
WHERE paid < amount ORDER BY start LIMIT {limit:UInt32}`,
    { trader, slot, limit },
  );
}
