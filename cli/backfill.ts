/**
 * `plumbline backfill --from <slot> [--to <slot>]`: blocks of a range by RPC, one line per piece that is written.
 *
 * Safe beside a running indexer and beside another backfill; stopped or killed, the same command goes on where it was.
 * @module
 */
import { decodeBlock } from '../indexer/decode/decode-block.ts';
import { toBase58 } from '../indexer/domain/base58.ts';
import { checkInput, type PlumblineError } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { openRecord } from '../indexer/open-record.ts';
import { type BackfilledPiece, runBackfill } from '../indexer/pipeline/backfill.ts';
import { DEFAULT_BACKOFF, type RetryOptions } from '../indexer/pipeline/retry.ts';
import { chainRpc } from '../indexer/rpc/rpc-client.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { createFillStore } from '../indexer/store/fill-store.ts';
import { say } from './say.ts';
import { slotArgument } from './slot-argument.ts';

/** Attempts at one request before the command ends with its error. */
const ATTEMPTS = 10;

/** @throws InputError `CLI__BAD_SLOT`, `BACKFILL__FROM_MISSING`, and the errors of `runBackfill` */
export async function runBackfillCommand(
  settings: Settings,
  options: { from?: string; to?: string },
  signal: AbortSignal,
): Promise<void> {
  checkInput(options.from !== undefined, 'BACKFILL__FROM_MISSING', 'Which slots? Give --from, and --to where it ends');
  const fromSlot = slotArgument('--from', options.from);
  const toSlot = options.to === undefined ? null : slotArgument('--to', options.to);
  const client = createStoreClient(settings);
  try {
    const rpc = chainRpc(settings.SOLANA_RPC_URL);
    const { registry, revision } = await openRecord(settings, client, rpc);
    const total = { blockCount: 0, transactionCount: 0, eventCount: 0 };
    await runBackfill({
      ...{ fromSlot, toSlot, rpc },
      store: createFillStore(client, registry.tables, revision),
      programs: new Set(registry.programs.map(({ id }) => toBase58(id))),
      decode: (block) => decodeBlock(block, registry),
      retry: retryOf(signal),
      onPiece: (piece) => {
        total.blockCount += piece.blockCount;
        total.transactionCount += piece.transactionCount;
        total.eventCount += piece.eventCount;
        say(pieceLine(piece));
      },
    });
    const { blockCount, transactionCount, eventCount } = total;
    const state = signal.aborted ? 'stopped, the same command goes on' : 'done';
    say(`${state}: ${blockCount} blocks, ${transactionCount} transactions, ${eventCount} events`);
  } finally {
    await client.close();
  }
}

function pieceLine({ fromSlot, toSlot, blockCount, transactionCount, eventCount, undecodedCount }: BackfilledPiece) {
  const counts = `blocks ${blockCount}  transactions ${transactionCount}  events ${eventCount}`;
  return `slots ${fromSlot} to ${toSlot}  ${counts}${undecodedCount > 0 ? `  undecoded ${undecodedCount}` : ''}`;
}

function retryOf(signal: AbortSignal): RetryOptions {
  const onFailure = ({ code, message }: PlumblineError) => {
    process.stderr.write(`trying again: ${message} [${code}]\n`);
  };
  return { backoff: DEFAULT_BACKOFF, signal, attempts: ATTEMPTS, onFailure };
}
