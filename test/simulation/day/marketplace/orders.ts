/**
 * What an order of a simulated day may come to beside delivery and refund: sessions paid per second, leases that run out,
 * disputes and their ends.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import {
  attest,
  endSession,
  expireLease,
  extendOrder,
  openDispute,
  reclaimDeposit,
  resolveDispute,
  settleUsage,
} from '../../../../programs/marketplace/client.generated.ts';
import { findDisputeVault, findOrderVault } from '../../addresses.ts';
import { payoutAccounts } from '../../market-transactions.ts';
import { existing, type Network, tokenAccountOf } from '../../network.ts';
import type { OpenOrder } from '../../open-orders.ts';
import type { ProviderPlan } from '../../population.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Wallet } from '../../wallet.ts';

/** An order with the people it concerns. */
export interface OrderCase {
  readonly network: Network;
  readonly order: OpenOrder;
  readonly provider: ProviderPlan;
  readonly buyer: Wallet;
}

function plan({ network }: OrderCase, instruction: Instruction, ...signers: readonly Wallet[]): TransactionPlan {
  return { instructions: [instruction], signers: [network.admin, ...signers] };
}

export function attestation(theCase: OrderCase, coveredSeconds: number, checkpointRoot: Uint8Array): TransactionPlan {
  const { network, order, provider } = theCase;
  const accounts = {
    owner: provider.wallet.address,
    marketplace: network.marketplace,
    provider: order.account.provider,
    order: order.address,
  };
  return plan(
    theCase,
    attest(accounts, { coveredSeconds, checkpointRoot }, network.marketplaceProgram),
    provider.wallet,
  );
}

export async function settlement(theCase: OrderCase): Promise<TransactionPlan> {
  const { network, order, provider } = theCase;
  return plan(theCase, settleUsage(await payoutAccounts(network, provider, order), network.marketplaceProgram));
}

export async function extension(theCase: OrderCase, seconds: number): Promise<TransactionPlan> {
  const { network, order, buyer } = theCase;
  const accounts = {
    buyer: buyer.address,
    marketplace: network.marketplace,
    provider: order.account.provider,
    offer: order.account.offer,
    order: order.address,
    vault: await findOrderVault(order.address, network.marketplaceProgram),
    buyerTokenAccount: await tokenAccountOf(buyer.address, order.account.mint),
  };
  return plan(theCase, extendOrder(accounts, { seconds }, network.marketplaceProgram), buyer);
}

export function ending(theCase: OrderCase): TransactionPlan {
  const { network, order, buyer } = theCase;
  const { provider, offer } = order.account;
  const accounts = { authority: buyer.address, provider, offer, order: order.address };
  return plan(theCase, endSession(accounts, network.marketplaceProgram), buyer);
}

export function expiry(theCase: OrderCase): TransactionPlan {
  const { network, order } = theCase;
  const accounts = { marketplace: network.marketplace, offer: order.account.offer, order: order.address };
  return plan(theCase, expireLease(accounts, network.marketplaceProgram));
}

export async function complaint(theCase: OrderCase): Promise<TransactionPlan> {
  const { network, order, buyer } = theCase;
  const accounts = {
    payer: network.admin.address,
    opener: buyer.address,
    marketplace: network.marketplace,
    provider: order.account.provider,
    offer: order.account.offer,
    order: order.address,
    inferMint: network.inferMint.address,
    disputeVault: await findDisputeVault(order.address, network.marketplaceProgram),
    openerTokenAccount: await tokenAccountOf(buyer.address, network.inferMint.address),
  };
  return plan(theCase, openDispute(accounts, network.marketplaceProgram), buyer);
}

/** @param depositTo who the deposit goes to: the opener, or the provider if the opener was wrong */
export async function ruling(theCase: OrderCase, providerBps: number, depositTo: Address): Promise<TransactionPlan> {
  const { network, order, provider, buyer } = theCase;
  const accounts = {
    ...(await payoutAccounts(network, provider, order)),
    arbiter: network.arbiter.address,
    offer: order.account.offer,
    buyer: buyer.address,
    buyerTokenAccount: await tokenAccountOf(buyer.address, order.account.mint),
    disputeVault: await findDisputeVault(order.address, network.marketplaceProgram),
    opener: order.account.disputeOpener,
    depositTokenAccount: await tokenAccountOf(depositTo, network.inferMint.address),
  };
  return plan(theCase, resolveDispute(accounts, { providerBps }, network.marketplaceProgram), network.arbiter);
}

/** Nobody ruled: the opener has the deposit back, which a ruling would have paid out. */
export async function depositReturns(theCase: OrderCase): Promise<TransactionPlan[]> {
  const { network, order } = theCase;
  const opener = order.account.disputeOpener;
  const disputeVault = await findDisputeVault(order.address, network.marketplaceProgram);
  const [isThere] = await existing(network, [disputeVault]);
  if (!isThere) return [];
  const accounts = {
    order: order.address,
    disputeVault,
    opener,
    openerTokenAccount: await tokenAccountOf(opener, network.inferMint.address),
  };
  return [plan(theCase, reclaimDeposit(accounts, network.marketplaceProgram))];
}
