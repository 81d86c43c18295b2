/** What the indexer tells a Prometheus, over HTTP, and that operations are told of every metric. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { Histogram } from '../../indexer/histogram.ts';
import { addEndpoint, type IndexerStatus, newStatus } from '../../indexer/pipeline/status.ts';
import { indexerStatusPage } from '../../indexer/status-page.ts';
import { type StatusServer, startStatusServer } from '../../indexer/status-server.ts';

const PREFIX = 'plumbline_indexer_';
let server: StatusServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A status in which every fact is known. */
function wholeStatus(): IndexerStatus {
  const status = newStatus();
  for (const address of ['one:443', 'two:443']) {
    const endpoint = addEndpoint(status, address);
    endpoint.headSlot = 9n;
    endpoint.isConnected = address === 'one:443';
    endpoint.queuedBytes = () => 7;
  }
  const seconds = [0.004, 0.2, 0.2001, 99];
  for (const each of seconds) status.commitSeconds.observe(each);
  return Object.assign(status, {
    ...{ committedSlot: 8n, finalizedSlot: 3n, transactionsCheckedSlot: 2n, truncatedTotal: 4 },
    queuedRowBytes: () => 1_234,
  });
}

async function ask(status: IndexerStatus, path: string): Promise<string> {
  const page = indexerStatusPage(status, () => 0);
  page.stop();
  server = await startStatusServer(page, '127.0.0.1', 0);
  return (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
}

const metricsOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('/metrics', () => {
  test('every line is one that Prometheus reads, under a help and a type', async () => {
    const text = await ask(wholeStatus(), '/metrics');
    expect(text.endsWith('\n')).toBe(true);
    for (const line of metricsOf(text)) {
      expect(line).toMatch(/^plumbline_indexer_[a-z_]+(\{[a-z]+="[^"\\]*"\})? (\d+(\.\d+)?)$/);
      const family = line.replace(/[{ ].*$/, '').replace(/_(bucket|sum|count)$/, '');
      expect(text).toContain(`# HELP ${family} `);
      expect(text).toMatch(new RegExp(`# TYPE ${family} (gauge|counter|histogram)\n`));
    }
  });

  test('tells head, finality, lag, queues, what was cut, commits by their time, and each endpoint by its name', async () => {
    const lines = metricsOf(await ask(wholeStatus(), '/metrics')).map((line) => line.replace(PREFIX, ''));
    expect(lines).toEqual(
      expect.arrayContaining([
        ...['head_slot 9', 'committed_slot 8', 'finalized_slot 3', 'lag_slots 1', 'connected 1'],
        ...['queued_row_bytes 1234', 'truncated_transactions_total 4'],
        ...['endpoint_connected{endpoint="one:443"} 1', 'endpoint_connected{endpoint="two:443"} 0'],
        ...['endpoint_queued_bytes{endpoint="two:443"} 7', 'endpoint_head_slot{endpoint="two:443"} 9'],
        ...['commit_seconds_bucket{le="0.01"} 1', 'commit_seconds_bucket{le="0.2"} 2'],
        ...['commit_seconds_bucket{le="0.3"} 3', 'commit_seconds_bucket{le="+Inf"} 4', 'commit_seconds_count 4'],
      ]),
    );
  });

  test('what is not known yet is left out', async () => {
    const text = await ask(newStatus(), '/metrics');
    expect(text).not.toContain(`${PREFIX}head_slot`);
    expect(text).toContain(`${PREFIX}events_total 0\n`);
  });

  test('the table of docs/operations.md has every metric, and none besides', async () => {
    const text = await ask(wholeStatus(), '/metrics');
    const told = [...text.matchAll(/^# TYPE plumbline_indexer_(\S+) (\S+)$/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    const docs = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
    const section = docs.slice(docs.indexOf('## Metrics of the indexer')).split('\n## ')[0] ?? '';
    const shown = [...section.matchAll(/^\| `([a-z_]+)`\s*\| (gauge|counter|histogram)\s*\|/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    expect(shown.sort()).toEqual(told.sort());
  });
});

test('/status is JSON with each endpoint by itself', async () => {
  const status = JSON.parse(await ask(wholeStatus(), '/status')) as Record<string, unknown>;
  expect(status['endpoints']).toMatchObject([
    { address: 'one:443', isConnected: true, headSlot: 9 },
    { address: 'two:443', isConnected: false, queuedBytes: 7 },
  ]);
  expect(status).toMatchObject({ queuedRowBytes: 1_234, commitSeconds: { count: 4 } });
});

test('an endpoint whose name has quotes and backslashes stays one label', async () => {
  const status = newStatus();
  addEndpoint(status, 'a"b\\c').isConnected = true;
  expect(await ask(status, '/metrics')).toContain('endpoint_connected{endpoint="a\\"b\\\\c"} 1\n');
});

test('a histogram counts every value once, and each bound all below it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true })), (values) => {
      const bounds = [0.5, 1, 10];
      const histogram = new Histogram(bounds);
      for (const value of values) histogram.observe(value);
      const { count, buckets } = histogram.facts();
      expect(count).toBe(values.length);
      const expected = bounds.map((bound) => [String(bound), values.filter((value) => value <= bound).length]);
      expect(buckets).toEqual([...expected, ['+Inf', values.length]]);
    }),
  );
});
