/**
 * One process per ledger. The lock is a local socket that the holder listens on: it goes with the process however it ends,
 * so a kill leaves nothing that has to be cleaned up by hand.
 * @module
 */
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, messageOf } from '../../../indexer/domain/errors.ts';
import { sha256 } from '../wire/key.ts';

/**
 * @returns the way to let go
 * @throws InputError `LOCALNET__LOCKED` while another process has it, `LOCALNET__LEDGER_FILE` when the folder cannot be made
 */
export async function lockLedger(dataDir: string): Promise<() => void> {
  // A socket's path may have about 100 characters, a data folder's more: hence the hash in the temporary folder.
  const path = join(tmpdir(), `plumbline-ledger-${sha256(resolveFolder(dataDir)).toString('hex').slice(0, 16)}.sock`);
  if (await isAnswering(path)) {
    throw new InputError(
      'LOCALNET__LOCKED',
      `Another local chain runs on ${dataDir}; stop it or use another --data-dir`,
      { dataDir },
    );
  }
  rmSync(path, { force: true });
  const server = await listen(path, dataDir);
  return () => server.close();
}

function resolveFolder(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
    return realpathSync(dataDir);
  } catch (error) {
    throw new InputError(
      'LOCALNET__LEDGER_FILE',
      `Cannot use the data folder ${dataDir}: ${messageOf(error)}`,
      { dataDir },
      error,
    );
  }
}

function isAnswering(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function listen(path: string, dataDir: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.on('error', (error) => {
      reject(new InputError('LOCALNET__LOCKED', `Cannot lock ${dataDir}: ${messageOf(error)}`, { dataDir }, error));
    });
    server.unref();
    server.listen(path, () => resolve(server));
  });
}
