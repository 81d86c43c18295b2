/** Filters on fields: queries in pages either way, counts, exports and subscriptions find what the fields themselves say. */
import type { Address } from '@solana/kit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventMatcher } from '../../api/live/event-matcher.ts';
import { eventFilterOf } from '../../api/types/chain/event-filter.ts';
import type { DecodedBlock, DecodedEvent } from '../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { Comparison } from '../../indexer/store/queries/rows/field-conditions.ts';
import * as governance from '../../programs/governance/client.generated.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { blockWith, decodedEvent, goodTransactions, type ToldEvent } from '../governance/told-events.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { blockOf, bytesOf } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { EventListener } from './event-listener.ts';
import { type RunningApi, startApi } from './start-api.ts';

const KEYS = ['one', 'two', 'three'].map((name) => toBase58(bytesOf(name)) as Address);
const NUMBERS = [0n, 1n, 2n ** 63n, 2n ** 64n - 1n];
const TIMES = [-5n, 0n, 7n, 2n ** 63n - 1n];
const TEXTS = ['', 'a', 'ab', 'A', `é'\\`, '100%_', '\u{1f600}'];
const LISTS = [[], [0], [1, 65_535], [0, 0, 3]];

/** What a filter compares: a field of an event as its fields say it. */
type Value = Uint8Array | bigint | string | null | readonly bigint[];
interface Told extends ToldEvent {
  /** By the name that a filter takes. */
  readonly values: Readonly<Record<string, Value>>;
}

const pick = <T>(all: readonly T[], index: number): T => all[index % all.length] as T;

function voteCast(n: number): Told {
  const [owner, power, votedAt, forPower] = [
    pick(KEYS, n),
    pick(NUMBERS, n >> 1),
    pick(TIMES, n >> 2),
    pick(NUMBERS, n >> 3),
  ];
  const votes = { forPower, againstPower: 0n, abstainPower: 0n, vetoPower: 0n };
  const value = {
    proposal: pick(KEYS, n >> 1),
    owner,
    choice: n % 4,
    power,
    votedAt,
    votes,
    lockedUntil: 0n,
    unstakeAt: 0n,
  };
  const values = {
    owner: fromBase58(owner),
    power,
    voted_at: votedAt,
    'votes.for_power': forPower,
    choice: BigInt(n % 4),
  };
  return { name: 'VoteCast', data: governance.encodeVoteCast(value), values };
}

function proposalCreated(n: number): Told {
  const [title, host, textHash] = [pick(TEXTS, n), n % 3 === 0 ? null : pick(KEYS, n), bytesOf(String(n % 2))];
  const action = { kind: n % 7, changes: [], spend: null, host, model: null };
  const times = { createdAt: pick(TIMES, n), signalingFrom: 0n, signalingSeconds: 1 };
  const of = { proposal: pick(KEYS, n), proposalId: BigInt(n), proposer: pick(KEYS, n), committed: 0n };
  const data = governance.encodeProposalCreated({ ...of, ...times, action, title, uri: '', textHash });
  const values = {
    title,
    'action.host': host === null ? null : fromBase58(host),
    text_hash: textHash,
    created_at: times.createdAt,
  };
  return { name: 'ProposalCreated', data, values };
}

function handedOver(n: number): Told {
  const ids = pick(LISTS, n);
  const data = governance.encodeParametersHandedOver({ ids, handedOverAt: pick(TIMES, n) });
  return { name: 'ParametersHandedOver', data, values: { ids: ids.map(BigInt), handed_over_at: pick(TIMES, n) } };
}

interface PlacedEvent extends Told {
  readonly slot: bigint;
  readonly signature: string;
  readonly ordinal: number;
  readonly event: DecodedEvent;
}

let server: RunningClickHouse;
let database: Database;
let registry: Registry;
let api: RunningApi;
/** Events of the blocks that count, in chain order. */
let placed: PlacedEvent[];

/** A block of the small chains with the events of governance in its transactions instead of its own. */
function governed(block: DecodedBlock): { readonly block: DecodedBlock; readonly placed: PlacedEvent[] } {
  const found = goodTransactions(block).flatMap(({ index, signature }) =>
    [0, 1, 2].map((ordinal) => {
      const n = signature[ordinal] as number;
      const told = pick([voteCast, voteCast, proposalCreated, handedOver], n >> 2)(n);
      const event = decodedEvent(registry, told, index, ordinal);
      return { ...told, slot: block.block.slot, signature: toBase58(signature), ordinal, event };
    }),
  );
  const events = found.map(({ event }) => event);
  return { block: blockWith(block, events), placed: found };
}

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openDatabase(server.url);
  registry = await loadProgramRegistry(database.settings);
  const store = createBlockStore(database.client, registry.tables);
  const chain = (first: bigint, count: number, branch: string, parent: DecodedBlock | null) => {
    const blocks: ReturnType<typeof governed>[] = [];
    for (let index = 0; index < count; index++)
      blocks.push(governed(blockOf(first + BigInt(index), branch, blocks.at(-1)?.block ?? parent)));
    return blocks;
  };
  const main = chain(1n, 30, 'main', null);
  await store.commit(main.map(({ block }) => block));
  await store.cancelAbove(20n);
  const fork = chain(21n, 25, 'fork', main[19]?.block ?? null);
  await store.commit(fork.map(({ block }) => block));
  placed = [...main.slice(0, 20), ...fork].flatMap((each) => each.placed);
  api = await startApi(database.client, registry);
}, 120_000);
afterAll(async () => {
  await api?.stop();
  await database?.drop();
  await server?.stop();
});

