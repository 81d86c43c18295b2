import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { AccountState } from '../../../indexer/domain/chain.ts';
import { readProgramAccounts } from '../../../indexer/rpc/program-accounts.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const account = fc.record({
  publicKey: key,
  owner: key,
  lamports: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  data: fc.uint8Array({ maxLength: 300 }),
});
type Account = Pick<AccountState, 'publicKey' | 'owner' | 'lamports' | 'data'>;

/** As a node writes it: `apiVersion` may hold anything that JSON escapes. */
function answerOf(slot: number, accounts: readonly Account[], apiVersion: string): string {
  const values = accounts.map(
    ({ publicKey, owner, lamports, data }) =>
      `{"pubkey":"${toBase58(publicKey)}","account":{"lamports":${lamports},"data":["${Buffer.from(data).toString('base64')}","base64"],"owner":"${toBase58(owner)}","executable":false,"rentEpoch":18446744073709551615,"space":${data.length}}}`,
  );
  const context = `{"apiVersion":${JSON.stringify(apiVersion)},"slot":${slot}}`;
  return `{"jsonrpc":"2.0","result":{"context":${context},"value":[${values.join(',')}]},"id":1}`;
}

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const end = start + (sizes[index % sizes.length] ?? bytes.length);
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function read(chunks: AsyncIterable<Uint8Array>) {
  const answer = await readProgramAccounts(chunks);
  if ('error' in answer) return answer;
  const states: Account[] = [];
  for await (const { publicKey, owner, lamports, data } of answer.states) {
    states.push({ publicKey, owner, lamports, data: new Uint8Array(data) });
  }
  return { slot: answer.slot, states };
}

test('however the answer is cut into chunks, slot and accounts are those that were sent, lamports to the unit', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.array(account, { maxLength: 8 }),
      fc.string(),
      sizes,
      async (slot, sent, version, cuts) => {
        const found = await read(cut(answerOf(slot, sent, version), cuts));
        expect(found).toEqual({ slot: BigInt(slot), states: sent });
      },
    ),
    { numRuns: 200 },
  );
});

test('an answer that ends early is never taken for a shorter one', async () => {
  const [sent] = fc.sample(fc.array(account, { minLength: 3, maxLength: 3 }), { numRuns: 1, seed: 1 });
  const text = answerOf(7, sent ?? [], '4.2.2');
  const end = text.indexOf(']},"id"');
  for (let length = 0; length <= end; length += 7) {
    await expect(read(cut(text.slice(0, length), [64])), `after ${length}`).rejects.toMatchObject({
      code: expect.stringMatching(/^RPC__(ANSWER_CUT|BAD_ANSWER)$/),
    });
  }
});

test('a refusal is handed on with its code, and what is no answer is called so', async () => {
  const refusal =
    '{"jsonrpc":"2.0","error":{"code":-32016,"message":"Minimum context slot has not been reached"},"id":1}';
  expect(await read(cut(refusal, [5]))).toMatchObject({ error: { code: -32_016 } });
  for (const text of ['', '<html>', '{}', `{"value":[{}]}`, 'x'.repeat(100_000)]) {
    await expect(read(cut(text, [50_000]))).rejects.toMatchObject({ code: 'RPC__BAD_ANSWER' });
  }
});
