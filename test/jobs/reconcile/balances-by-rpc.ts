/**
 * Token balances of a recorded day as the stream brought them, beside those of the same blocks by RPC.
 * @module
 */
import { expect } from 'vitest';
import { createBatchEncoder } from '../../../indexer/batch/block-batch.ts';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { blockFromRpc, type RpcBlock } from '../../../indexer/rpc/rpc-block.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { reconciledPrograms } from '../../../jobs/reconcile/program-folds.ts';
import type { RecordedDay } from './recorded-day.ts';

const SAMPLED = 60;

/** Written once more from what a node tells, the rows of some blocks are those that were there. */
export async function expectSameBalancesByRpc({ store, settings, chain }: RecordedDay): Promise<void> {
  const sampled = await rows<{ slot: bigint }>(
    store,
    `SELECT DISTINCT slot FROM token_balances ORDER BY cityHash64(slot) LIMIT ${SAMPLED}`,
  );
  expect(sampled.length).toBe(SAMPLED);
  const registry = await loadProgramRegistry(settings);
  const programs = new Set(reconciledPrograms(settings).map(({ key }) => toBase58(key)));
  const rpc = chainRpc(chain.rpcUrl);
  const blocks = [];
  for (const { slot } of sampled) {
    blocks.push(decodeBlock(blockFromRpc(slot, (await rpc.block(slot)) as RpcBlock, programs), registry));
  }
  const dumped = () => store.bytes('SELECT * FROM token_balances FINAL ORDER BY ALL', {}, 'TabSeparated');
  const before = await dumped();
  const told = createBatchEncoder(registry.tables)(blocks, () => 0).rows.find(
    ({ table }) => table === 'token_balances',
  );
  expect(told?.rowCount).toBe(
    (await rows(store, `SELECT slot FROM token_balances FINAL WHERE slot IN (${sampled.map(({ slot }) => slot)})`))
      .length,
  );
  if (told !== undefined) await store.insert(told);
  expect(before.length).toBeGreaterThan(10_000);
  expect(before.equals(await dumped())).toBe(true);
}
