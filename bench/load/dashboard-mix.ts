/**
 * What the dashboard's pages ask for while they are looked at: their own operations, with variables of the benchmark's
 * record. What a wallet or a slider asks for now and then (`prepare…`, `impact`) and subscriptions are not among them.
 *
 * As on the pages, a range of time ends at a whole step of its chart (`useTimeRange`), daily prices with their day and over
 * as many days, and a page of one block or transaction is that of a block that somebody has opened.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { BLOCK_SECONDS, proposalKey, providerKey, START } from './api-record.ts';

export interface Asked {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const PAST_SLOTS = 12;
const HOUR = 3_600n;
const DAY = 24n * HOUR;
const PRICE_DAYS = 30n;
/** Blocks until a reader of the explorer opens another. */
const OPEN_BLOCKS = 100n;
const LEFT_OUT = /^(Prepare|Impact)/;

const base58 = (hex: string) => toBase58(Buffer.from(hex, 'hex'));

/** By the name of the operation, at a slot of the record. */
function variablesAt(slot: bigint): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const now = START + slot * BLOCK_SECONDS;
  const opened = slot - (slot % OPEN_BLOCKS);
  const [to, day] = [(now / HOUR + 1n) * HOUR, (now / DAY + 1n) * DAY];
  const signature = base58(`${'1'.repeat(112)}${(opened * 10n - 10n).toString(16).padStart(16, '0')}`);
  const pool = base58(`05${'0'.padStart(62, '0')}`);
  const provider = base58(providerKey(7));
  const since = (seconds: bigint) => String(to - seconds);
  const dayOf = (moment: bigint) => String(moment - (moment % DAY));
  const past = Array.from({ length: PAST_SLOTS }, (_, index) => [`s${index}`, String(opened - BigInt(index))]);
  const index = {
    ...{ model: 0, from: since(7n * DAY), to: String(to), interval: 'HOUR', bucketSeconds: Number(HOUR) },
    ...{ rateFrom: since(7n * DAY), rateWindow: 'HOUR', watchFrom: dayOf(to - 7n * DAY), watchWindow: 'DAY' },
  };
  return {
    ...{ Transaction: { signature }, Commit: { signature }, Block: { slot: String(opened) } },
    ...{ Transactions: { first: 50 }, Events: { first: 50 }, Instructions: { first: 50 } },
    ...{ Providers: { first: 100 }, Sellers: { model: 0 }, Provider: { address: provider } },
    ...{ Proposals: { first: 50 }, Proposal: { id: '1' }, Votes: { proposal: base58(proposalKey(1)), first: 100 } },
    ...{ RewardEpochs: { first: 30 }, RewardEpoch: { number: '1' }, PoolReward: { epoch: '1', pool } },
    ...{ Wallet: { address: provider }, Market: { model: 0 } },
    ...{ Pools: { first: 100 }, Pool: { address: pool, key: pool } },
    PoolPast: { address: pool, ...Object.fromEntries(past) },
    Index: index,
    Candles: index,
    // Of the last whole hour: a window that has a rate.
    RateInputs: { model: 0, from: since(2n * HOUR), to: String(to - 2n * HOUR + 1n), window: 'HOUR' },
    Curve: { model: 0, settlement: 'AVERAGE' },
    ModelDays: { model: 0, from: String(day - PRICE_DAYS * DAY), to: String(day) },
  };
}

/** @throws Error for an operation whose variables are not known here */
export function dashboardMix(slot: bigint): Asked[] {
  const known = variablesAt(slot);
  return dashboardQueries().flatMap((query): Asked[] => {
    const name = /^\s*query (\w+)/.exec(query)?.[1];
    // Subscriptions are no requests that end.
    if (name === undefined || LEFT_OUT.test(name)) return [];
    const variables = known[name];
    if (variables === undefined && query.includes('$')) throw new Error(`What are the variables of ${name}?`);
    return [{ name, query, variables: variables ?? {} }];
  });
}

let queries: readonly string[] | null = null;

/** As the pages' files have them, read once. */
function dashboardQueries(): readonly string[] {
  if (queries !== null) return queries;
  const folder = join(import.meta.dirname, '../../dashboards/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(queries|live\/head)\.ts$/.test(name),
  );
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  queries = texts.flatMap((text) => [...text.matchAll(/\/\* GraphQL \*\/ `([^`]+)`/g)].map(([, query]) => query ?? ''));
  return queries;
}
