/**
 * A record of any number of events for the API's benchmark, written by SQL: ten events a block (ticks of an index, orders
 * and settlements of two hundred providers, votes), a proposal, and a reward epoch with a proof for every pool.
 * @module
 */
import { parameters } from '../../governance/parameters.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { moveCursor } from '../../indexer/store/queries/chain/cursors.ts';

export const EVENTS_PER_BLOCK = 10;
export const START = 1_700_006_400n;
export const BLOCK_SECONDS = 10n;
const PROVIDER_COUNT = 200;
export const PROPOSAL_COUNT = 30;
const VOTES_PER_PROPOSAL = 20;
const PARAMETER_COUNT = parameters.size;
/** An insert must not touch too many partitions at once. */
const SLOTS_PER_INSERT = 200_000;

const hashOf = (text: string) => `toFixedString(unhex(leftPad(hex(toUInt64(${text})), 64, '0')), 32)`;
const keyOf = (kind: number, text: string) =>
  `toFixedString(unhex(concat('0${kind}', leftPad(hex(toUInt64(${text})), 62, '0'))), 32)`;
const timeOf = (slot: string) => `toInt64(${START} + ${slot} * ${BLOCK_SECONDS})`;
const signature = "toFixedString(unhex(leftPad(hex(toUInt64(number)), 128, '1')), 64)";
const envelope = 'slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position, signature';

/** Key of one of the providers, as hexadecimal text. */
export function providerKey(index: number): string {
  return `01${index.toString(16).padStart(62, '0')}`;
}

/** Key of one of the proposals, as hexadecimal text. */
export function proposalKey(index: number): string {
  return `06${index.toString(16).padStart(62, '0')}`;
}

export interface EventPrograms {
  readonly marketplace: Uint8Array;
  readonly exchange: Uint8Array;
}

/** Slots begin with 1. */
export async function fillApiRecord(client: StoreClient, eventCount: number, programs: EventPrograms): Promise<number> {
  const blockCount = Math.floor(eventCount / EVENTS_PER_BLOCK);
  for (let from = 0; from < blockCount; from += SLOTS_PER_INSERT)
    await fillBlocks(client, from, Math.min(SLOTS_PER_INSERT, blockCount - from), programs);
  await fillProviders(client);
  await fillProposals(client);
  await moveCursor(client, 'finalized', BigInt(blockCount), new Uint8Array(32));
  return blockCount;
}

/** The blocks after the first `from`, rows first and marks behind them as the indexer has it. */
export async function fillBlocks(
  client: StoreClient,
  from: number,
  count: number,
  programs: EventPrograms,
): Promise<void> {
  const hexOf = (program: Uint8Array) => `toFixedString(unhex('${Buffer.from(program).toString('hex')}'), 32)`;
  await fillEvents(
    client,
    from * EVENTS_PER_BLOCK,
    count * EVENTS_PER_BLOCK,
    hexOf(programs.marketplace),
    hexOf(programs.exchange),
  );
  await client.command(`INSERT INTO blocks (slot, bank, blockhash, parent_slot, parent_blockhash, block_time, block_height,
  transaction_count, event_count, instruction_count, provable, has_accounts, sign, generation)
SELECT number + 1 AS s, 0, ${hashOf('s')}, number, ${hashOf('number')}, ${timeOf('s')}, s, 5, 10, 5, 1, 1, 1, 0 FROM numbers(${from}, ${count})`);
}

/** Every place in a block has its kind: 0 to 3 ticks, 4 to 6 orders, 7 to 9 settlements. */
async function fillEvents(client: StoreClient, from: number, count: number, marketplace: string, exchange: string) {
  const place = `intDiv(number, ${EVENTS_PER_BLOCK}) + 1 AS s, 0, ${hashOf('s')}, ${timeOf('s')} AS t, intDiv(number % 10, 2), [0], number % 2, number % 2, ${signature}`;
  const ofKind = (first: number, last: number) =>
    `FROM numbers(${from}, ${count}) WHERE number % 10 BETWEEN ${first} AND ${last}`;
  const provider = keyOf(1, `intDiv(number, 10) % ${PROVIDER_COUNT}`);
  const named = "multiIf(number % 10 < 4, 'IndexUpdated', number % 10 < 7, 'OrderCreated', 'OrderSettled')";
  const table =
    "multiIf(number % 10 < 4, 'exchange_index_updated', number % 10 < 7, 'marketplace_order_created', 'marketplace_order_settled')";
  const statements = [
    `INSERT INTO events (${envelope}, program, name, typed_table, transport, data)
SELECT ${place}, if(number % 10 < 4, ${exchange}, ${marketplace}), ${named}, ${table}, 'log', '' ${ofKind(0, 9)}`,
    `INSERT INTO transactions (slot, bank, blockhash, block_time, tx_index, signature, fee_payer, failed, fee_lamports)
SELECT intDiv(number, ${EVENTS_PER_BLOCK}) + 1 AS s, 0, ${hashOf('s')}, ${timeOf('s')}, intDiv(number % 10, 2), ${signature}, ${provider}, 0, 5000
FROM numbers(${from}, ${count}) WHERE number % 2 = 0`,
    `INSERT INTO exchange_index_updated (${envelope}, model, price, cause, gpu_seconds, value, traded_price, mark, market_price, market_anchor)
SELECT ${place}, 0, toUInt128(2e16 + 1e15 * sin(number / 1e5)) AS p, number % 3 = 0, 3600, 20000000000, p, p, p, p ${ofKind(0, 3)}`,
    `INSERT INTO marketplace_order_created (${envelope}, \`order\`, provider, buyer, model, units, seconds, price_per_gpu_hour, amount, created_at)
SELECT ${place}, ${keyOf(2, 'number')}, ${provider}, ${keyOf(3, 'number % 5000')}, 0, 1, 3600, 2000000, 2000000, t ${ofKind(4, 6)}`,
    `INSERT INTO marketplace_order_settled (${envelope}, \`order\`, provider, buyer, model, gpu_seconds, amount, provider_amount, fee, settled_at)
SELECT ${place}, ${keyOf(2, 'number - 3')}, ${provider}, ${keyOf(3, 'number % 5000')}, 0, 3600, 2000000, 1960000, 40000, t ${ofKind(7, 9)}`,
  ];
  for (const statement of statements) await client.command(statement);
}

