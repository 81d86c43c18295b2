/** What documents of pages carry of the record, and for how long. */
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AskApi, PageDocuments } from '../../api/page-documents.ts';
import { staticFile } from '../../api/static-files.ts';

const link = (rest: string) => `<link rel="preload" as="fetch" crossorigin${rest}>`;
const page = (head: string) => `<html><head>${head}</head><body></body></html>`;
const files = new Map(
  Object.entries({
    '/index.html': page(''),
    '/pages/overview.html': page(link(' href="/graphql?query=chain"')),
    '/pages/index.html': page(link(' data-step="300" href="/graphql?query=candles&from=~-600~&to=~0~"')),
    '/pages/pools.html': page('<title>Pools</title>'),
  }).map(([path, text]) => [path, staticFile(path, Buffer.from(text))] as const),
);
const HOSTILE = '</script><script>alert(1)</script>$& <!--';

let blockTime: string | null;
let asked: string[];
const answer: AskApi = async (url) => {
  asked.push(url);
  return url.includes('blockTime') ? { _meta: { blockTime } } : { name: HOSTILE };
};

beforeEach(() => {
  vi.useFakeTimers();
  [blockTime, asked] = ['1000000100', []];
});
afterEach(() => vi.useRealTimers());

const documents = (ask = answer) => new PageDocuments(files, ask, pino({ level: 'silent' }));
const textOf = (all: PageDocuments, path: string, search = '') => all.of(path, search)?.body.toString() ?? '';

it('a document carries the answer to its own question, with times from the step that the head is in', async () => {
  const all = documents();
  await all.fill();
  const text = textOf(all, '/index');
  const url = '/graphql?query=candles&from=999999600&to=1000000200';
  expect(asked).toContain(url);
  expect(text).toContain(`href="${url}"`);
  expect(text).toContain(`data-question="${url}"`);
  expect(text).toContain('<meta name="head-time" content="1000000100">');
  expect(textOf(all, '/')).toContain('data-question="/graphql?query=chain"');
  expect(textOf(all, '/pools')).toBe(page('<title>Pools</title>'));
});

it('no text of the record ends the element that it stands in, and every text is what it was', async () => {
  const all = documents();
  await all.fill();
  const text = textOf(all, '/');
  expect(text.match(/<\/script>/g)).toHaveLength(1);
  const json = /id="earlier-answer"[^>]*>(.*?)<\/script>/.exec(text)?.[1] ?? '';
  expect(json).not.toContain('<');
  expect(JSON.parse(json)).toEqual({ name: HOSTILE });
});

it('what a place asks for beside its name is not answered by the page as it is without', async () => {
  const all = documents();
  await all.fill();
  expect(textOf(all, '/index', '?model=0')).toContain('earlier-answer');
  for (const [path, search] of [
    ['/index', '?model=1'],
    ['/index', '?range=1+w'],
    ['/index/other', ''],
  ] as const)
    expect(textOf(all, path, search)).not.toContain('earlier-answer');
});

it('an answer of more than a minute ago is not given out, nor one of an empty ledger', async () => {
  const all = documents();
  await all.fill();
  vi.advanceTimersByTime(60_000);
  expect(textOf(all, '/')).toContain('earlier-answer');
  vi.advanceTimersByTime(1);
  expect(textOf(all, '/')).toBe(files.get('/pages/overview.html')?.body.toString());
  blockTime = null;
  const empty = documents();
  await empty.fill();
  expect(textOf(empty, '/')).not.toContain('earlier-answer');
});

it('an API that refuses leaves documents as they were built', async () => {
  const all = documents(() => Promise.reject(new Error('This needs an API key')));
  await all.fill();
  expect(textOf(all, '/')).toBe(files.get('/pages/overview.html')?.body.toString());
});
