/**
 * What the chain says happened, read from its blocks by the shortest means: JSON-RPC, log lines, a stack of programs.
 * It shares no code with the indexer, so that both can only agree by being right.
 * @module
 */
export interface ChainEvent {
  readonly slot: number;
  readonly txIndex: number;
  /** Counts the events of our programs in the transaction. */
  readonly position: number;
  readonly signature: string;
  /** Hex. */
  readonly data: string;
}

export interface ChainRecord {
  readonly slots: readonly number[];
  readonly events: readonly ChainEvent[];
  /** Times that `create_reward_record` succeeded. */
  readonly recordCount: number;
}

interface RpcTransaction {
  readonly transaction: { readonly signatures: readonly [string, ...string[]] };
  readonly meta: { readonly err: unknown; readonly logMessages: readonly string[] };
}

export async function askRpc<T>(url: string, method: string, params: readonly unknown[] = []): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: T; error?: { message: string } };
  if (error !== undefined || result === undefined) throw new Error(`${method}: ${error?.message ?? 'no result'}`);
  return result;
}

/** All blocks from the first one to `lastSlot`, which must be finalized. */
export async function readChain(url: string, programs: ReadonlySet<string>, lastSlot: number): Promise<ChainRecord> {
  const slots = await askRpc<number[]>(url, 'getBlocks', [0, lastSlot, { commitment: 'finalized' }]);
  const events: ChainEvent[] = [];
  let recordCount = 0;
  for (const slot of slots) {
    const options = { commitment: 'finalized', encoding: 'json', maxSupportedTransactionVersion: 0, rewards: false };
    const { transactions } = await askRpc<{ transactions: readonly RpcTransaction[] }>(url, 'getBlock', [
      slot,
      options,
    ]);
    for (const [txIndex, { transaction, meta }] of transactions.entries()) {
      if (meta.err !== null) continue;
      const [signature] = transaction.signatures;
      for (const [position, data] of payloadsOf(meta.logMessages, programs).entries())
        events.push({ slot, txIndex, position, signature, data });
      recordCount += meta.logMessages.filter((line) => line === 'Program log: Instruction: CreateRewardRecord').length;
    }
  }
  return { slots, events, recordCount };
}

/** Hex payloads that one of `programs` logged, in their order. */
function payloadsOf(logs: readonly string[], programs: ReadonlySet<string>): string[] {
  const running: string[] = [];
  const payloads: string[] = [];
  for (const line of logs) {
    const invoked = /^Program (\w+) invoke \[\d+\]$/.exec(line)?.[1];
    if (invoked !== undefined) running.push(invoked);
    else if (/^Program \w+ (success|failed)/.test(line)) running.pop();
    else if (line.startsWith('Program data: ') && programs.has(running.at(-1) ?? ''))
      payloads.push(Buffer.from(line.slice('Program data: '.length), 'base64').toString('hex'));
  }
  return payloads;
}

/** Data of all finalized accounts of a program that begin with a discriminator. */
export async function accountsOf(url: string, program: string, discriminator: Uint8Array): Promise<Buffer[]> {
  const found = await askRpc<readonly { account: { data: readonly [string, string] } }[]>(url, 'getProgramAccounts', [
    program,
    { commitment: 'finalized', encoding: 'base64' },
  ]);
  return found
    .map(({ account }) => Buffer.from(account.data[0], 'base64'))
    .filter((data) => data.subarray(0, 8).equals(discriminator));
}