/** Thirty proposals without changes, twenty votes on each. */
async function fillProposals(client: StoreClient): Promise<void> {
  const slot = (first: number) => `toUInt64(${first} + number)`;
  const place = (first: number) =>
    `${slot(first)} AS s, 0, ${hashOf('s')}, ${timeOf('s')} AS t, 0, [0], 2, 2, ${signature}`;
  const proposal = (text: string) => keyOf(6, text);
  const statements = [
    `INSERT INTO governance_governance_initialized (${envelope}, founding_admin, infer_mint, usdc_mint, infer_treasury, usdc_treasury, values)
SELECT ${place(1)}, ${keyOf(7, '1')}, ${keyOf(7, '2')}, ${keyOf(7, '3')}, ${keyOf(7, '4')}, ${keyOf(7, '5')}, arrayWithConstant(${PARAMETER_COUNT}, 1)
FROM numbers(1)`,
    `INSERT INTO governance_proposal_created (${envelope}, proposal, proposal_id, proposer, committed, action_changes, action_spend, action_model, title, created_at, signaling_from)
SELECT ${place(2)}, ${proposal('number')}, number, ${keyOf(4, 'number')}, 1, '[]', 'null', 'null', 'a proposal', t, t FROM numbers(${PROPOSAL_COUNT})`,
    `INSERT INTO governance_voting_opened (${envelope}, proposal, opened_slot, voting_ends_at, executes_from, expires_at, quorum_bps, pass_threshold_bps, veto_threshold_bps, snapshot_power)
SELECT ${place(100)}, ${proposal('number')}, s, t + 1000000000, t, t + 2000000000, 1000, 5000, 3340, 1000000 FROM numbers(${PROPOSAL_COUNT})`,
    `INSERT INTO governance_vote_cast (${envelope}, proposal, owner, choice, power, voted_at, votes_for_power)
SELECT ${place(200)}, ${proposal(`number % ${PROPOSAL_COUNT}`)}, ${keyOf(4, 'number')}, 0, 10, t, 10 * (1 + intDiv(number, ${PROPOSAL_COUNT}))
FROM numbers(${PROPOSAL_COUNT * VOTES_PER_PROPOSAL})`,
  ];
  for (const statement of statements) await client.command(statement);
}

/** Set up with a mint that nothing is paid in: purchases are priced by the other one. */
async function fillProviders(client: StoreClient): Promise<void> {
  await client.command(`INSERT INTO marketplace_marketplace_initialized (${envelope}, infer_mint, usdc_mint, bond_infer_per_usdc, parameters)
SELECT 1, 0, ${hashOf('1')}, ${timeOf('1')}, 0, [0], 1000, 1000, ${signature}, ${keyOf(9, '9')}, toFixedString('', 32), 1000, '[]' FROM numbers(1)`);
  await client.command(`INSERT INTO marketplace_provider_registered (${envelope}, provider, owner, payout, operator_pool, tier, region, registered_at)
SELECT 1, 0, ${hashOf('1')}, ${timeOf('1')}, 0, [0], number, number, ${signature}, ${keyOf(1, 'number')}, ${keyOf(4, 'number')}, ${keyOf(4, 'number')}, ${keyOf(5, 'number')}, 1, 1, 0
FROM numbers(${PROVIDER_COUNT})`);
  await client.command(`INSERT INTO reward_epochs (reward_epoch, state_rank, state, window_start, window_end, input_hash, pool_count, recorded_at)
SELECT 1, 8, 'accrued', ${START}, ${START} + 86400, 'bench', 10000, now64(6)`);
  await client.command(`INSERT INTO reward_leaves (reward_epoch, input_hash, pool, reward, usdc, tree_index, leaf_position, proof, proof_path)
SELECT 1, 'bench', ${keyOf(5, 'number')}, number, number, 0, number, arrayMap(each -> ${hashOf('each')}, range(14)), arrayMap(each -> toUInt8(each % 2), range(14))
FROM numbers(10000)`);
}
