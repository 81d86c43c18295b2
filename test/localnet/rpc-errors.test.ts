/** Bad requests get a validator's codes and shapes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningLocalnet, startLocalnet } from './start.ts';

let net: RunningLocalnet;
beforeAll(async () => {
  net = await startLocalnet();
  net.advance(3);
});
afterAll(() => net.stop());

async function post(body: string): Promise<unknown> {
  return (await fetch(net.rpcUrl, { method: 'POST', body })).json();
}

const call = async (method: string, ...params: unknown[]) =>
  (await post(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }))) as {
    error?: { code: number; message: string };
    result?: unknown;
  };

test('text that is not JSON, unknown methods and missing parameters are told apart', async () => {
  expect(await post('{')).toEqual({ jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null });
  expect(await call('getNothing')).toEqual({
    jsonrpc: '2.0',
    error: { code: -32601, message: 'Method not found' },
    id: 7,
  });
  expect(await call('constructor')).toMatchObject({ error: { code: -32601 } });
  expect(await call('getBalance')).toMatchObject({ error: { code: -32602 } });
  expect(await post('[]')).toMatchObject({ error: { code: -32600 } });
});

test.each([
  ['getBalance', ['not a key'], -32602],
  ['getSlot', [{ commitment: 'sometime' }], -32602],
  ['getSlot', [{ minContextSlot: 1000 }], -32016],
  ['getBlock', [2, { commitment: 'processed' }], -32602],
  ['getBlock', [50, { commitment: 'confirmed' }], -32004],
  ['sendTransaction', ['AQID'], -32602],
  ['sendTransaction', ['AQID', { encoding: 'base64' }], -32602],
  ['sendTransaction', ['AQID', { encoding: 'hex' }], -32602],
  ['getSignatureStatuses', [['short']], -32602],
  ['getTokenAccountBalance', ['11111111111111111111111111111112'], -32602],
  ['getFeeForMessage', ['AQID'], -32602],
] as const)('%s(%j) answers %i', async (method, params, code) => {
  expect(await call(method, ...params)).toMatchObject({ error: { code } });
});

test('a batch is answered in order, failures among it', async () => {
  const batch = ['getSlot', 'nope', 'getHealth'].map((method, id) => ({
    jsonrpc: '2.0',
    id,
    method,
    params: method === 'getSlot' ? [{ commitment: 'processed' }] : [],
  }));
  expect(await post(JSON.stringify(batch))).toMatchObject([
    { id: 0, result: 3 },
    { id: 1, error: { code: -32601 } },
    { id: 2, result: 'ok' },
  ]);
});

test('integers above 2^53 are written exactly', async () => {
  const faucet = Buffer.from(net.localnet.faucet.publicKey);
  const text = await (
    await fetch(net.rpcUrl, {
      method: 'POST',
      body: JSON.stringify({
        id: 1,
        method: 'getMultipleAccounts',
        params: [[(await import('bs58')).default.encode(faucet)], { encoding: 'base64', commitment: 'processed' }],
      }),
    })
  ).text();
  expect(text).toContain('"lamports":500000000000000000,');
  expect(text).toContain('"rentEpoch":18446744073709551615');
});

test('browsers may call from any origin', async () => {
  const preflight = await fetch(net.rpcUrl, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:4000', 'access-control-request-headers': 'content-type,solana-client' },
  });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,solana-client');
  expect((await fetch(`${net.rpcUrl}/health`)).status).toBe(200);
});
