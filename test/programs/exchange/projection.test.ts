/** The events of a random life alone rebuild every account of the exchange. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as client from '../../../programs/exchange/client.generated.ts';
import { readIdl } from '../scenario.ts';
import { accountName } from '../seeds.ts';
import { INFER } from './floor.ts';
import { beginLife, draw, riseOfABrokeExchange, take } from './life.ts';
import { known, rebuild } from './projection.ts';

const STEPS = 150;
const DECODERS: Readonly<Record<string, (data: Uint8Array) => object>> = {
  Claim: client.decodeClaim,
  Exchange: client.decodeExchange,
  FuturePosition: client.decodeFuturePosition,
  Index: client.decodeIndex,
  Position: client.decodePosition,
  Series: client.decodeSeries,
  Trader: client.decodeTrader,
};

it('events rebuild every account, of every kind', async () => {
  const twin = await beginLife(150n * INFER);
  await riseOfABrokeExchange(twin);
  for (const drawn of fc.sample(draw, { numRuns: STEPS, seed: 7 })) await take(twin, drawn);
  const rebuilt = rebuild(twin.floor.events);
  const idl = readIdl('exchange');
  const kinds = new Set<string>();
  for (const account of twin.floor.svm.vm.getProgramAccounts(client.EXCHANGE_PROGRAM_ADDRESS)) {
    const data = new Uint8Array(account.data);
    const kind = accountName(idl, data) ?? 'unknown';
    kinds.add(kind);
    const state = known(DECODERS[kind]?.(data) ?? {});
    expect({ kind, ...(rebuilt.get(account.address) as object) }).toEqual({ kind, ...state });
    rebuilt.delete(account.address);
  }
  expect([...kinds].sort()).toEqual(Object.keys(DECODERS));
  expect([...rebuilt.keys()]).toEqual([]);
});
