/**
 * ETag and Cache-Control of what is served as a file.
 * @module
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const YEAR_SECONDS = 31_536_000;

/**
 * Sets the headers, and answers 304 to who has the content already.
 * @param tag the same text for the same content
 * @param isForEver whether the address will never have another content
 */
export function replyNotModified(
  request: IncomingMessage,
  response: ServerResponse,
  tag: string,
  isForEver: boolean,
): boolean {
  const etag = `"${createHash('sha256').update(tag).digest('hex').slice(0, 32)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', isForEver ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const known = (request.headers['if-none-match'] ?? '').split(',').map((each) => each.trim());
  if (!known.includes(etag)) return false;
  response.writeHead(304).end();
  return true;
}
