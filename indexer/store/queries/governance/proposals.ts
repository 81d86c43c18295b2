/**
 * Proposals of governance as their events tell of them: what was submitted, the last event of each kind since, and votes.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from '../rows/event-place.ts';
import { tablesInRange } from '../rows/events.ts';
import { fewRows } from '../rows/few-rows.ts';

export interface SubmittedRow {
  readonly proposal: Uint8Array;
  readonly proposalId: bigint;
  readonly proposer: Uint8Array;
  readonly committed: bigint;
  readonly kind: number;
  /** Canonical JSON, as the next two; `null` for none. */
  readonly changes: string;
  readonly spend: string;
  readonly model: string;
  readonly host: Uint8Array | null;
  readonly title: string;
  readonly uri: string;
  readonly textHash: Uint8Array;
  readonly createdAt: UnixSeconds;
  readonly signalingFrom: UnixSeconds;
  readonly signalingSeconds: number;
  readonly slot: Slot;
  readonly signature: Uint8Array;
}

/** Events after `afterSlot` (0 for all) up to `slot`. */
export interface EventsUntil {
  readonly afterSlot: Slot;
  readonly slot: Slot;
}

const inBounds = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/** In chain order. */
export async function submittedBetween(client: StoreClient, bounds: SlotBounds): Promise<SubmittedRow[]> {
  const table = 'governance_proposal_created';
  if ((await tablesInRange(client, bounds, [table])).length === 0) return [];
  return rows<SubmittedRow>(
    client,
    `SELECT proposal, proposal_id AS proposalId, proposer, committed, action_kind AS kind, action_changes AS changes,
  action_spend AS spend, action_model AS model, action_host AS host, title, uri, text_hash AS textHash,
  created_at AS createdAt, signaling_from AS signalingFrom, signaling_seconds AS signalingSeconds, slot, signature
FROM ${fewRows(table, inBounds)} WHERE ${inBounds} ORDER BY slot, tx_index, position`,
    { ...bounds },
  );
}

/** An event in the life of a proposal; of votes and signals the last one, with how many there were. */
export interface ProposalStepRow {
  readonly proposal: Uint8Array;
  readonly step: ProposalStepName;
  readonly count: bigint;
  /** As `STEPS` lists them. */
  readonly numbers: readonly bigint[];
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
  readonly at: UnixSeconds;
  readonly signature: Uint8Array;
}

const TOTALS = ['for_power', 'against_power', 'abstain_power', 'veto_power'];

/** Columns that each event brings, by the name of its table: of those that a proposal has once. */
const TURNS = {
  proposal_canceled: ['ended_at'],
  signaling_begun: ['voting_from'],
  voting_opened: [
    ...['opened_slot', 'voting_ends_at', 'executes_from', 'expires_at'],
    ...['quorum_bps', 'pass_threshold_bps', 'veto_threshold_bps', 'snapshot_power'],
  ],
  vote_finalized: ['status', 'finalized_at'],
  proposal_executed: ['ended_at'],
  proposal_invalidated: ['refusal_rule', 'refusal_id', 'refusal_value', 'refusal_limit', 'ended_at'],
  proposal_expired: ['ended_at'],
} as const;
/** Likewise of those that many bring, each with the totals after it. */
const CASTS = {
  signal_given: TOTALS.map((each) => `signals_${each}`),
  vote_cast: TOTALS.map((each) => `votes_${each}`),
} as const;
export type ProposalStepName = keyof typeof CASTS | keyof typeof TURNS;

const placeColumns = 'slot, bank, blockhash, tx_index, toUInt32(position) AS place, signature, block_time, proposal';

function stepBranch(step: string, columns: readonly string[], where: string): string {
  return `SELECT ${placeColumns}, '${step}' AS step, [${columns.map((column) => `toInt128(${column})`).join(', ')}] AS numbers
  FROM governance_${step} FINAL WHERE ${where}`;
}

