/** A node that is asked too often, over HTTP: it is left alone for as long as it says, within bounds. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { retried } from '../../../indexer/pipeline/retry.ts';
import { LONGEST_WAIT_MS, retryAfterMs } from '../../../indexer/rpc/retry-after.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';

let node: Server;
let url: string;
let askedAtMs: number[];
/** What the node answers to the question of a number, from 0: a `Retry-After`, or `null` for the slot. */
let refusal: (number: number) => { readonly status: number; readonly retryAfter?: string } | null;

beforeAll(async () => {
  node = createServer((_, response) => {
    const refused = refusal(askedAtMs.push(performance.now()) - 1);
    if (refused === null) return response.end('{"jsonrpc":"2.0","id":1,"result":12}');
    const { status, retryAfter } = refused;
    return response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('slow down');
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
});
beforeEach(() => {
  askedAtMs = [];
});
afterAll(() => {
  node.closeAllConnections();
  node.close();
});

const backoff = { firstMs: 1, longestMs: 1, random: () => 0 };
const finalizedSlot = (signal = new AbortController().signal, onFailure = () => undefined) =>
  retried(() => chainRpc(url).finalizedSlot(), { backoff, signal, onFailure });

test('a question is asked again once the time is over that the node asked for, and not before', async () => {
  refusal = (number) => (number === 0 ? { status: 429, retryAfter: '1' } : null);
  expect(await finalizedSlot()).toBe(12n);
  const [first = 0, second = 0] = askedAtMs;
  // Timers are counted in whole milliseconds.
  expect(second - first).toBeGreaterThanOrEqual(999);
});

test('a node that says nothing, or nonsense, is asked again like one that cannot be reached', async () => {
  refusal = (number) =>
    [{ status: 503 }, { status: 429, retryAfter: 'soon' }, { status: 429, retryAfter: '-9' }][number] ?? null;
  expect(await finalizedSlot()).toBe(12n);
  expect(askedAtMs).toHaveLength(4);
});

test('a node that asks for a day is left alone for a bounded time, which a stop ends', async () => {
  refusal = () => ({ status: 429, retryAfter: '86400' });
  await expect(chainRpc(url).finalizedSlot()).rejects.toMatchObject({
    code: 'RPC__UNREACHABLE',
    waitMs: LONGEST_WAIT_MS,
  });
  const stop = new AbortController();
  const startMs = performance.now();
  await expect(finalizedSlot(stop.signal, () => void setTimeout(() => stop.abort(), 10))).rejects.toMatchObject({
    code: 'RPC__UNREACHABLE',
  });
  expect(performance.now() - startMs).toBeLessThan(LONGEST_WAIT_MS / 2);
});

test('seconds and dates mean the same, nothing past or unreadable means a wait, and none is longer than the bound', () => {
  const nowMs = Date.UTC(2026, 0, 1);
  fc.assert(
    fc.property(fc.nat(200_000), (seconds) => {
      const ms = retryAfterMs(String(seconds), nowMs);
      expect(ms).toBe(Math.min(seconds * 1_000, LONGEST_WAIT_MS));
      expect(retryAfterMs(new Date(nowMs + seconds * 1_000).toUTCString(), nowMs)).toBe(ms);
      expect(retryAfterMs(new Date(nowMs - seconds * 1_000).toUTCString(), nowMs)).toBe(0);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = retryAfterMs(text, nowMs);
      expect(ms >= 0 && ms <= LONGEST_WAIT_MS).toBe(true);
    }),
  );
  expect(retryAfterMs(null, nowMs)).toBe(0);
});
