/**
 * Two writers on one record: each hears of one chain with forks in its own way, through a linker and a writer of its own,
 * and every statement to the engine waits for its turn.
 */
import fc from 'fast-check';
import type { Fact } from '../../../indexer/assemble/assembler.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { BoundedQueue } from '../../../indexer/pipeline/bounded-queue.ts';
import type { Chain } from '../../../indexer/pipeline/chain.ts';
import { Linker } from '../../../indexer/pipeline/linker.ts';
import { followShared } from '../../../indexer/pipeline/shared-record.ts';
import { newStatus } from '../../../indexer/pipeline/status.ts';
import { runWriter, type StoreInstruction } from '../../../indexer/pipeline/writer.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { blockOf, smallEventTables } from '../store/small-chain.ts';
import { CanonicalAncestry } from './fork-storm.ts';

/** A branch that the chain gives up, told before the canonical block at `index`. */
interface Fork {
  readonly index: number;
  readonly depth: number;
  /** Canonical blocks told before it, which it replaces until the chain comes back to them. */
  readonly toldBefore: number;
  readonly isToldDead: boolean;
  /** Which of the writers hears of it: one bit each. */
  readonly heardBy: number;
}

export interface SharedChain {
  /** By blockhash in hex, those of branches too. */
  readonly decoded: ReadonlyMap<string, DecodedBlock>;
  /** What each writer is told. */
  readonly facts: readonly [readonly Fact[], readonly Fact[]];
}

const BLOCK_COUNT = 14;
const FINAL_DEPTH = 5;
const FIRST_SLOT = 100n;

/** What the chain is in the end, whatever was told. */
export const canonical: readonly DecodedBlock[] = lineOf(null, BLOCK_COUNT, 'chain');
export const { block: finalBlock } = canonical[BLOCK_COUNT - 1 - FINAL_DEPTH] as DecodedBlock;

const fork: fc.Arbitrary<Fork> = fc.record({
  index: fc.integer({ min: 1, max: BLOCK_COUNT - 4 }),
  depth: fc.integer({ min: 1, max: 3 }),
  toldBefore: fc.integer({ min: 0, max: 3 }),
  isToldDead: fc.boolean(),
  heardBy: fc.constantFrom(1, 2, 3, 3, 3),
});

export const sharedChain: fc.Arbitrary<SharedChain> = fc
  .array(fork, { minLength: 1, maxLength: 4 })
  .map((forks) => chainWith(forks));

function chainWith(forks: readonly Fork[]): SharedChain {
  const branches = new Map(
    forks.map((each, number) => [each, lineOf(canonical[each.index - 1] ?? null, each.depth, `branch${number}`)]),
  );
  const factsOf = (bit: number): Fact[] =>
    canonical.flatMap((block, index) => {
      const here = forks.filter((each) => each.index === index && (each.heardBy & bit) !== 0);
      const told = here.flatMap((each) => toldOf(each, branches.get(each) ?? []));
      const final = canonical[index - FINAL_DEPTH];
      return [...told, factOf(block), ...(final === undefined ? [] : [finalOf(final)])];
    });
  const decoded = [...canonical, ...[...branches.values()].flat()];
  return {
    decoded: new Map(decoded.map((each) => [keyOf(each.block.blockhash), each])),
    facts: [factsOf(1), factsOf(2)],
  };
}

function toldOf(each: Fork, branch: readonly DecodedBlock[]): Fact[] {
  const before = canonical.slice(each.index, each.index + Math.min(each.toldBefore, each.depth));
  const dead = each.isToldDead ? branch.map(({ block }): Fact => ({ kind: 'dead', slot: block.slot })) : [];
  return [...before.map(factOf), ...branch.map(factOf), ...dead];
}

function lineOf(below: DecodedBlock | null, count: number, name: string): DecodedBlock[] {
  const line: DecodedBlock[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = line.at(-1) ?? below;
    line.push(blockOf((parent?.block.slot ?? FIRST_SLOT - 1n) + 1n, name, parent));
  }
  return line;
}

const factOf = ({ block }: DecodedBlock): Fact => ({ kind: 'block', block });
const finalOf = ({ block }: DecodedBlock): Fact => ({ kind: 'finalized', slot: block.slot });
const keyOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

/** A client whose statements run when the scheduler says so. */
export function takingTurns(client: StoreClient, scheduler: fc.Scheduler): StoreClient {
  return {
    ...client,
    insert: scheduler.scheduleFunction(client.insert),
    command: scheduler.scheduleFunction(client.command),
    bytes: scheduler.scheduleFunction(client.bytes),
  };
}

const backoff = { firstMs: 1, longestMs: 2, random: () => 0 };
const QUEUED_BYTES = 1 << 20;

/**
 * All facts into the record, as the pipeline does it; told again from the committed head on whenever it begins again.
 * @returns how often it did
 */
export async function writeAll(client: StoreClient, chain: SharedChain, facts: readonly Fact[]): Promise<number> {
  const store = createBlockStore(client, smallEventTables);
  const status = newStatus();
  const retry = { backoff, signal: new AbortController().signal, onFailure: () => undefined };
  await followShared({ ...{ store, startSlot: 0n, status }, retry }, (opened) => {
    const from = facts.findIndex((fact) => slotOf(fact) >= (status.committedSlot ?? 0n));
    return follow({ store, chain, opened, facts: facts.slice(from), status });
  });
  return status.overtakenTotal;
}

const slotOf = (fact: Fact) => (fact.kind === 'block' ? fact.block.slot : fact.slot);

interface Following {
  readonly store: BlockStore;
  readonly chain: SharedChain;
  readonly opened: Chain;
  readonly facts: readonly Fact[];
  readonly status: ReturnType<typeof newStatus>;
}

async function follow({ store, chain, opened, facts, status }: Following): Promise<void> {
  const retry = { backoff, signal: AbortSignal.abort(), onFailure: () => undefined };
  const queue = new BoundedQueue<StoreInstruction>(QUEUED_BYTES);
  const ancestry = new CanonicalAncestry(
    canonical.map(({ block }) => ({ ...block, accounts: [], hasAccounts: false })),
  );
  const linker = new Linker({
    ...{ chain: opened, ancestry, startSlot: 0n, retry },
    ...{ onGap: () => undefined, onGivenUp: () => undefined, onFinalizedMissing: () => undefined },
  });
  const link = async () => {
    for (const fact of facts) {
      for await (const instruction of linker.take(fact)) {
        if (instruction.kind !== 'commit') await queue.push(instruction, 1);
        else {
          const { block } = instruction;
          const decoded = chain.decoded.get(keyOf(block.blockhash)) as DecodedBlock;
          const accounts = block.hasAccounts ? decoded.accounts : [];
          await queue.push({ kind: 'commit', block: store.prepare({ ...decoded, block, accounts }) }, 1);
        }
      }
    }
  };
  const commitBytes = 1;
  const writing = runWriter({ queue, store, status, retry, commitBytes, nowMs: () => performance.now() });
  await Promise.all([writing, link().finally(() => queue.end())]);
}
