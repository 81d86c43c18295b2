/**
 * The built dashboard as plain files: read once, served from memory, so that no request can name another path.
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface StaticFile {
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly type: string;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

export function loadStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, staticFile(path, readFileSync(path)));
  }
  return files;
}

export function staticFile(path: string, body: Buffer): StaticFile {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  const type = types[extname(path)] ?? 'application/octet-stream';
  return { body, gzipped: gzipSync(body), type, etag };
}

/**
 * False when there is no such file. `/` is the page itself, and so is any path that a browser opens which names no file:
 * the page knows its own places.
 * @param documentOf the document of a place, by path and search
 */
export function serveStatic(
  files: ReadonlyMap<string, StaticFile>,
  documentOf: (path: string, search: string) => StaticFile | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const url = request.url ?? '/';
  const path = url.split('?')[0] ?? '/';
  const isPlace = extname(path) === '' && /\btext\/html\b/.test(String(request.headers.accept ?? ''));
  const file = files.get(path) ?? (path === '/' || isPlace ? documentOf(path, url.slice(path.length)) : undefined);
  if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  const isHashed = path.startsWith('/assets/');
  response.setHeader('Content-Type', file.type);
  response.setHeader('ETag', file.etag);
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return true;
  }
  const isGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isGzip) response.setHeader('Content-Encoding', 'gzip');
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : isGzip ? file.gzipped : file.body);
  return true;
}
