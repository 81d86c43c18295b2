/** Rows of final blocks that are kept, on a real ClickHouse: those of the events, whatever forks, replays and fillings came. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FinalChunks } from '../../api/sums/final-chunks.ts';
import { createProposalHistory } from '../../api/sums/kept-proposals.ts';
import { KeptProviders } from '../../api/sums/kept-providers.ts';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { cancelMarks } from '../../indexer/store/marks.ts';
import { lastCasts, storedHistory } from '../../indexer/store/queries/governance/proposals.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { LivedRecord, step } from '../jobs/market/lived-record.ts';
import { type ChosenEvent, empty, type MarketDatabase, openMarketDatabase } from '../jobs/market/market-chain.ts';

const CREATED = 'governance_proposal_created';
const TURNS = [
  ...['proposal_canceled', 'signaling_begun', 'voting_opened', 'vote_finalized', 'proposal_executed'],
  ...['proposal_invalidated', 'proposal_expired'],
];
const CASTS = ['signal_given', 'vote_cast'];
const REGISTERED = 'marketplace_provider_registered';
const BONDED = 'marketplace_bond_posted';
const BOND_TABLES = [
  BONDED,
  ...['bond_withdrawn', 'provider_slashed', 'challenge_resolved'].map((each) => `marketplace_${each}`),
];
const PROPOSALS = 5;
const PROVIDERS = [0, 1, 2].map((index) => bytesOf(`provider ${index}`));
const LIMIT_MS = 120_000;

let server: RunningClickHouse;
let database: MarketDatabase;

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  const tables = [...TURNS, ...CASTS].map((each) => `governance_${each}`);
  database = await openMarketDatabase(server.url, [CREATED, REGISTERED, ...BOND_TABLES, ...tables]);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

/** A proposal is put, or goes on, or is voted on; or a provider registers and posts a bond. */
function eventsOf(seed: number): ChosenEvent[] {
  const proposal = bytesOf(`proposal ${seed % PROPOSALS}`);
  const created = {
    ...{ proposal, proposal_id: BigInt(seed % PROPOSALS), action_changes: '[]', action_spend: 'null' },
    action_model: 'null',
  };
  const provider = PROVIDERS[seed % PROVIDERS.length] ?? expect.fail();
  const turn = TURNS[seed % TURNS.length] ?? '';
  const events: ChosenEvent[][] = [
    [{ table: CREATED, fields: created }],
    [{ table: `governance_${turn}`, fields: { proposal } }],
    [
      { table: REGISTERED, fields: { provider } },
      { table: BONDED, fields: { provider, bond_total: BigInt(seed) } },
    ],
    [{ table: 'governance_vote_cast', fields: { proposal, votes: { for_power: BigInt(seed) } } }],
  ];
  return events[seed % events.length] ?? [];
}

function namesOf(chain: readonly DecodedBlock[], isWanted: (table: string) => boolean): string[] {
  return chain.flatMap(({ block, events }) =>
    events.filter(({ table }) => isWanted(table)).map(({ table }) => `${block.slot} ${table}`),
  );
}

/** By address, the last of each provider. */
function bondsOf(chain: readonly DecodedBlock[]): Map<string, unknown> {
  const posted = chain.flatMap(({ events }) => events.filter(({ table }) => table === BONDED));
  return new Map(
    posted.map(({ fields }) => {
      const { provider, bond_total: bond } = fields as Record<string, unknown>;
      return [toBase58(provider as Uint8Array), bond];
    }),
  );
}

