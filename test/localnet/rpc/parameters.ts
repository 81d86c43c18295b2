/**
 * Reading the parameters of a call: positions, commitment, context slot, keys.
 * @module
 */
import bs58 from 'bs58';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import type { Commitment } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { type Key, keyOf } from '../wire/key.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';

export type Parameters = readonly unknown[];
export type Config = Readonly<Record<string, unknown>>;
export type Method = (localnet: Localnet, params: Parameters) => unknown;
export type Methods = Readonly<Record<string, Method>>;

/** The last or the given parameter as a config object; absent and null are empty. */
export function configAt(params: Parameters, position: number): Config {
  const value = params[position];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw invalidParams(`Invalid params: invalid type: expected an object at ${position}.`);
  return value as Config;
}

/** Commitment of a config and the check of its `minContextSlot`. @throws RpcError -32602, -32016 */
export function contextOf(
  localnet: Localnet,
  config: Config,
): { commitment: Commitment; context: { apiVersion: string; slot: number } } {
  const commitment = commitmentOf(config.commitment);
  const slot = localnet.chain.entryAt(commitment).slot;
  if (typeof config.minContextSlot === 'number' && config.minContextSlot > slot) {
    throw new RpcError(rpcCode.minContextSlot, 'Minimum context slot has not been reached', { contextSlot: slot });
  }
  return { commitment, context: { apiVersion: API_VERSION, slot } };
}

/** What `getVersion` reports. */
export const API_VERSION = '4.2.2';

export function commitmentOf(value: unknown): Commitment {
  if (value === undefined || value === null) return 'finalized';
  if (value === 'processed' || value === 'confirmed' || value === 'finalized') return value;
  throw invalidParams(
    `Invalid params: unknown variant \`${String(value)}\`, expected one of \`processed\`, \`confirmed\`, \`finalized\`.`,
  );
}

export function textAt(params: Parameters, position: number): string {
  const value = params[position];
  if (typeof value !== 'string') throw invalidParams('`params` should have at least 1 argument(s)');
  return value;
}

export function integerAt(params: Parameters, position: number): number {
  const value = params[position];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw invalidParams('Invalid params: invalid type: expected u64.');
  return value;
}

export function keyFrom(text: unknown): Key {
  try {
    return keyOf(fromBase58(String(text)));
  } catch {
    throw invalidParams('Invalid param: WrongSize');
  }
}

/** Bytes in base58 or base64, as transactions and messages come. @throws RpcError -32602 */
export function decodeBytes(text: string, encoding: unknown): Buffer {
  const chosen = encoding ?? 'base58';
  if (chosen === 'base64') return Buffer.from(text, 'base64');
  if (chosen !== 'base58')
    throw invalidParams(`unsupported encoding: ${String(chosen)}. Supported encodings: base58, base64`);
  try {
    return Buffer.from(bs58.decode(text));
  } catch {
    throw invalidParams('invalid base58 encoding: InvalidCharacter');
  }
}
