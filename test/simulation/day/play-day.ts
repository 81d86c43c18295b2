/**
 * Plays a whole simulated day on a chain of its own and reads it back: blocks through the production decoder, accounts
 * as they are at the end.
 * @module
 */
import { readFileSync } from 'node:fs';
import { loadRegistry } from '../../../indexer/decode/load-registry.ts';
import type { DecodedFields } from '../../../indexer/decode/value.ts';
import type { Prepared } from '../../../jobs/chain/prepared-transaction.ts';
import { PROGRAM_NAMES, programFile } from '../programs.ts';
import type { World } from './actors.ts';
import { type Books, readBooks } from './books/books.ts';
import { PARTS, wholeCast } from './cast.ts';
import type { DayChain } from './day-chain.ts';
import { type DayRecord, nameIn, readDay } from './day-record.ts';
import { witnessAppeal } from './governance/appeal-witness.ts';
import { appealOf, type Fate, proposalsOf } from './governance/proposals.ts';
import { type DayRun, runDay } from './run-day.ts';
import { openWorld } from './world.ts';

export interface DayPlan {
  readonly seed: number;
  readonly providers: number;
}

export interface PlayedDay {
  readonly plan: DayPlan;
  readonly run: DayRun;
  readonly record: DayRecord;
  readonly books: Books;
  /** Fields of the rarer events by `program.Event`, in chain order. */
  readonly seen: ReadonlyMap<string, readonly DecodedFields[]>;
  /** Executions of an appeal over a challenge as the API prepares them. */
  readonly appeals: readonly Prepared[];
  /** What was to become of each proposal, by title. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Of the tokens, by mint. */
  readonly supplies: ReadonlyMap<string, bigint>;
  /** Of the last block: two days with the same one are the same to the last byte. */
  readonly blockhash: string;
  readonly tookMs: { readonly run: number; readonly read: number };
}

/** A proposal that nobody carries out expires after 51 hours, so a day has 53. */
const TICK_SECONDS = 900;
export const DAY_HOURS = 53;
const TICKS_PER_EPOCH = 12;
const EVERY_TIME = new Set(['HeartbeatSent', 'OfferUpdated', 'UsageAttested', 'IndexAdvanced', 'IndexUpdated']);

export async function playDay(plan: DayPlan): Promise<PlayedDay> {
  const startedMs = Date.now();
  const tickCount = (DAY_HOURS * 3_600) / TICK_SECONDS;
  const { chain, world } = await openWorld({ ...plan, tickSeconds: TICK_SECONDS, tickCount });
  try {
    const appeals: Prepared[] = [];
    const witness = witnessAppeal(chain.running.rpcUrl, PARTS, appeals);
    const run = await runDay(chain, world, [witness, ...wholeCast(TICKS_PER_EPOCH)]);
    const ranMs = Date.now();
    const { record, seen } = await readBack(chain, run);
    const books = await readBooks(world.network);
    return {
      ...{
        plan,
        run,
        record,
        books,
        seen,
        appeals,
        fates: await fatesOf(world),
        supplies: await suppliesOf(chain, books),
      },
      blockhash: chain.running.localnet.chain.entryAt('confirmed').blockhash,
      tookMs: { run: ranMs - startedMs, read: Date.now() - ranMs },
    };
  } finally {
    await chain.stop();
  }
}

async function readBack(chain: DayChain, { headSlot }: DayRun) {
  const registry = await loadRegistry(
    [...PROGRAM_NAMES].map(([programId, prefix]) => ({ programId, prefix, path: programFile(prefix, 'idl.json') })),
  );
  const seen = new Map<string, DecodedFields[]>();
  const record = await readDay(chain.running.rpcUrl, registry, PROGRAM_NAMES, headSlot, ({ events }) => {
    for (const { programId, name, fields } of events) {
      if (EVERY_TIME.has(name)) continue;
      const key = nameIn(PROGRAM_NAMES, programId, name);
      const found = seen.get(key);
      if (found === undefined) seen.set(key, [fields]);
      else found.push(fields);
    }
  });
  return { record, seen };
}

async function fatesOf(world: World): Promise<ReadonlyMap<string, Fate>> {
  const proposals = await proposalsOf(world, PARTS);
  return new Map([...proposals, appealOf(world.network.governance)].map(({ title, fate }) => [title, fate]));
}

async function suppliesOf(chain: DayChain, { network }: Books): Promise<ReadonlyMap<string, bigint>> {
  const mints = [network.intMint.address, network.inferMint.address];
  const supplies = await Promise.all(
    mints.map(async (mint) => {
      const { value } = await chain.rpc.getTokenSupply(mint, { commitment: 'confirmed' }).send();
      return [mint, BigInt(value.amount)] as const;
    }),
  );
  return new Map(supplies);
}

/** Names of the instructions or events of an IDL, as `program.name`. */
export function namesInIdl(program: string, part: 'events' | 'instructions'): string[] {
  const idl = JSON.parse(readFileSync(programFile(program, 'idl.json'), 'utf8')) as Record<
    typeof part,
    readonly { readonly name: string }[]
  >;
  return idl[part].map(({ name }) => `${program}.${name}`);
}
