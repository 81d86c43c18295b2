/**
 * The reading end of a named pipe that the engine writes a result into.
 *
 * The kernel's pipe is the whole buffer: when the reader stops, the engine's writer stops, so a result of any size
 * passes through in constant memory and in whatever format, byte for byte.
 * @module
 */
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';

export interface ResultPipe {
  /** Ends when `finish` was called and everything written before has been read. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Call when the engine has closed its end, or will never open it. */
  finish(): void;
}

/**
 * Our own writing end keeps the pipe open until the query is over: without it the reader would see the end before
 * the engine has opened the pipe. The reader is opened first, since opening a writer alone fails.
 */
export function openResultPipe(path: string): ResultPipe {
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const holder = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  return {
    chunks: new Socket({ fd: reader, readable: true, writable: false }),
    finish: () => closeSync(holder),
  };
}
