/**
 * The marketplace transactions of buyers and providers.
 * @module
 */
import type { Address } from '@solana/kit';
import {
  confirmDelivery,
  createOrder,
  refundOrder,
  startDelivery,
} from '../../programs/marketplace/client.generated.ts';
import { decodeOperatorPool } from '../../programs/staking/client.generated.ts';
import {
  findBuyer,
  findIndex,
  findOffer,
  findOrder,
  findOrderVault,
  findProvider,
  findTreasuryVault,
  findVerifierVault,
} from './addresses.ts';

import { type Network, readAccounts, tokenAccountOf, USDC_MINT } from './network.ts';
import type { OpenOrder } from './open-orders.ts';
import type { ProviderPlan } from './population.ts';
import type { TransactionPlan } from './sign-plan.ts';
import type { Wallet } from './wallet.ts';

export interface OrderChoice {
  readonly provider: ProviderPlan;
  readonly offerId: number;
  readonly units: number;
  readonly seconds: number;
  /** The buyer's limit is below the price: the program refuses, and the chain keeps the failed transaction. */
  readonly priceSlips: boolean;
  /** The most that the buyer pays for a GPU-hour where offers have changed since they were listed. */
  readonly priceLimit?: bigint;
  /** The price is the exchange's at this moment. */
  readonly isIndexPriced?: boolean;
  readonly sshKeyHash: Uint8Array;
  readonly isStreaming?: boolean;
}

export async function orderCreation(
  network: Network,
  buyer: Wallet,
  orderId: bigint,
  choice: OrderChoice,
): Promise<{ address: Address; plan: TransactionPlan }> {
  const { marketplaceProgram: program } = network;
  const terms = choice.provider.offers[choice.offerId];
  if (!terms) throw new RangeError(`no offer ${choice.offerId}`);
  const mint = terms.currency === 'USDC' ? USDC_MINT : network.inferMint.address;
  const provider = await findProvider(choice.provider.wallet.address, program);
  const order = await findOrder(buyer.address, orderId, program);
  const instruction = createOrder(
    {
      payer: buyer.address,
      buyer: buyer.address,
      marketplace: network.marketplace,
      provider,
      offer: await findOffer(provider, BigInt(choice.offerId), program),
      buyerRecord: await findBuyer(buyer.address, program),
      order,
      vault: await findOrderVault(order, program),
      mint,
      buyerTokenAccount: await tokenAccountOf(buyer.address, mint),
      ...(choice.isIndexPriced ? { index: await findIndex(terms.model, network.exchangeProgram) } : {}),
    },
    {
      units: choice.units,
      seconds: choice.seconds,
      maxPricePerGpuHour: choice.priceLimit ?? terms.pricePerGpuHour - (choice.priceSlips ? 1n : 0n),
      sshKeyHash: choice.sshKeyHash,
      isStreaming: choice.isStreaming ?? false,
    },
    program,
  );
  return { address: order, plan: { instructions: [instruction], signers: [buyer] } };
}

export async function start(
  network: Network,
  provider: ProviderPlan,
  order: OpenOrder,
  endpointHash: Uint8Array,
): Promise<TransactionPlan> {
  const instruction = startDelivery(
    {
      owner: provider.wallet.address,
      marketplace: network.marketplace,
      provider: order.account.provider,
      order: order.address,
    },
    { endpointHash },
    network.marketplaceProgram,
  );
  return { instructions: [instruction], signers: [provider.wallet] };
}

export async function confirmation(
  { network, buyers }: { readonly network: Network; readonly buyers: readonly Wallet[] },
  provider: ProviderPlan,
  order: OpenOrder,
): Promise<TransactionPlan | null> {
  const { account } = order;
  const buyer = buyers.find((each) => each.address === account.buyer);
  if (!buyer) return null;
  const instruction = confirmDelivery(
    {
      authority: buyer.address,
      offer: account.offer,
      buyer: buyer.address,
      ...(await payoutAccounts(network, provider, order)),
    },
    network.marketplaceProgram,
  );
  return { instructions: [instruction], signers: [buyer] };
}

/** What every payout of an order touches, whichever instruction makes it. */
export async function payoutAccounts(network: Network, provider: ProviderPlan, { address, account }: OpenOrder) {
  const { marketplaceProgram, governanceProgram } = network;
  const isForPool = account.mint === USDC_MINT && (await sharesUsdc(network, account.operatorPool));
  return {
    marketplace: network.marketplace,
    provider: account.provider,
    order: address,
    vault: await findOrderVault(address, marketplaceProgram),
    buyerRecord: await findBuyer(account.buyer, marketplaceProgram),
    operatorPool: account.operatorPool,
    mint: account.mint,
    providerTokenAccount: isForPool ? network.usdcVault : await tokenAccountOf(provider.wallet.address, account.mint),
    treasury: await findTreasuryVault(account.mint, governanceProgram),
    verifierVault: await findVerifierVault(account.mint, marketplaceProgram),
    exchangeProgram: network.exchangeProgram,
    exchange: network.exchange,
    index: account.index,
  };
}

/** A provider's USDC goes to the staking program's vault while its pool is open and has shares. */
async function sharesUsdc(network: Network, operatorPool: Address): Promise<boolean> {
  const [data] = await readAccounts(network, [operatorPool]);
  if (!data) return false;
  const { closedAtEpoch, totalShares } = decodeOperatorPool(data);
  return closedAtEpoch === null && totalShares > 0n;
}

/** Anyone may send it; the provider's own wallet pays the fee here. */
export async function refund(network: Network, provider: ProviderPlan, order: OpenOrder): Promise<TransactionPlan> {
  const { account } = order;
  const instruction = refundOrder(
    {
      marketplace: network.marketplace,
      provider: account.provider,
      offer: account.offer,
      order: order.address,
      vault: await findOrderVault(order.address, network.marketplaceProgram),
      buyer: account.buyer,
      buyerTokenAccount: await tokenAccountOf(account.buyer, account.mint),
    },
    network.marketplaceProgram,
  );
  return { instructions: [instruction], signers: [provider.wallet] };
}