interface Condition {
  readonly field: string;
  readonly is: Comparison;
  readonly texts: readonly string[];
}
interface Question {
  readonly name: string;
  readonly where: readonly Condition[];
  readonly pageRows: number;
}

const text = (value: Value): string =>
  value instanceof Uint8Array ? (value[0] === 1 ? toBase58(value) : Buffer.from(value).toString('hex')) : String(value);

/** Conditions on fields that events of one name have, with values that they have, or almost. */
const question: fc.Arbitrary<Question> = fc
  .record({
    kind: fc.nat(2),
    draws: fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(255), fc.nat(255)), { minLength: 1, maxLength: 3 }),
    pageRows: fc.integer({ min: 9, max: 60 }),
  })
  .map(({ kind, draws, pageRows }) => {
    const make = pick([voteCast, proposalCreated, handedOver], kind);
    const where = draws.map(([fieldNumber, isNumber, one, other]) => {
      const field = pick(Object.keys(make(1).values), fieldNumber);
      const valueAt = (n: number) =>
        [n, n + 1, n + 2].map((each) => make(each).values[field] ?? null).find((each) => each !== null);
      const [value = 0n, second = 0n] = [valueAt(one), valueAt(other)];
      return { field, ...comparisonOf(value, second, isNumber) };
    });
    return { name: make(1).name, where, pageRows };
  });

function comparisonOf(value: Value, second: Value, draw: number): Pick<Condition, 'is' | 'texts'> {
  if (Array.isArray(value)) return { is: 'CONTAINS', texts: [String(pick([0, 1, 3, 65_535, 7, -1], draw))] };
  if (value instanceof Uint8Array)
    return { is: pick(['EQ', 'NE'], draw), texts: [text(value), text(second)].slice(draw % 2) };
  const is = pick<Comparison>(['EQ', 'NE', 'LT', 'LE', 'GT', 'GE'], draw);
  if (typeof value === 'string')
    return { is: draw % 3 === 0 ? 'CONTAINS' : is, texts: [value, String(second)].slice(draw % 2) };
  const near = (value as bigint) + BigInt((draw % 3) - 1);
  return { is, texts: [String(near), String(second)].slice(draw % 2) };
}

/** The second writing of what a condition means. */
function holds(value: Value, { is, texts }: Condition): boolean {
  if (value === null) return false;
  if (is === 'CONTAINS')
    return texts.some((each) =>
      typeof value === 'string' ? value.indexOf(each) >= 0 : (value as readonly bigint[]).includes(BigInt(each)),
    );
  const order = (each: string): number => {
    if (value instanceof Uint8Array) return text(value) === each ? 0 : 1;
    if (typeof value === 'string') return Buffer.from(value).compare(Buffer.from(each));
    const other = BigInt(each);
    return value === other ? 0 : (value as bigint) < other ? -1 : 1;
  };
  if (is === 'NE') return texts.every((each) => order(each) !== 0);
  const meets = {
    EQ: (n: number) => n === 0,
    LT: (n: number) => n < 0,
    LE: (n: number) => n <= 0,
    GT: (n: number) => n > 0,
    GE: (n: number) => n >= 0,
  };
  return texts.some((each) => meets[is](order(each)));
}

const nameOf = ({ slot, signature, ordinal }: Pick<PlacedEvent, 'ordinal' | 'signature' | 'slot'>) =>
  `${slot}/${signature}/${ordinal}`;

function expectedOf({ name, where }: Question): string[] {
  return placed
    .filter(
      (each) =>
        each.name === name && where.every((condition) => holds(each.values[condition.field] ?? null, condition)),
    )
    .map(nameOf);
}

const whereOf = ({ where }: Question) => where.map(({ field, is, texts }) => ({ field, is, values: [...texts] }));

interface PageOfEvents {
  readonly totalCount: string;
  readonly edges: readonly { readonly node: PlacedEvent }[];
  readonly pageInfo: Readonly<Record<'endCursor' | 'startCursor', string | null>> &
    Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>>;
}

