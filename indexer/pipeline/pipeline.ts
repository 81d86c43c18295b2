/**
 * The stages, joined: source → linker and decoder → writer, with a bounded queue between each two.
 *
 * Nothing is remembered but in the store: after a stop or a crash the same call goes on from the last committed block.
 * @module
 */
import type { Fact } from '../assemble/assembler.ts';
import type { PreparedBlock } from '../batch/block-rows.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import type { Block } from '../domain/chain.ts';
import type { PlumblineError } from '../domain/errors.ts';
import { transactionCountOf } from '../domain/packed-transactions.ts';
import type { Slot } from '../domain/units.ts';
import { isUnnamed } from '../rpc/transaction-error.ts';
import type { BlockStore } from '../store/block-store.ts';
import type { Feed } from '../stream/subscription.ts';
import type { StreamTransport } from '../stream/transport.ts';
import type { Ancestry } from './ancestry.ts';
import { BoundedQueue } from './bounded-queue.ts';
import type { Chain } from './chain.ts';
import { WholeLogs } from './cut-logs.ts';
import { type Instruction, Linker } from './linker.ts';
import { LoopTurn } from './loop-turn.ts';
import { type Backoff, DEFAULT_BACKOFF, isNotOurs, type RetryOptions } from './retry.ts';
import { followShared } from './shared-record.ts';
import { runSources } from './sources.ts';
import { type IndexerStatus, noteRetry } from './status.ts';
import { runWriter, type StoreInstruction } from './writer.ts';

export interface PipelineDependencies {
  readonly transport: StreamTransport;
  /** Further endpoints of the same chain, followed at the same time. */
  readonly others?: readonly StreamTransport[];
  readonly ancestry: Ancestry;
  readonly store: BlockStore;
  readonly decode: (block: Block) => DecodedBlock;
  /** A block as the store will write it, without a decoded one in between; `null` for one that has to be decoded first. */
  readonly prepare?: (block: Block) => PreparedBlock | null;
  readonly log: PipelineLog;
}

/** The part of pino that the pipeline uses. */
export interface PipelineLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

export interface PipelineOptions {
  readonly feed: Feed;
  readonly programs: readonly string[];
  readonly startSlot: Slot;
  readonly backoff?: Backoff;
  readonly silenceMs?: number;
  /** For a block that one of several endpoints lost, before the RPC is asked. */
  readonly patienceMs?: number;
  /** Time that the store has for what is queued when the pipeline is told to stop. */
  readonly flushMs?: number;
}

const SILENCE_MS = 30_000;
const PATIENCE_MS = 2_000;
const FLUSH_MS = 10_000;
/** Rows of a commit under backlog: large ones are cheaper for the engine, in parts and in merges. */
const COMMIT_BYTES = 32 * 1024 * 1024;
/** In blocks between assembler and linker. Few: as bytes, before they are read, they take a fifth of the memory. */
const QUEUED_TRANSACTIONS = 500;
/** Rows that wait while a commit runs; with the commit's own this is what a store that stalls makes us hold. */
const QUEUED_BYTES = 32 * 1024 * 1024;
/** What an instruction keeps beside its rows. */
const INSTRUCTION_BYTES = 1_024;

/**
 * Follow the chain into the store until `signal` is aborted, then write what is queued and return.
 * @throws InputError, UpstreamError of the first connection; InvariantError when chain or store contradict themselves
 */
export async function runPipeline(
  dependencies: PipelineDependencies,
  options: PipelineOptions,
  status: IndexerStatus,
  signal: AbortSignal,
): Promise<void> {
  const { store, log } = dependencies;
  const { startSlot, backoff = DEFAULT_BACKOFF } = options;
  const onFailure = (error: PlumblineError, failureCount: number) => {
    log.warn({ ...failureFacts(error), failureCount }, 'another writer was faster, following from what is committed');
  };
  await followShared({ store, startSlot, status, retry: { backoff, signal, onFailure } }, (chain) =>
    new PipelineRun(dependencies, options, status, signal).finish(chain),
  );
}

class PipelineRun {
  readonly #facts = new BoundedQueue<Fact>(QUEUED_TRANSACTIONS);
  readonly #instructions = new BoundedQueue<StoreInstruction>(QUEUED_BYTES);
  /** Aborted by the stop signal, or by the first stage that fails. */
  readonly #stopping = new AbortController();
  /** Aborted when even the flush has to end. */
  readonly #giveUp = new AbortController();
  readonly #backoff: Backoff;
  readonly #wholeLogs: WholeLogs;
  readonly #turn = new LoopTurn();

  constructor(
    private readonly dependencies: PipelineDependencies,
    private readonly options: PipelineOptions,
    private readonly status: IndexerStatus,
    private readonly signal: AbortSignal,
  ) {
    this.#backoff = options.backoff ?? DEFAULT_BACKOFF;
    const { ancestry, decode } = dependencies;
    this.#wholeLogs = new WholeLogs({ ancestry, decode, status });
  }

