/** Orders that are paid per second: attested, settled, extended, ended. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../governance/parameters.ts';
import {
  decodeBuyer,
  decodeOffer,
  decodeOrder,
  decodeProvider,
} from '../../../programs/marketplace/client.generated.ts';
import {
  accountOf,
  buy,
  codeOf,
  confirm,
  createMarket,
  govern,
  list,
  must,
  OFFER_ARGS,
  orderRef,
  refund,
  start,
  type Values,
} from './actors.ts';
import { INFER, INFER_MINT, INFER_TREASURY, USDC_MINT } from './market.ts';
import { cover, createRunningMarket, createSession, expire, extend, leave, settle } from './sessions.ts';

const WINDOW = defaultOf('challenge_window_seconds');
const TIMEOUT = defaultOf('stream_attest_timeout_seconds');
/** Windows are rounded up by less than this. */
const STEP = WINDOW / 15n;

describe('a session', () => {
  it('pays attested seconds when their challenge window has passed, and no second before', async () => {
    const { stage, chain, party, ref, order, startedAt } = await createSession();
    chain.setTime(startedAt + 1_800n);
    must(stage, cover(stage, ref, 1_800));
    const payableAt = order().marks[0]?.payableAt ?? 0n;
    expect(payableAt).toBeGreaterThanOrEqual(startedAt + 1_800n + WINDOW);
    expect(payableAt).toBeLessThan(startedAt + 1_800n + WINDOW + STEP);
    chain.setTime(payableAt - 1n);
    expect(codeOf(stage, settle(stage, ref))).toBe(6077);
    chain.setTime(payableAt);
    must(stage, settle(stage, ref));
    // 2 units of 2 INFER an hour for half an hour.
    expect(chain.balance(accountOf(party.payoutAccounts, INFER_MINT))).toBe((2n * INFER * 98n) / 100n);
    expect(chain.balance(INFER_TREASURY)).toBe((2n * INFER * 2n) / 100n);
    expect(chain.balance(ref.vault)).toBe(2n * INFER);
    expect(order()).toMatchObject({ paid: 2n * INFER, settledSeconds: 1_800, marks: [], status: 1 });
    const fee = (2n * INFER * 2n) / 100n;
    expect(chain.read(party.provider, decodeProvider).feesEarnedOn).toBe(fee);
    expect(chain.read(ref.buyer.record, decodeBuyer).feesPaid).toBe(fee);
  });

  it('a USDC session credits buyer and provider with INFER at the rate of the settings', async () => {
    const { stage, chain, party, ref, order } = await createSession(USDC_MINT, { bond_infer_per_usdc: 10_000_003n });
    chain.setTime(chain.now + 100n);
    must(stage, cover(stage, ref, 100));
    chain.setTime(order().marks[0]?.payableAt ?? 0n);
    must(stage, settle(stage, ref));
    const credit = (order().feePaid * 10_000_003n) / 1_000_000n;
    expect(credit).toBeGreaterThan(0n);
    expect(chain.read(party.provider, decodeProvider).feesEarnedOn).toBe(credit);
    expect(chain.read(ref.buyer.record, decodeBuyer).feesPaid).toBe(credit);
  });

  it('ended by the buyer it frees the units, pays what was attested and sends back the rest', async () => {
    const { stage, chain, buyer, ref, order, startedAt } = await createSession();
    chain.setTime(startedAt + 900n);
    must(stage, leave(ref));
    expect(chain.events.at(-1)).toMatchObject({ name: 'LeaseEnded', data: { usedSeconds: 900, reason: 2 } });
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(OFFER_ARGS.units);
    must(stage, cover(stage, ref, 900));
    expect(codeOf(stage, refund(stage, ref))).toBe(6079);
    chain.setTime(order().marks[0]?.payableAt ?? 0n);
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    must(stage, settle(stage, ref), refund(stage, ref));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT)) - before).toBe(3n * INFER);
    expect(chain.events.at(-1)).toMatchObject({ name: 'SessionClosed', data: { paid: INFER, refunded: 3n * INFER } });
    expect(order().status).toBe(2);
    expect(chain.data(ref.vault)).toBeNull();
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(OFFER_ARGS.units);
  });

  it('of a silent provider anyone ends, and the buyer has everything back', async () => {
    const { stage, chain, buyer, ref, order, startedAt } = await createSession(INFER_MINT, {}, { seconds: 86_400 });
    chain.setTime(startedAt + TIMEOUT);
    expect(codeOf(stage, expire(stage, ref))).toBe(6070);
    chain.setTime(startedAt + TIMEOUT + 1n);
    must(stage, expire(stage, ref));
    expect(chain.events.at(-1)).toMatchObject({ name: 'LeaseEnded', data: { reason: 1 } });
    expect(codeOf(stage, refund(stage, ref))).toBe(6078);
    chain.setTime(startedAt + 2n * TIMEOUT + 2n);
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    must(stage, refund(stage, ref));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT)) - before).toBe(order().amount);
    expect(chain.events.at(-1)).toMatchObject({ name: 'OrderRefunded', data: { reason: 4 } });
  });

  it('is not over for the provider until its last call has passed', async () => {
    const { stage, chain, ref, startedAt } = await createSession();
    chain.setTime(startedAt + 3_600n + TIMEOUT);
    must(stage, expire(stage, ref), cover(stage, ref, 3_600));
    expect(chain.events.at(-2)).toMatchObject({ name: 'LeaseEnded', data: { reason: 0, usedSeconds: 3_600 } });
    chain.setTime(startedAt + 3_600n + TIMEOUT + 1n);
    expect(codeOf(stage, cover(stage, ref, 3_600))).toBe(6076);
  });

  it('attestations cannot run ahead of time, of the purchase, or backwards', async () => {
    const { stage, chain, ref, startedAt } = await createSession();
    chain.setTime(startedAt + 10n);
    expect(codeOf(stage, cover(stage, ref, 11))).toBe(6075);
    must(stage, cover(stage, ref, 10));
    expect(codeOf(stage, cover(stage, ref, 10))).toBe(6074);
    chain.setTime(startedAt + 3_700n);
    expect(codeOf(stage, cover(stage, ref, 3_601))).toBe(6075);
    must(stage, cover(stage, ref, 3_600));
  });

  it('the marks hold any number of attestations whether or not anybody settles, each payable within a step behind its window', async () => {
    const { stage, chain, ref, order, startedAt } = await createSession(
      INFER_MINT,
      { challenge_window_seconds: 1_000n, stream_attest_timeout_seconds: 86_400n },
      { seconds: 86_400 },
    );
    for (let covered = 13; covered < 4_000; covered += 13) {
      chain.setTime(startedAt + BigInt(covered));
      must(stage, cover(stage, ref, covered));
      const told = chain.events.at(-1);
      if (told?.name !== 'UsageAttested') throw new Error('not attested');
      expect(told.data.payableAt - chain.now).toBeGreaterThanOrEqual(1_000n);
      expect(told.data.payableAt - chain.now).toBeLessThan(1_067n);
      expect(order().marks.length).toBeLessThanOrEqual(17);
    }
    must(stage, settle(stage, ref));
    expect(order().settledSeconds).toBeGreaterThan(2_800);
  });

  it('a shorter window does not let later seconds overtake earlier ones', async () => {
    const { stage, chain, ref, order, startedAt } = await createSession();
    chain.setTime(startedAt + 10n);
    must(stage, cover(stage, ref, 10));
    must(stage, govern(stage, { challenge_window_seconds: 0n }));
    chain.setTime(startedAt + 20n);
    must(stage, cover(stage, ref, 20));
    expect(order().marks).toHaveLength(1);
    expect(codeOf(stage, settle(stage, ref))).toBe(6077);
  });
});

