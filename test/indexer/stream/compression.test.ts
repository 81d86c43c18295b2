/** Compressed streams: what is asked for, what is read, what is refused. */
import { status } from '@grpc/grpc-js';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { afterEach, describe, expect, test } from 'vitest';
import { officialTransport } from '../../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import { subscribeRequest } from '../../../indexer/stream/subscription.ts';
import type { Compression, StreamTransport } from '../../../indexer/stream/transport.ts';
import type { Update } from '../../../indexer/stream/update.ts';
import { type CompressingServer, startCompressingServer } from './compressing-server.ts';
import { canonicalText } from './recordings.ts';

const transports = { raw: rawTransport, official: officialTransport };
const request = subscribeRequest({ feed: 'blocks', programs: [], fromSlot: null });
const SIGNATURE = Buffer.alloc(64, 7);

/** Transactions with logs of the same words, which a compressor likes, the last longer than one zstd block. */
const messages = [1, 50, 4_000].map((lineCount, index) => {
  const meta = {
    fee: '5000',
    logMessages: Array.from({ length: lineCount }, (_, line) => `Program log: the same ${line}`),
  };
  const transaction = {
    transaction: {
      ...{ signature: SIGNATURE, isVote: false, index: String(index) },
      ...{ transaction: { signatures: [SIGNATURE], message: { accountKeys: [], instructions: [] } }, meta },
    },
    slot: '9',
  };
  return Buffer.from(SubscribeUpdate.encode(SubscribeUpdate.fromPartial({ transaction } as never)).finish());
});

let server: CompressingServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function collect(transport: StreamTransport): Promise<Update[]> {
  const updates: Update[] = [];
  for await (const batch of await transport.open(request)) updates.push(...batch);
  return updates;
}

const failureOf = (transport: StreamTransport) =>
  collect(transport).then(
    () => null,
    (error: unknown) => error,
  );

describe.each([
  ['raw', 'gzip'],
  ['official', 'gzip'],
  ['official', 'zstd'],
] as const)('the %s transport with %s', (name, compression) => {
  const open = (url: string) => transports[name]({ url, xToken: '', compression });

  test('says that it reads it, and reads it', async () => {
    server = await startCompressingServer(compression, messages);
    const updates = await collect(open(server.url));
    expect(updates.map(canonicalText)).toEqual(messages.map(readUpdate).map(canonicalText));
    expect(server.headers[0]?.['grpc-accept-encoding']).toContain(compression);
  });

  test('reads what comes uncompressed all the same', async () => {
    server = await startCompressingServer('identity', messages);
    expect(await collect(open(server.url))).toHaveLength(messages.length);
  });
});

test.each(['raw', 'official'] as const)('without compression the %s transport asks for none', async (name) => {
  server = await startCompressingServer('identity', messages);
  expect(await collect(transports[name]({ url: server.url, xToken: 'token' }))).toHaveLength(messages.length);
  expect(server.headers[0]?.['grpc-accept-encoding'] ?? 'identity').toBe('identity');
  expect(server.headers[0]?.['x-token']).toBe('token');
});

test('gzip takes a stream of logs to a fraction of its bytes', async () => {
  const sentWith = async (compression: Compression, encoding: 'gzip' | 'identity') => {
    server = await startCompressingServer(encoding, messages);
    await collect(rawTransport({ url: server.url, xToken: '', compression }));
    const bytes = server.sentBytes();
    await server.close();
    return bytes;
  };
  expect((await sentWith('gzip', 'gzip')) * 4).toBeLessThan(await sentWith('none', 'identity'));
});

test('the raw transport refuses zstd, which it cannot read', () => {
  expect(() => rawTransport({ url: 'http://127.0.0.1:1', xToken: '', compression: 'zstd' })).toThrow(
    expect.objectContaining({ code: 'STREAM__NO_ZSTD', retryable: false }),
  );
});

test.each(['raw', 'official'] as const)(
  'a server that takes no such call is named once, for a person (%s)',
  async (name) => {
    server = await startCompressingServer('identity', [], status.UNIMPLEMENTED);
    const error = await failureOf(transports[name]({ url: server.url, xToken: '', compression: 'gzip' }));
    expect(error).toMatchObject({ code: 'STREAM__UNIMPLEMENTED', retryable: false });
    expect((error as Error).message).toContain('YELLOWSTONE_COMPRESSION');
  },
);
