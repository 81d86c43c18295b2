import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockLoad } from '../../../bench/load/block-load.ts';
import { recordedRegistry, recordedTransactions } from '../../../bench/load/recorded-transactions.ts';
import { BlockRowEncoder, type PreparedBlock } from '../../../indexer/batch/block-rows.ts';
import { DirectEncoder } from '../../../indexer/batch/direct/direct-encoder.ts';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import type { Registry } from '../../../indexer/decode/registry.ts';
import type { Block, TokenChange, Transaction } from '../../../indexer/domain/chain.ts';
import { PlumblineError } from '../../../indexer/domain/errors.ts';
import { packedBlock, packedOf } from '../../../indexer/domain/packed-transactions.ts';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import { describeShared } from '../../conformance/shared-data.ts';
import { damages } from '../decode/log-damage.ts';
import { transactions } from '../decode/random-calls.ts';
import { key, OURS, PING, ping, registry, transactionOf, u64 } from '../decode/synthetic-transaction.ts';
import { blockIn, wireBlock } from './wire-block.ts';

/** By the objects of the decoded block: what the direct way must equal. */
class Both {
  readonly #direct: DirectEncoder;
  readonly #decoded: BlockRowEncoder;

  constructor(private readonly registry: Registry) {
    this.#direct = new DirectEncoder(registry);
    this.#decoded = new BlockRowEncoder(registry.tables);
  }

  /** True when the direct way was gone, and led to the same. */
  isSame(message: Buffer): boolean {
    const direct = this.#direct.prepare(blockIn(message));
    const decoded = this.#decoded.prepare(decodeBlock(blockIn(message), this.registry));
    if (direct === null) return false;
    expect(comparable(direct)).toEqual(comparable(decoded));
    return true;
  }

  rowCountOf(table: string, message: Buffer): number {
    const { rows } = this.#decoded.prepare(decodeBlock(blockIn(message), this.registry));
    return rows.find((each) => each.table === table)?.rowCount ?? 0;
  }
}

function changesOf(
  { accountKeys, error }: Transaction,
  amounts: readonly (readonly [bigint, bigint] | null)[],
): readonly TokenChange[] {
  return accountKeys.flatMap((publicKey, index) => {
    const [before, after] = amounts[index] ?? [0n, 0n];
    return error !== null || before === after ? [] : [{ publicKey, before, after }];
  });
}

function comparable({ rows, ...summary }: PreparedBlock): object {
  return { ...summary, rows: rows.map((each) => ({ ...each, bytes: Buffer.from(each.bytes).toString('hex') })) };
}

/** The same block, of which no transaction can be read as an object. */
function unreadable(block: Block): Block {
  const packed = packedOf(block);
  if (packed === null) throw new Error('not packed');
  const { transactions: _, ...rest } = { ...block, transactions: [] };
  const read = () => {
    throw new Error('a transaction was decoded');
  };
  return packedBlock(rest, { ...packed, read });
}

describeShared('the direct way with recorded transactions', () => {
  const recorded = recordedRegistry();
  const loads = () => (['all', 'several'] as const).map((mix) => new BlockLoad(recordedTransactions(mix), 300));

  it('gives the rows, the counts and the content hash of the decoded block', () => {
    const both = new Both(recorded);
    for (const load of loads()) for (const number of [0, 1, 2]) expect(both.isSame(load.block(number))).toBe(true);
  });

  it('makes no object of any of them', () => {
    const encoder = new DirectEncoder(recorded);
    for (const load of loads()) {
      const prepared = encoder.prepare(unreadable(blockIn(load.block(3))));
      expect(prepared?.eventCount).toBe(load.counts.events);
    }
  });

  it('gives the same rows wherever a byte of the message was changed', () => {
    const both = new Both(recorded);
    const load = new BlockLoad(recordedTransactions('all'), 12);
    const change = fc.record({ number: fc.nat(40), at: fc.nat(), byte: fc.nat(255) });
    let directCount = 0;
    fc.assert(
      fc.property(change, ({ number, at, byte }) => {
        const message = load.block(number);
        message[at % message.length] = byte;
        try {
          // A changed first byte can make another kind of update of it, of which there are no rows.
          if (readUpdate(message)?.kind === 'block') directCount += both.isSame(message) ? 1 : 0;
        } catch (error) {
          if (!(error instanceof PlumblineError && error.code === 'STREAM__BAD_MESSAGE')) throw error;
        }
      }),
      {
        numRuns: 600,
        examples: [[{ number: 0, at: 0, byte: 82 }], [{ number: 0, at: 0, byte: 0 }]],
      },
    );
    expect(directCount).toBeGreaterThan(300);
  });
});

