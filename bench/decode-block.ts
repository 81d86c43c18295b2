/**
 * Whole blocks: transactions with their logs to events, against Anchor's EventParser on the same transactions in the same
 * run; and on to the rows that are stored, which has no peer.
 *
 *     node --import tsx bench/decode-block.ts [blocks]
 *
 * Both are given transactions that are read already. Ours also builds the call tree, checks the logs against it, decodes
 * instructions and keeps what it cannot decode; EventParser reads the logs alone and believes them. Events are counted and
 * must be equal. Best of five rounds, in processor time, so that other work on the machine counts little.
 * @module
 */
import { type Idl as AnchorIdl, BorshCoder, EventParser } from '@coral-xyz/anchor';
import { PublicKey } from '@solana/web3.js';
import { createBatchEncoder } from '../indexer/batch/block-batch.ts';
import { DirectEncoder } from '../indexer/batch/direct/direct-encoder.ts';
import { releaseRows } from '../indexer/batch/row-memory.ts';
import { decodeBlock } from '../indexer/decode/decode-block.ts';
import type { Block } from '../indexer/domain/chain.ts';
import { transactionCountOf } from '../indexer/domain/packed-transactions.ts';
import { readUpdate } from '../indexer/stream/raw-update.ts';
import { BlockLoad } from './load/block-load.ts';
import { recordedIdlText, recordedRegistry, recordedTransactions } from './load/recorded-transactions.ts';

const ROUNDS = 5;
const TRANSACTIONS_PER_BLOCK = 1_000;
const blockCount = Number(process.argv[2] ?? 40);
/** Blocks that are held at once; the same few again and again. */
const DISTINCT_BLOCKS = 4;

const registry = recordedRegistry();
const load = new BlockLoad(recordedTransactions('all'), TRANSACTIONS_PER_BLOCK);
const messages = Array.from({ length: DISTINCT_BLOCKS }, (_, number) => load.block(number));
const encoder = createBatchEncoder(registry.tables);
const direct = new DirectEncoder(registry);

function blockOf(message: Buffer): Block {
  const update = readUpdate(message);
  if (update?.kind !== 'block') throw new Error('not a block');
  return update.block;
}

/** Microseconds of processor time for one transaction, the garbage collector's threads too, and the events of a round. */
function best(run: (index: number) => number): { micros: number; events: number } {
  let micros = Number.POSITIVE_INFINITY;
  let events = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    events = 0;
    const before = process.cpuUsage();
    for (let index = 0; index < blockCount; index += 1) events += run(index % DISTINCT_BLOCKS);
    const { user, system } = process.cpuUsage(before);
    micros = Math.min(micros, (user + system) / (blockCount * TRANSACTIONS_PER_BLOCK));
  }
  return { micros, events };
}

const blocks = messages.map(blockOf);
const idl = JSON.parse(recordedIdlText()) as AnchorIdl;
const parser = new EventParser(new PublicKey(idl.address), new BorshCoder(idl));

function parsedByAnchor({ transactions }: Block): number {
  let count = 0;
  for (const { error, logMessages } of transactions) {
    if (error !== null) continue;
    for (const _ of parser.parseLogs([...(logMessages ?? [])])) count += 1;
  }
  return count;
}

const stages = {
  'note where everything is': best(
    (index) => transactionCountOf(blockOf(messages[index] as Buffer)) && load.counts.events,
  ),
  'read the message to objects': best(
    (index) => blockOf(messages[index] as Buffer).transactions.length && load.counts.events,
  ),
  'decode: events, instructions, proof': best((index) => decodeBlock(blocks[index] as Block, registry).events.length),
  'read, decode and encode to rows': best(
    (index) => encoder.prepare(decodeBlock(blockOf(messages[index] as Buffer), registry)).eventCount,
  ),
  'from the message to rows directly': best((index) => {
    const prepared = direct.prepare(blockOf(messages[index] as Buffer));
    if (prepared === null) throw new Error('a block was not packed');
    releaseRows(prepared);
    return prepared.eventCount;
  }),
  "Anchor's EventParser, events alone": best((index) => parsedByAnchor(blocks[index] as Block)),
};
for (const [name, { micros, events }] of Object.entries(stages)) {
  if (events !== blockCount * load.counts.events) throw new Error(`${name}: ${events} events`);
  const perSecond = Math.round((1_000_000 * load.counts.events) / TRANSACTIONS_PER_BLOCK / micros).toLocaleString('en');
  const ratio = (stages["Anchor's EventParser, events alone"].micros / micros).toFixed(1);
  process.stdout.write(
    `${name.padEnd(38)} ${micros.toFixed(2).padStart(7)} us/tx ${perSecond.padStart(10)} events/s  ${ratio}x\n`,
  );
}
