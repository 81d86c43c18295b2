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

/** Pages with what their first chart is made of. */
const pages = [
  ['/', '.strip i, .plot svg path[d^=M]'],
  ['/index', '.plot svg path[d^=M], .plot svg .candles rect'],
  ['/status', '.plot svg path[d^=M]'],
] as const;

interface FirstLoad {
  readonly chartMs: number;
  readonly scriptBytes: number;
  readonly processorMs: number;
}

/** Runs in the page before its own scripts: notes when the first mark of a chart is there. */
const watcher = (marks: string) => `
  window.firstChart = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector(${JSON.stringify(marks)})) return;
      observer.disconnect();
      resolve(performance.mark('first chart').startTime);
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['d'] });
  });
`;

/** Scripts are counted as they came over the wire, compressed. */
const scriptBytes = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js')).reduce((sum, each) => sum + each.encodedBodySize, 0)`;

async function firstLoad(browser: Browser, path: string, marks: string): Promise<FirstLoad> {
  // A context of its own has a cache of its own, which is empty.
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.addInitScript({ content: watcher(marks) });
  await page.goto(`${url}${path}`);
  const chartMs = await page.evaluate<number>('window.firstChart');
  const { metrics } = await session.send('Performance.getMetrics');
  const taskSeconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const bytes = await page.evaluate<number>(scriptBytes);
  await context.close();
  return { chartMs, scriptBytes: bytes, processorMs: taskSeconds * 1_000 };
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const browser = await launchBrowser();
try {
  process.stdout.write(
    `${url}, ${rounds} loads of each page, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors\n`,
  );
  for (const [path, marks] of pages) {
    const loads: FirstLoad[] = [];
    for (let round = 0; round < rounds; round += 1) loads.push(await firstLoad(browser, path, marks));
    const chartMs = middle(loads.map((each) => each.chartMs));
    const most = Math.max(...loads.map((each) => each.chartMs));
    const bytes = Math.max(...loads.map(({ scriptBytes }) => scriptBytes));
    process.stdout.write(
      `${path.padEnd(8)} first chart after ${chartMs.toFixed(0)} ms, at most ${most.toFixed(0)} ms ` +
        `(${(chartMs / LIMIT_MS).toFixed(2)} of the limit), of them ${middle(loads.map((each) => each.processorMs)).toFixed(0)} ms of the page's own work; ` +
        `${(bytes / 1024).toFixed(1)} KiB of gzipped JavaScript (${(bytes / LIMIT_BYTES).toFixed(2)} of the limit)\n`,
    );
  }
} finally {
  await browser.close();
}
