import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlumblineError } from '../../../indexer/domain/errors.ts';
import { convertUpdate } from '../../../indexer/stream/official-update.ts';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import { WireReader } from '../../../indexer/stream/wire-reader.ts';
import { describeShared } from '../../conformance/shared-data.ts';
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

test('the raw reader says what the generated decoder says of any update', () => {
  fc.assert(
    fc.property(randomUpdate, (update) => {
      const bytes = Buffer.from(SubscribeUpdate.encode(update).finish());
      expect(outcome(() => readUpdate(bytes))).toBe(outcome(() => convertUpdate(SubscribeUpdate.decode(bytes))));
    }),
    { numRuns: 500 },
  );
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
