/**
 * What holds of the marketplace whatever has happened: a vault holds what it still owes and is gone afterwards, bonds and
 * units are counted once, challenges, deposits and incentives are backed to the base unit.
 * @module
 */
import type { Address } from '@solana/kit';
import type { Order } from '../../../../programs/marketplace/client.generated.ts';
import {
  findBondVault,
  findChallengeVault,
  findDepositVault,
  findDisputeVault,
  findIncentiveVault,
  findOrderVault,
  findVerifierBondVault,
} from '../../addresses.ts';
import { Audit, grouped, sum } from './audit.ts';
import { type Books, balanceOf, theOne } from './books.ts';

const SETTLED = 2;
const REFUNDED = 3;
const CHALLENGE_PASSED = 5;

const isEnded = ({ status }: Order) => status === SETTLED || status === REFUNDED;

export async function auditMarketplace(books: Books): Promise<Audit> {
  const audit = new Audit();
  const program = books.network.marketplaceProgram;
  for (const [address, order] of books.marketplace.orders) await auditOrder(audit, books, address, order);
  const byProvider = grouped(books.marketplace.orders.values(), ({ provider }) => provider);
  const byOffer = grouped(books.marketplace.orders.values(), ({ offer }) => offer);
  for (const [address, provider] of books.marketplace.providers) {
    const open = (byProvider.get(address) ?? []).filter((order) => !isEnded(order));
    const vault = balanceOf(books, await findBondVault(address, program));
    audit.same(`bond of ${address}`, provider.bondTotal, vault);
    audit.same(`open bond of ${address}`, provider.bondOpen, sum(open.map(({ bondLocked }) => bondLocked)));
    audit.same(`open orders of ${address}`, provider.openOrderCount, open.length);
  }
  for (const [address, { units, unitsFree }] of books.marketplace.offers) {
    const using = (byOffer.get(address) ?? []).filter((order) => order.leaseEndedAt === 0n && order.endedAt === 0n);
    audit.same(`busy units of ${address}`, BigInt(units - unitsFree), sum(using.map((order) => BigInt(order.units))));
  }
  await auditProofs(audit, books);
  await auditCredits(audit, books);
  return audit;
}

async function auditOrder(audit: Audit, books: Books, address: Address, order: Order): Promise<void> {
  const program = books.network.marketplaceProgram;
  const vault = await findOrderVault(address, program);
  audit.same(`vault of order ${address}`, balanceOf(books, vault), isEnded(order) ? 0n : order.amount - order.paid);
  audit.same(`whether order ${address} has a vault`, books.tokens.has(vault), !isEnded(order));
  audit.atLeast(`amount of order ${address}`, order.amount, order.paid);
  audit.atLeast(`paid of order ${address}`, order.paid, order.feePaid);
  const disputeVault = await findDisputeVault(address, program);
  if (books.tokens.has(disputeVault))
    audit.same(`deposit of order ${address}`, balanceOf(books, disputeVault), order.disputeDeposit);
}

async function auditProofs(audit: Audit, books: Books): Promise<void> {
  const { challenges, verifiers } = books.marketplace;
  const program = books.network.marketplaceProgram;
  for (const [address, { deposit, status }] of challenges) {
    const held = balanceOf(books, await findChallengeVault(address, program));
    audit.same(`deposit of challenge ${address}`, held, status < CHALLENGE_PASSED ? deposit : 0n);
  }
  for (const [address, { bond }] of verifiers)
    audit.same(`bond of verifier ${address}`, balanceOf(books, await findVerifierBondVault(address, program)), bond);
  const set = theOne(books.marketplace.sets);
  const seated = [...verifiers.values()].filter(({ isLeaving }) => !isLeaving);
  audit.same('seats', set.count, seated.length);
  audit.same('INFER shares', set.inferShares, sum([...verifiers.values()].map(({ inferShares }) => inferShares)));
  audit.same('USDC shares', set.usdcShares, sum([...verifiers.values()].map(({ usdcShares }) => usdcShares)));
}

async function auditCredits(audit: Audit, books: Books): Promise<void> {
  const { deposits, epochBooks, incentives } = books.marketplace;
  const program = books.network.marketplaceProgram;
  for (const [address, { balance }] of deposits)
    audit.same(`credits of ${address}`, balanceOf(books, await findDepositVault(address, program)), balance);
  const reserved = sum([...incentives.values()].map(({ total, claimed }) => total - claimed));
  audit.same('reserved incentives', theOne(epochBooks).incentivesReserved, reserved);
  audit.atLeast('incentive vault', balanceOf(books, await findIncentiveVault(program)), reserved);
}
