/**
 * `plumbline status [--json]`: what every process knows of itself, asked over HTTP. A process that does not answer is
 * reported as down, not as an error.
 * @module
 */
import type { Settings } from '../indexer/domain/settings.ts';

export type ProcessStatus = { readonly up: false } | ({ readonly up: true } & Readonly<Record<string, unknown>>);

export interface Status {
  readonly indexer: ProcessStatus;
  readonly worker: ProcessStatus;
  readonly api: ProcessStatus;
  readonly clickhouse: ProcessStatus;
}

const PATIENCE_MS = 2_000;

export async function runStatus(settings: Settings, options: Readonly<Record<string, unknown>>): Promise<void> {
  const status = await readStatus(settings);
  if (options['json'] === true) {
    process.stdout.write(`${JSON.stringify(status, null, 2)}\n`);
    return;
  }
  for (const [name, each] of Object.entries(status) as [string, ProcessStatus][]) {
    const { up, ...known } = each as Record<string, unknown>;
    const facts = Object.entries(known).map(
      ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
    process.stdout.write(`${name.padEnd(12)}${up ? 'up  ' : 'down'}  ${facts.join('  ')}\n`);
  }
}

export async function readStatus(settings: Settings): Promise<Status> {
  const local = (port: number, path: string) => ask(`http://127.0.0.1:${port}${path}`);
  const [indexer, worker, api, clickhouse] = await Promise.all([
    local(settings.METRICS_PORT, '/status'),
    local(settings.METRICS_PORT + 1, '/status'),
    ask(`http://${settings.API_HOST}:${settings.API_PORT}/healthz`),
    ask(`${settings.CLICKHOUSE_URL}/ping`),
  ]);
  return { indexer, worker, api, clickhouse };
}

async function ask(url: string): Promise<ProcessStatus> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    return { ...parseObject(text), up: response.ok } as ProcessStatus;
  } catch {
    return { up: false };
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
