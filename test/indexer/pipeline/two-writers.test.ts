import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatchEncoder } from '../../../indexer/batch/block-batch.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { AccountState } from '../../../indexer/domain/chain.ts';
import { followShared } from '../../../indexer/pipeline/shared-record.ts';
import { newStatus } from '../../../indexer/pipeline/status.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { cancelMarks } from '../../../indexer/store/marks.ts';
import { moveCursor } from '../../../indexer/store/queries/chain/cursors.ts';
import { accountsAsOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { accountStates } from '../../../indexer/store/queries/rows/account-states.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../store/prepared-clickhouse.ts';
import { blockOf, chainOf, smallEventTables, smallTables } from '../store/small-chain.ts';
import { dump, openDatabase } from '../store/store-fixture.ts';
import { canonical, finalBlock, sharedChain, takingTurns, writeAll } from './two-writers.ts';

const patient = {
  backoff: { firstMs: 1, longestMs: 2, random: () => 0 },
  signal: new AbortController().signal,
  onFailure: () => undefined,
};
let server: RunningClickHouse;
beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(() => server.stop());

async function resultOf(run: (client: StoreClient) => Promise<void>): Promise<Record<string, string>> {
  const database = await openDatabase(server.url);
  try {
    await run(database.client);
    return await dump(database.client);
  } finally {
    await database.release();
  }
}

/** Account states of the canonical chain as of each of its blocks, as chain and program have them. */
async function expectStatesOfTheChain(client: StoreClient): Promise<void> {
  const states = new Map<string, AccountState>();
  for (const { block, accounts } of canonical) {
    for (const { state } of accounts) states.set(toBase58(state.publicKey), state);
    const living = [...states].filter(([, { lamports }]) => lamports > 0n);
    const keys = [...states.values()].map(({ publicKey }) => publicKey);
    const found = [
      await accountStates(client, keys, block.slot),
      await accountsAsOf(client, smallTables.deposit.programId, 'Vault', block.slot),
    ];
    for (const rows of found) {
      const data = rows.map((row) => [toBase58(row.publicKey), Buffer.from(row.data).toString('hex')] as const);
      const wanted = living.map(([key, state]) => [key, Buffer.from(state.data).toString('hex')] as const);
      expect(new Map(data), `slot ${block.slot}`).toEqual(new Map(wanted));
    }
  }
}

describe('two writers of one chain on one record', () => {
  it('both come to its end, forks included, and leave the tables of one and the account states of the chain', async () => {
    const straight = await resultOf(async (client) => {
      const store = createBlockStore(client, smallEventTables);
      await store.commit(canonical);
      await store.markFinalized(finalBlock.slot, finalBlock.blockhash);
    });
    let beginnings = 0;
    await fc.assert(
      fc.asyncProperty(sharedChain, fc.scheduler(), async (chain, scheduler) => {
        const shared = await resultOf(async (client) => {
          const turns = takingTurns(client, scheduler);
          const writing = Promise.all(chain.facts.map((facts) => writeAll(turns, chain, facts)));
          const counts = await scheduler.waitFor(writing);
          beginnings += counts.reduce((sum, each) => sum + each, 0);
          expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
          expect(await createBlockStore(client, smallEventTables).finalizedSlot()).toBe(finalBlock.slot);
          await expectStatesOfTheChain(client);
        });
        expect(shared).toEqual(straight);
      }),
      { numRuns: 3, seed: 20_261_121, endOnFailure: true },
    );
    expect(beginnings, 'times that a writer was overtaken').toBeGreaterThan(0);
  }, 240_000);
});

describe('a writer that is behind cancels what becomes final at that moment', () => {
  const chain = chainOf(100n, 6, 'chain', null);
  const [branchPoint, replaced, final, next] = chain.slice(2) as [
    DecodedBlock,
    DecodedBlock,
    DecodedBlock,
    DecodedBlock,
  ];
  const branch = chainOf(103n, 2, 'branch', branchPoint);

  /** Runs `first` before the first statement that begins so. */
  function after(client: StoreClient, begin: string, first: () => Promise<unknown>): StoreClient {
    let isDone = false;
    const command: StoreClient['command'] = async (sql, params) => {
      if (!isDone && sql.startsWith(begin)) {
        isDone = true;
        await first();
      }
      await client.command(sql, params);
    };
    return { ...client, command };
  }

  async function written(client: StoreClient) {
    const store = createBlockStore(client, smallEventTables);
    await store.commit(chain);
    const finalize = (by: BlockStore) => by.markFinalized(final.block.slot, final.block.blockhash);
    const cancel = (by: BlockStore) => by.cancelAbove(branchPoint.block.slot, replaced.block);
    const counted = async () => (await store.blocksFrom(0n)).map(({ slot, blockhash }) => ({ slot, blockhash }));
    return { store, finalize, cancel, counted };
  }

  const headersOf = (blocks: readonly DecodedBlock[]) =>
    blocks.map(({ block: { slot, blockhash } }) => ({ slot, blockhash: Buffer.from(blockhash) }));

  it('it takes that back and begins again', async () => {
    await resultOf(async (client) => {
      const { store, finalize, cancel, counted } = await written(client);
      const behind = createBlockStore(
        after(client, 'INSERT INTO blocks', () => finalize(store)),
        smallEventTables,
      );
      await expect(cancel(behind)).rejects.toMatchObject({ code: 'STORE__CANCEL_FINALIZED' });
      expect(await counted()).toEqual(headersOf(chain.slice(0, 5)));
    });
  });

  it('who moves the cursor meanwhile lets the final block count, and begins again', async () => {
    await resultOf(async (client) => {
      const { store, finalize, cancel, counted } = await written(client);
      const ahead = after(client, 'INSERT INTO cursors', async () => {
        await cancel(store);
        await store.commit(branch);
      });
      const finalized = finalize(createBlockStore(ahead, smallEventTables));
      await expect(finalized).rejects.toMatchObject({ code: 'STORE__NOT_COMMITTED' });
      expect(await counted()).toEqual(headersOf(chain.slice(0, 5)));
      expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
    });
  });

  it('far below what is final, whoever looks again brings back what it cancelled', async () => {
    const lost = headersOf([...chain.slice(0, 3), ...chain.slice(5)]);
    for (const isCursorFirst of [true, false]) {
      await resultOf(async (client) => {
        const { store, counted } = await written(client);
        const last = chain.at(-1) as DecodedBlock;
        await store.markFinalized(branchPoint.block.slot, branchPoint.block.blockhash);
        const finalize = () => store.markFinalized(last.block.slot, last.block.blockhash);
        // It had seen no block above the two it cancels.
        const cancel = () => cancelMarks(client, branchPoint.block.slot, final.block.slot);
        if (isCursorFirst) {
          const behind = createBlockStore(after(client, 'INSERT INTO blocks', finalize), smallEventTables);
          await expect(behind.cancelAbove(branchPoint.block.slot, replaced.block)).rejects.toMatchObject({
            code: 'STORE__CANCEL_FINALIZED',
          });
        } else {
          await cancel();
          expect(await counted()).toEqual(lost);
          await finalize();
        }
        expect(await counted()).toEqual(headersOf(chain));
        expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
      });
    }
  });

  it('whoever begins after a death between the two finds the final block where it was, and the branch gone', async () => {
    await resultOf(async (client) => {
      const { store, cancel, counted } = await written(client);
      await cancel(store);
      await store.commit(branch);
      await moveCursor(client, 'finalized', final.block.slot, final.block.blockhash);
      expect(await counted()).toEqual(headersOf([...chain.slice(0, 3), ...branch]));
      await followShared({ store, startSlot: 0n, status: newStatus(), retry: patient }, async (opened) => {
        expect(opened.head).toMatchObject({ slot: final.block.slot });
        await store.commit([next]);
      });
      expect(await counted()).toEqual(headersOf(chain));
      expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
    });
  });

  const begun = async (store: BlockStore) => {
    await followShared({ store, startSlot: 0n, status: newStatus(), retry: patient }, async () => undefined);
  };
  const hole = (client: StoreClient) => cancelMarks(client, branchPoint.block.slot - 1n, final.block.slot - 1n);

  it('whoever begins after a death between the move of the cursor and the look fills the hole below the final block', async () => {
    await resultOf(async (client) => {
      const { store, counted } = await written(client);
      const [first] = chain as [DecodedBlock];
      await store.markFinalized(first.block.slot, first.block.blockhash);
      await hole(client);
      await moveCursor(client, 'finalized', final.block.slot, final.block.blockhash);
      expect((await verifyBlocks(client, 0n, 500n)).problems).not.toEqual([]);
      await begun(createBlockStore(client, smallEventTables));
      expect(await counted()).toEqual(headersOf(chain));
      expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
    });
  });

  it('a hole below the first block that ever is final is filled as it becomes so', async () => {
    await resultOf(async (client) => {
      const { finalize, store, counted } = await written(client);
      await hole(client);
      await finalize(store);
      expect(await counted()).toEqual(headersOf(chain));
    });
  });

  it('whoever begins after one who cancelled below the final block, and died, fills the hole, and takes out the branch', async () => {
    await resultOf(async (client) => {
      const { finalize, store, counted } = await written(client);
      await finalize(store);
      await finalize(store);
      await hole(client);
      const beside = chainOf(102n, 2, 'beside', chain[1] as DecodedBlock);
      const { rows, marks } = createBatchEncoder(smallEventTables)(beside, () => 0);
      for (const each of [...rows, marks]) await client.insert(each);
      await begun(createBlockStore(client, smallEventTables));
      expect(await counted()).toEqual(headersOf(chain));
      expect((await verifyBlocks(client, 0n, 500n)).problems).toEqual([]);
    });
  });

  it('a hole is filled however far below, and looked for once', async () => {
    await resultOf(async (client) => {
      const asked: string[] = [];
      const bytes: StoreClient['bytes'] = (sql, ...rest) => {
        asked.push(sql);
        return client.bytes(sql, ...rest);
      };
      const far: DecodedBlock[] = [];
      for (const slot of [100n, 101n, 9_000n, 25_000n, 25_001n, 61_000n])
        far.push(blockOf(slot, 'far', far.at(-1) ?? null));
      const store = createBlockStore({ ...client, bytes }, smallEventTables);
      await store.commit(far);
      await cancelMarks(client, 100n, 25_000n);
      const marked = async ({ block }: DecodedBlock) => {
        asked.length = 0;
        await store.markFinalized(block.slot, block.blockhash);
        return asked.filter((sql) => sql.includes('parent_slot AS parentSlot')).length;
      };
      expect(await marked(far[4] as DecodedBlock)).toBe(3);
      expect((await store.blocksFrom(0n)).map(({ slot }) => slot)).toEqual(far.map(({ block }) => block.slot));
      expect(await marked(far[5] as DecodedBlock)).toBe(4);
    });
  });
});
