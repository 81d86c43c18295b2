/**
 * The marketplace transactions of buyers and providers.
 * @module
 */
import type { Address } from '@solana/kit';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { findExchange } from '../../programs/exchange/pda.ts';
import {
  confirmDelivery,
  createOrder,
  refundOrder,
  startDelivery,
} from '../../programs/marketplace/client.generated.ts';
import {
  findBuyer,
  findOffer,
  findOrder,
  findOrderVault,
  findProvider,
  findVerifierVault,
} from '../../programs/marketplace/pda.ts';

import { type Network, tokenAccountOf, USDC_MINT } from './network.ts';
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
  readonly sshKeyHash: Uint8Array;
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
    },
    {
      units: choice.units,
      seconds: choice.seconds,
      maxPricePerGpuHour: choice.priceSlips ? terms.pricePerGpuHour - 1n : terms.pricePerGpuHour,
      sshKeyHash: choice.sshKeyHash,
      isStreaming: false,
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
      marketplace: network.marketplace,
      provider: account.provider,
      offer: account.offer,
      order: order.address,
      vault: await findOrderVault(order.address, network.marketplaceProgram),
      buyer: buyer.address,
      buyerRecord: await findBuyer(buyer.address, network.marketplaceProgram),
      operatorPool: account.operatorPool,
      mint: account.mint,
      // The pools of this market always have shares, so USDC goes to the staking program's vault.
      providerTokenAccount:
        account.mint === USDC_MINT ? network.usdcVault : await tokenAccountOf(provider.wallet.address, account.mint),
      treasury: await tokenAccountOf(network.arbiter.address, account.mint),
      verifierVault: await findVerifierVault(account.mint, network.marketplaceProgram),
      exchangeProgram: EXCHANGE_PROGRAM_ADDRESS,
      exchange: await findExchange(),
      index: account.index,
    },
    network.marketplaceProgram,
  );
  return { instructions: [instruction], signers: [buyer] };
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
