/**
 * The stage beside the others that looks for transactions which the server dropped inside a block: parent links hold
 * whether or not one is missing. It asks a node for all signatures that name one of our programs and looks for each in the
 * record, window by window, up to the newest final block.
 *
 * A node that forgot, or has no index of addresses, names fewer than there are, and proves nothing: a window counts as
 * checked only when the node names every transaction that the record has in it.
 * @module
 */
import { fromBase58, toBase58 } from '../domain/base58.ts';
import { type PlumblineError, UpstreamError } from '../domain/errors.ts';
import { killable } from '../domain/kill-points.ts';
import { BLOCKHASH_BYTES, SIGNATURE_BYTES, type Slot } from '../domain/units.ts';
import { type ChainRpc, MAX_SIGNATURES } from '../rpc/rpc-client.ts';
import type { StoreClient } from '../store/clickhouse-client.ts';
import { firstBlockFrom } from '../store/queries/chain/blocks.ts';
import { moveCursor } from '../store/queries/chain/cursors.ts';
import {
  insertMissing,
  type MissingTransaction,
  recordedSignatures,
  signatureAfter,
  transactionsCheckedTo,
} from '../store/queries/chain/transaction-checks.ts';
import type { PipelineLog } from './pipeline.ts';
import { type Backoff, polled } from './retry.ts';
import { type IndexerStatus, noteRetry } from './status.ts';

export interface TransactionCheckOptions {
  readonly client: StoreClient;
  readonly rpc: Pick<ChainRpc, 'signaturesNaming' | 'finalizedSlot'>;
  /** base58 addresses of our programs */
  readonly programs: readonly string[];
  /** True for a feed that gives transactions one by one; a record that was ever checked goes on being so. */
  readonly isWanted: boolean;
  readonly status: IndexerStatus;
  readonly log: PipelineLog;
  readonly signal: AbortSignal;
  readonly backoff?: Backoff;
  readonly pollMs?: number;
}

const POLL_MS = 5_000;
/** Slots of one window: what is named in it has to fit memory. */
const WINDOW_SLOTS = 1_000n;
const NO_HASH = new Uint8Array(BLOCKHASH_BYTES);

/**
 * Run until the signal is aborted. What fails is tried again for ever.
 * @throws InvariantError of the store
 */
export async function runTransactionChecks(options: TransactionCheckOptions): Promise<void> {
  const { status, signal, log, pollMs = POLL_MS } = options;
  const checkAll = async () => {
    while (!signal.aborted && (await checkNext(options)));
    return false;
  };
  const onFailure = (error: PlumblineError, failureCount: number) => {
    noteRetry(status, error);
    log.warn({ code: error.code, reason: error.message, failureCount }, 'transactions are not checked yet');
  };
  await polled(checkAll, { ...options, pollMs, onFailure });
}

/** One window; false when there is none. */
async function checkNext(options: TransactionCheckOptions): Promise<boolean> {
  const { client, status, log, isWanted } = options;
  const checkedTo = await transactionsCheckedTo(client);
  if (checkedTo === null && !isWanted) return false;
  const first = checkedTo === null ? await firstBlockFrom(client, 0n) : null;
  if (checkedTo === null && first === null) return false;
  const fromSlot = checkedTo === null ? (first?.slot ?? 0n) : checkedTo + 1n;
  // From here on an epoch waits for the check, even if no node can do it yet.
  if (checkedTo === null && fromSlot > 0n) await recordCheckedTo(client, fromSlot - 1n);
  if ((status.finalizedSlot ?? -1n) < fromSlot) return false;
  const finalSlot = await finalForBoth(options);
  if (finalSlot < fromSlot) return false;
  const lastOfWindow = fromSlot + WINDOW_SLOTS - 1n;
  const toSlot = lastOfWindow > finalSlot ? finalSlot : lastOfWindow;
  const missing = await checkWindow(options, fromSlot, toSlot, finalSlot);
  if (missing.length > 0) {
    await killable('missing-transactions', () => insertMissing(client, missing));
    status.missingTransactionsTotal += missing.length;
    status.lastError = `The stream dropped ${missing.length} transactions between slots ${fromSlot} and ${toSlot}`;
    const slots = [...new Set(missing.map(({ slot }) => String(slot)))].slice(0, 10);
    log.warn({ count: missing.length, slots }, 'the stream dropped transactions: plumbline backfill brings them');
  }
  await recordCheckedTo(client, toSlot);
  status.transactionsCheckedSlot = toSlot;
  return toSlot < finalSlot;
}

function recordCheckedTo(client: StoreClient, slot: Slot): Promise<void> {
  return killable('checked-cursor', () => moveCursor(client, 'transactions_checked', slot, NO_HASH));
}

/** The node may be behind the stream, and the record before the stream's own finality. */
async function finalForBoth({ rpc, status }: TransactionCheckOptions): Promise<Slot> {
  const [ofNode, ofRecord] = [await rpc.finalizedSlot(), status.finalizedSlot ?? -1n];
  return ofNode < ofRecord ? ofNode : ofRecord;
}

/** What the node names in a range and the record does not have. @throws UpstreamError `CHECK__NODE_FORGOT` */
async function checkWindow(
  options: TransactionCheckOptions,
  fromSlot: Slot,
  toSlot: Slot,
  finalSlot: Slot,
): Promise<readonly MissingTransaction[]> {
  const { client, programs } = options;
  const recorded = await recordedSignatures(client, fromSlot, toSlot);
  const unnamed = new Set(recorded.map(({ signature }) => toBase58(signature)));
  const known = new Set(unnamed);
  const after = await signatureAfter(client, toSlot, finalSlot);
  const missing: MissingTransaction[] = [];
  for (const program of programs) {
    const start = after === null ? null : toBase58(after);
    for await (const { signature, slot } of named(options, program, start, fromSlot)) {
      if (slot > toSlot) continue;
      unnamed.delete(signature);
      if (known.has(signature)) continue;
      missing.push({ slot, signature: fromBase58(signature, SIGNATURE_BYTES), program: fromBase58(program) });
    }
  }
  if (unnamed.size === 0) return missing;
  const message = `The RPC names ${unnamed.size} transactions of slots ${fromSlot} to ${toSlot} less than the record has: set SOLANA_RPC_URL to a node that keeps them`;
  throw new UpstreamError('CHECK__NODE_FORGOT', message, { fromSlot, toSlot, count: unnamed.size });
}

/** All that name a program from `fromSlot` on, newest first, page by page. */
async function* named({ rpc }: TransactionCheckOptions, program: string, start: string | null, fromSlot: Slot) {
  for (let before = start; ; ) {
    const page = await rpc.signaturesNaming(program, before);
    for (const each of page) if (each.slot >= fromSlot) yield each;
    const last = page.at(-1);
    if (last === undefined || last.slot < fromSlot || page.length < MAX_SIGNATURES) return;
    before = last.signature;
  }
}
