/** Disputes: what the arbiter may split, who has the deposit, and that nothing waits for an arbiter who never rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOf } from '../../../governance/parameters.ts';
import { decodeOffer, decodeProvider } from '../../../programs/marketplace/client.generated.ts';
import { findDisputeVault } from '../../../programs/marketplace/pda.ts';
import { accountOf, codeOf, confirm, must, OFFER_ARGS, refund } from './actors.ts';
import { INFER, INFER_MINT, INFER_TREASURY, USDC_MINT } from './market.ts';
import { cover, createRunningMarket, createSession, dispute, reclaim, rule, settle } from './sessions.ts';

const DEPOSIT = defaultOf('dispute_deposit');
const PRICE = 4n * INFER;

describe('a dispute', () => {
  it('cuts access, frees the units, and holds every payment while the arbiter may rule', async () => {
    const { stage, chain, ref, order } = await createRunningMarket();
    must(stage, await dispute(stage, ref));
    expect(chain.events.slice(-2)).toMatchObject([
      { name: 'DisputeOpened', data: { opener: ref.buyer.buyer, deposit: DEPOSIT } },
      { name: 'LeaseEnded', data: { reason: 4 } },
    ]);
    expect(chain.read(ref.offer, decodeOffer).unitsFree).toBe(OFFER_ARGS.units);
    expect(chain.balance(await findDisputeVault(ref.order))).toBe(DEPOSIT);
    chain.setTime(order().disputeDeadline);
    for (const instruction of [confirm(stage, ref), refund(stage, ref)]) expect(codeOf(stage, instruction)).toBe(6064);
  });

  it('is split to the base unit, whatever the part', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9_999 }),
        fc.constantFrom(INFER_MINT, USDC_MINT),
        async (bps, mint) => {
          const { stage, chain, party, buyer, ref } = await createRunningMarket(mint);
          must(stage, await dispute(stage, ref));
          const before = chain.balance(accountOf(buyer.accounts, mint));
          must(stage, await rule(stage, ref, bps));
          const gross = (PRICE * BigInt(bps)) / 10_000n;
          const back = mint === INFER_MINT ? DEPOSIT : 0n;
          expect(chain.balance(accountOf(buyer.accounts, mint)) - before - back).toBe(PRICE - gross);
          const paid = mint === INFER_MINT ? accountOf(party.payoutAccounts, mint) : stage.stakingUsdcVault;
          expect(chain.balance(paid)).toBe(gross - (gross * 200n) / 10_000n);
          const [, event] = chain.events.slice(-2);
          expect(event).toMatchObject({ name: 'OrderSettled', data: { amount: gross, refunded: PRICE - gross } });
          expect(chain.data(ref.vault)).toBeNull();
          expect(chain.data(await findDisputeVault(ref.order))).toBeNull();
        },
      ),
      { numRuns: 12, seed: 3 },
    );
  });

  it('that the buyer loses costs the deposit, which goes to the provider', async () => {
    const { stage, chain, party, ref } = await createRunningMarket();
    must(stage, await dispute(stage, ref));
    const payout = accountOf(party.payoutAccounts, INFER_MINT);
    expect(codeOf(stage, await rule(stage, ref, 10_000))).toBe(6069);
    must(stage, await rule(stage, ref, 10_000, ref.buyer.buyer, payout));
    expect(chain.balance(payout)).toBe((PRICE * 98n) / 100n + DEPOSIT);
    expect(chain.balance(INFER_TREASURY)).toBe((PRICE * 2n) / 100n);
  });

  it('that the provider loses costs the deposit, which goes to the buyer, and refunds the order', async () => {
    const { stage, chain, party, buyer, ref } = await createRunningMarket();
    must(stage, await dispute(stage, ref, party.owner));
    const account = accountOf(buyer.accounts, INFER_MINT);
    const before = chain.balance(account);
    must(stage, await rule(stage, ref, 0, party.owner, account));
    expect(chain.balance(account) - before).toBe(PRICE + DEPOSIT);
    expect(chain.events.at(-1)).toMatchObject({ name: 'OrderRefunded', data: { reason: 3, amount: PRICE } });
    expect(chain.read(party.provider, decodeProvider).feesEarnedOn).toBe(0n);
  });

  it('nobody rules on refunds a prepaid order, and gives the deposit back', async () => {
    const { stage, chain, buyer, ref, order } = await createRunningMarket();
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    must(stage, await dispute(stage, ref));
    chain.setTime(order().disputeDeadline + 1n);
    must(stage, refund(stage, ref), await reclaim(ref));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT)) - before).toBe(PRICE);
    expect(chain.events.slice(-2)).toMatchObject([
      { name: 'OrderRefunded', data: { reason: 2 } },
      { name: 'DepositReclaimed', data: { deposit: DEPOSIT } },
    ]);
    expect(codeOf(stage, await reclaim(ref))).toBe(3012);
  });

  it('nobody rules on leaves a session its attested seconds', async () => {
    const { stage, chain, ref, order, startedAt } = await createSession(INFER_MINT, {
      stream_attest_timeout_seconds: 1_000n,
    });
    chain.setTime(startedAt + 900n);
    must(stage, await dispute(stage, ref), cover(stage, ref, 900));
    chain.setTime(order().disputeDeadline);
    expect(codeOf(stage, settle(stage, ref))).toBe(6064);
    chain.setTime(order().disputeDeadline + 1n);
    must(stage, settle(stage, ref), refund(stage, ref), await reclaim(ref));
    expect(chain.events.at(-2)).toMatchObject({ name: 'SessionClosed', data: { paid: INFER, refunded: 3n * INFER } });
  });

  it('of a session splits what is not paid yet', async () => {
    const { stage, chain, buyer, ref, order, startedAt } = await createSession(INFER_MINT, {
      challenge_window_seconds: 0n,
    });
    chain.setTime(startedAt + 900n);
    must(stage, cover(stage, ref, 900), settle(stage, ref), await dispute(stage, ref));
    const before = chain.balance(accountOf(buyer.accounts, INFER_MINT));
    must(stage, await rule(stage, ref, 2_500));
    expect(chain.balance(accountOf(buyer.accounts, INFER_MINT)) - before).toBe((9n * INFER) / 4n + DEPOSIT);
    expect(order().paid).toBe(INFER + (3n * INFER) / 4n);
    const ended = chain.events.at(-1);
    expect(ended).toMatchObject({ name: 'OrderSettled', data: { amount: (3n * INFER) / 4n, gpuSeconds: 1_350n } });
  });
});
