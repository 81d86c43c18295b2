/**
 * Accounts as of one finalized slot, and what the token program's accounts hold.
 * @module
 */
import { type Address, createSolanaRpc } from '@solana/kit';
import { getMintDecoder, getTokenDecoder } from '@solana-program/token';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Slot } from '../../indexer/domain/units.ts';
import type { MintObservation, VaultObservation } from '../../indexer/store/queries/ledger/token-observations.ts';
import { rpcError } from './ask-rpc.ts';

export interface AccountSnapshot {
  readonly slot: Slot;
  /** In the order asked for, `null` where there is none. */
  readonly accounts: readonly (Uint8Array | null)[];
}

/** @throws UpstreamError `CHAIN__RPC_UNREACHABLE`, `CHAIN__RPC_REFUSED` */
export async function finalizedSnapshot(url: string, addresses: readonly Address[]): Promise<AccountSnapshot> {
  const rpc = createSolanaRpc(url);
  try {
    const { context, value } = await rpc
      .getMultipleAccounts([...addresses], { commitment: 'finalized', encoding: 'base64' })
      .send();
    const dataOf = (account: (typeof value)[number]) =>
      account === null ? null : new Uint8Array(Buffer.from(account.data[0], 'base64'));
    return { slot: context.slot, accounts: value.map(dataOf) };
  } catch (error) {
    throw rpcError(url, 'getMultipleAccounts', error);
  }
}

export function vaultOf(account: Address, slot: Slot, data: Uint8Array): VaultObservation {
  const { mint, amount } = getTokenDecoder().decode(data);
  return { account: fromBase58(account), slot, mint: fromBase58(mint), amount };
}

export function mintOf(mint: Address, slot: Slot, data: Uint8Array): MintObservation {
  const { supply, decimals, mintAuthority, freezeAuthority } = getMintDecoder().decode(data);
  const keyOf = (authority: typeof mintAuthority) =>
    authority.__option === 'Some' ? fromBase58(authority.value) : new Uint8Array(0);
  return {
    ...{ mint: fromBase58(mint), slot, supply, decimals },
    ...{ mintAuthority: keyOf(mintAuthority), freezeAuthority: keyOf(freezeAuthority) },
  };
}
