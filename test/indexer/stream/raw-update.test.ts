import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BalanceTurn, Transaction } from '../../../indexer/domain/chain.ts';
import { PlumblineError } from '../../../indexer/domain/errors.ts';
import { type PackedTransactions, packedOf, turnsOfPacked } from '../../../indexer/domain/packed-transactions.ts';
import { convertUpdate } from '../../../indexer/stream/official-update.ts';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import type { Update } from '../../../indexer/stream/update.ts';
import { WireReader } from '../../../indexer/stream/wire-reader.ts';
import { describeShared } from '../../conformance/shared-data.ts';
import { blockIn, wireBlock } from '../batch/wire-block.ts';
import { transactions } from '../decode/random-calls.ts';
import { randomUpdate } from './random-update.ts';
import { canonicalText, RECORDING_NAMES, recordedMessages } from './recordings.ts';

/** Reading either gives a value or the one typed error. */
function outcome(read: () => unknown): string {
  try {
    return canonicalText(read());
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'STREAM__BAD_MESSAGE') return 'bad';
    throw error;
  }
}

describeShared('recorded messages', () => {
  test.each(RECORDING_NAMES)('the raw reader says what the generated decoder says of every message of %s', (name) => {
    const messages = recordedMessages(name);
    expect(messages.length).toBeGreaterThan(100);
    for (const message of messages) {
      expect(canonicalText(readUpdate(message))).toBe(canonicalText(convertUpdate(SubscribeUpdate.decode(message))));
    }
  });

  test('no change of a recorded byte leads to anything but an update or the typed error', () => {
    const messages = RECORDING_NAMES.flatMap(recordedMessages);
    const change = fc.record({ message: fc.nat(), at: fc.nat(), byte: fc.nat(255), cut: fc.nat() });
    fc.assert(
      fc.property(change, ({ message, at, byte, cut }) => {
        const original = messages[message % messages.length] as Buffer;
        const changed = Buffer.from(original);
        changed[at % changed.length] = byte;
        outcome(() => readUpdate(changed));
        outcome(() => readUpdate(changed.subarray(0, cut % changed.length)));
      }),
      { numRuns: 5_000 },
    );
  });
});

describeShared('recorded blocks', () => {
  test('of which a byte was changed are read as a whole, or packed so that every transaction can be read later', () => {
    const blocks = recordedMessages('filtered-blocks').filter((message) => readUpdate(message)?.kind === 'block');
    const change = fc.record({ block: fc.nat(), at: fc.nat(), byte: fc.nat(255) });
    let comparedCount = 0;
    fc.assert(
      fc.property(change, ({ block, at, byte }) => {
        const original = blocks[block % blocks.length] as Buffer;
        const changed = Buffer.from(original);
        changed[at % changed.length] = byte;
        const read = readOrBad(changed);
        if (read?.kind !== 'block' || packedOf(read.block) === null) return;
        const found = canonicalText(read.block.transactions);
        const expected = officialOrBad(changed, original);
        if (expected === null) return;
        comparedCount += 1;
        expect(found).toBe(canonicalText(expected.block.transactions));
      }),
      {
        numRuns: 1_000,
        // The tag of a field that is not looked at becomes a zero; a reward becomes longer than all of them.
        examples: [
          [{ block: 1_879_048_171, at: 1_622_831_840, byte: 0 }],
          [{ block: 1_191_073_691, at: 1_336_427_367, byte: 72 }],
        ],
      },
    );
    expect(comparedCount).toBeGreaterThan(100);
  });
});

/**
 * `null` where the official decoder refuses something in fields that are not looked at here, or reads on behind the end of
 * one and misses what follows: then it gives back fewer bytes than of the message as it was.
 */
function officialOrBad(message: Buffer, original: Buffer): Extract<Update, { kind: 'block' }> | null {
  try {
    const decoded = SubscribeUpdate.decode(message);
    if (lengthGivenBack(decoded) !== lengthGivenBack(SubscribeUpdate.decode(original))) return null;
    const update = convertUpdate(decoded);
    return update?.kind === 'block' ? update : null;
  } catch {
    return null;
  }
}

function lengthGivenBack(update: SubscribeUpdate): number {
  return SubscribeUpdate.encode(update).finish().length;
}

function readOrBad(message: Buffer): Update | null {
  try {
    return readUpdate(message);
  } catch (error) {
    if (error instanceof PlumblineError) return null;
    throw error;
  }
}

test('the raw reader says what the generated decoder says of any update', () => {
  fc.assert(
    fc.property(randomUpdate, (update) => {
      const bytes = Buffer.from(SubscribeUpdate.encode(update).finish());
      expect(outcome(() => readUpdate(bytes))).toBe(outcome(() => convertUpdate(SubscribeUpdate.decode(bytes))));
    }),
    { numRuns: 500 },
  );
});

test('a packed block tells what each of its transactions tells of balances', () => {
  const turned = transactions.chain(({ transaction }) =>
    fc
      .array(fc.constantFrom(null, true, false), { minLength: 8, maxLength: 8 })
      .map((marks): Transaction => ({ ...transaction, balanceTurns: turnsOf(transaction, marks) })),
  );
  fc.assert(
    fc.property(fc.array(turned, { minLength: 1, maxLength: 4 }), (several) => {
      const block = blockIn(wireBlock(500n, several));
      const told = several.flatMap(({ balanceTurns }) => balanceTurns);
      expect(canonicalText(turnsOfPacked(packedOf(block) as PackedTransactions))).toBe(canonicalText(told));
      expect(canonicalText(block.transactions.flatMap(({ balanceTurns }) => balanceTurns))).toBe(canonicalText(told));
    }),
  );
});

function turnsOf({ accountKeys }: Transaction, marks: readonly (boolean | null)[]): BalanceTurn[] {
  return accountKeys.flatMap((publicKey, index) => {
    const isEmptied = marks[index] ?? null;
    return isEmptied === null ? [] : [{ publicKey, isEmptied }];
  });
}

test('a field without a number is refused, as protobuf has it', () => {
  for (const zero of [Buffer.of(0, 1), Buffer.of(26, 2, 0, 1)]) expect(outcome(() => readUpdate(zero))).toBe('bad');
});

test('random bytes give an update or the typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      outcome(() => readUpdate(Buffer.from(bytes)));
    }),
    { numRuns: 5_000 },
  );
});

test('a varint of any 64-bit number reads back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      expect(new WireReader(varint(value)).uint64()).toBe(value);
      expect(new WireReader(varint(value)).int64()).toBe(BigInt.asIntN(64, value));
    }),
  );
});

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}
