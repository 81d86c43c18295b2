/**
 * A process that serves transaction updates of about 1.4 KB over gRPC as fast as a client takes them.
 *
 *     node --import tsx bench/stream-server.ts --count 100000
 *
 * Every subscription gets `count` updates and a clean end. The frames are made once and written many at a time over
 * node:http2, so that the server is never what is measured. Prints its port.
 * @module
 */
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';

const FRAMES_PER_WRITE = 64;
const DISTINCT_WRITES = 16;
const GRPC_PREFIX_BYTES = 5;

const { values } = parseArgs({ options: { count: { type: 'string', default: '100000' } } });
const count = Number(values.count);

/** Deterministic bytes: the same update for the same number. */
function bytesOf(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** What a staking transaction looks like: nine keys, three instructions, one event in twelve lines of log. */
function update(number: number): Buffer {
  const program = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG';
  const event = bytesOf(124, number).toString('base64');
  const instruction = (index: number) => ({
    programIdIndex: 8,
    accounts: Buffer.from([0, 1, 2, 3, 4, 5]),
    data: bytesOf(24, number + index),
  });
  const logs = [0, 1, 2].flatMap((index) => [
    `Program ${program} invoke [1]`,
    index === 0 ? `Program data: ${event}` : `Program log: Instruction: Step${index}`,
    `Program ${program} consumed ${10_000 + number} of 200000 compute units`,
    `Program ${program} success`,
  ]);
  const meta = {
    fee: '5000',
    ...{ preBalances: Array(9).fill('1000000000'), postBalances: Array(9).fill('1000000001') },
    ...{ innerInstructions: [], innerInstructionsNone: false, logMessages: logs, logMessagesNone: false },
    ...{ preTokenBalances: [], postTokenBalances: [], rewards: [] },
    ...{ loadedWritableAddresses: [], loadedReadonlyAddresses: [], returnDataNone: true },
    computeUnitsConsumed: '30000',
  };
  const message = {
    header: { numRequiredSignatures: 1, numReadonlySignedAccounts: 0, numReadonlyUnsignedAccounts: 3 },
    accountKeys: Array.from({ length: 9 }, (_, index) => bytesOf(32, index)),
    recentBlockhash: bytesOf(32, 99),
    instructions: [0, 1, 2].map(instruction),
    versioned: false,
    addressTableLookups: [],
  };
  const signature = bytesOf(64, number);
  const transaction = { signatures: [signature], message };
  const info = { signature, isVote: false, index: String(number), transaction, meta };
  const whole = { filters: ['ours'], transaction: { slot: '1000', transaction: info }, createdAt: new Date(0) };
  return Buffer.from(SubscribeUpdate.encode(whole as unknown as SubscribeUpdate).finish());
}

function frame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(GRPC_PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

const writes = Array.from({ length: DISTINCT_WRITES }, (_, write) =>
  Array.from({ length: FRAMES_PER_WRITE }, (__, index) => frame(update(write * FRAMES_PER_WRITE + index))),
);
const wholeWrites = writes.map((each) => Buffer.concat(each));

async function serve(stream: ServerHttp2Stream): Promise<void> {
  stream.on('error', () => undefined);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  for (let sent = 0, write = 0; sent < count && !stream.destroyed; write += 1) {
    const left = count - sent;
    const frames = writes[write % DISTINCT_WRITES] ?? [];
    const chunk =
      left >= FRAMES_PER_WRITE ? wholeWrites[write % DISTINCT_WRITES] : Buffer.concat(frames.slice(0, left));
    sent += Math.min(left, FRAMES_PER_WRITE);
    if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
}

const server = createServer();
server.on('stream', (stream) => void serve(stream));
server.listen(0, '127.0.0.1', () => {
  const updateBytes = Math.round((wholeWrites[0]?.length ?? 0) / FRAMES_PER_WRITE) - GRPC_PREFIX_BYTES;
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, updateBytes }));
});
