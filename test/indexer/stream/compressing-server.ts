/**
 * A gRPC server on bare HTTP/2 that sends given messages compressed, whatever the client says it can read, and keeps what
 * the client said. grpc-js has no zstd and hides the headers in question, hence by hand.
 * @module
 */
import { createServer, type IncomingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface CompressingServer {
  readonly url: string;
  /** Of every call. */
  readonly headers: IncomingHttpHeaders[];
  /** Sent as messages, with their prefixes. */
  readonly sentBytes: () => number;
  close(): Promise<void>;
}

const compressors = { gzip: (bytes: Buffer) => gzipSync(bytes), zstd: zstdStored, identity: null };

/** Plays `messages` to every call and ends it with status 0; with `refusal` it ends at once with that status. */
export async function startCompressingServer(
  encoding: keyof typeof compressors,
  messages: readonly Buffer[],
  refusal?: number,
): Promise<CompressingServer> {
  const headers: IncomingHttpHeaders[] = [];
  const sessions = new Set<ServerHttp2Session>();
  let sentBytes = 0;
  const server = createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, received) => {
    headers.push(received);
    stream.on('error', () => undefined);
    stream.resume();
    const common = { ':status': 200, 'content-type': 'application/grpc' };
    if (refusal !== undefined) {
      stream.respond({ ...common, 'grpc-status': String(refusal), 'grpc-message': 'not taken' }, { endStream: true });
      return;
    }
    stream.respond({ ...common, 'grpc-encoding': encoding }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    const compress = compressors[encoding];
    for (const message of messages) {
      const frame = framed(compress === null ? message : compress(message), compress !== null);
      sentBytes += frame.length;
      stream.write(frame);
    }
    stream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, headers, sentBytes: () => sentBytes },
    close: () => {
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function framed(message: Buffer, isCompressed: boolean): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(isCompressed ? 1 : 0);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

const ZSTD_BLOCK_BYTES = 128 * 1024;

/** A zstd frame of stored blocks (RFC 8878, 3.1.1): what a decoder must read, made without an encoder. */
function zstdStored(bytes: Buffer): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(0xfd2fb528);
  // A single segment whose size is the next four bytes.
  header.writeUInt8(0b1010_0000, 4);
  header.writeUInt32LE(bytes.length, 5);
  const parts: Buffer[] = [header];
  for (let start = 0; start === 0 || start < bytes.length; start += ZSTD_BLOCK_BYTES) {
    const block = bytes.subarray(start, start + ZSTD_BLOCK_BYTES);
    const isLast = start + ZSTD_BLOCK_BYTES >= bytes.length;
    const blockHeader = Buffer.alloc(3);
    blockHeader.writeUIntLE((block.length << 3) | (isLast ? 1 : 0), 0, 3);
    parts.push(blockHeader, block);
  }
  return Buffer.concat(parts);
}
