/** What is learned of a Yellowstone server before it is followed, whatever it answers. */
import { type handleUnaryCall, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { GetVersionRequest, GetVersionResponse } from '@triton-one/yellowstone-grpc';
import { expect, test } from 'vitest';
import { serverVersion } from '../../../indexer/stream/server-version.ts';
import { startLocalnet } from '../../localnet/start.ts';

/** A gRPC server that answers GetVersion with a text, or not at all. */
async function versionOf(text: string | null, patienceMs = 30_000) {
  const answer: handleUnaryCall<GetVersionRequest, GetVersionResponse> = (_, reply) => {
    if (text !== null) reply(null, { version: text });
  };
  const server = new Server();
  const method = {
    path: '/geyser.Geyser/GetVersion',
    ...{ requestStream: false, responseStream: false },
    requestSerialize: (each: GetVersionRequest) => Buffer.from(GetVersionRequest.encode(each).finish()),
    requestDeserialize: (bytes: Buffer) => GetVersionRequest.decode(bytes),
    responseSerialize: (each: GetVersionResponse) => Buffer.from(GetVersionResponse.encode(each).finish()),
    responseDeserialize: (bytes: Buffer) => GetVersionResponse.decode(bytes),
  } as const;
  server.addService({ getVersion: method }, { getVersion: answer });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const found = await serverVersion({ url: `http://127.0.0.1:${port}`, xToken: '' }, patienceMs);
  server.forceShutdown();
  return found;
}

test('the version of the plugin is read from its JSON', async () => {
  const net = await startLocalnet();
  expect(await serverVersion({ url: net.grpcUrl, xToken: '' })).toEqual({
    ...{ kind: 'known', version: '15.1.2', replaysBlocks: true },
  });
  await net.stop();
});

test.each([
  ['{"version":{"package":"yellowstone-grpc-geyser","version":"14.2.0"}}', '14.2.0', false],
  ['{"version":{"version":"14.2.1+solana.2.2"},"extra":{"hostname":null}}', '14.2.1+solana.2.2', true],
  ['9.0.1', '9.0.1', false],
  ['15.0.0', '15.0.0', true],
])('%s is version %s', async (text, version, replaysBlocks) => {
  expect(await versionOf(text)).toEqual({ kind: 'known', version, replaysBlocks });
});

test('nothing to be learned is an answer, with the reason', async () => {
  expect(await versionOf('a proxy')).toEqual({ kind: 'unknown', reason: 'it says a proxy' });
  expect(await versionOf(null, 200)).toMatchObject({ kind: 'unknown' });
  const unreachable = await serverVersion({ url: 'http://127.0.0.1:1', xToken: '' }, 1_000);
  expect(unreachable).toMatchObject({ kind: 'unknown' });
  expect(await serverVersion({ url: 'no address', xToken: '' })).toMatchObject({ kind: 'unknown' });
  const net = await startLocalnet({ xToken: 'right' });
  const refused = await serverVersion({ url: net.grpcUrl, xToken: 'wrong' });
  expect(refused).toMatchObject({ kind: 'unknown', reason: expect.stringContaining(`${status.UNAUTHENTICATED}`) });
  await net.stop();
});
