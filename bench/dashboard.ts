/**
 * The dashboard's first load: from the start of the navigation to the first chart in the page, in a real Chromium whose
 * cache is empty, and what it takes over the wire.
 *
 *     node --import tsx bench/dashboard.ts [url, http://127.0.0.1:4000] [rounds, 5]
 *
 * Against a running stack, as `./plumbline up` gives it. Beside each figure the limit of the specification and its part of
 * it; the load of the machine, since other work on it lengthens times.
 * @module
 */
import { cpus, loadavg } from 'node:os';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './load/launch-browser.ts';

const url = process.argv[2] ?? 'http://127.0.0.1:4000';
const rounds = Number(process.argv[3] ?? 5);
const LIMIT_MS = 1_000;
const LIMIT_BYTES = 100 * 1024;

/** Pages with the part that has their first chart, and what that is made of. */
const pages = [
  ['/', '#chain', '.strip i, .plot svg path[d^=M]'],
  ['/index', '#candles', '.plot svg path[d^=M], .plot svg .candles rect'],
  ['/status', '#finality', '.plot svg path[d^=M]'],
] as const;

interface FirstLoad {
  readonly chartMs: number;
  /** Until the chart is that of an answer of now, and not of the earlier one that came with the document. */
  readonly currentMs: number;
  readonly scriptBytes: number;
  readonly processorMs: number;
}

/** Runs in the page before its own scripts: notes when the first mark of a chart is there, and when it is of now. */
const watcher = (part: string, marks: string) => `
  const whenSeen = (isSeen) => new Promise((resolve) => {
    const look = () => {
      if (!isSeen()) return;
      observer.disconnect();
      resolve(performance.now());
    };
    const observer = new MutationObserver(look);
    const attributeFilter = ['d', 'data-current'];
    observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter });
  });
  const marked = () => document.querySelector(${JSON.stringify(marks)}) !== null;
  window.firstChart = whenSeen(marked);
  window.firstCurrent = whenSeen(() => marked() && document.querySelector('${part}').dataset.current === 'true');
`;

/** Scripts are counted as they came over the wire, compressed. */
const scriptBytes = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js')).reduce((sum, each) => sum + each.encodedBodySize, 0)`;

async function firstLoad(browser: Browser, path: string, part: string, marks: string): Promise<FirstLoad> {
  // A context of its own has a cache of its own, which is empty.
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.addInitScript({ content: watcher(part, marks) });
  await page.goto(`${url}${path}`);
  const chartMs = await page.evaluate<number>('window.firstChart');
  const { metrics } = await session.send('Performance.getMetrics');
  const taskSeconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const currentMs = await page.evaluate<number>('window.firstCurrent');
  const bytes = await page.evaluate<number>(scriptBytes);
  await context.close();
  return { chartMs, currentMs, scriptBytes: bytes, processorMs: taskSeconds * 1_000 };
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const browser = await launchBrowser();
try {
  process.stdout.write(
    `${url}, ${rounds} loads of each page, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors\n`,
  );
  for (const [path, part, marks] of pages) {
    const loads: FirstLoad[] = [];
    for (let round = 0; round < rounds; round += 1) loads.push(await firstLoad(browser, path, part, marks));
    const chartMs = middle(loads.map((each) => each.chartMs));
    const most = Math.max(...loads.map((each) => each.chartMs));
    const currentMs = middle(loads.map((each) => each.currentMs));
    const bytes = Math.max(...loads.map(({ scriptBytes }) => scriptBytes));
    process.stdout.write(
      `${path.padEnd(8)} first chart after ${chartMs.toFixed(0)} ms, at most ${most.toFixed(0)} ms ` +
        `(${(chartMs / LIMIT_MS).toFixed(2)} of the limit), of now after ${currentMs.toFixed(0)} ms; ${middle(loads.map((each) => each.processorMs)).toFixed(0)} ms of the page's own work; ` +
        `${(bytes / 1024).toFixed(1)} KiB of gzipped JavaScript (${(bytes / LIMIT_BYTES).toFixed(2)} of the limit)\n`,
    );
  }
} finally {
  await browser.close();
}
