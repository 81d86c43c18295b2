/**
 * Where the tokens are that programs hold, by the events that moved them: each flow is a column of one event, added or
 * taken away. Of all blocks up to a slot, whose flows are added up before blocks are looked at once for all of them.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { tablesWithEvents } from '../rows/events.ts';
import { fewRows } from '../rows/few-rows.ts';

/** What holds tokens; `BURNED` holds those that are no more. */
export type TokenPlace =
  | ('BONDS' | 'BURNED' | 'ESCROWS' | 'GOVERNANCE_STAKE' | 'INCENTIVES' | 'TREASURY' | 'VERIFIER_FEES')
  /** Stake, cooling stake and commission in the vaults of operator pools. */
  | 'POOL_VAULTS';

export interface TokenFlow {
  readonly place: TokenPlace;
  /** What brought or took them. */
  readonly source: string;
  readonly mint: Uint8Array;
  /** Base units; below zero for what left. */
  readonly amount: bigint;
  readonly eventCount: bigint;
}

interface FlowSource {
  readonly place: TokenPlace;
  readonly source: string;
  readonly table: string;
  /** Sum of columns, signs included. */
  readonly amount: string;
  /** Absent: the token is INFER. */
  readonly mint?: string;
  readonly where?: string;
}

const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
const inferMint = 'toFixedString(unhex({inferMint:String}), 32)';
const isTreasury = (column: string) =>
  `${column} IN (toFixedString(unhex({inferTreasury:String}), 32), toFixedString(unhex({usdcTreasury:String}), 32))`;
const wide = (column: string) => `toInt128(${column})`;
const minus = (column: string) => `-toInt128(${column})`;
const onMarket = (name: string) => `marketplace_${name}`;
/** A ruling gives what strangers sent to the vault to the buyer; all other ends of an order give it to the treasury. */
const notRuled = `(slot, blockhash, tx_index, ix_path, order) NOT IN (
    SELECT slot, blockhash, tx_index, ix_path, order FROM marketplace_dispute_resolved WHERE ${inRange})`;

const SETTLED = ['order_settled', 'usage_settled', 'workload_settled'] as const;

/** Fees of the three kinds of settlement, to three places. */
const feeFlows = SETTLED.flatMap((event): FlowSource[] => {
  const from = { table: onMarket(event), source: `${event.replace('_settled', '')}_fees`, mint: 'mint' };
  return [
    { ...from, place: 'TREASURY', amount: wide('fee_treasury') },
    { ...from, place: 'BURNED', amount: wide('fee_burn') },
    { ...from, place: 'VERIFIER_FEES', amount: wide('fee_verifier') },
  ];
});

const treasuryFlows: readonly FlowSource[] = [
  {
    place: 'TREASURY',
    source: 'surplus',
    table: onMarket('order_settled'),
    amount: wide('surplus'),
    mint: 'mint',
    where: notRuled,
  },
  {
    place: 'TREASURY',
    source: 'slashes',
    table: onMarket('provider_slashed'),
    amount: wide('paid'),
    where: isTreasury('paid_to'),
  },
  {
    place: 'TREASURY',
    source: 'bankroll_returns',
    table: 'exchange_bankroll_removed',
    amount: wide('amount'),
    where: isTreasury('to'),
  },
  ...['buyback', 'liquidity', 'incentives', 'grants', 'development', 'other'].map(
    (category, number): FlowSource => ({
      ...{ place: 'TREASURY', source: `spent_${category}`, table: 'governance_treasury_spent', mint: 'mint' },
      ...{ amount: minus('amount'), where: `category = ${number}` },
    }),
  ),
];

const escrowFlows: readonly FlowSource[] = [
  ...(
    [
      ['order_created', wide('amount')],
      ['order_extended', wide('added_amount')],
      ['order_settled', `${minus('amount')} - toInt128(refunded)`],
      ['usage_settled', minus('amount')],
      ['order_refunded', minus('amount')],
      ['session_closed', minus('refunded')],
    ] as const
  ).map(
    ([event, amount]): FlowSource => ({
      place: 'ESCROWS',
      source: 'orders',
      table: onMarket(event),
      amount,
      mint: 'mint',
    }),
  ),
  ...(
    [
      ['disputes', 'dispute_opened', wide('deposit')],
      ['disputes', 'dispute_resolved', minus('deposit')],
      ['disputes', 'deposit_reclaimed', minus('deposit')],
      ['challenges', 'challenge_opened', wide('deposit')],
      ['challenges', 'challenge_resolved', minus('deposit')],
      ['credits', 'credits_deposited', wide('amount')],
      ['credits', 'credits_withdrawn', minus('amount')],
      ['credits', 'workload_settled', minus('amount')],
    ] as const
  ).map(([source, event, amount]): FlowSource => ({ place: 'ESCROWS', source, table: onMarket(event), amount })),
];

