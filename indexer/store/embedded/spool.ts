/**
 * Data of an INSERT on its way into the engine, and whole answers on their way out, as private files in the data directory.
 *
 * The engine reads bytes only from a file. A body that breaks off never reaches it, so an insert is all or nothing
 * as far as the connection is concerned. Files left by a killed process are removed when the next one starts.
 * @module
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  createReadStream,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from './engine-error.ts';

/** Below this a file is written or read at once: three turns through the thread pool cost more. */
const directBytes = 256 * 1024;
/** Packets of a long body are written together: each write is a turn through the thread pool. */
const joinedWriteBytes = 1024 * 1024;

export interface SpooledFile {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Spool {
  /** @throws EngineError 243 when the disk is full, 75 when it cannot be written */
  write(start: Buffer, rest: AsyncIterable<Buffer>): Promise<SpooledFile>;
  newPath(): string;
  /** What the engine wrote into a file. */
  read(filePath: string): Iterable<Buffer> | AsyncIterable<Buffer>;
  remove(filePath: string): void;
  /** Named pipes for results, one for each query that can run. */
  makePipes(count: number): readonly string[];
}

/** Takes the folder over, emptied: call only when the data directory is ours. */
export function openSpool(directory: string): Spool {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let fileCount = 0;
  const newPath = (): string => {
    fileCount += 1;
    return path.join(directory, `${fileCount}.data`);
  };
  return {
    newPath,
    read: (filePath) =>
      statSync(filePath).size <= directBytes ? [readFileSync(filePath)] : createReadStream(filePath),
    remove: (filePath) => rmSync(filePath, { force: true }),
    write: (start, rest) => writeBody(newPath(), start, rest),
    makePipes(count) {
      const paths = Array.from({ length: count }, (_, index) => path.join(directory, `result-${index}.pipe`));
      execFileSync('mkfifo', ['-m', '600', ...paths]);
      return paths;
    },
  };
}

async function writeBody(filePath: string, start: Buffer, rest: AsyncIterable<Buffer>): Promise<SpooledFile> {
  const chunks = [start];
  let sizeBytes = start.length;
  const iterator = rest[Symbol.asyncIterator]();
  let next = await iterator.next();
  while (!next.done && sizeBytes + next.value.length <= directBytes) {
    chunks.push(next.value);
    sizeBytes += next.value.length;
    next = await iterator.next();
  }
  try {
    writeAtOnce(filePath, Buffer.concat(chunks));
    if (!next.done) sizeBytes += await append(filePath, next.value, iterator);
  } catch (error) {
    rmSync(filePath, { force: true });
    throw spoolError(error);
  }
  return { path: filePath, sizeBytes };
}

function writeAtOnce(filePath: string, bytes: Buffer): void {
  const descriptor = openSync(filePath, 'wx', 0o600);
  try {
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
  } catch (error) {
    unlinkSync(filePath);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

async function append(filePath: string, first: Buffer, rest: AsyncIterator<Buffer>): Promise<number> {
  const file = await open(filePath, 'a');
  let [sizeBytes, pending, pendingBytes]: [number, Buffer[], number] = [0, [], 0];
  const flush = async () => {
    await writeWhole(file, pending);
    sizeBytes += pendingBytes;
    [pending, pendingBytes] = [[], 0];
  };
  try {
    for (let chunk: IteratorResult<Buffer> = { value: first }; !chunk.done; chunk = await rest.next()) {
      pending.push(chunk.value);
      pendingBytes += chunk.value.length;
      if (pendingBytes >= joinedWriteBytes) await flush();
    }
    await flush();
  } finally {
    await file.close();
  }
  return sizeBytes;
}

/** All bytes, however few the system takes at once. */
async function writeWhole(file: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  if (total === 0) return;
  const { bytesWritten } = await file.writev(chunks);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}

function spoolError(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EngineError(243, 'NOT_ENOUGH_SPACE', 'No space left on the disk of the data directory', error);
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EIO') {
    return new EngineError(
      75,
      'CANNOT_WRITE_TO_FILE_DESCRIPTOR',
      `Cannot write in the data directory: ${message}`,
      error,
    );
  }
  return error;
}
