/**
 * Customers of metered workloads in a simulated day: they deposit credits, the meter settles what their workloads used,
 * once each, and they take back what is left.
 * @module
 */
import { createHash } from 'node:crypto';
import type { Address, Instruction } from '@solana/kit';
import {
  decodeDeposit,
  depositCredits,
  requestCreditWithdrawal,
  settleWorkload,
  withdrawCredits,
} from '../../../../programs/marketplace/client.generated.ts';
import {
  findBuyer,
  findDeposit,
  findDepositVault,
  findProvider,
  findTreasuryVault,
  findVerifierVault,
  findWorkload,
} from '../../addresses.ts';
import { type Network, readAccounts, tokenAccountOf } from '../../network.ts';
import type { ProviderPlan } from '../../population.ts';
import type { Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Wallet } from '../../wallet.ts';
import type { Actors, Moment, World } from '../actors.ts';

const CUSTOMERS = 4;
const INFER = 10n ** 9n;
const DEPOSIT = 2_000n * INFER;
const SETTLES = 0.5;
/** The meter reports one workload twice now and then; the second is refused. */
const REPEATS = 0.05;
const LEAVES = 0.01;

interface Customer {
  readonly wallet: Wallet;
  readonly deposit: Address;
  readonly vault: Address;
}

export async function createCustomers(world: World): Promise<Actors> {
  const { network } = world;
  const program = network.marketplaceProgram;
  const customers = await Promise.all(
    world.buyers.slice(0, CUSTOMERS).map(async (wallet): Promise<Customer> => {
      const deposit = await findDeposit(wallet.address, program);
      return { wallet, deposit, vault: await findDepositVault(deposit, program) };
    }),
  );
  const random = world.randomOf('customers');
  let workloads = 0;
  return {
    name: 'customers',
    async act({ tick, nowSeconds }: Moment) {
      if (tick === 0) return Promise.all(customers.map((customer) => depositOf(network, customer)));
      const accounts = await readAccounts(
        network,
        customers.map(({ deposit }) => deposit),
      );
      const plans: TransactionPlan[] = [];
      for (const [index, customer] of customers.entries()) {
        const account = decodeDeposit(accounts[index] ?? new Uint8Array());
        if (random.chance(SETTLES)) {
          const provider = random.pick(world.providers);
          const settlement = await workloadOf(network, customer, provider, workloads, random);
          plans.push(settlement);
          if (random.chance(REPEATS)) plans.push(settlement);
          workloads += 1;
        }
        if (random.chance(LEAVES)) plans.push(withdrawalRequest(network, customer, account.balance / 10n));
        const isReady = account.withdrawalAmount > 0n && account.withdrawableAt <= nowSeconds;
        if (isReady) plans.push(await withdrawal(network, customer));
      }
      return withoutTwins(plans);
    },
  };
}

/** The same transaction twice in a block is one transaction; a repeated report comes in another. */
function withoutTwins(plans: readonly TransactionPlan[]): TransactionPlan[] {
  return plans.map((plan, index) =>
    plans.indexOf(plan) === index ? plan : { ...plan, instructions: [...plan.instructions, ...plan.instructions] },
  );
}

function planOf(network: Network, instruction: Instruction, ...signers: readonly Wallet[]): TransactionPlan {
  return { instructions: [instruction], signers: [network.admin, ...signers] };
}

async function depositOf(network: Network, { wallet, deposit, vault }: Customer): Promise<TransactionPlan> {
  const accounts = {
    payer: network.admin.address,
    customer: wallet.address,
    marketplace: network.marketplace,
    deposit,
    depositVault: vault,
    inferMint: network.inferMint.address,
    customerTokenAccount: await tokenAccountOf(wallet.address, network.inferMint.address),
  };
  return planOf(network, depositCredits(accounts, { amount: DEPOSIT }, network.marketplaceProgram), wallet);
}

/** The network's admin is the meter here. */
async function workloadOf(
  network: Network,
  { wallet, deposit, vault }: Customer,
  host: ProviderPlan,
  number: number,
  random: Random,
): Promise<TransactionPlan> {
  const program = network.marketplaceProgram;
  const mint = network.inferMint.address;
  const id = createHash('sha256').update(`${network.seed}/workload/${number}`).digest();
  const accounts = {
    payer: network.admin.address,
    authority: network.admin.address,
    marketplace: network.marketplace,
    provider: await findProvider(host.wallet.address, program),
    deposit,
    depositVault: vault,
    workload: await findWorkload(network.marketplace, id, program),
    buyerRecord: await findBuyer(wallet.address, program),
    inferMint: mint,
    providerTokenAccount: await tokenAccountOf(host.wallet.address, mint),
    treasury: await findTreasuryVault(mint, network.governanceProgram),
    verifierVault: await findVerifierVault(mint, program),
  };
  const args = {
    id,
    vcpus: random.integer(1, 16),
    memoryMb: random.integer(1, 64) * 1_024,
    seconds: random.integer(60, 3_600),
    model: host.offers[0]?.model ?? 0,
    gpuUnits: random.integer(0, 2),
  };
  return planOf(network, settleWorkload(accounts, args, program));
}

function withdrawalRequest(network: Network, { wallet, deposit }: Customer, amount: bigint): TransactionPlan {
  const accounts = { customer: wallet.address, marketplace: network.marketplace, deposit };
  return planOf(network, requestCreditWithdrawal(accounts, { amount }, network.marketplaceProgram), wallet);
}

async function withdrawal(network: Network, { wallet, deposit, vault }: Customer): Promise<TransactionPlan> {
  const accounts = {
    customer: wallet.address,
    deposit,
    depositVault: vault,
    customerTokenAccount: await tokenAccountOf(wallet.address, network.inferMint.address),
  };
  return planOf(network, withdrawCredits(accounts, network.marketplaceProgram), wallet);
}
