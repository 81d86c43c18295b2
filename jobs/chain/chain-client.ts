/**
 * The few questions we ask of a Solana RPC, with typed failures. Over @solana/kit; nothing here knows a program.
 * @module
 */
import {
  type Address,
  type Base64EncodedWireTransaction,
  type Blockhash,
  createSolanaRpc,
  type Signature,
} from '@solana/kit';
import type { Slot } from '../../indexer/domain/units.ts';
import { askerOf } from './ask-rpc.ts';

export type Commitment = 'processed' | 'confirmed' | 'finalized';

/** As the RPC gives it: `"BlockhashNotFound"`, `{"InstructionError":[0,{"Custom":6015}]}`. */
export type RawTransactionError = unknown;

export interface SignatureStatus {
  readonly slot: Slot;
  readonly commitment: Commitment;
  readonly error: RawTransactionError | null;
}

export interface Lifetime {
  readonly blockhash: Blockhash;
  readonly lastValidBlockHeight: bigint;
}

/** Every method throws UpstreamError `CHAIN__RPC_UNREACHABLE` or `CHAIN__RPC_REFUSED`. */
export interface ChainClient {
  /** Data of accounts in the order asked for, `null` where there is none. */
  accounts(addresses: readonly Address[], commitment: Commitment): Promise<(Uint8Array | null)[]>;
  latestLifetime(): Promise<Lifetime>;
  blockHeight(): Promise<bigint>;
  /** @param isSigned false for a transaction whose signatures are still to come */
  simulate(
    wire: Base64EncodedWireTransaction,
    isSigned?: boolean,
  ): Promise<{ error: RawTransactionError | null; logs: readonly string[] }>;
  send(wire: Base64EncodedWireTransaction): Promise<void>;
  statuses(signatures: readonly Signature[]): Promise<(SignatureStatus | null)[]>;
  /** Median of what was lately paid to write an account, in micro-lamports per compute unit; 0 where the RPC does not say. */
  recentPriorityFee(address: Address): Promise<bigint>;
}

/** Most accounts that one request may ask for. */
const ACCOUNTS_PER_REQUEST = 100;
const SIGNATURES_PER_REQUEST = 256;

export function createChainClient(url: string): ChainClient {
  const rpc = createSolanaRpc(url);
  const ask = askerOf(url);
  const accountPage = async (addresses: readonly Address[], commitment: Commitment) => {
    const { value } = await ask(
      'getMultipleAccounts',
      rpc.getMultipleAccounts([...addresses], { commitment, encoding: 'base64' }),
    );
    return value.map((account) => (account === null ? null : new Uint8Array(Buffer.from(account.data[0], 'base64'))));
  };
  const statusPage = async (signatures: readonly Signature[]) => {
    const { value } = await ask(
      'getSignatureStatuses',
      rpc.getSignatureStatuses([...signatures], { searchTransactionHistory: true }),
    );
    return value.map((status) =>
      status === null
        ? null
        : { slot: status.slot, commitment: status.confirmationStatus ?? 'processed', error: status.err },
    );
  };
  return {
    accounts: (addresses, commitment) =>
      inPages(addresses, ACCOUNTS_PER_REQUEST, (page) => accountPage(page, commitment)),
    statuses: (signatures) => inPages(signatures, SIGNATURES_PER_REQUEST, statusPage),
    latestLifetime: async () =>
      (await ask('getLatestBlockhash', rpc.getLatestBlockhash({ commitment: 'confirmed' }))).value,
    blockHeight: () => ask('getBlockHeight', rpc.getBlockHeight({ commitment: 'confirmed' })),
    async simulate(wire, isSigned = true) {
      const config = { commitment: 'confirmed', encoding: 'base64', sigVerify: isSigned } as const;
      const { value } = await ask('simulateTransaction', rpc.simulateTransaction(wire, config));
      return { error: value.err, logs: value.logs ?? [] };
    },
    async send(wire) {
      await ask('sendTransaction', rpc.sendTransaction(wire, { encoding: 'base64', skipPreflight: true }));
    },
    async recentPriorityFee(address) {
      try {
        const fees = (await rpc.getRecentPrioritizationFees([address]).send()).map((each) => each.prioritizationFee);
        return fees.sort((left, right) => Number(left - right))[Math.floor(fees.length / 2)] ?? 0n;
      } catch {
        return 0n;
      }
    },
  };
}

async function inPages<Item, Result>(
  items: readonly Item[],
  pageSize: number,
  ask: (page: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += pageSize) {
    results.push(...(await ask(items.slice(start, start + pageSize))));
  }
  return results;
}
