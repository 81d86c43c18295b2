/**
 * The verifiers of a simulated day: they post a bond and take a seat before the day begins, and one of them leaves.
 * @module
 */
import type { Address } from '@solana/kit';
import { lamports } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import {
  decodeVerifier,
  registerVerifier,
  requestVerifierWithdrawal,
  withdrawVerifierBond,
} from '../../../../programs/marketplace/client.generated.ts';
import { findVerifier, findVerifierBondVault, findVerifierSet } from '../../addresses.ts';
import { type Network, readAccounts, tokenAccountOf, USDC_MINT } from '../../network.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import { seededWallet } from '../../wallet.ts';
import type { Moment, World } from '../actors.ts';
import type { ProofDesk, VerifierPlace } from './works.ts';

const VERIFIERS = 5;
const INFER = 10n ** 9n;
const BOND = 2_000n * INFER;
const FUNDS = 5_000n * INFER;
const FEES_LAMPORTS = lamports(1_000_000_000n);
/** Part of the day at which the last verifier gives its seat up. */
const LEAVES_AT = 0.4;

export async function openProofDesk({ network }: World): Promise<ProofDesk> {
  const program = network.marketplaceProgram;
  const verifiers = await Promise.all(
    Array.from({ length: VERIFIERS }, async (_, index): Promise<VerifierPlace> => {
      const wallet = seededWallet(network.seed, 'verifier', index);
      const verifier = await findVerifier(wallet.address, program);
      return {
        wallet,
        verifier,
        bondVault: await findVerifierBondVault(verifier, program),
        inferAccount: await tokenAccountOf(wallet.address, network.inferMint.address),
        usdcAccount: await tokenAccountOf(wallet.address, USDC_MINT),
      };
    }),
  );
  const desk = { network, verifierSet: await findVerifierSet(program), verifiers };
  for (const place of verifiers) await network.sender.sendOrThrow([await enrolment(desk, place)]);
  return desk;
}

async function enrolment({ network, verifierSet }: ProofDesk, place: VerifierPlace): Promise<TransactionPlan> {
  const { admin, inferMint, marketplace, marketplaceProgram } = network;
  const { wallet, verifier, bondVault, inferAccount, usdcAccount } = place;
  const source = await tokenAccountOf(admin.address, inferMint.address);
  const account = (ata: Address, mint: Address) =>
    getCreateAssociatedTokenIdempotentInstruction({ payer: asSigner(admin), ata, owner: wallet.address, mint });
  const register = registerVerifier(
    {
      payer: admin.address,
      owner: wallet.address,
      marketplace,
      verifierSet,
      verifier,
      verifierBondVault: bondVault,
      inferMint: inferMint.address,
      ownerTokenAccount: inferAccount,
    },
    { bond: BOND },
    marketplaceProgram,
  );
  const instructions = [
    getTransferSolInstruction({ source: asSigner(admin), destination: wallet.address, amount: FEES_LAMPORTS }),
    account(inferAccount, inferMint.address),
    account(usdcAccount, USDC_MINT),
    getTransferInstruction({ source, destination: inferAccount, authority: asSigner(admin), amount: FUNDS }),
    register,
  ];
  return { instructions, signers: [admin, wallet] };
}

/** The last verifier leaves, and has its bond back when nothing of it is open any more. */
export async function verifierLife(desk: ProofDesk, world: World, moment: Moment): Promise<TransactionPlan[]> {
  const leaver = desk.verifiers[VERIFIERS - 1];
  if (leaver === undefined) return [];
  const { network } = world;
  if (moment.tick === Math.floor(world.tickCount * LEAVES_AT)) return [leaving(network, desk, leaver)];
  const [data] = await readAccounts(network, [leaver.verifier]);
  const account = data ? decodeVerifier(data) : null;
  if (account === null || !account.isLeaving || moment.nowSeconds < account.withdrawableAt) return [];
  const isFree = account.openChallengeCount === 0 && account.inferShares === 0n && account.usdcShares === 0n;
  if (!isFree) return [];
  const accounts = {
    owner: leaver.wallet.address,
    verifier: leaver.verifier,
    verifierBondVault: leaver.bondVault,
    ownerTokenAccount: leaver.inferAccount,
  };
  const instruction = withdrawVerifierBond(accounts, network.marketplaceProgram);
  return [{ instructions: [instruction], signers: [network.admin, leaver.wallet] }];
}

function leaving(network: Network, { verifierSet }: ProofDesk, { wallet, verifier }: VerifierPlace): TransactionPlan {
  const accounts = {
    owner: wallet.address,
    marketplace: network.marketplace,
    verifierSet,
    verifier,
    lastVerifier: verifier,
  };
  const instruction = requestVerifierWithdrawal(accounts, network.marketplaceProgram);
  return { instructions: [instruction], signers: [network.admin, wallet] };
}
