/**
 * The Redis server of this machine: found, or installed with the system's package manager where that needs no
 * questions, or named in one line.
 * @module
 */
import { spawnSync } from 'node:child_process';
import { InputError } from '../../indexer/domain/errors.ts';

const candidates = ['redis-server', 'valkey-server'] as const;

/** @throws InputError `UP__NO_REDIS` that says what to install */
export function findOrInstallRedis(say: (line: string) => void): string {
  const found = candidates.find(isOnPath);
  if (found) return found;
  if (canInstallPackages()) {
    say('installing redis-server with apt-get (once)');
    installPackages(['redis-server']);
    const installed = candidates.find(isOnPath);
    if (installed) return installed;
  }
  throw new InputError(
    'UP__NO_REDIS',
    'Neither redis-server nor valkey-server was found: install one (apt-get install redis-server, brew install redis), or set REDIS_URL',
  );
}

export function isOnPath(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/** Only as root: a password prompt in the middle of a start is worse than a line that says what to do. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && isOnPath('apt-get');
}

export function installPackages(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: readonly string[]) => spawnSync('apt-get', args, { stdio: 'ignore', env });
  run(['update']);
  run(['install', '-y', '--no-install-recommends', ...packages]);
}
