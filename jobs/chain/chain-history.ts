/**
 * The past of a chain as far as a node keeps it: block times, transactions with all their calls, and all accounts of one
 * type. What a node no longer has is `null`, never a guess.
 * @module
 */
import {
  type Address,
  type Base58EncodedBytes,
  createSolanaRpc,
  isSolanaError,
  type Signature,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_BLOCK_CLEANED_UP,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_BLOCK_NOT_AVAILABLE,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_LONG_TERM_STORAGE_SLOT_SKIPPED,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SLOT_SKIPPED,
} from '@solana/kit';
import bs58 from 'bs58';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { askerOf } from './ask-rpc.ts';

/** An instruction of a transaction, or one that it called. */
export interface PastCall {
  readonly program: string;
  readonly data: Uint8Array;
}

export interface PastTransaction {
  readonly signature: string;
  readonly slot: Slot;
  readonly isFailed: boolean;
  readonly calls: readonly PastCall[];
}

/** Every method throws UpstreamError `CHAIN__RPC_UNREACHABLE` or `CHAIN__RPC_REFUSED`. */
export interface ChainHistory {
  blockTime(slot: Slot): Promise<UnixSeconds | null>;
  transaction(signature: string): Promise<PastTransaction | null>;
  /** The first transactions that named an account and did not fail, oldest first; none where more name it than are looked through. */
  firstNaming(account: Address, limit: number): Promise<readonly string[]>;
  /** Finalized accounts whose data begin with a discriminator. */
  accountsOf(
    program: Address,
    discriminator: Uint8Array,
  ): Promise<readonly { readonly address: string; readonly data: Uint8Array }[]>;
}

const PAGE = 1_000;
/** A record is named by the accrual of every pool. */
const MOST_PAGES = 200;
const NOT_KEPT = [
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_BLOCK_CLEANED_UP,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_BLOCK_NOT_AVAILABLE,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SLOT_SKIPPED,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_LONG_TERM_STORAGE_SLOT_SKIPPED,
] as const;

export function createChainHistory(url: string): ChainHistory {
  const rpc = createSolanaRpc(url);
  const ask = askerOf(url);
  return {
    async blockTime(slot) {
      try {
        return await ask('getBlockTime', rpc.getBlockTime(slot));
      } catch (error) {
        if (NOT_KEPT.some((code) => isSolanaError((error as Error).cause, code))) return null;
        throw error;
      }
    },
    async transaction(signature) {
      const config = { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 } as const;
      const found = await ask('getTransaction', rpc.getTransaction(signature as Signature, config));
      return found === null ? null : pastTransaction(signature, found);
    },
    async firstNaming(account, limit) {
      let first: readonly string[] = [];
      for (let page = 0, before: Signature | undefined; page < MOST_PAGES; page += 1) {
        const config = { commitment: 'confirmed', limit: PAGE, ...(before === undefined ? {} : { before }) } as const;
        const found = await ask('getSignaturesForAddress', rpc.getSignaturesForAddress(account, config));
        const ofPage = found.filter(({ err }) => err === null).map(({ signature }) => signature);
        first = [...ofPage.reverse(), ...first].slice(0, limit);
        if (found.length < PAGE) return first;
        before = found.at(-1)?.signature;
      }
      return [];
    },
    async accountsOf(program, discriminator) {
      const bytes = toBase58(discriminator) as Base58EncodedBytes;
      const filters = [{ memcmp: { offset: 0n, bytes, encoding: 'base58' } }] as const;
      const config = { commitment: 'finalized', encoding: 'base64', filters } as const;
      const found = await ask('getProgramAccounts', rpc.getProgramAccounts(program, config));
      return found.map(({ pubkey, account }) => ({ address: pubkey, data: Buffer.from(account.data[0], 'base64') }));
    },
  };
}

/** What of the RPC's answer is looked at. */
interface AnsweredTransaction {
  readonly slot: bigint;
  readonly meta: {
    readonly err: unknown;
    readonly loadedAddresses?: { readonly writable: readonly string[]; readonly readonly: readonly string[] };
    readonly innerInstructions?: readonly { readonly instructions: readonly AnsweredCall[] }[] | null;
  } | null;
  readonly transaction: {
    readonly message: { readonly accountKeys: readonly string[]; readonly instructions: readonly AnsweredCall[] };
  };
}

interface AnsweredCall {
  readonly programIdIndex: number;
  readonly data: string;
}

function pastTransaction(signature: string, { slot, meta, transaction }: AnsweredTransaction): PastTransaction {
  const { message } = transaction;
  const loaded = meta?.loadedAddresses;
  const keys = [...message.accountKeys, ...(loaded?.writable ?? []), ...(loaded?.readonly ?? [])];
  const inner = (meta?.innerInstructions ?? []).flatMap(({ instructions }) => instructions);
  const calls = [...message.instructions, ...inner].map(({ programIdIndex, data }) => ({
    program: keys[programIdIndex] ?? '',
    data: bs58.decode(data),
  }));
  return { signature, slot, isFailed: meta?.err !== null, calls };
}
