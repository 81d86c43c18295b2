import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from 'vitest';
import { officialTransport } from '../../../indexer/stream/official-transport.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import { subscribeRequest } from '../../../indexer/stream/subscription.ts';
import type { StreamTransport, UpdateStream } from '../../../indexer/stream/transport.ts';
import type { Update } from '../../../indexer/stream/update.ts';
import { hasSharedData } from '../../conformance/shared-data.ts';
import { canonicalText, RECORDING_NAMES, recordedMessages, recordedUpdates } from './recordings.ts';
import { failWithStatus, playAndEnd, type ReplayServer, type Script, startReplayServer } from './replay-server.ts';

const transports = { raw: rawTransport, official: officialTransport };
const request = subscribeRequest({ feed: 'transactions', programs: [], fromSlot: 7n });
const pingMessage = Buffer.from([50, 0]);
const NO_SLOT = 2n ** 64n - 1n;

let server: ReplayServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(script: Script): Promise<string> {
  server = await startReplayServer(script);
  return server.url;
}

async function collect(stream: UpdateStream): Promise<Update[]> {
  const updates: Update[] = [];
  for await (const batch of stream) updates.push(...batch);
  return updates;
}

async function failureOf(transport: StreamTransport): Promise<unknown> {
  try {
    const updates = await collect(await transport.open(request));
    return { updateCount: updates.length };
  } catch (error) {
    return error;
  }
}

describe.each(['raw', 'official'] as const)('the %s transport', (name) => {
  const open = (url: string, xToken = '') => transports[name]({ url, xToken });

  test.skipIf(!hasSharedData).each(RECORDING_NAMES)(
    'gives every update of %s, in order, and ends',
    async (recording) => {
      const url = await serve(playAndEnd(recordedMessages(recording)));
      const updates = await collect(await open(url).open(request));
      expect(updates.map(canonicalText)).toEqual(recordedUpdates(recording).map(canonicalText));
    },
  );

  test('sends the subscription, the token, and answers to pings', async () => {
    const url = await serve((call) => {
      call.write(pingMessage);
      call.on('data', (answer) => {
        if (answer.ping !== undefined) call.end();
      });
    });
    const stream = await open(url, 'secret').open(request);
    expect(await collect(stream)).toEqual([{ kind: 'ping' }]);
    expect(server?.tokens).toEqual(['secret']);
    expect(server?.requests.map((each) => [each.fromSlot, each.ping?.id])).toEqual([
      ['7', undefined],
      [undefined, 1],
    ]);
    expect(server?.requests[0]).toMatchObject({ slots: { all: {} }, transactions: { ours: {} }, commitment: 1 });
  });

  test('names the token when it is refused', async () => {
    const url = await serve(failWithStatus(status.UNAUTHENTICATED, 'No valid auth token'));
    expect(await failureOf(open(url))).toMatchObject({ code: 'STREAM__UNAUTHENTICATED', retryable: false });
  });

  test('tells the oldest slot that can be replayed', async () => {
    const url = await serve(
      failWithStatus(status.OUT_OF_RANGE, 'broadcast from 7 is not available, last available: 42'),
    );
    expect(await failureOf(open(url))).toMatchObject({ code: 'STREAM__OUT_OF_RANGE', context: { firstSlot: 42n } });
  });

  test.each([
    ['a plugin that keeps no slots', status.INTERNAL, 'from_slot is not supported', null],
    ['one that says it is unimplemented', status.UNIMPLEMENTED, 'from_slot is not supported', null],
    [
      'a plugin before its first block',
      status.OUT_OF_RANGE,
      `from 7 is not available, last available: ${NO_SLOT}`,
      null,
    ],
    ['an older plugin', status.INTERNAL, 'broadcast from 7 is not available, last available: 42', 42n],
    ['the oldest plugin', status.INTERNAL, 'replay from 7 is not available', null],
    ['a richat plugin', status.INVALID_ARGUMENT, 'first available slot: 42', 42n],
    ['a richat server', status.INVALID_ARGUMENT, 'failed to get replay position for slot 7', null],
    ['a newer richat server', status.INVALID_ARGUMENT, 'replay position for slot 7; first available: 42', 42n],
    ['a server with a store of its own', status.DATA_LOSS, 'slot 7 is gone', null],
  ])('knows a refused replay of %s', async (_, code, details, firstSlot) => {
    const url = await serve(failWithStatus(code, details));
    expect(await failureOf(open(url))).toMatchObject({ code: 'STREAM__OUT_OF_RANGE', context: { firstSlot } });
  });

  test('names the setting when the server does not take the filters', async () => {
    const url = await serve(failWithStatus(status.INVALID_ARGUMENT, 'failed to create filter: Max amount of filters'));
    const error = await failureOf(open(url));
    expect(error).toMatchObject({ code: 'STREAM__SUBSCRIPTION_REFUSED', retryable: false });
    expect((error as Error).message).toContain('YELLOWSTONE_FEED');
  });

  test('reports a stream that the server breaks as worth another try', async () => {
    const url = await serve(failWithStatus(status.INTERNAL, 'lagged to send an update'));
    expect(await failureOf(open(url))).toMatchObject({ code: 'STREAM__BROKEN', retryable: true });
  });

  test('ends without an error when the server ends the stream', async () => {
    const url = await serve((call) => void call.end());
    expect(await failureOf(open(url))).toEqual({ updateCount: 0 });
  });

  test('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    await server?.close();
    const error = await failureOf(open(url));
    expect(error).toMatchObject({ code: 'STREAM__UNREACHABLE', retryable: true });
    expect((error as Error).message).toContain('YELLOWSTONE_ENDPOINT');
  }, 20_000);

  test('refuses an address that is none', async () => {
    expect(await failureOf(open('ftp://nowhere'))).toMatchObject({ code: 'STREAM__BAD_ENDPOINT', retryable: false });
  });

  test('gives nothing more once it is closed, and the server is told', async () => {
    let ended: () => void = () => undefined;
    const cancelled = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const url = await serve((call) => {
      const timer = setInterval(() => call.write(pingMessage), 50);
      call.on('cancelled', () => {
        clearInterval(timer);
        ended();
      });
    });
    const stream = await open(url).open(request);
    let updateCount = 0;
    for await (const _ of stream) {
      updateCount += 1;
      stream.close();
    }
    expect(updateCount).toBe(1);
    await cancelled;
  });
});
