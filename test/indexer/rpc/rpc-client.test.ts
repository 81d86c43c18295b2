/** Answers that are JSON, and not what a node of the chain says. */
import { expect, test } from 'vitest';
import { type ChainRpc, chainRpc } from '../../../indexer/rpc/rpc-client.ts';

const calls: Readonly<Record<string, (rpc: ChainRpc) => Promise<unknown>>> = {
  genesisHash: (rpc) => rpc.genesisHash(),
  finalizedSlot: (rpc) => rpc.finalizedSlot(),
  firstAvailableSlot: (rpc) => rpc.firstAvailableSlot(),
  blockSlots: (rpc) => rpc.blockSlots(1n, 9n),
  block: (rpc) => rpc.block(1n),
  signaturesNaming: (rpc) => rpc.signaturesNaming('1'.repeat(32), null),
};
const answering = (body: string) => chainRpc('http://node.test', async () => new Response(body));
const STRANGE = ['null', '7', '"x"', '[]', '{}', '{"result":{}}', '{"result":[{}]}', '{"result":1.5}', '{"result":-1}'];

test.each(Object.keys(calls))('%s takes only what it can be', async (name) => {
  for (const body of STRANGE) {
    await expect(calls[name]?.(answering(body)), body).rejects.toMatchObject({ code: 'RPC__BAD_ANSWER' });
  }
});

test('an error that is null is none', async () => {
  expect(await answering('{"result":12,"error":null}').finalizedSlot()).toBe(12n);
});