  async finish(chain: Chain): Promise<void> {
    this.status.queuedRowBytes = () => this.#instructions.weight;
    const stop = () => this.#stop();
    this.signal.addEventListener('abort', stop);
    if (this.signal.aborted) stop();
    const outcomes = await Promise.allSettled(
      [this.#runSource(), this.#runLinker(chain), this.#runWriter()].map((stage) =>
        stage.catch((error) => this.#fail(error)),
      ),
    );
    this.signal.removeEventListener('abort', stop);
    const failed = outcomes.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  #stop(): void {
    this.#stopping.abort();
    this.#facts.end();
    const timer = setTimeout(() => this.#giveUp.abort(), this.options.flushMs ?? FLUSH_MS);
    timer.unref();
  }

  #fail(error: unknown): never {
    this.#giveUp.abort();
    this.#stopping.abort();
    this.#facts.end();
    this.#instructions.end();
    throw error;
  }

  #runSource(): Promise<void> {
    const { transport, others = [], ancestry, log } = this.dependencies;
    const { feed, programs, startSlot, silenceMs = SILENCE_MS } = this.options;
    return runSources({
      transports: [transport, ...others],
      feed,
      programs,
      silenceMs,
      status: this.status,
      backoff: this.#backoff,
      signal: this.#stopping.signal,
      fromSlot: () => this.status.committedSlot ?? startSlot,
      emit: (fact) => this.#facts.push(fact, fact.kind === 'block' ? 1 + transactionCountOf(fact.block) : 1),
      onDisconnect: (error, address) => {
        log.warn({ address, ...failureFacts(error) }, 'stream ended, connecting again');
      },
      patienceMs: this.options.patienceMs ?? PATIENCE_MS,
      blockhashAt: (slot) => ancestry.blockhashAt(slot),
      onDisagreement: ({ slot, ...facts }) => {
        log.warn({ ...facts, slot: String(slot) }, 'two endpoints have different blocks at one slot');
      },
    });
  }

  async #runLinker(chain: Chain): Promise<void> {
    const linker = this.#linker(chain);
    try {
      for (let facts = await this.#facts.take(); facts !== null; facts = await this.#facts.take()) {
        for (const fact of facts) {
          for await (const instruction of linker.take(fact)) await this.#handOn(instruction);
        }
      }
    } catch (error) {
      // A gap that cannot be filled before the stop stays one: nothing above it is committed.
      if (!this.#stopping.signal.aborted) throw error;
    }
    this.#instructions.end();
  }

  #linker(chain: Chain): Linker {
    const { ancestry, log } = this.dependencies;
    return new Linker({
      chain,
      ancestry,
      startSlot: this.options.startSlot,
      // A block that cannot be read today may be read tomorrow, by another node or after an update of this one.
      retry: { ...this.#retry(this.#stopping.signal, 'a gap cannot be filled yet'), isRetryable: isNotOurs },
      onGap: (change, below) => {
        this.status.gapsOpen += change === 'opened' ? 1 : -1;
        log.info({ below: String(below) }, `gap ${change}`);
      },
      onGivenUp: (slot) => log.warn({ slot: String(slot) }, 'a block of a branch that the chain gave up was left out'),
      onFinalizedMissing: (slot) => {
        this.status.finalizedMissingTotal += 1;
        this.status.lastError = `The finalized slot ${slot} is missing from the committed chain`;
        log.warn({ slot: String(slot) }, 'a finalized slot is missing from the committed chain');
      },
    });
  }

  async #handOn(instruction: Instruction): Promise<void> {
    if (instruction.kind !== 'commit') return this.#instructions.push(instruction, INSTRUCTION_BYTES);
    await this.#turn.take();
    const block = await this.#prepared(instruction.block);
    return this.#instructions.push({ kind: 'commit', block }, INSTRUCTION_BYTES + block.byteCount);
  }

  async #prepared(block: Block): Promise<PreparedBlock> {
    const { prepare, store } = this.dependencies;
    const prepared = prepare?.(block) ?? null;
    if (prepared !== null) return prepared;
    const unnamed = block.transactions.filter(({ error }) => error !== null && isUnnamed(error));
    this.status.unnamedErrorsTotal += unnamed.length;
    return store.prepare(await this.#wholeLogs.decode(block));
  }

  #runWriter(): Promise<void> {
    const { store } = this.dependencies;
    return runWriter({
      queue: this.#instructions,
      store,
      status: this.status,
      commitBytes: COMMIT_BYTES,
      nowMs: () => performance.now(),
      retry: this.#retry(this.#giveUp.signal, 'the store does not answer'),
    });
  }

  #retry(signal: AbortSignal, text: string): RetryOptions {
    const onFailure = (error: PlumblineError, failureCount: number) => {
      noteRetry(this.status, error);
      this.dependencies.log.warn({ ...failureFacts(error), failureCount }, text);
    };
    return { backoff: this.#backoff, signal, onFailure };
  }
}

function failureFacts(error: PlumblineError | null): object {
  return error === null ? {} : { code: error.code, reason: error.message };
}
