/** What nodes answer to `getBlock`: each way in which a slot has no block, or a block is told with less than others tell. */
import { expect, test } from 'vitest';
import { blockFromRpc, type RpcBlock, type RpcTransaction } from '../../../indexer/rpc/rpc-block.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';

const PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';
const HASH = 'EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N';

interface Asked {
  readonly method: string;
  readonly params: readonly [number, { readonly maxSupportedTransactionVersion: number }];
}

/** A node that answers as told; every request is kept. */
function nodeThat(answer: (asked: Asked) => object | number) {
  const asked: Asked[] = [];
  const rpc = chainRpc('http://node.test', async (_, { body }) => {
    const request = JSON.parse(String(body)) as Asked;
    asked.push(request);
    const told = answer(request);
    if (typeof told === 'number') return new Response('slow down', { status: told });
    return new Response(JSON.stringify({ jsonrpc: '2.0', id: 1, ...told }));
  });
  return { rpc, asked };
}

const refusal = (code: number, message = 'no') => ({ error: { code, message } });

test.each([
  ['was skipped, or is missing after a jump of the ledger', refusal(-32_007)],
  ['was skipped, or is missing in long-term storage', refusal(-32_009)],
  ['is not confirmed', { result: null }],
])('a slot that %s has no block', async (_, answer) => {
  expect(await nodeThat(() => answer).rpc.block(7n)).toBeNull();
});

test.each([
  ['is not available yet', refusal(-32_004), 'RPC__REFUSED'],
  ['has no status yet', refusal(-32_014), 'RPC__REFUSED'],
  ['is kept by no history of the node', refusal(-32_011), 'RPC__REFUSED'],
  ['was cleaned up', refusal(-32_001), 'RPC__BLOCK_PRUNED'],
  ['is asked for too often', 429, 'RPC__UNREACHABLE'],
  ['is asked for too often, as JSON', refusal(429), 'RPC__REFUSED'],
])('a block that %s is worth another try', async (_, answer, code) => {
  await expect(nodeThat(() => answer).rpc.block(7n)).rejects.toMatchObject({ code, retryable: true });
});

test('a block with a transaction of a newer version is asked for again in any version', async () => {
  const { rpc, asked } = nodeThat(({ params: [, { maxSupportedTransactionVersion }] }) =>
    maxSupportedTransactionVersion < 1 ? refusal(-32_015) : { result: { blockhash: HASH } },
  );
  expect(await rpc.block(7n)).toEqual({ blockhash: HASH });
  expect(asked.map(({ params: [, options] }) => options.maxSupportedTransactionVersion)).toEqual([0, 255]);
});

const meta = { fee: 5_000, err: null, logMessages: [`Program ${PROGRAM} invoke [1]`], innerInstructions: [] };
const blockWith = (change: object, header: object = {}): RpcBlock => ({
  ...{ blockhash: HASH, previousBlockhash: HASH, parentSlot: 6, blockTime: 5, blockHeight: 4 },
  transactions: [
    {
      meta: { ...meta, ...change },
      transaction: {
        signatures: ['1'.repeat(64)],
        message: { accountKeys: [PROGRAM], instructions: [{ programIdIndex: 0, accounts: [], data: '' }] },
      },
    } satisfies RpcTransaction,
  ],
  ...header,
});
const read = (block: RpcBlock) => blockFromRpc(7n, block, new Set([PROGRAM]));

test.each([null, undefined])('what a node does not know is unknown, told as %s', (unknown) => {
  const told = { err: unknown, computeUnitsConsumed: unknown, innerInstructions: unknown, logMessages: unknown };
  const balances = { preTokenBalances: unknown, postTokenBalances: unknown, loadedAddresses: unknown };
  const block = read(blockWith({ ...told, ...balances }, { blockTime: unknown, blockHeight: unknown }));
  expect(block).toMatchObject({ blockTime: null, blockHeight: null });
  expect(block.transactions).toMatchObject([{ error: null, computeUnits: null, logMessages: null, tokenChanges: [] }]);
});

const VOTE_PROGRAM = 'Vote111111111111111111111111111111111111111';

test.each([
  ['a simple vote', {}, 1, true],
  ['a vote with two signatures', {}, 2, true],
  ['a vote with three signatures', {}, 3, false],
  ['a vote in the newer form of message', { version: 0 }, 1, false],
])('%s that names our program is read as the stream would tell it', (_, change, signatureCount, isLeftOut) => {
  const [plain] = blockWith({}).transactions as [RpcTransaction];
  const signatures = Array<string>(signatureCount).fill('1'.repeat(64));
  const message = { ...plain.transaction.message, accountKeys: [VOTE_PROGRAM, PROGRAM] };
  const vote: RpcTransaction = { ...plain, ...change, transaction: { signatures, message } };
  expect(read(blockWith({}, { transactions: [vote] })).transactions).toHaveLength(isLeftOut ? 0 : 1);
});
