/**
 * Transactions for the load: those that a real validator streamed (`fixtures/yellowstone/confirmed.bin.gz` of the shared
 * data, `CONFORMANCE_DIR` or the folder `shared` beside the checkout).
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { parseIdlText } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';

export type TransactionInfo = NonNullable<NonNullable<SubscribeUpdate['transaction']>['transaction']>;

/** `all`: as recorded, mostly one event each, some failed. `several`: those with three events alone. */
export type Selection = 'all' | 'several';

const beside = resolve(import.meta.dirname, '../../../shared');

function fixturePath(name: string): string {
  const given = process.env['CONFORMANCE_DIR'] ?? beside;
  const candidates = ['fixtures/yellowstone', 'yellowstone'].map((folder) => join(given, folder, name));
  const found = candidates.find((each) => existsSync(each));
  if (found === undefined) throw new Error(`No recorded stream at ${candidates[0]}: set CONFORMANCE_DIR`);
  return found;
}

export function recordedTransactions(selection: Selection): TransactionInfo[] {
  const bytes = gunzipSync(readFileSync(fixturePath('confirmed.bin.gz')));
  const found: TransactionInfo[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const update = SubscribeUpdate.decode(bytes.subarray(at + 4, at + 4 + length));
    const info = update.transaction?.transaction;
    if (info !== undefined && (selection === 'all' || eventTexts(info).length > 1)) found.push(info);
    at += 4 + length;
  }
  return found;
}

export const DATA_PREFIX = 'Program data: ';

/** Base64 texts of the events in the logs, of failed transactions too. */
export function eventTexts({ meta }: TransactionInfo): string[] {
  const lines = (meta?.logMessages ?? []).filter((line) => line.startsWith(DATA_PREFIX));
  return lines.map((line) => line.slice(DATA_PREFIX.length));
}

export function recordedIdlText(): string {
  return readFileSync(fixturePath('idl.json'), 'utf8');
}

/** The recorded program's IDL, as an indexer would have it. */
export function recordedRegistry(): Registry {
  const idl = parseIdlText(recordedIdlText());
  return buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
}
