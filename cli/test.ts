/**
 * `plumbline test`: everything that keeps the promises of the README, in the order format and lint, types, structure,
 * tests. Installs what the tests need where the system lets it, and says what is missing where it does not.
 * @module
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../indexer/domain/errors.ts';
import { say } from './say.ts';
import { canInstallPackages, findOrInstallRedis, installPackages, isOnPath } from './up/redis-binary.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const browsers = ['chromium', 'chromium-browser', 'google-chrome'] as const;

interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
}

const checks: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings'] },
  { name: 'types', command: ['tsc', '-b'] },
  {
    name: 'import direction',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'indexer',
      'governance',
      'jobs',
      'api',
      'cli',
      'programs',
      'dashboards',
      'bench',
      'test',
    ],
  },
  { name: 'unused code', command: ['knip'] },
];

export async function runTests(files: readonly string[]): Promise<void> {
  findOrInstallRedis(say);
  findOrInstallChromium();
  if (files.length === 0) for (const step of checks) run(step);
  const reportFolder = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  const report = join(reportFolder, 'report.json');
  const passed = tryRun({
    name: 'tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files],
  });
  sayTotals(report);
  rmSync(reportFolder, { recursive: true, force: true });
  if (!passed) process.exit(1);
}

/** @throws InputError `TEST__NO_CHROMIUM` */
function findOrInstallChromium(): void {
  if (browsers.some(isOnPath)) return;
  if (canInstallPackages()) {
    say('installing chromium with apt-get (once)');
    installPackages(['chromium']);
  }
  if (!browsers.some(isOnPath))
    throw new InputError(
      'TEST__NO_CHROMIUM',
      'Chromium was not found and the page tests need it: install it (apt-get install chromium)',
    );
}

function run(step: Step): void {
  if (!tryRun(step)) process.exit(1);
}

function tryRun({ name, command: [program, ...args] }: Step): boolean {
  say(`${name}: ${program} ${args.slice(0, 2).join(' ')}`);
  const path = join(repository, 'node_modules', '.bin', program);
  return spawnSync(path, args, { cwd: repository, stdio: 'inherit' }).status === 0;
}

/** One plain line that a person and a machine can read. */
function sayTotals(report: string): void {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
    string,
    number
  >;
  say(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}
