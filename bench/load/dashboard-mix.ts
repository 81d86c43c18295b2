/**
 * What the dashboard's pages ask for while they are looked at: their own operations, with variables of the benchmark's
 * record. What a wallet or a slider asks for now and then (`prepare…`, `impact`) and subscriptions are not among them.
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
const LEFT_OUT = /^(Prepare|Impact)/;

const base58 = (hex: string) => toBase58(Buffer.from(hex, 'hex'));

/** By the name of the operation, at a slot of the record. */
function variablesAt(slot: bigint): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const to = START + slot * BLOCK_SECONDS;
  const signature = base58(`${'1'.repeat(112)}${(slot * 10n - 10n).toString(16).padStart(16, '0')}`);
  const pool = base58(`05${'0'.padStart(62, '0')}`);
  const provider = base58(providerKey(7));
  const since = (seconds: bigint) => String(to - seconds);
  const past = Array.from({ length: PAST_SLOTS }, (_, index) => [`s${index}`, String(slot - BigInt(index))]);
  return {
    ...{ Transaction: { signature }, Commit: { signature }, Block: { slot: String(slot) } },
    ...{ Transactions: { first: 50 }, Events: { first: 50 }, Instructions: { first: 50 } },
    ...{ Providers: { first: 100 }, Sellers: { model: 0 }, Provider: { address: provider } },
    ...{ Proposals: { first: 50 }, Proposal: { id: '1' }, Votes: { proposal: base58(proposalKey(1)), first: 100 } },
    ...{ RewardEpochs: { first: 30 }, RewardEpoch: { number: '1' }, PoolReward: { epoch: '1', pool } },
    ...{ Wallet: { address: provider }, Market: { model: 0 } },
    ...{ Pools: { first: 100 }, Pool: { address: pool, key: pool } },
    PoolPast: { address: pool, ...Object.fromEntries(past) },
    Index: {
      ...{ model: 0, from: since(7n * DAY), to: String(to), interval: 'HOUR', bucketSeconds: Number(HOUR) },
      ...{ rateFrom: since(7n * DAY), rateWindow: 'HOUR', watchFrom: since(7n * DAY), watchWindow: 'DAY' },
    },
    RateInputs: { model: 0, from: since(HOUR), to: String(to), window: 'HOUR' },
    Curve: { model: 0, settlement: 'AVERAGE' },
    ModelDays: { model: 0, from: since(7n * DAY), to: String(to) },
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
