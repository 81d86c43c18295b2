import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { ForwardCurve, Settlement } from '../../../jobs/market/forward-curve.ts';
import { readForwardCurve } from '../../../jobs/market/read-forward-curve.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { type LivedBlock, livedBlocks } from './exchange-life.ts';
import { type MarketDatabase, marketChain, openMarketDatabase } from './market-chain.ts';

const STEPS = 110;
const MOST_COMPARED = 10;
const programs = { marketplace: bytesOf('m'), exchange: bytesOf('e'), governance: bytesOf('g') };

let server: RunningClickHouse;
let database: MarketDatabase;
let blocks: LivedBlock[];
/** Curves as they were answered when the chain ended at their slot. */
const asked = new Map<string, ForwardCurve | null>();

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
  blocks = await livedBlocks(11, STEPS);
  const store = createBlockStore(database.client, database.tables);
  const chain = marketChain(database.tables, blocks);
  for (let from = 0; from < chain.length; from += 12) {
    const piece = chain.slice(from, from + 12);
    await store.commit(piece);
    const slot = piece.at(-1)?.block.slot ?? 0n;
    for (const settlement of ['POINT', 'AVERAGE'] as const)
      asked.set(`${settlement}/${slot}`, await curveAt(settlement, slot));
  }
}, 180_000);
afterAll(async () => {
  await database.drop();
  await server.stop();
});

function curveAt(settlement: Settlement, slot: bigint, model = 0): Promise<ForwardCurve | null> {
  return readForwardCurve(database.client, programs, { model, settlement, slot });
}

describe('the forward curve of an exchange that traded', () => {
  it('marks a series at the price that the program traded it at', async () => {
    const kinds = new Map<string, Settlement>();
    let compared = 0;
    for (const { slot, told } of blocks) {
      for (const { name, data } of told) {
        if (name === 'SeriesCreated') kinds.set(data.series, data.isAverage ? 'AVERAGE' : 'POINT');
        if (name !== 'FutureTraded' || compared >= MOST_COMPARED) continue;
        const curve = await curveAt(kinds.get(data.series) ?? 'POINT', slot, data.model);
        const node = curve?.nodes.find((each) => toBase58(each.series) === data.series);
        expect(node).toMatchObject({ mark: data.price, lastPrice: data.price });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(5);
  }, 120_000);

  it('does not change when later blocks arrive', async () => {
    const curves = [...asked.values()].filter((curve) => curve !== null && curve.nodes.length > 0);
    expect(curves.length).toBeGreaterThan(2);
    for (const [key, curve] of asked) {
      const [settlement = '', slot = ''] = key.split('/');
      expect(await curveAt(settlement as Settlement, BigInt(slot))).toEqual(curve);
    }
  }, 120_000);

  it('is unknown for a model without an index, and before its index', async () => {
    expect(await curveAt('POINT', BigInt(blocks.length), 7)).toBeNull();
    expect(await curveAt('POINT', 0n)).toBeNull();
  });
});
