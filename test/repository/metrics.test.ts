/** Every metric that an alert or a panel asks for is one that a process exports, and every process is asked. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createApiMetrics } from '../../api/metrics.ts';
import { newStatus } from '../../indexer/pipeline/status.ts';
import { indexerStatusPage } from '../../indexer/status-page.ts';
import type { StatusPage } from '../../indexer/status-server.ts';
import { workerStatusPage } from '../../jobs/status-page.ts';
import { root } from './tracked-files.ts';

const read = (path: string) => readFileSync(`${root}docker/${path}`, 'utf8');

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}
interface Board {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

function exportedNames(): ReadonlySet<string> {
  const indexer = indexerStatusPage(newStatus(), () => 0);
  indexer.stop();
  const pages: StatusPage[] = [indexer, workerStatusPage(() => ({ isConnected: true }))];
  const ofPages = pages.flatMap(({ process, metrics }) =>
    metrics.flatMap(([, name, type]) => series(`plumbline_${process}_${name}`, type)),
  );
  const text = createApiMetrics().text({ subscriberCount: 0, hasBudgets: true });
  const ofApi = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type = '']) => series(name, type));
  return new Set([...ofPages, ...ofApi, 'up']);
}

function series(name: string, type: string): string[] {
  return type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name];
}

/** Names in an expression that are metrics: those of ours, and `up`. */
function metricsIn(expression: string): string[] {
  return expression.match(/\bplumbline_\w+|\bup\b/g) ?? [];
}

const alerts = (parse(read('prometheus/alerts.yml')) as Rules).groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(read('grafana/dashboards/plumbline.json')) as Board;
const exported = exportedNames();

describe('a metric', () => {
  it('that a process exports stands in the tables of docs/operations.md', () => {
    const tables = readFileSync(`${root}docs/operations.md`, 'utf8');
    const names = [...exported].map((name) =>
      name.replace(/^plumbline_[a-z]+_/, '').replace(/_(bucket|sum|count)$/, ''),
    );
    expect(names.filter((name) => name !== 'up' && !tables.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(alerts.map(({ alert, expr }) => [alert, expr]))('of the alert %s is exported', (_, expression) => {
    const names = metricsIn(expression);
    expect(names).not.toHaveLength(0);
    expect(names.filter((name) => !exported.has(name))).toEqual([]);
  });

  it.each(panels.map(({ title, targets }) => [title, targets.map(({ expr }) => expr)] as const))(
    'of the panel “%s” is exported',
    (_, expressions) => {
      for (const expression of expressions) {
        const names = metricsIn(expression);
        expect(names).not.toHaveLength(0);
        expect(names.filter((name) => !exported.has(name))).toEqual([]);
      }
    },
  );

  it('that is called an alarm in the documentation has an alert', () => {
    const table = readFileSync(`${root}docs/operations.md`, 'utf8').matchAll(/^\| `(\w+)`.*\balarm\b.*$/gm);
    const alarms = [...table].map(([, name]) => name);
    expect(alarms.length).toBeGreaterThan(7);
    const asked = alerts.flatMap(({ expr }) => metricsIn(expr).map((name) => name.replace(/^plumbline_[a-z]+_/, '')));
    expect(alarms.filter((name) => !asked.includes(name ?? ''))).toEqual([]);
  });
});

it('every process is asked for its metrics, where it has them', () => {
  const { scrape_configs } = parse(read('prometheus/prometheus.yml'));
  expect(scrape_configs[0].static_configs[0].targets).toEqual(['indexer:9464', 'worker:9465', 'api:4000']);
});
