/**
 * The API as a page meets it on bad days: a server in front of the real one that holds requests back, ends them, fails them
 * with a code, or tells of an old head. Everything else is the real one's.
 * @module
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * `held`: no answer; `gone`: no connection; `refusing`: it asks for a key; `failing`: all but the head fails; `old`: the head
 * is of a while ago; `aged`: all but the head is; `now`: the head is of now.
 */
export type Mood = 'held' | 'gone' | 'refusing' | 'failing' | 'old' | 'aged' | 'now' | 'plain';

export interface MoodyApi {
  readonly url: string;
  /** For pages of a path, or of all where none is named; what is held back is ended. */
  change(mood: Mood, path?: string): void;
  stop(): Promise<void>;
}

/** Of the failure that a failing API tells. */
export const FAILURE_ID = '7765e8b1-80d2-4bfe-ae75-9adead992028';
/** As the API words it to one who has no key. */
export const REFUSAL = 'This needs an API key with the scope read';
const OLD_SECONDS = 90;
/** What an answer of a few seconds ago has beside it. */
const AGED = { extensions: { ageMs: 2_500 } };

const errorOf = (message: string, code: string) => ({ data: null, errors: [{ message, extensions: { code } }] });

export async function startMoodyApi(apiUrl: string): Promise<MoodyApi> {
  const moods = new Map<string, Mood>();
  let usual: Mood = 'plain';
  const held = new Set<ServerResponse>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { url = '', headers } = request;
    const mood = moods.get(pathOf(headers.referer)) ?? usual;
    if (!url.startsWith('/graphql')) return pass(apiUrl, request, body, response);
    // A browser has few connections for all tabs: only the stream that a page cannot do without has one.
    if (mood === 'gone' || /subscription%20Head|subscription\+Head/.test(url)) return void response.destroy();
    if (mood === 'held') return void held.add(response);
    if (mood === 'refusing') return reply(response, 401, errorOf(REFUSAL, 'API__KEY_NEEDED'));
    if (mood === 'plain') return pass(apiUrl, request, body, response);
    const isHead = body.includes('query Head');
    if (isHead) return reply(response, 200, headOf(mood === 'old' ? OLD_SECONDS : 0));
    if (mood === 'failing')
      return reply(response, 500, errorOf(`This failed on our side (${FAILURE_ID})`, 'API__INTERNAL'));
    return pass(apiUrl, request, body, response, mood === 'aged' ? AGED : {});
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change(mood, path) {
      if (path === undefined) moods.clear();
      if (path === undefined) usual = mood;
      else moods.set(path.replace(/\?.*/, ''), mood);
      for (const response of held) response.destroy();
      held.clear();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pathOf(referer: string | undefined): string {
  return referer === undefined ? '' : new URL(referer).pathname;
}

function headOf(ageSeconds: number) {
  const blockTime = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  return {
    data: { _meta: { slot: '1000', blockTime, finalizedSlot: '968', lagSlots: 32, gaps: 0, incidentCount: '0' } },
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** @param more beside what is answered to a question */
async function pass(
  apiUrl: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { accept = '*/*', 'content-type': type = '' } = request.headers;
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  const answered = await fetch(`${apiUrl}${request.url}`, {
    method: request.method ?? 'GET',
    headers: { accept, ...(type === '' ? {} : { 'content-type': type }) },
    ...(body === '' ? {} : { body }),
    signal: controller.signal,
  });
  const policy = answered.headers.get('content-security-policy');
  response.writeHead(answered.status, {
    'Content-Type': answered.headers.get('content-type') ?? 'text/plain',
    ...(policy === null ? {} : { 'Content-Security-Policy': policy }),
  });
  if (Object.keys(more).length > 0) return void response.end(JSON.stringify({ ...(await answered.json()), ...more }));
  for await (const chunk of answered.body ?? []) response.write(chunk);
  response.end();
}
