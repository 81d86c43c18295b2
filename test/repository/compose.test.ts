/**
 * docker-compose.yml against the compose specification's schema (as the npm package dclint ships it) and against the code:
 * settings, subcommands, ports and health pages that it names must exist.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings, type SettingName, settingTable } from '../../indexer/domain/settings.ts';
import { filesMatching, read, root } from './tracked-files.ts';

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** Passwords of what no process of ours is: ClickHouse's user for SQL, and Grafana's. */
const OF_OTHERS = ['CLICKHOUSE_READER_PASSWORD', 'GRAFANA_PASSWORD'];

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as ComposeFile;
const ours = Object.entries(compose.services).filter(([, { image }]) => image?.startsWith('plumbline:'));

function validator() {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const schema = JSON.parse(readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  delete schema['$schema'];
  // Formats are hints for editors; `duration` among them is compose's own and stricter than what it accepts.
  return new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
}

describe('docker-compose.yml', () => {
  it('is valid by the compose specification', () => {
    const validate = validator();
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('would not pass with a key that the specification does not have', () => {
    const validate = validator();
    expect(validate({ services: { indexer: { image: 'x', comand: ['indexer'] } } })).toBe(false);
    expect(validate({ services: { indexer: { image: 'x', ports: { a: 1 } } } })).toBe(false);
  });

  it('gives our processes only settings that exist, with values that pass', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'indexer', 'worker', 'api']);
    for (const [, { environment = {} }] of ours) {
      const unknown = Object.keys(environment).filter((name) => !(name in settingTable));
      expect(unknown).toEqual([]);
      const filled = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, filledIn(name, value)]),
      );
      expect(() => readSettings(filled)).not.toThrow();
    }
  });

  it('takes from its own environment nothing under another name', () => {
    const named = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !OF_OTHERS.includes(name ?? '') && !((name as SettingName) in settingTable))).toEqual(
      [],
    );
    for (const [, { environment = {} }] of ours)
      for (const [name, value] of Object.entries(environment)) {
        const taken = /^\$\{(\w+)/.exec(value)?.[1];
        if (taken !== undefined) expect(taken).toBe(name);
      }
  });

  it('starts subcommands that exist', () => {
    const subcommands = [...read('cli/main.ts').matchAll(/subcommand\(program, '([a-z]+)/g)].map(([, name]) => name);
    for (const [, { command }] of ours) expect(subcommands).toContain(command?.[0]);
  });

  it('asks each process for its health on a page that it has, at the port it has there', () => {
    const portOf = {
      indexer: settingOf('METRICS_PORT'),
      worker: settingOf('METRICS_PORT') + 1,
      api: settingOf('API_PORT'),
    };
    for (const [name, port] of Object.entries(portOf)) {
      const [url] = /http:[^']+/.exec(compose.services[name]?.healthcheck?.test.join(' ') ?? '') ?? [''];
      expect(url).toBe(`http://127.0.0.1:${port}/healthz`);
    }
    for (const file of ['indexer/status-server.ts', 'api/server.ts'])
      for (const page of ['healthz', 'readyz']) expect(read(file)).toContain(`path === '/${page}'`);
    expect(compose.services['api']?.ports).toEqual([`127.0.0.1:${portOf.api}:${portOf.api}`]);
  });

  it('publishes nothing but the API and Grafana, and those on loopback', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    const onLoopback = expect.stringMatching(/^127\.0\.0\.1:/);
    expect(published).toEqual([
      ['api', onLoopback],
      ['grafana', onLoopback],
    ]);
  });

  it('waits for services, and uses volumes, secrets and files, that are there', () => {
    for (const { depends_on = {}, secrets = [], volumes = [], build } of Object.values(compose.services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(compose.services).toHaveProperty(name);
        if (condition === 'service_healthy') expect(compose.services[name]?.healthcheck).toBeDefined();
      }
      for (const secret of secrets) expect(compose.secrets).toHaveProperty(secret);
      for (const volume of volumes)
        if (volume.startsWith('./')) expect(existsSync(`${root}${volume.split(':')[0]}`)).toBe(true);
        else expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
      if (build !== undefined) expect(filesMatching(/Dockerfile$/)).toContain(build.dockerfile);
    }
  });

  it('lets our processes write only where the image allows it', () => {
    for (const [, service] of ours) expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'] });
    // The worker writes its artefacts below DATA_DIR, which must be one of the places that can be written.
    const worker = compose.services['worker'];
    const dataDir = worker?.environment?.['DATA_DIR'] ?? '';
    expect(worker?.volumes?.some((volume) => volume.split(':')[1] === dataDir)).toBe(true);
  });

  it('builds an image whose files and first command are there', () => {
    const dockerfile = read('docker/Dockerfile');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      (files ?? '').split(' '),
    );
    const tracked = filesMatching(/./);
    expect(copied.filter((file) => file !== '.' && !tracked.includes(file))).toEqual([]);
    expect(dockerfile).toContain('ENTRYPOINT ["./plumbline"]');
    expect(readFileSync(join(root, 'plumbline'), 'utf8')).toMatch(/^#!\/bin\/sh/);
  });
});

function settingOf(name: 'METRICS_PORT' | 'API_PORT'): number {
  return Number(settingTable[name].fallback);
}

/** What compose makes of a value where the operator has set what must be set. */
function filledIn(name: string, value: string): string {
  const samples: Readonly<Record<string, string>> = {
    YELLOWSTONE_ENDPOINT: 'https://yellowstone.example',
    SOLANA_RPC_URL: 'https://rpc.example',
    CLICKHOUSE_PASSWORD: 'secret',
  };
  return value.replace(/^\$\{\w+(?::-([^}]*)|:\?[^}]*)\}$/, (_, fallback?: string) => fallback ?? samples[name] ?? '');
}
