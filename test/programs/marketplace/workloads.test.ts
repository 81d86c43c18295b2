/** Metered workloads: what they cost, who may settle them, and that nobody leaves before paying. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import {
  decodeBuyer,
  decodeDeposit,
  decodeProvider,
  decodeWorkload,
} from '../../../programs/marketplace/client.generated.ts';
import { findWorkload } from '../../../programs/marketplace/proof-pda.ts';
import { accountOf, createMarket, govern, must, type Values } from './actors.ts';
import { addCredits, askCredits, CREDIT, customerOf, settleWork, takeCredits } from './credit-actors.ts';
import { INFER, INFER_MINT, INFER_TREASURY } from './market.ts';
import { codeOf as codeIn, hashOf } from './proof-actors.ts';

const WEEK = 604_800n;

async function begin(values: Values = {}, amount = 10n * INFER) {
  const market = await createMarket(values);
  const customer = await customerOf(market.buyer);
  must(market.stage, addCredits(market.stage, customer, amount));
  const codeOf = (instruction: ProgramInstruction) => codeIn(market, instruction);
  return { market, customer, chain: market.chain, stage: market.stage, codeOf };
}

describe('a metered workload', () => {
  it('debits the deposit, pays the host nine tenths and the treasury the rest', async () => {
    const { market, customer, chain, stage } = await begin();
    const amount = 600n * CREDIT;
    must(stage, await settleWork(market, customer));
    expect(chain.balance(accountOf(market.party.payoutAccounts, INFER_MINT))).toBe((amount * 9n) / 10n);
    expect(chain.balance(INFER_TREASURY)).toBe(amount / 10n);
    expect(chain.balance(customer.vault)).toBe(10n * INFER - amount);
    expect(chain.read(customer.deposit, decodeDeposit)).toMatchObject({
      balance: 10n * INFER - amount,
      workloadCount: 1n,
    });
    expect(chain.read(market.party.provider, decodeProvider).feesEarnedOn).toBe(amount / 10n);
    expect(chain.read(market.buyer.record, decodeBuyer)).toMatchObject({ feesPaid: amount / 10n, orderCount: 0n });
    expect(chain.events.at(-1)).toMatchObject({
      name: 'WorkloadSettled',
      data: { operatorPool: market.party.pool, gpuSeconds: 0n, credits: 600n, amount, issuer: stage.marketplace },
    });
  });

  it('is settled once, whoever asks again and whatever it is said to have used', async () => {
    const { market, customer, chain, stage, codeOf } = await begin();
    must(stage, await settleWork(market, customer));
    const balance = chain.balance(customer.vault);
    expect(codeOf(await settleWork(market, customer))).toBe(6104);
    expect(codeOf(await settleWork(market, customer, { seconds: 7 }))).toBe(6104);
    expect(chain.balance(customer.vault)).toBe(balance);
    must(stage, await settleWork(market, customer, { id: hashOf('workload 2') }));
  });

  it('keeps its id when the customer settles the same one first', async () => {
    const { market, customer, chain, stage } = await begin();
    must(stage, await settleWork(market, customer, { vcpus: 1, memoryMb: 0, seconds: 1 }, market.buyer.buyer));
    must(stage, await settleWork(market, customer));
    const id = hashOf('workload 1');
    const metered = await findWorkload(stage.marketplace, id);
    expect(chain.read(metered, decodeWorkload)).toMatchObject({ amount: 600n * CREDIT, customer: market.buyer.buyer });
    expect(chain.read(await findWorkload(market.buyer.buyer, id), decodeWorkload).amount).toBe(CREDIT);
  });

  it('is settled by the meter or the customer, and by nobody else', async () => {
    const { market, customer, codeOf } = await begin();
    expect(codeOf(await settleWork(market, customer, {}, market.party.owner))).toBe(6103);
  });

  it('counts GPU-seconds only when the meter states them, of a model that exists', async () => {
    const { market, customer, chain, stage, codeOf } = await begin();
    expect(codeOf(await settleWork(market, customer, { gpuUnits: 2 }, market.buyer.buyer))).toBe(6105);
    expect(codeOf(await settleWork(market, customer, { gpuUnits: 2, model: 11 }))).toBe(6018);
    must(stage, await settleWork(market, customer, { gpuUnits: 2, model: 10 }));
    expect(chain.events.at(-1)).toMatchObject({ data: { gpuSeconds: 200n, model: 10 } });
  });

  it('costs something, and never more than the deposit', async () => {
    const { market, customer, codeOf, stage } = await begin({}, 600n * CREDIT - 1n);
    expect(codeOf(await settleWork(market, customer))).toBe(6100);
    expect(codeOf(await settleWork(market, customer, { vcpus: 0, memoryMb: 0 }))).toBe(6017);
    must(stage, addCredits(stage, customer, 1n), await settleWork(market, customer));
  });

  it('whose numbers overflow is refused', async () => {
    const most = 0xffff_ffff;
    const { market, customer, codeOf } = await begin({ rate_cpu_micro: 1_000_000_000n, rate_mb_micro: 1_000_000n });
    expect(codeOf(await settleWork(market, customer, { vcpus: most, memoryMb: most, seconds: most }))).toBe(6037);
  });

  it('splits the fee to the base unit at any rate and share', async () => {
    const split = { fee_treasury_bps: 3_334n, fee_burn_bps: 3_333n, fee_verifier_bps: 3_333n };
    const { market, customer, chain, stage } = await begin(split, 1_000_000n * INFER);
    const anyWork = fc.record({
      vcpus: fc.nat(64),
      memoryMb: fc.integer({ min: 1, max: 100_000 }),
      seconds: fc.integer({ min: 1, max: 5_000 }),
      hostBps: fc.bigInt({ min: 5_000n, max: 9_500n }),
      cpu: fc.bigInt({ min: 0n, max: 3_000_000n }),
    });
    for (const [index, drawn] of fc.sample(anyWork, { numRuns: 40, seed: 5 }).entries()) {
      const { hostBps, cpu, ...work } = drawn;
      must(stage, govern(stage, { fee_split_host_pct: hostBps, rate_cpu_micro: cpu }));
      must(stage, await settleWork(market, customer, { id: hashOf(`split ${index}`), ...work }));
      const event = chain.events.at(-1);
      if (event?.name !== 'WorkloadSettled') throw new Error('not settled');
      const { amount, providerAmount, fee, feeTreasury, feeBurn, feeVerifier, credits } = event.data;
      const seconds = BigInt(work.seconds);
      const micro = BigInt(work.vcpus) * seconds * cpu + BigInt(work.memoryMb) * seconds * 1_000n;
      expect(credits).toBe((micro + 999_999n) / 1_000_000n);
      expect(amount).toBe(credits * CREDIT);
      expect(providerAmount).toBe((amount * hostBps) / 10_000n);
      expect(fee).toBe(amount - providerAmount);
      expect([feeBurn, feeVerifier]).toEqual([(fee * 3_333n) / 10_000n, (fee * 3_333n) / 10_000n]);
      expect(feeTreasury + feeBurn + feeVerifier).toBe(fee);
      expect(chain.balance(customer.vault)).toBe(chain.read(customer.deposit, decodeDeposit).balance);
    }
  });
});

describe('credits', () => {
  it('leave after a delay only, and pay until then for what was metered', async () => {
    const { market, customer, chain, stage, codeOf } = await begin({}, 1_000n * CREDIT);
    const before = chain.balance(accountOf(market.buyer.accounts, INFER_MINT));
    expect(codeOf(takeCredits(customer))).toBe(6101);
    expect(codeOf(askCredits(stage, customer, 1_001n * CREDIT))).toBe(6100);
    must(stage, askCredits(stage, customer, 1_000n * CREDIT));
    chain.setTime(chain.now + WEEK - 1n);
    expect(codeOf(takeCredits(customer))).toBe(6102);
    must(stage, await settleWork(market, customer));
    chain.setTime(chain.now + 1n);
    must(stage, takeCredits(customer));
    expect(chain.balance(accountOf(market.buyer.accounts, INFER_MINT)) - before).toBe(400n * CREDIT);
    expect(chain.read(customer.deposit, decodeDeposit)).toMatchObject({ balance: 0n, withdrawalAmount: 0n });
    expect(codeOf(takeCredits(customer))).toBe(6101);
  });

  it('asked for again wait again, and asked for with 0 stay', async () => {
    const { customer, chain, stage, codeOf } = await begin();
    must(stage, askCredits(stage, customer, INFER));
    chain.setTime(chain.now + WEEK);
    must(stage, askCredits(stage, customer, 2n * INFER));
    expect(codeOf(takeCredits(customer))).toBe(6102);
    must(stage, askCredits(stage, customer, 0n));
    chain.setTime(chain.now + WEEK);
    expect(codeOf(takeCredits(customer))).toBe(6101);
    expect(codeOf(addCredits(stage, customer, 0n))).toBe(6017);
  });
});
