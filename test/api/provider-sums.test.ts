import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProviderSumsKeeper } from '../../api/provider-sums.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { cancelMarks } from '../../indexer/store/marks.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { type ChosenBlock, type MarketDatabase, marketChain, openMarketDatabase } from '../jobs/market/market-chain.ts';

const CHUNK_SLOTS = 8n;
const FINAL_BLOCKS = 40;

let server: RunningClickHouse;
let database: MarketDatabase;

beforeAll(async () => {
  server = await startEmbeddedClickHouse();
  database = await openMarketDatabase(server.url);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

/** Every slot but each seventh has an order and, one slot later, its settlement. */
function chosenBlocks(count: number): ChosenBlock[] {
  return Array.from({ length: count }, (_, index) => {
    const provider = bytesOf(`provider ${index % 3}`);
    const settled = { provider: bytesOf(`provider ${(index + 2) % 3}`), gpu_seconds: BigInt(index) };
    return {
      slot: BigInt(index + 1),
      time: BigInt(index),
      events: [
        { table: 'marketplace_order_created', fields: { provider } },
        ...(index % 7 === 0 ? [] : [{ table: 'marketplace_order_settled', fields: settled }]),
      ],
    };
  });
}

function expectedSums(blocks: readonly ChosenBlock[], slot: bigint) {
  const events = blocks.filter((each) => each.slot <= slot).flatMap((each) => each.events);
  const of = (index: number, table: string) =>
    events.filter(
      (event) =>
        event.table === table &&
        Buffer.compare(event.fields['provider'] as Uint8Array, bytesOf(`provider ${index}`)) === 0,
    );
  return [0, 1, 2].map((index) => ({
    orders: of(index, 'marketplace_order_created').length,
    settled: of(index, 'marketplace_order_settled').length,
    seconds: of(index, 'marketplace_order_settled').reduce(
      (sum, { fields }) => sum + (fields['gpu_seconds'] as bigint),
      0n,
    ),
  }));
}

async function foundSums(keeper: ProviderSumsKeeper, slot: bigint) {
  const sums = await keeper.upTo(slot);
  return [0, 1, 2].map((index) => {
    const each = sums.get(toBase58(bytesOf(`provider ${index}`)));
    return {
      orders: Number(each?.orderCount ?? 0),
      settled: Number(each?.settledCount ?? 0),
      seconds: each?.gpuSeconds ?? 0n,
    };
  });
}

it('sums of any slot are those of its events, whichever stretches are kept, and again after some were mended', async () => {
  const store = createBlockStore(database.client, database.tables);
  const blocks = chosenBlocks(60);
  const chain = marketChain(database.tables, blocks);
  let nowMs = 0;
  const keeper = new ProviderSumsKeeper(database.client, () => nowMs, CHUNK_SLOTS);
  for (const committed of [10, 33, 60]) {
    await store.commit(chain.slice(committed === 10 ? 0 : committed === 33 ? 10 : 33, committed));
    const last = chain[Math.min(committed, FINAL_BLOCKS) - 1]?.block;
    await store.markFinalized(last?.slot ?? 0n, last?.blockhash ?? new Uint8Array(32));
    nowMs += 60_000;
    for (const slot of [0n, 1n, 7n, 8n, 9n, 15n, BigInt(committed - 1), BigInt(committed)])
      expect(await foundSums(keeper, slot), `slot ${slot}`).toEqual(
        expectedSums(blocks, slot <= committed ? slot : BigInt(committed)),
      );
  }
  // Final blocks that do not count any more stand for any that were mended.
  await cancelMarks(database.client, 4n, 60n);
  expect(await foundSums(keeper, 40n)).not.toEqual(expectedSums(blocks, 4n));
  nowMs += 30_000;
  expect(await foundSums(keeper, 40n)).toEqual(expectedSums(blocks, 4n));
});
