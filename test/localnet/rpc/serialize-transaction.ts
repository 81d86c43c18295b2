/**
 * The wire form of a transaction from its protobuf form: exactly the bytes that were signed and sent.
 * @module
 */
import type { SubscribeUpdateTransactionInfo } from '@triton-one/yellowstone-grpc';

export function serializeTransaction(info: SubscribeUpdateTransactionInfo): Buffer {
  const message = info.transaction?.message;
  const header = message?.header;
  const keys = message?.accountKeys ?? [];
  const instructions = message?.instructions ?? [];
  const lookups = message?.addressTableLookups ?? [];
  return Buffer.concat([
    list(info.transaction?.signatures ?? [], (signature) => signature),
    Buffer.from(message?.versioned ? [0x80] : []),
    Buffer.of(
      header?.numRequiredSignatures ?? 0,
      header?.numReadonlySignedAccounts ?? 0,
      header?.numReadonlyUnsignedAccounts ?? 0,
    ),
    list(keys, (key) => key),
    message?.recentBlockhash ?? new Uint8Array(32),
    list(instructions, ({ programIdIndex, accounts, data }) =>
      Buffer.concat([Buffer.of(programIdIndex), bytes(accounts), bytes(data)]),
    ),
    message?.versioned
      ? list(lookups, (lookup) =>
          Buffer.concat([lookup.accountKey, bytes(lookup.writableIndexes), bytes(lookup.readonlyIndexes)]),
        )
      : Buffer.alloc(0),
  ]);
}

/** Solana's compact u16 length. */
export function shortLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x4000) return Buffer.of((length & 0x7f) | 0x80, length >> 7);
  return Buffer.of((length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14);
}

function list<T>(items: readonly T[], encode: (item: T) => Uint8Array): Buffer {
  return Buffer.concat([shortLength(items.length), ...items.map(encode)]);
}

function bytes(content: Uint8Array): Buffer {
  return Buffer.concat([shortLength(content.length), content]);
}