/** All pages, in chain order, and the count. */
async function walked(
  asked: Question,
  isBackward: boolean,
): Promise<{ readonly found: string[]; readonly counts: Set<string> }> {
  const [size, beside] = isBackward ? ['last', 'before'] : ['first', 'after'];
  const query = `query ($cursor: String, $where: [FieldFilter!]) { events(${size}: ${asked.pageRows}, ${beside}: $cursor, name: "${asked.name}",
    where: $where) { totalCount edges { node { slot signature ordinal } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const pages: string[][] = [];
  const counts = new Set<string>();
  for (let cursor: string | null = null; ; ) {
    const { data, errors } = await api.ask(query, { cursor, where: whereOf(asked) });
    expect([asked, errors]).toEqual([asked, undefined]);
    const { edges, totalCount, pageInfo } = (data as { readonly events: PageOfEvents }).events;
    pages.push(edges.map(({ node }) => nameOf(node)));
    counts.add(totalCount);
    if (!(isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break;
    cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor;
  }
  return { found: (isBackward ? pages.toReversed() : pages).flat().toReversed(), counts };
}

async function exported({ name, where }: Question): Promise<string[]> {
  const table = registry.tables.find(({ eventName }) => eventName === name)?.table;
  const parameters = new URLSearchParams();
  // Several conditions on one column with one comparison are one with several values there.
  for (const { field, is, texts } of where)
    for (const value of texts) parameters.append(`${field.replaceAll('.', '_')}.${is.toLowerCase()}`, value);
  const csv = await (await fetch(`${api.url}/export/${table}.csv?${parameters}`)).text();
  return [...csv.matchAll(/^(\d+),"\w+",\d+,\d+,"(\w+)","[\d.]+",(\d+)/gm)].map(
    ([, slot, signature, ordinal]) => `${slot}/${signature}/${ordinal}`,
  );
}

function matched(asked: Question): string[] {
  const matches = eventMatcher(eventFilterOf({ name: asked.name, where: whereOf(asked) }, registry), registry);
  return placed
    .filter(({ slot, signature, event }) => {
      const { transactionIndex, path, ordinal, position, programId, name, table, transport, data } = event;
      const place = { slot, blockhash: new Uint8Array(32), blockTime: 0n, transactionIndex, path, ordinal, position };
      return matches({
        ...place,
        signature: fromBase58(signature, 64),
        program: programId,
        name,
        typedTable: table,
        transport,
        data,
      });
    })
    .map(nameOf);
}

describe('events that are filtered by their fields', () => {
  it('are found alike by pages forwards and backwards, counts, exports and the filter of subscriptions, beside a fork', async () => {
    let foundCount = 0;
    for (const asked of fc.sample(question, { numRuns: 10, seed: 31 })) {
      const expected = expectedOf(asked);
      const [forwards, backwards] = [await walked(asked, false), await walked(asked, true)];
      expect([asked, forwards.found]).toEqual([asked, expected]);
      expect([asked, backwards.found]).toEqual([asked, expected]);
      expect([asked, forwards.counts, backwards.counts]).toEqual([
        asked,
        ...Array(2).fill(new Set([String(expected.length)])),
      ]);
      expect([asked, matched(asked)]).toEqual([asked, expected]);
      const names = asked.where.map(({ field, is }) => `${field} ${is}`);
      if (new Set(names).size === names.length) expect([asked, await exported(asked)]).toEqual([asked, expected]);
      foundCount += expected.length > 0 && expected.length < placed.length / 2 ? 1 : 0;
    }
    expect(foundCount).toBeGreaterThan(3);
  });

  it('are met in memory as they are said, whatever the values', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(matched(asked)).toEqual(expectedOf(asked));
      }),
      { numRuns: 100, seed: 32 },
    );
  });

  it('are told to a subscriber, and no others', async () => {
    const controller = new AbortController();
    const where = `where: [{ field: "power", is: GT, values: ["1"] }, { field: "choice", is: NE, values: ["0", "3"] }]`;
    const listener = new EventListener(
      api.url,
      `subscription { events(fromSlot: "1", name: "VoteCast", ${where}) { kind slot blockhash event { signature ordinal } } }`,
    );
    const conditions = [
      { field: 'power', is: 'GT', texts: ['1'] },
      { field: 'choice', is: 'NE', texts: ['0', '3'] },
    ] as const;
    const expected = expectedOf({ name: 'VoteCast', where: conditions, pageRows: 1 });
    await listener.listen(expected.length, controller.signal);
    expect(expected.length).toBeGreaterThan(5);
    expect(listener.events).toEqual(expected);
  });
});

it('the price of a model without purchases is told as none', async () => {
  const price = await (await fetch(`${api.url}/price/0`)).json();
  expect(price).toMatchObject({ model: 0, referenceRate: null, index: null });
});