/** What proposals have once, of all of them, in chain order. */
export async function turnsBetween(client: StoreClient, bounds: SlotBounds): Promise<ProposalStepRow[]> {
  const steps = Object.entries(TURNS);
  const tables = await tablesInRange(
    client,
    bounds,
    steps.map(([step]) => `governance_${step}`),
  );
  if (tables.length === 0) return [];
  const branches = steps
    .filter(([step]) => tables.includes(`governance_${step}`))
    .map(([step, columns]) => stepBranch(step, columns, inBounds));
  return rows<ProposalStepRow>(
    client,
    `${countedRows(branches)}
SELECT proposal, step, toUInt64(1) AS count, numbers, slot, tx_index AS transactionIndex, place AS position, block_time AS at, signature
FROM counted ORDER BY slot, tx_index, place`,
    { ...bounds },
  );
}

/** Of the votes and of the signals of each proposal the last, with how many there were. */
export function lastCasts(
  client: StoreClient,
  range: EventsUntil,
  proposals: readonly Uint8Array[],
): Promise<ProposalStepRow[]> {
  const ofProposals =
    'slot > {afterSlot:UInt64} AND slot <= {slot:UInt64} AND hex(proposal) IN ({proposals:Array(String)})';
  const branches = Object.entries(CASTS).map(([step, columns]) => stepBranch(step, columns, ofProposals));
  const slots = Object.keys(CASTS).map((step) => `SELECT slot FROM governance_${step} WHERE ${ofProposals}`);
  return rows<ProposalStepRow>(
    client,
    `${countedRows(branches, `slot IN (${slots.join(' UNION ALL ')})`)}
SELECT proposal, step, cast_count AS count, last.1 AS numbers, last.2 AS slot, last.3 AS transactionIndex, last.4 AS position, last.5 AS at,
  last.6 AS signature
FROM (
  SELECT proposal, step, count() AS cast_count,
    argMax((numbers, slot, tx_index, place, block_time, signature), (slot, tx_index, place)) AS last
  FROM counted GROUP BY proposal, step)`,
    { ...range, proposals: proposals.map((each) => Buffer.from(each).toString('hex').toUpperCase()) },
  );
}

/** Submissions and turns of proposals up to a slot, in chain order. */
export interface ProposalHistory {
  submitted(client: StoreClient, slot: Slot): Promise<readonly SubmittedRow[]>;
  turns(client: StoreClient, slot: Slot): Promise<readonly ProposalStepRow[]>;
}

/** All of history in one question: what every other `ProposalHistory` has to be equal to. */
export const storedHistory: ProposalHistory = {
  submitted: (client, slot) => submittedBetween(client, { fromSlot: 0n, toSlot: slot }),
  turns: (client, slot) => turnsBetween(client, { fromSlot: 0n, toSlot: slot }),
};

export interface CastRow {
  readonly proposal: Uint8Array;
  readonly owner: Uint8Array;
  readonly choice: number;
  readonly power: bigint;
  readonly votedAt: UnixSeconds;
  /** Totals of the proposal after this vote. */
  readonly forPower: bigint;
  readonly againstPower: bigint;
  readonly abstainPower: bigint;
  readonly vetoPower: bigint;
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
  readonly signature: Uint8Array;
}

/** Votes on a proposal, by an owner, or both, up to a slot; newest first, those before `before`, at most `limit`. */
export function votesPage(
  client: StoreClient,
  slot: Slot,
  of: { readonly proposal?: Uint8Array; readonly owner?: Uint8Array },
  before: EventPlace,
  limit: number,
): Promise<CastRow[]> {
  const keys = Object.entries(of).map(([column]) => `${column} = toFixedString(unhex({${column}:String}), 32)`);
  const ofKey = ['slot <= {slot:UInt64}', ...keys].join(' AND ');
  return rows<CastRow>(
    client,
    `SELECT proposal, owner, choice, power, voted_at AS votedAt, votes_for_power AS forPower, votes_against_power AS againstPower,
  votes_abstain_power AS abstainPower, votes_veto_power AS vetoPower, slot, tx_index AS transactionIndex, position, signature
FROM ${fewRows('governance_vote_cast', ofKey)}
WHERE ${ofKey}
  AND (slot, tx_index, position) < ${BOUND_PLACE}
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
    { slot, ...of, ...boundParams(before), limit },
  );
}
