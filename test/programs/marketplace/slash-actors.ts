/**
 * Slashes outside a challenge, and verifiers claiming fees: the instruction each would send.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { claimVerifierFees, slashProvider } from '../../../programs/marketplace/client.generated.ts';
import { findSlashRecord } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, type ProviderParty } from './actors.ts';
import { INFER_MINT, PAYER, STRANGER, type Stage, USDC_MINT } from './market.ts';
import type { Books, VerifierParty } from './proof-actors.ts';

export const NO_DELIVERY = 0;
export const FAILED_CHALLENGE = 1;
export const FALSE_BENCHMARK = 2;

export type Slash = {
  readonly kind: number;
  readonly evidence: Address;
  readonly to: Address;
  readonly by?: Address;
  /** Name under which the evidence is used up; its address unless given. */
  readonly name?: Address;
};

export async function slash(
  { stage, party }: { readonly stage: Stage; readonly party: ProviderParty },
  { kind, evidence, to, by = STRANGER, name = evidence }: Slash,
): Promise<ProgramInstruction> {
  return slashProvider(
    {
      payer: PAYER,
      authority: by,
      marketplace: stage.marketplace,
      provider: party.provider,
      bondVault: party.bondVault,
      evidence,
      slashRecord: await findSlashRecord(name),
      beneficiaryTokenAccount: to,
      inferMint: INFER_MINT,
    },
    { class: kind },
  );
}

export function claimFees(
  { stage, books }: { readonly stage: Stage; readonly books: Books },
  { verifier, accounts }: VerifierParty,
  mint: Address = INFER_MINT,
): ProgramInstruction {
  return claimVerifierFees({
    marketplace: stage.marketplace,
    verifierSet: books.verifierSet,
    verifier,
    mint,
    verifierVault: mint === USDC_MINT ? stage.usdcVerifierVault : stage.inferVerifierVault,
    ownerTokenAccount: accountOf(accounts, mint),
  });
}