describe('a prepaid order', () => {
  it('is paid by its confirmation alone: not by time, by attested seconds, or by its end', async () => {
    const { stage, chain, party, ref, order, startedAt } = await createRunningMarket();
    const payout = accountOf(party.payoutAccounts, INFER_MINT);
    const held = () => [chain.balance(ref.vault) === order().amount, chain.balance(payout)];
    chain.setTime(startedAt + 3_600n);
    expect(codeOf(stage, cover(stage, ref, 3_600))).toBe(6072);
    expect(codeOf(stage, settle(stage, ref))).toBe(6072);
    expect(codeOf(stage, leave(ref))).toBe(6072);
    must(stage, expire(stage, ref));
    expect(chain.events.at(-1)).toMatchObject({ name: 'LeaseEnded', data: { reason: 0 } });
    expect(held()).toEqual([true, 0n]);
    must(stage, confirm(stage, ref));
    expect(chain.balance(payout)).toBe((order().amount * 98n) / 100n);
  });
});

describe('more time', () => {
  it('costs what buying it at once would have cost, to the base unit', async () => {
    const { stage, chain, ref, order, inferOffer, buyer } = await createRunningMarket();
    must(stage, extend(stage, ref, 61), extend(stage, ref, 7));
    const other = await orderRef(inferOffer, buyer, 1n);
    must(stage, buy(stage, other, { seconds: 3_668 }));
    expect(chain.balance(ref.vault)).toBe(chain.balance(other.vault));
    expect(order()).toMatchObject({ seconds: 3_668, amount: chain.balance(ref.vault) });
  });

  it('locks bond for the whole value and moves the delivery deadline', async () => {
    const { stage, chain, party, ref, order } = await createRunningMarket();
    const { deliveryDeadline } = order();
    must(stage, extend(stage, ref, 3_600));
    expect(order().deliveryDeadline).toBe(deliveryDeadline + 3_600n);
    expect(order().bondLocked).toBe((8n * INFER) / 10n);
    expect(chain.read(party.provider, decodeProvider).bondOpen).toBe((8n * INFER) / 10n);
    must(stage, confirm(stage, ref));
    expect(chain.read(party.provider, decodeProvider).bondOpen).toBe(0n);
  });

  it('is bounded by the longest time of the offer, and ends with the offer and the lease', async () => {
    const { stage, chain, ref, startedAt } = await createRunningMarket();
    expect(codeOf(stage, extend(stage, ref, 86_400 - 3_600 + 1))).toBe(6024);
    expect(codeOf(stage, extend(stage, ref, 0))).toBe(6024);
    chain.setTime(startedAt + 3_600n);
    expect(codeOf(stage, extend(stage, ref, 60))).toBe(6071);
  });
});

