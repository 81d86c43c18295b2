/**
 * Statements to ClickHouse whose whole answer is wanted at once: one POST on a kept connection.
 *
 * An answer of the API is several questions one after the other, each of a few milliseconds, and @clickhouse/client takes
 * two more for each: it is made for bodies and answers that stream. They stay with it (`clickhouse-client.ts`).
 *
 * Source: https://clickhouse.com/docs/interfaces/http
 * @module
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type ClickHouseSettings, parseError } from '@clickhouse/client';
import { UpstreamError } from '../domain/errors.ts';
import type { ClickHouseAddress } from './clickhouse-address.ts';

/** A value of `{name:Type}` as @clickhouse/client takes it too. */
export type BoundValue = string | number | bigint | boolean | null | readonly BoundValue[];

export interface QuestionOptions {
  readonly database: string;
  /** Longest silence of the server. */
  readonly requestTimeoutMs: number;
  readonly maxConnections: number;
  /** Of every statement, below its own. */
  readonly settings: ClickHouseSettings;
}

export interface Questions {
  /**
   * The whole answer to one statement.
   * @throws ClickHouseError what the server answers instead; Error of the connection; UpstreamError `STORE__UNREACHABLE`
   */
  ask(sql: string, values: Readonly<Record<string, BoundValue>>, settings: ClickHouseSettings): Promise<Buffer>;
  /** Breaks off what is under way. */
  close(): void;
}

/** Shorter than any server keeps an idle connection open (ClickHouse: 10 s): one that it has closed would lose the question. */
const IDLE_CONNECTION_MS = 2_500;

export function openQuestions(address: ClickHouseAddress, options: QuestionOptions): Questions {
  const { protocol, hostname, port } = new URL(address.origin);
  const isSecure = protocol === 'https:';
  const kept = { keepAlive: true, timeout: IDLE_CONNECTION_MS, maxSockets: options.maxConnections };
  const agent = isSecure ? new HttpsAgent(kept) : new HttpAgent(kept);
  const request = isSecure ? httpsRequest : httpRequest;
  const authorization = `Basic ${Buffer.from(`${address.user}:${address.password}`).toString('base64')}`;
  const post = (path: string, body: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { authorization, 'content-length': Buffer.byteLength(body) };
      const sent = request({ agent, method: 'POST', hostname: hostname.replace(/^\[|\]$/g, ''), port, path, headers });
      sent.setTimeout(options.requestTimeoutMs, () => sent.destroy(new Error('it was silent for too long')));
      sent.once('response', resolve);
      // Later ones are told by the answer.
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    async ask(sql, values, settings) {
      const search = searchOf(options.database, values, { ...options.settings, ...settings });
      const answer = await post(`${address.path}?${search}`, sql);
      const bytes = await bytesOf(answer);
      const isRefusal = answer.statusCode !== 200 || 'x-clickhouse-exception-code' in answer.headers;
      if (isRefusal) throw parseError(bytes.toString());
      return bytes;
    },
    close: () => agent.destroy(),
  };
}

function searchOf(
  database: string,
  values: Readonly<Record<string, BoundValue>>,
  settings: ClickHouseSettings,
): URLSearchParams {
  const search = new URLSearchParams({ database });
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) search.set(name, typeof value === 'boolean' ? String(Number(value)) : String(value));
  }
  for (const [name, value] of Object.entries(values)) search.set(`param_${name}`, textOf(value));
  return search;
}

const escapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  "'": "\\'",
  '\\': '\\\\',
};
const escaped = (text: string): string => text.replace(/[\t\n\r'\\]/g, (character) => escapes[character] as string);

/** As in TabSeparated, where the server reads values from. */
function textOf(value: BoundValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? `[${value.map(elementText).join(',')}]` : String(value);
}

/** Within an array values stand as in SQL. */
function elementText(value: BoundValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${escaped(value)}'`;
  return typeof value === 'boolean' ? String(value) : textOf(value);
}

function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    answer.once('error', (error) => reject(brokenOff(error)));
  });
}

function brokenOff(cause: unknown): UpstreamError {
  return new UpstreamError('STORE__UNREACHABLE', 'ClickHouse closed the connection inside an answer', {}, cause);
}
