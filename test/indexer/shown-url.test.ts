import { describe, expect, test } from 'vitest';
import { shownUrl, withoutUrl } from '../../indexer/domain/shown-url.ts';
import { chainRpc } from '../../indexer/rpc/rpc-client.ts';
import { storeErrorOf } from '../../indexer/store/store-error.ts';
import { parseEndpoint, streamError } from '../../indexer/stream/stream-error.ts';
import { rpcError } from '../../jobs/chain/ask-rpc.ts';
import { checkRedis } from '../../jobs/redis.ts';

describe('what is shown of an address', () => {
  test('is its scheme and its host', () => {
    expect(shownUrl('https://rpc.example:8899/v2/SECRET?api-key=SECRET#SECRET')).toBe('https://rpc.example:8899');
    expect(shownUrl('redis://user:SECRET@redis.example/1')).toBe('redis://redis.example');
    expect(shownUrl('SECRET')).not.toContain('SECRET');
    expect(shownUrl('localhost:10000')).toBe('(no URL)');
  });

  test('stands in place of the address inside a text', () => {
    const url = 'https://user:SECRET@rpc.example/';
    expect(withoutUrl(`Failed to parse ${url}`, url)).toBe('Failed to parse https://rpc.example');
  });
});

describe('a key inside an address is in no error of', () => {
  const url = 'http://user:SECRET@127.0.0.1:1/SECRET?api-key=SECRET';
  const shown = (error: unknown) => {
    const { message, context } = error as { message: string; context: object };
    return JSON.stringify({ message, context });
  };
  const failureOf = (run: () => Promise<unknown>) =>
    run().then(
      () => expect.unreachable('nothing listens there'),
      (error: unknown) => error,
    );

  test('the indexer’s RPC, unreachable, refusing or no RPC at all', async () => {
    const refusing = () => Promise.resolve(new Response('no', { status: 401 }));
    const other = () => Promise.resolve(new Response('{}'));
    for (const answer of [fetch, refusing, other]) {
      expect(shown(await failureOf(() => chainRpc(url, answer).genesisHash()))).not.toContain('SECRET');
    }
  });

  test('the stream', async () => {
    const statuses = ['unauthenticated', 'outofrange', 'unavailable', 'unimplemented', 'other'] as const;
    for (const status of statuses) expect(shown(streamError(status, 'no', url))).not.toContain('SECRET');
    const notHttp = async () => parseEndpoint(url.replace('http', 'ws'));
    expect(shown(await failureOf(notHttp))).not.toContain('SECRET');
  });

  test('ClickHouse, the worker’s RPC and Redis', async () => {
    expect(shown(storeErrorOf(new Error('socket hang up'), url, 'SELECT 1'))).not.toContain('SECRET');
    expect(shown(rpcError(url, 'getSlot', new Error('fetch failed')))).not.toContain('SECRET');
    expect(shown(await failureOf(() => checkRedis('redis://user:SECRET@127.0.0.1:1/')))).not.toContain('SECRET');
  });
});
