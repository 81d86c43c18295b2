/**
 * Account states of a compiled marketplace with one provider and two offers, as a block would bring them.
 * @module
 */
import type { Address } from '@solana/kit';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../../programs/marketplace/client.generated.ts';
import type { Market } from '../../programs/marketplace/actors.ts';
import type { ChosenAccount } from './market-chain.ts';

export const marketplaceProgram = fromBase58(MARKETPLACE_PROGRAM_ADDRESS);

export function marketplaceAccounts({ stage, chain, inferOffer, usdcOffer }: Market): ChosenAccount[] {
  const account = (name: string, address: Address): ChosenAccount => {
    const data = chain.data(address);
    if (data === null) throw new Error(`no account ${address}`);
    return { publicKey: fromBase58(address), program: marketplaceProgram, name, data };
  };
  return [
    account('Marketplace', stage.marketplace),
    account('Provider', inferOffer.party.provider),
    account('Offer', inferOffer.offer),
    account('Offer', usdcOffer.offer),
  ];
}