describe('the direct way with calls made at random', () => {
  const both = new Both(registry);
  const isProvable = (message: Buffer) => decodeBlock(blockIn(message), registry).truncatedTransactions.length === 0;

  it('gives the same rows, and is gone wherever logs are whole', () => {
    fc.assert(
      fc.property(fc.array(transactions, { minLength: 1, maxLength: 4 }), (several) => {
        const message = wireBlock(
          500n,
          several.map(({ transaction }) => transaction),
        );
        expect(both.isSame(message)).toBe(true);
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('gives the same rows whatever was done to the logs, and leaves a block whose logs were cut', () => {
    const damaged = fc
      .tuple(transactions, fc.array(damages, { maxLength: 3 }), fc.constantFrom(null, null, Uint8Array.of(8, 0)))
      .map(([{ transaction }, applied, error]): Transaction => {
        const lines = applied.reduce<readonly string[]>(
          (before, damage) => damage(before),
          transaction.logMessages ?? [],
        );
        return { ...transaction, logMessages: lines, error };
      });
    fc.assert(
      fc.property(fc.array(damaged, { minLength: 1, maxLength: 3 }), (several) => {
        const message = wireBlock(500n, several);
        expect(both.isSame(message)).toBe(isProvable(message));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('gives the token accounts that its calls name, and whose balance is another', () => {
    const u64s = fc.oneof(fc.constant(0n), fc.bigInt(0n, 9n), fc.bigInt(0n, 2n ** 64n - 1n));
    const changed = transactions.chain(({ transaction }) =>
      fc
        .array(fc.option(fc.tuple(u64s, u64s)), { minLength: 8, maxLength: 8 })
        .map((amounts): Transaction => ({ ...transaction, tokenChanges: changesOf(transaction, amounts) })),
    );
    let rowCount = 0;
    fc.assert(
      fc.property(fc.array(changed, { minLength: 1, maxLength: 3 }), (several) => {
        const message = wireBlock(500n, several);
        expect(both.isSame(message)).toBe(true);
        const told = blockIn(message).transactions.map(({ tokenChanges }) => tokenChanges);
        expect(told).toEqual(several.map(({ tokenChanges }) => tokenChanges));
        rowCount += both.rowCountOf('token_balances', message);
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(rowCount).toBeGreaterThan(50);
  });

  it('leaves out token accounts that no call of ours names', () => {
    const named = key('named');
    const call = { program: OURS, acts: [], accounts: [named] };
    const other = { program: key('other program'), acts: [], accounts: [key('unnamed')] };
    const transaction = transactionOf([call, other]);
    const tokenChanges = transaction.accountKeys.map((publicKey) => ({ publicKey, before: 7n, after: 2n ** 63n }));
    const message = wireBlock(500n, [{ ...transaction, tokenChanges }]);
    expect(both.isSame(message)).toBe(true);
    expect(both.rowCountOf('token_balances', message)).toBe(1);
  });

  it('keeps an instruction that no IDL names, and one whose accounts or arguments are not there', () => {
    const DO = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9);
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.uint8Array({ maxLength: 12 }).map((rest) => Buffer.concat([DO, rest])),
      fc.nat(9).map((length) => DO.subarray(0, length)),
    );
    const events = fc.uint8Array({ maxLength: 12 }).map((rest) => Buffer.concat([PING, rest]));
    fc.assert(
      fc.property(fc.array(data, { minLength: 1, maxLength: 3 }), events, fc.nat(9), (all, event, account) => {
        const calls = all.map((each) => ({ program: OURS, acts: [{ data: event }, { data: ping(1) }], data: each }));
        const transaction = transactionOf(calls);
        const [first, ...rest] = transaction.instructions;
        const changed = { ...(first as NonNullable<typeof first>), accounts: Uint8Array.of(0, account) };
        expect(both.isSame(wireBlock(500n, [{ ...transaction, instructions: [changed, ...rest] }]))).toBe(true);
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('leaves nothing of a block behind in the next one', () => {
    const good = wireBlock(500n, [transactionOf([{ program: OURS, acts: [{ data: ping(3) }], data: u64(1) }])]);
    const cut = wireBlock(501n, [
      transactionOf([{ program: OURS, acts: [{ data: ping(3) }] }], { logMessages: ['Log truncated'] }),
    ]);
    for (const message of [good, cut, good, cut, good]) expect(both.isSame(message)).toBe(message === good);
  });
});