describe('what is kept of proposals and providers', () => {
  it('is what the events of the chain say, at any slot, after any forks, replays and fillings', {
    timeout: LIMIT_MS,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), fc.nat(), async (steps, at) => {
        await empty(database.client);
        let nowMs = 0;
        const chunks = new FinalChunks(database.client, () => nowMs, 4n);
        const kept = createProposalHistory(chunks);
        const providers = new KeptProviders(chunks);
        const life = new LivedRecord(database, { eventsOf, missingCount: 9, refresh: async () => (nowMs += 30_000) });
        await life.run({ kind: 'extend', depth: 0, seeds: [0, 4, 8, 2, 6, 5, 9, 10, 3, 14], pace: 17 });
        await life.run({ kind: 'finalize', blocks: 6 });
        for (const each of steps) {
          await life.run(each);
          // Blocks that come below what is final are seen with the next look.
          if (each.kind === 'backfill') nowMs += 30_000;
          const asOf = life.chain.slice(0, (at % life.chain.length) + 1);
          const slot = asOf.at(-1)?.block.slot ?? 0n;
          const [submitted, turns] = [
            await kept.submitted(database.client, slot),
            await kept.turns(database.client, slot),
          ];
          expect(submitted).toEqual(await storedHistory.submitted(database.client, slot));
          expect(turns).toEqual(await storedHistory.turns(database.client, slot));
          expect(submitted.map((row) => `${row.slot} ${CREATED}`)).toEqual(namesOf(asOf, (table) => table === CREATED));
          const registered = await providers.registeredUpTo(slot, database.client);
          expect(registered.map((row) => `${row.slot} ${REGISTERED}`)).toEqual(
            namesOf(asOf, (table) => table === REGISTERED),
          );
          expect(await providers.bondsUpTo(slot, new Set(PROVIDERS.map(toBase58)), database.client)).toEqual(
            bondsOf(asOf),
          );
          expect(turns.map((row) => `${row.slot} governance_${row.step}`)).toEqual(
            namesOf(asOf, (table) => TURNS.includes(table.replace('governance_', ''))),
          );
        }
      }),
      { numRuns: Number(process.env['SUM_RUNS'] ?? 1), endOnFailure: true },
    );
  });

  it('is read again after final blocks were mended, with the next look', async () => {
    await empty(database.client);
    let nowMs = 0;
    const kept = createProposalHistory(new FinalChunks(database.client, () => nowMs, 4n));
    const life = new LivedRecord(database, { eventsOf, missingCount: 0, refresh: async () => undefined });
    await life.run({ kind: 'extend', depth: 0, seeds: [0, 4, 8, 12, 16, 20, 24, 28, 3, 7], pace: 17 });
    await life.run({ kind: 'finalize', blocks: 10 });
    const head = life.chain.at(-1)?.block.slot ?? 0n;
    const isCreated = (table: string) => table === CREATED;
    const told = async () => (await kept.submitted(database.client, head)).map(({ slot }) => `${slot} ${CREATED}`);
    expect(await told()).toEqual(namesOf(life.chain, isCreated));
    const standing = life.chain.slice(0, 3);
    await cancelMarks(database.client, standing.at(-1)?.block.slot ?? 0n, head);
    nowMs += 30_000;
    expect(await told()).toEqual(namesOf(standing, isCreated));
  });

  it('counts votes, and tells the last, of the blocks that count', async () => {
    await empty(database.client);
    const life = new LivedRecord(database, { eventsOf, missingCount: 0, refresh: async () => undefined });
    // Proposal 0 is put and voted on twice; the block of the second vote is replaced.
    await life.run({ kind: 'extend', depth: 0, seeds: [0, 15, 35], pace: 17 });
    const votes = async () => {
      const slot = life.chain.at(-1)?.block.slot ?? 0n;
      const found = await lastCasts(database.client, { afterSlot: 0n, slot }, [bytesOf('proposal 0')]);
      return found.map((row) => ({ step: row.step, count: row.count, slot: row.slot, forPower: row.numbers[0] }));
    };
    const [, second, third] = life.chain.map(({ block }) => block.slot);
    expect(await votes()).toEqual([{ step: 'vote_cast', count: 2n, slot: third, forPower: 35n }]);
    await life.run({ kind: 'fork', depth: 1, seeds: [1], pace: 17 });
    expect(await votes()).toEqual([{ step: 'vote_cast', count: 1n, slot: second, forPower: 15n }]);
  });
});
