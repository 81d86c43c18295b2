/**
 * The stage beside the others that makes account states whole again: when blocks were filled by RPC, which has none, or
 * the record begins inside the chain, it reads all accounts of the programs by RPC and adds them to the block whose
 * states they are.
 *
 * Which block that is. An answer at context slot X holds the states after the block of slot X. It is asked for at
 * `finalized`, so that this block is the chain's for ever and a fork at the tip touches nothing; it is written once that
 * block is final here too. The programs are asked one after the other, each has its own X; the snapshot counts from the
 * highest, since all blocks between came by the stream (checked before it is recorded).
 * @module
 */
import { closedState } from '../assemble/closed-accounts.ts';
import type { DecodedBlock } from '../decode/decoded-block.ts';
import { fromBase58 } from '../domain/base58.ts';
import type { AccountState, Block, BlockHeader } from '../domain/chain.ts';
import { type PlumblineError, UpstreamError } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { ChainRpc } from '../rpc/rpc-client.ts';
import type { SnapshotStore } from '../store/snapshot-store.ts';
import type { PipelineLog } from './pipeline.ts';
import { type Backoff, pause, polled } from './retry.ts';
import { type IndexerStatus, noteRetry } from './status.ts';

export interface SnapshotOptions {
  readonly store: SnapshotStore;
  readonly rpc: Pick<ChainRpc, 'programAccounts'>;
  readonly decode: (block: Block) => DecodedBlock;
  /** base58 addresses of our programs */
  readonly programs: readonly string[];
  readonly status: IndexerStatus;
  readonly log: PipelineLog;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
  readonly pollMs?: number;
}

const POLL_MS = 500;
/** For a finalized block to be final here; a stream that is this late is not live. */
const BLOCK_PATIENCE_MS = 60_000;
const STATES_PER_WRITE = 5_000;

/**
 * Run until the signal is aborted. What fails is tried again for ever.
 * @throws InvariantError of the store
 */
export async function runSnapshots(options: SnapshotOptions): Promise<void> {
  const { status, log, pollMs = POLL_MS } = options;
  let settledAt = '';
  const settleChanges = async () => {
    const seen = changesOf(status);
    if (seen !== settledAt && isLive(status) && (await settle(options))) settledAt = seen;
    return false;
  };
  const onFailure = (error: PlumblineError, failureCount: number) => {
    noteRetry(status, error);
    log.warn({ code: error.code, reason: error.message, failureCount }, 'no account snapshot yet');
  };
  await polled(settleChanges, { ...options, pollMs, onFailure });
}

/**
 * Differs when a snapshot may be needed that was not before: only then are the tables asked. Blocks that another writer
 * committed come without account states unnoticed, and it may be gone.
 */
function changesOf({ blocksWithoutAccountsTotal, forks, overtakenTotal }: IndexerStatus): string {
  return `${blocksWithoutAccountsTotal}/${forks}/${overtakenTotal}`;
}

function isLive({ isConnected, gapsOpen, finalizedSlot }: IndexerStatus): boolean {
  return isConnected && gapsOpen === 0 && finalizedSlot !== null;
}

/** True when nothing is to be done, or it has been done. */
async function settle(options: SnapshotOptions): Promise<boolean> {
  const { store, status, log } = options;
  const fromSlot = await store.neededFrom();
  // No block yet: whether the record begins with the chain is still open.
  if (fromSlot === null) return status.committedSlot !== null;
  if ((status.finalizedSlot ?? -1n) < fromSlot) return false;
  const taken = await takeSnapshot(options, fromSlot);
  status.snapshotsTotal += 1;
  log.info({ ...taken, slot: String(taken.slot) }, 'account snapshot taken');
  return true;
}

interface ProgramSnapshot {
  readonly program: Uint8Array;
  readonly block: BlockHeader;
}

async function takeSnapshot(options: SnapshotOptions, fromSlot: Slot) {
  const { store, programs } = options;
  const living = new Set<string>();
  const parts: ProgramSnapshot[] = [];
  for (const program of programs) parts.push(await readProgram(options, program, fromSlot, living));
  let closedCount = 0;
  for (const part of parts) closedCount += await writeClosed(options, part, living);
  const blocks = parts.map(({ block }) => block).sort((left, right) => (left.slot < right.slot ? -1 : 1));
  const [first, last] = [blocks[0] as BlockHeader, blocks.at(-1) as BlockHeader];
  if (await store.hasUnknownBetween(first.slot, last.slot)) {
    const message = `Blocks without accounts between ${first.slot} and ${last.slot}: the snapshot is taken again`;
    throw new UpstreamError('SNAPSHOT__INTERRUPTED', message, { firstSlot: first.slot, lastSlot: last.slot });
  }
  await store.record({ slot: last.slot, blockhash: last.blockhash, accountCount: BigInt(living.size) });
  return { slot: last.slot, accountCount: living.size, closedCount };
}

/** Writes what the chain has of one program and adds the keys to `living`. */
async function readProgram(
  options: SnapshotOptions,
  program: string,
  fromSlot: Slot,
  living: Set<string>,
): Promise<ProgramSnapshot> {
  const { store, rpc } = options;
  const { slot, states } = await rpc.programAccounts(program, fromSlot);
  const block = await finalBlockAt(options, slot);
  // The stream's own rows of that block know the write version.
  const written = new Set((await store.keysInBlock(block)).map(keyOf));
  const fresh: AccountState[] = [];
  const flush = () => writeStates(options, block, fresh.splice(0));
  for await (const state of states) {
    const key = keyOf(state.publicKey);
    living.add(key);
    if (!written.has(key)) fresh.push(state);
    if (fresh.length >= STATES_PER_WRITE) await flush();
  }
  await flush();
  return { program: fromBase58(program), block };
}

/** An account that the record knows as living and the chain no longer has was closed, or left its owner, unseen. */
async function writeClosed(options: SnapshotOptions, part: ProgramSnapshot, living: ReadonlySet<string>) {
  const known = await options.store.livingKeysAsOf(part.program, part.block.slot);
  const closed = known.filter((key) => !living.has(keyOf(key))).map(closedState);
  for (let start = 0; start < closed.length; start += STATES_PER_WRITE) {
    await writeStates(options, part.block, closed.slice(start, start + STATES_PER_WRITE));
  }
  return closed.length;
}

async function writeStates({ store, decode }: SnapshotOptions, block: BlockHeader, accounts: readonly AccountState[]) {
  if (accounts.length === 0) return;
  await store.writeAccounts(decode({ ...block, transactions: [], accounts, hasAccounts: true }));
}

/** The block of a slot that the RPC calls final, once it is final here. @throws UpstreamError `SNAPSHOT__BLOCK_MISSING` */
async function finalBlockAt(options: SnapshotOptions, slot: Slot): Promise<BlockHeader> {
  const { store, status, signal, pollMs = POLL_MS } = options;
  for (let waitedMs = 0; waitedMs < BLOCK_PATIENCE_MS && !signal.aborted; waitedMs += pollMs) {
    const isFinal = (status.finalizedSlot ?? -1n) >= slot;
    const block = isFinal ? await store.blockAt(slot) : null;
    if (block !== null) return block;
    if (isFinal) break;
    await pause(pollMs, signal);
  }
  const message = `The RPC has accounts as of the finalized slot ${slot}, of which no final block is committed`;
  throw new UpstreamError('SNAPSHOT__BLOCK_MISSING', message, { slot, finalizedSlot: status.finalizedSlot });
}

function keyOf(publicKey: Uint8Array): string {
  return Buffer.from(publicKey).toString('latin1');
}
