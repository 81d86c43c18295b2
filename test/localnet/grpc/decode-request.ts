/**
 * `SubscribeRequest` as a Rust server reads it. A Rust client leaves out the value of a map entry that is all defaults (a
 * slots filter without options, say); the generated TypeScript then drops the entry, filter name and all. So every entry
 * gets an empty value in front, which a value that is there replaces.
 * @module
 */
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { SubscribeRequest } from '@triton-one/yellowstone-grpc';

/** accounts, slots, transactions, blocks, blocks_meta, entry, transactions_status. */
const mapFields = new Set([1, 2, 3, 4, 5, 8, 10]);
const EMPTY_VALUE = Buffer.from([0x12, 0x00]);
const LENGTH_DELIMITED = 2;

export function decodeRequest(bytes: Uint8Array): SubscribeRequest {
  const reader = new BinaryReader(bytes);
  const writer = new BinaryWriter();
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wireType] = reader.tag();
    if (mapFields.has(field) && wireType === LENGTH_DELIMITED) {
      writer.uint32((field << 3) | LENGTH_DELIMITED).bytes(Buffer.concat([EMPTY_VALUE, reader.bytes()]));
    } else {
      reader.skip(wireType);
      writer.raw(bytes.subarray(start, reader.pos));
    }
  }
  return SubscribeRequest.decode(writer.finish());
}
