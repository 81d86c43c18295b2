/**
 * Orders as the chain has them.
 * @module
 */
import type { Address, Base58EncodedBytes } from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { decodeOrder, ORDER_ACCOUNT_DISCRIMINATOR, type Order } from '../../programs/marketplace/client.generated.ts';
import { type Network, readAccounts } from './network.ts';

export interface OpenOrder {
  readonly address: Address;
  readonly account: Order;
  readonly state: 'created' | 'started' | 'ended';
}

const STATES = ['created', 'started'] as const;

/** Every order that still holds money. Reads all orders ever made: once, at the start. */
export async function scanOpenOrders(network: Network): Promise<OpenOrder[]> {
  const bytes = toBase58(ORDER_ACCOUNT_DISCRIMINATOR) as Base58EncodedBytes;
  const accounts = await network.sender.patiently(() =>
    network.rpc
      .getProgramAccounts(network.marketplaceProgram, {
        commitment: 'confirmed',
        encoding: 'base64',
        filters: [{ memcmp: { offset: 0n, bytes, encoding: 'base58' } }],
      })
      .send(),
  );
  return accounts
    .map(({ pubkey, account }) => orderOf(pubkey, Buffer.from(account.data[0], 'base64')))
    .filter((order) => order.state !== 'ended');
}

/** Those of the addresses that exist. */
export async function readOrders(network: Network, addresses: readonly Address[]): Promise<Map<Address, OpenOrder>> {
  const accounts = await readAccounts(network, addresses);
  const found = new Map<Address, OpenOrder>();
  addresses.forEach((address, index) => {
    const data = accounts[index];
    if (data) found.set(address, orderOf(address, data));
  });
  return found;
}

function orderOf(address: Address, data: Uint8Array): OpenOrder {
  const account = decodeOrder(data);
  return { address, account, state: STATES[account.status] ?? 'ended' };
}
