/**
 * Delegators: each stakes with one operator after another. While a pool has not accrued the newest epoch the program
 * refuses the stake, and the chain keeps the failed transaction; that is part of the picture.
 * @module
 */
import { type Address, lamports } from '@solana/kit';
import { getTransferSolInstruction } from '@solana-program/system';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import { createStakingRecord } from '../../programs/staking/client.generated.ts';
import { findOperatorPool, findStakingRecord } from './addresses.ts';
import { existing, type Network, tokenAccountOf } from './network.ts';
import { stakeInstruction } from './onboarding.ts';
import type { ProviderPlan } from './population.ts';
import type { Random } from './random.ts';
import type { TransactionPlan } from './sign-plan.ts';
import { asSigner } from './signer.ts';
import { seededWallet, type Wallet } from './wallet.ts';

const INT = 10n ** 9n;
const FEE_LAMPORTS = lamports(10_000_000n);

export function delegatorWallet({ seed }: Network, index: number): Wallet {
  return seededWallet(seed, 'delegator', index);
}

/**
 * Money, record and stake in one transaction, paid by the network's admin.
 * @param operatorRecord where the pool's is not its operator's own any more
 */
export async function delegation(
  network: Network,
  index: number,
  provider: ProviderPlan,
  random: Random,
  operatorRecord?: Address,
): Promise<TransactionPlan> {
  const { admin, intMint, stakingProgram } = network;
  const delegator = delegatorWallet(network, index);
  const operator = provider.wallet.address;
  const operatorPool = await findOperatorPool(operator, stakingProgram);
  const ownerStakingRecord = await findStakingRecord(operatorPool, delegator.address, stakingProgram);
  const [ata, source] = await Promise.all([
    tokenAccountOf(delegator.address, intMint.address),
    tokenAccountOf(admin.address, intMint.address),
  ]);
  const amount = BigInt(random.integer(10, 1_000)) * INT;
  const [hasRecord] = await existing(network, [ownerStakingRecord]);
  const record = createStakingRecord(
    { payer: admin.address, owner: delegator.address, operatorPool, ownerStakingRecord },
    stakingProgram,
  );
  const instructions = [
    getTransferSolInstruction({ source: asSigner(admin), destination: delegator.address, amount: FEE_LAMPORTS }),
    getCreateAssociatedTokenIdempotentInstruction({
      payer: asSigner(admin),
      ata,
      owner: delegator.address,
      mint: intMint.address,
    }),
    getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount }),
    ...(hasRecord ? [] : [record]),
    await stakeInstruction(network, delegator.address, operator, amount, operatorRecord),
  ];
  return { instructions, signers: [admin, delegator] };
}