describe('settling often', () => {
  it('takes nothing from anybody: totals are those of one settlement', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 3_599 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.bigInt({ min: 1n, max: 100_000n }), async (drawn, price) => {
        const split = { fee_treasury_bps: 3_000n, fee_burn_bps: 3_500n, fee_verifier_bps: 3_500n };
        const values = { ...split, platform_fee_bps: 333n, challenge_window_seconds: 0n };
        const totals = [];
        for (const marks of [[3_600], [...drawn.sort((left, right) => left - right), 3_600]]) {
          const market = await createSessionAt(price, values);
          for (const covered of marks) {
            market.chain.setTime(market.startedAt + BigInt(covered));
            must(market.stage, cover(market.stage, market.ref, covered), settle(market.stage, market.ref));
          }
          const { paid, feePaid, burnPaid, verifierPaid } = market.order();
          totals.push({ paid, feePaid, burnPaid, verifierPaid });
        }
        const [once, often] = totals;
        expect([often?.paid, often?.feePaid]).toEqual([once?.paid, once?.feePaid]);
        // The last fee may be too small to catch up with both parts; the treasury has what is missing.
        expect((once?.burnPaid ?? 0n) - (often?.burnPaid ?? 0n)).toBeLessThanOrEqual(1n);
        expect((once?.verifierPaid ?? 0n) - (often?.verifierPaid ?? 0n)).toBeLessThanOrEqual(1n);
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});

async function createSessionAt(pricePerGpuHour: bigint, values: Values) {
  const market = await createMarket(values);
  const { stage, chain } = market;
  const ref = await orderRef(market.inferOffer, market.buyer, 0n);
  must(stage, list(stage, market.inferOffer, { pricePerGpuHour }), buy(stage, ref, { isStreaming: true }));
  must(stage, start(stage, ref));
  return { stage, chain, ref, startedAt: chain.now, order: () => chain.read(ref.order, decodeOrder) };
}
