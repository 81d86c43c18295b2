/**
 * Where `plumbline up` keeps what it keeps, under DATA_DIR.
 * @module
 */
import { accessSync, constants, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError, messageOf } from '../../indexer/domain/errors.ts';

export interface DataFolder {
  readonly root: string;
  readonly clickhouse: string;
  readonly redis: string;
  readonly chain: string;
  readonly keys: string;
  /** Written by the worker. */
  readonly artefacts: string;
  readonly logs: string;
  readonly runFile: string;
}

/** Below this the engine may stop in the middle of a merge. */
const MIN_FREE_BYTES = 512 * 1024 * 1024;

export function dataFolderAt(path: string): DataFolder {
  const root = resolve(path);
  const inside = (name: string) => join(root, name);
  return {
    root,
    clickhouse: inside('clickhouse'),
    redis: inside('redis'),
    chain: inside('chain'),
    keys: inside('keys'),
    artefacts: inside('artefacts'),
    logs: inside('logs'),
    runFile: inside('run.json'),
  };
}

/**
 * Make the folders, private to this user.
 * @throws InputError `UP__DATA_DIR` when they cannot be written, `UP__DISK_FULL` when there is no room
 */
export function prepareDataFolder(folder: DataFolder): void {
  changing(folder, () => {
    for (const path of [folder.root, folder.clickhouse, folder.redis, folder.chain, folder.keys, folder.logs]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    }
    accessSync(folder.root, constants.W_OK);
  });
  const disk = statfsSync(folder.root);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < MIN_FREE_BYTES) {
    const free = Math.floor(freeBytes / 1024 / 1024);
    throw new InputError(
      'UP__DISK_FULL',
      `${folder.root} has ${free} MiB free, 512 are needed: make room or set DATA_DIR`,
      { freeBytes },
    );
  }
}

/** @throws InputError `UP__DATA_DIR` */
export function forgetEverything(folder: DataFolder): void {
  const { clickhouse, redis, chain, keys, artefacts, logs, runFile } = folder;
  changing(folder, () => {
    for (const path of [clickhouse, redis, chain, keys, artefacts, logs, runFile])
      rmSync(path, { recursive: true, force: true });
  });
}

function changing({ root }: DataFolder, change: () => void): void {
  try {
    change();
  } catch (error) {
    const message = `Cannot write to ${root} (${messageOf(error)}): choose another with DATA_DIR`;
    throw new InputError('UP__DATA_DIR', message, { root }, error);
  }
}
