/**
 * The first state of the chain: programs, the USDC mint at its mainnet address, the faucet and the leader, and the genesis
 * hash that names it all. Everything follows from the seed and the given programs.
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { InputError } from '../../../indexer/domain/errors.ts';
import type { AccountRecord } from '../ledger/block.ts';
import { type Key, keyOf, sha256 } from '../wire/key.ts';
import { TOKEN_PROGRAM } from './token-balances.ts';
import type { VirtualMachine } from './virtual-machine.ts';

export interface GenesisOptions {
  readonly seed: number;
  /** Unix time of the genesis block in milliseconds. */
  readonly startMs: number;
  /** Base58. Absent: nobody can mint USDC. */
  readonly usdcMintAuthority?: string | undefined;
  readonly programs: readonly { readonly id: string; readonly path: string }[];
}

/** An ed25519 key of the chain itself. */
export interface ChainKey {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export const USDC_MINT = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v';
const USDC_DECIMALS = 6;
const MINT_BYTES = 82;
const SYSTEM_PROGRAM: Key = '\0'.repeat(32);
const FAUCET_LAMPORTS = 500_000_000_000_000_000n;
const LEADER_LAMPORTS = 500_000_000_000n;

/** Name of the chain. Compiled programs are not part of it: a rebuilt program continues the same chain, as an upgrade would. */
export function genesisHash(options: GenesisOptions): Buffer {
  const ids = options.programs.map((program) => program.id).sort();
  return sha256(
    `localnet genesis\0${options.seed}\0${options.startMs}\0${options.usdcMintAuthority ?? ''}\0${ids.join(',')}`,
  );
}

export function faucetKey(seed: number): ChainKey {
  return deriveKey(`faucet\0${seed}`);
}

export function leaderKey(seed: number): ChainKey {
  return deriveKey(`leader\0${seed}`);
}

/** Loads the programs and returns the accounts of the genesis block, which are set already. */
export function buildGenesis(vm: VirtualMachine, options: GenesisOptions): AccountRecord[] {
  for (const program of options.programs) vm.addProgram(fromBase58(program.id), readProgram(program.path));
  const records = [
    systemAccount(keyOf(faucetKey(options.seed).publicKey), FAUCET_LAMPORTS),
    systemAccount(keyOf(leaderKey(options.seed).publicKey), LEADER_LAMPORTS),
    usdcMint(vm, options.usdcMintAuthority),
  ];
  for (const record of records) vm.setAccount(record);
  return records;
}

function readProgram(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(
      'LOCALNET__NO_PROGRAM',
      `Cannot read the program ${path}: ${(error as Error).message}`,
      { path },
      error,
    );
  }
}

function systemAccount(key: Key, lamports: bigint): AccountRecord {
  return { key, owner: SYSTEM_PROGRAM, lamports, data: new Uint8Array(), executable: false, writeVersion: 0n };
}

function usdcMint(vm: VirtualMachine, authority: string | undefined): AccountRecord {
  const data = Buffer.alloc(MINT_BYTES);
  if (authority !== undefined) {
    data.writeUInt32LE(1, 0);
    data.set(fromBase58(authority), 4);
  }
  data.writeUInt8(USDC_DECIMALS, 44);
  data.writeUInt8(1, 45);
  const lamports = vm.minimumBalance(MINT_BYTES);
  return {
    key: keyOf(fromBase58(USDC_MINT)),
    owner: TOKEN_PROGRAM,
    lamports,
    data,
    executable: false,
    writeVersion: 0n,
  };
}

/** PKCS#8 header of an ed25519 private key; the 32-byte seed follows. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

function deriveKey(name: string): ChainKey {
  const key: KeyObject = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, sha256(name)]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey, sign: (message) => sign(null, message, key) };
}