const lockedFlows: readonly FlowSource[] = [
  ...(
    [
      ['BONDS', 'providers', 'bond_posted', wide('amount')],
      ['BONDS', 'providers', 'bond_withdrawn', minus('amount')],
      ['BONDS', 'providers', 'provider_slashed', `${minus('burned')} - toInt128(paid)`],
      ['BONDS', 'providers', 'challenge_resolved', `${minus('burned')} - toInt128(paid)`],
      ['BONDS', 'verifiers', 'verifier_registered', wide('bond')],
      ['BONDS', 'verifiers', 'verifier_withdrawn', minus('amount')],
      ['BURNED', 'slashes', 'provider_slashed', wide('burned')],
      ['BURNED', 'slashes', 'challenge_resolved', wide('burned')],
      ['INCENTIVES', 'funded', 'incentives_funded', wide('amount')],
      ['INCENTIVES', 'claimed', 'incentive_claimed', minus('amount')],
    ] as const
  ).map(([place, source, event, amount]): FlowSource => ({ place, source, table: onMarket(event), amount })),
  {
    place: 'VERIFIER_FEES',
    source: 'claimed',
    table: onMarket('verifier_fees_claimed'),
    amount: minus('amount'),
    mint: 'mint',
  },
  { place: 'GOVERNANCE_STAKE', source: 'staked', table: 'governance_staked', amount: wide('amount') },
  { place: 'GOVERNANCE_STAKE', source: 'withdrawn', table: 'governance_stake_withdrawn', amount: minus('amount') },
];

const intMint = 'toFixedString(unhex({intMint:String}), 32)';
const poolFlows = (
  [
    ['staked', 'stake', wide('token_amount')],
    ['rewards', 'accrue_reward', wide('total_rewards_transferred')],
    ['claimed', 'claim_unstake', minus('token_amount')],
    ['commission', 'withdraw_operator_reward_commission', minus('reward_amount_withdrawn')],
    ['slashed', 'slash_stake', `${minus('token_amount_slashed')} - toInt128(reward_commission_confiscated)`],
  ] as const
).map(
  ([source, event, amount]): FlowSource => ({
    place: 'POOL_VAULTS',
    source,
    table: `staking_${event}`,
    amount,
    mint: intMint,
  }),
);

const FLOWS = [...feeFlows, ...treasuryFlows, ...escrowFlows, ...lockedFlows, ...poolFlows];

/** Mints of the network, and the vaults of its treasury. */
export interface TokenAccounts {
  readonly inferMint: Uint8Array;
  readonly usdcMint: Uint8Array;
  readonly inferTreasury: Uint8Array;
  readonly usdcTreasury: Uint8Array;
}

/** As governance was set up with; `null` when no event tells. */
export function tokenAccounts(client: StoreClient): Promise<TokenAccounts | null> {
  return firstRow<TokenAccounts>(
    client,
    `SELECT infer_mint AS inferMint, usdc_mint AS usdcMint, infer_treasury AS inferTreasury, usdc_treasury AS usdcTreasury
FROM ${fewRows('governance_governance_initialized')} ORDER BY slot LIMIT 1`,
  );
}

/** What the flows of a question are told apart by. */
export type FlowAccounts = Partial<TokenAccounts> & { readonly intMint?: Uint8Array };

/** Reads the sums of the flows of some places, of all blocks up to a slot; flows without an event are not among them. */
export type FlowsUpTo = (
  client: StoreClient,
  places: readonly TokenPlace[],
  accounts: FlowAccounts,
  slot: Slot,
) => Promise<TokenFlow[]>;

/** Places by what has to be known to read their flows: mints and vaults of governance, or the mint of INT. */
export const FLOW_PLACES: readonly (readonly TokenPlace[])[] = [
  ['BONDS', 'BURNED', 'ESCROWS', 'GOVERNANCE_STAKE', 'INCENTIVES', 'TREASURY', 'VERIFIER_FEES'],
  ['POOL_VAULTS'],
];

const NOBODY = new Uint8Array(32);

/** All of history in one question: what `FlowsUpTo` has to be equal to. */
export const tokenFlows: FlowsUpTo = (client, places, accounts, slot) => {
  const wanted = FLOWS.filter(({ place }) => places.includes(place));
  return rows<TokenFlow>(
    client,
    `SELECT ${SUMS} FROM ${counted(wanted)} GROUP BY place, source, token ORDER BY place, source, token LIMIT 1000`,
    { fromSlot: 0n, toSlot: slot, ...paramsOf(accounts) },
  );
};

/** The same of a range of slots, by pieces of `chunkSlots` slots. Only tables with events in it are asked: most have none. */
export async function tokenFlowChunks(
  client: StoreClient,
  places: readonly TokenPlace[],
  accounts: FlowAccounts,
  bounds: SlotBounds,
  chunkSlots: bigint,
): Promise<(TokenFlow & { readonly chunk: bigint })[]> {
  const tables = new Set(await tablesWithEvents(client, bounds));
  const flows = FLOWS.filter(({ place, table }) => places.includes(place) && tables.has(table));
  if (flows.length === 0) return [];
  return rows(
    client,
    `SELECT intDiv(slot, {chunkSlots:UInt64}) AS chunk, ${SUMS} FROM ${counted(flows)}
GROUP BY chunk, place, source, token`,
    { ...bounds, chunkSlots, ...paramsOf(accounts) },
  );
}

const SUMS = 'place, source, token AS mint, sum(moved) AS amount, sum(events) AS eventCount';

/** Flows of the blocks that count. */
function counted(flows: readonly FlowSource[]): string {
  const branch = ({ place, source, table, amount, mint = inferMint, where = '1' }: FlowSource) =>
    `SELECT slot, bank, blockhash, '${place}' AS place, '${source}' AS source, ${mint} AS token, sum(${amount}) AS moved, count() AS events
  FROM ${table} FINAL WHERE ${inRange} AND ${where} GROUP BY slot, bank, blockhash, token`;
  return `(
  ${flows.map(branch).join('\n  UNION ALL ')}
) AS f LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND ${inRange}) AS b
USING (slot, bank, blockhash)`;
}

function paramsOf(accounts: FlowAccounts) {
  return { inferMint: NOBODY, inferTreasury: NOBODY, usdcTreasury: NOBODY, intMint: NOBODY, ...accounts };
}
