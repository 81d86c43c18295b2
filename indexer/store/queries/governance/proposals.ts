/**
 * Proposals of governance as their events tell of them: what was submitted, the last event of each kind since, and votes.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { countedRows } from '../rows/counted-rows.ts';
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

/** Which proposals: those below an id, those that no event has ended, one of an id; newest first. */
export interface ProposalFilter {
  /** Exclusive. */
  readonly belowId: bigint;
  readonly fromId: bigint;
  readonly isOpen: boolean;
  readonly limit: number;
}

const until = 'slot > {afterSlot:UInt64} AND slot <= {slot:UInt64}';

const ENDING = ['proposal_canceled', 'proposal_executed', 'proposal_invalidated', 'proposal_expired', 'vote_finalized'];

/** Proposals that have ended; a vote that is counted ends one unless it waits for execution. */
const ENDED = `${countedRows(
  ENDING.map(
    (table) => `SELECT slot, bank, blockhash, proposal FROM governance_${table}
  WHERE ${until}${table === 'vote_finalized' ? ' AND status > 3' : ''}`,
  ),
)} SELECT proposal FROM counted`;

/** Newest first. */
export function submittedProposals(
  client: StoreClient,
  range: EventsUntil,
  { belowId, fromId, isOpen, limit }: ProposalFilter,
): Promise<SubmittedRow[]> {
  return rows<SubmittedRow>(
    client,
    `SELECT proposal, proposal_id AS proposalId, proposer, committed, action_kind AS kind, action_changes AS changes,
  action_spend AS spend, action_model AS model, action_host AS host, title, uri, text_hash AS textHash,
  created_at AS createdAt, signaling_from AS signalingFrom, signaling_seconds AS signalingSeconds, slot, signature
FROM ${fewRows('governance_proposal_created')}
WHERE ${until} AND proposal_id >= {fromId:UInt64} AND proposal_id < {belowId:UInt64}
  ${isOpen ? `AND proposal NOT IN (${ENDED})` : ''}
ORDER BY proposal_id DESC LIMIT {limit:UInt32}`,
    { ...range, belowId, fromId, limit },
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
  readonly at: UnixSeconds;
  readonly signature: Uint8Array;
}

const TOTALS = ['for_power', 'against_power', 'abstain_power', 'veto_power'];

/** Columns that each event brings, by the name of its table. */
const STEPS = {
  proposal_canceled: ['ended_at'],
  signaling_begun: ['voting_from'],
  signal_given: TOTALS.map((each) => `signals_${each}`),
  voting_opened: [
    ...['opened_slot', 'voting_ends_at', 'executes_from', 'expires_at'],
    ...['quorum_bps', 'pass_threshold_bps', 'veto_threshold_bps', 'snapshot_power'],
  ],
  vote_cast: TOTALS.map((each) => `votes_${each}`),
  vote_finalized: ['status', 'finalized_at'],
  proposal_executed: ['ended_at'],
  proposal_invalidated: ['refusal_rule', 'refusal_id', 'refusal_value', 'refusal_limit', 'ended_at'],
  proposal_expired: ['ended_at'],
} as const;
export type ProposalStepName = keyof typeof STEPS;

/** By proposal, then in chain order. */
export function proposalSteps(
  client: StoreClient,
  range: EventsUntil,
  proposals: readonly Uint8Array[],
): Promise<ProposalStepRow[]> {
  const branches = Object.entries(STEPS).map(
    ([
      table,
      columns,
    ]) => `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, signature, block_time, proposal,
    '${table}' AS step, [${columns.map((column) => `toInt128(${column})`).join(', ')}] AS numbers
  FROM governance_${table} FINAL WHERE ${until} AND hex(proposal) IN ({proposals:Array(String)})`,
  );
  const last = (column: string) => `argMax(${column}, chain_place)`;
  return rows<ProposalStepRow>(
    client,
    `${countedRows(branches)}
SELECT proposal, step, count() AS count, ${last('listed')} AS numbers, max(in_slot) AS slot, ${last('block_time')} AS at, ${last('signed')} AS signature
FROM (
  SELECT proposal, step, numbers AS listed, slot AS in_slot, block_time, signature AS signed, (slot, tx_index, place) AS chain_place FROM counted
) GROUP BY proposal, step ORDER BY proposal, max(chain_place)`,
    { ...range, proposals: proposals.map((each) => Buffer.from(each).toString('hex').toUpperCase()) },
  );
}

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

export interface CastPlace {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
}

/** Votes on a proposal, or by an owner, up to a slot; newest first, those before `before`, at most `limit`. */
export function votesPage(
  client: StoreClient,
  slot: Slot,
  of: { readonly proposal: Uint8Array } | { readonly owner: Uint8Array },
  before: CastPlace,
  limit: number,
): Promise<CastRow[]> {
  const [column, key] = 'proposal' in of ? ['proposal', of.proposal] : ['owner', of.owner];
  const ofKey = `slot <= {slot:UInt64} AND ${column} = toFixedString(unhex({key:String}), 32)`;
  const { slot: beforeSlot, transactionIndex: beforeIndex, position: beforePosition } = before;
  return rows<CastRow>(
    client,
    `SELECT proposal, owner, choice, power, voted_at AS votedAt, votes_for_power AS forPower, votes_against_power AS againstPower,
  votes_abstain_power AS abstainPower, votes_veto_power AS vetoPower, slot, tx_index AS transactionIndex, position, signature
FROM ${fewRows('governance_vote_cast', ofKey)}
WHERE ${ofKey}
  AND (slot, tx_index, position) < ({beforeSlot:UInt64}, {beforeIndex:UInt32}, {beforePosition:UInt32})
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
    { slot, key, beforeSlot, beforeIndex, beforePosition, limit },
  );
}
