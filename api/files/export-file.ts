/**
 * Exports: rows of the canonical chain up to one block, streamed as ClickHouse makes them. Whoever reads slowly holds back
 * the engine; what goes wrong half-way ends the connection before its end, so that no cut file looks whole.
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput } from '../../indexer/domain/errors.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { lastBlockUntil } from '../../indexer/store/queries/chain/blocks.ts';
import { chainCounts } from '../../indexer/store/queries/chain/chain-status.ts';
import { cursor } from '../../indexer/store/queries/chain/cursors.ts';
import { findGaps } from '../../indexer/store/queries/chain/gaps.ts';
import { storedRange } from '../../indexer/store/queries/chain/slot-walk.ts';
import { exportedRows } from '../../indexer/store/queries/rows/exports.ts';
import type { Caller } from '../budget/caller.ts';
import { StreamPlaces } from '../budget/stream-places.ts';
import type { ProcessContext } from '../context.ts';
import { API_EXPORT_LIMITS } from '../limits/query-limits.ts';
import { type Dataset, datasetNamed, exportedColumn } from './export-datasets.ts';
import { type ExportPath, type ExportQuestion, readExportQuestion } from './export-request.ts';
import { replyNotModified } from './http-cache.ts';

/** Each has a connection to the ledger of its own, and as much memory as a query. */
const places = new StreamPlaces({ inAll: 4, ofOne: 2 });
/** A reader that is slower is cut off: others wait for its place. */
const MOST_STREAM_MS = 900_000;

/**
 * @throws InputError `API__NO_DATASET`, `API__BAD_FILTER`, `API__BAD_VALUE`, `API__FUTURE_SLOT`, `API__EXPORTS_BUSY`,
 *   `STORE__BAD_FILTER`; errors of the store; nothing once the answer has begun
 */
export async function serveExport(
  context: ProcessContext,
  { dataset: name, format }: ExportPath,
  { bucket }: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const dataset = datasetNamed(name, context.registry);
  checkInput(dataset !== null, 'API__NO_DATASET', `There is no dataset ${name}`);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const question = readExportQuestion(url.searchParams, dataset);
  const bound = await boundOf(context, question);
  response.setHeader('X-Snapshot-Slot', String(bound.slot));
  response.setHeader('X-Snapshot-Blockhash', bound.blockhash);
  const { content, isWhole } = await contentOf(context.store, question.fromSlot, bound.slot);
  const tag = `${url.pathname}?${url.searchParams}/${bound.slot}/${bound.blockhash}/${content}`;
  if (replyNotModified(request, response, tag, bound.isFinal && isWhole)) return;
  response.setHeader('Content-Type', format.mediaType);
  response.setHeader('Content-Disposition', `attachment; filename="${url.pathname.split('/').at(-1)}"`);
  const ended = new AbortController();
  const reached = places.take(bucket, ended.signal);
  checkInput(reached === null, 'API__EXPORTS_BUSY', `${reached} exports run already: try again later`);
  try {
    await stream(context, dataset, { ...question, toSlot: bound.slot }, format.clickhouse, response);
  } finally {
    ended.abort();
  }
}

/** The block that the export is as of, and whether it can still be replaced. */
async function boundOf({ store }: ProcessContext, { toSlot }: ExportQuestion) {
  const [head, finalized] = await Promise.all([lastBlockUntil(store, 2n ** 64n - 1n), cursor(store, 'finalized')]);
  checkInput(
    toSlot === null || toSlot <= (head?.slot ?? 0n),
    'API__FUTURE_SLOT',
    `Slot ${toSlot} is not committed yet, the newest is ${head?.slot ?? 0n}`,
  );
  const slot = toSlot ?? head?.slot ?? 0n;
  const block = toSlot === null ? head : await lastBlockUntil(store, slot);
  return { slot, blockhash: block ? toBase58(block.blockhash) : '', isFinal: slot <= (finalized?.slot ?? -1n) };
}

/** The first block of a chain, whose parent nobody has. */
const FIRST_SLOTS = 1n;

/**
 * What the record holds of a range, which a backfill may still add to; `isWhole` where nothing can be added: it begins in
 * the record, or with the chain, and has no gap.
 */
async function contentOf(store: StoreClient, fromSlot: Slot, toSlot: Slot) {
  const [counts, first, gaps] = await Promise.all([
    chainCounts(store, fromSlot, toSlot),
    storedRange(store, {}),
    findGaps(store, fromSlot, toSlot, 1),
  ]);
  const { blockCount, transactionCount, eventCount, instructionCount } = counts;
  const begins = first.fromSlot <= FIRST_SLOTS || first.fromSlot < fromSlot;
  const content = [blockCount, transactionCount, eventCount, instructionCount].join('.');
  return { content, isWhole: begins && gaps.length === 0 };
}

async function stream(
  { store }: ProcessContext,
  dataset: Dataset,
  { fromSlot, toSlot, conditions }: ExportQuestion & { readonly toSlot: Slot },
  format: string,
  response: ServerResponse,
): Promise<void> {
  const { view, orderBy } = dataset;
  const wanted = { view, orderBy, columns: dataset.columns.map(exportedColumn), conditions, fromSlot, toSlot };
  const { rows, exceptionTag } = await exportedRows(store, wanted, format, API_EXPORT_LIMITS);
  try {
    await pipeline(rows, new WholeOnly(exceptionTag), response, { signal: AbortSignal.timeout(MOST_STREAM_MS) });
  } catch {
    response.destroy();
  }
}

/** Lets bytes through until the engine says in the middle of them that it has failed. */
class WholeOnly extends Transform {
  readonly #tag: Buffer | null;
  #held: Buffer = Buffer.alloc(0);

  constructor(exceptionTag: string | null) {
    super();
    this.#tag = exceptionTag === null ? null : Buffer.from(`__exception__\r\n${exceptionTag}`);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const tag = this.#tag;
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const end = Math.max(bytes.length - (tag?.length ?? 0), 0);
    this.#held = bytes.subarray(end);
    if (tag !== null && bytes.includes(tag)) done(new Error('the engine failed half-way'));
    else done(null, bytes.subarray(0, end));
  }

  override _flush(done: TransformCallback): void {
    done(null, this.#held);
  }
}
